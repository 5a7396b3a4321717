"""The Events page: the list, and one event."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from planner.changes import Changes
from planner.errors import Invalid, NotFound
from planner.events.records import EventDetails, EventState, SessionDetails
from planner.relations.records import PersonRef
from ui.context import Link, UiContext
from ui.events.actions import event_actions
from ui.events.calendar_in import CalendarIn
from ui.events.event_form import EventForm
from ui.events.event_view import PHASES, PREPARE, EventView
from ui.events.list_view import EventList
from ui.events.loading import EventLists, EventSheet, load_lists, load_sheet
from ui.events.output import BriefOutput
from ui.events.people_picker import PeoplePicker
from ui.events.rehearsal import RehearsalDialog
from ui.events.session_form import SessionForm
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button, IconButton

if TYPE_CHECKING:
    from ui.screens import Screen

_ENTITIES = (
    "event",
    "session",
    "attendance",
    "contact",
    "pitch",
    "followup",
    "plan",
    "promise",
    "setting",
    "interaction",
)


class EventsPage(Page):
    """Shows the list, or the event that a link names. A link's part is a phase ("prepare", "at", "wrap-up"),
    "brief" or "rehearse"; Link("events", part="new") opens the form."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Events")
        self._event_id: int | None = None
        self._sheet: EventSheet | None = None
        self._wanted: str | None = None
        self._wanted_contact: int | None = None
        self._takes_focus = False
        self._dialog: EventForm | SessionForm | PeoplePicker | RehearsalDialog | None = None
        self.list = EventList(ctx)
        self.view = EventView(ctx, self)
        self.output = BriefOutput(ctx, self)
        self.calendar_in = CalendarIn(ctx, self)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        self.body.addWidget(self._stack)
        self.new = Button("New event", "primary", icon_name="calendar-plus")
        self.new.clicked.connect(self.open_form)
        self.import_button = Button("Import schedule", icon_name="download")
        self.import_button.clicked.connect(self.import_schedule)
        self.back = IconButton("arrow-left", "All events")
        self.back.clicked.connect(lambda: ctx.navigate(Link("events")))
        self.export = Button("Export to calendar")
        self.export.clicked.connect(lambda: self.export_to_calendar(self._event_id))
        self.print = Button("Print brief", "primary")
        self.print.setToolTip("Ctrl+P")
        self.print.clicked.connect(self.print_brief)
        self.list.opened.connect(lambda id: ctx.navigate(Link("event", id)))
        self.list.new_asked.connect(self.open_form)
        self.list.action.connect(self._act_on_events)
        self.view.prepare.people_asked.connect(self.open_people)
        self.view.prepare.schedule_asked.connect(self.import_schedule)
        self.view.prepare.session_asked.connect(self.open_session)
        self.view.at.session_asked.connect(self.open_session)
        self.view.prepare.rehearse_asked.connect(self.rehearse)
        self.view.flow.time_asked.connect(self.edit)
        self.view.wrap_up.edition_asked.connect(self.open_next_edition)
        self._dress()

    # --- showing -----------------------------------------------------------------------------------------------------

    @property
    def sheet(self) -> EventSheet | None:
        """The event that is shown."""
        return self._sheet

    def reload(self) -> None:
        """Read the list, or the event shown."""
        if self._event_id is None:
            self.query(partial(load_lists, self.ctx.planner), self._show_lists, key="events")
        else:
            known = self._sheet.photos if self._sheet else {}
            self.query(
                partial(load_sheet, self.ctx.planner, self._event_id, known), self._show_sheet, self._gone, key="events"
            )

    def cares(self, changes: Changes) -> bool:
        """Whether anything shown here may have changed."""
        return any(changes.touches(entity) for entity in _ENTITIES)

    def show_link(self, link: Link) -> None:
        """Go to the list, an event, or one of its phases."""
        if link.part == "new":
            self._go(None)
            self.open_form(link.words)
        elif link.kind == "event" and link.part == "export":
            self.export_to_calendar(link.id)
        else:
            self._wanted = link.part
            self._go(link.id if link.kind == "event" else None)

    def subject(self) -> Link | None:
        """The event shown, for quick entry."""
        return None if self._event_id is None else Link("event", self._event_id)

    def leave_event(self) -> None:
        """Back to the list."""
        self._go(None)

    def page_actions(self) -> Sequence[Action]:
        """What the menus and the palette offer here."""
        return event_actions(self)

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.view.flush()

    def _go(self, event_id: int | None) -> None:
        if event_id != self._event_id:
            self.view.flush()
            self._sheet = None
        elif self._sheet is not None and self._wanted:
            self._apply_wanted()
        self._takes_focus = self._takes_focus or event_id != self._event_id or self._sheet is None
        self._event_id = event_id
        self._stack.setCurrentWidget(self.list if event_id is None else self.view)
        if event_id is None:
            self.set_title("Events")
        self._dress()
        self.refresh_now()

    def _dress(self) -> None:
        if self._event_id is None:
            self.set_bar(self.import_button, self.new)
        else:
            self.set_bar(self.back, self.export, self.print)

    def _show_lists(self, lists: EventLists) -> None:
        if self._event_id is None:
            self.list.show_lists(lists)
            self._take_focus(self.list.rows)

    def _show_sheet(self, sheet: EventSheet) -> None:
        if sheet.id != self._event_id:
            return
        first = self._sheet is None
        self._sheet = sheet
        called_off = " · called off" if sheet.details.state is EventState.CALLED_OFF else ""
        self.set_title(f"{sheet.details.title}{called_off}")
        self.view.show_sheet(sheet)
        if first and self._wanted not in PHASES:
            self.view.choose(self.view.usual_phase(sheet))
        self._apply_wanted()
        self._take_focus(self.view.first_list)
        if isinstance(self._dialog, PeoplePicker):
            self._dialog.refresh()

    def _take_focus(self, widget: QWidget) -> None:
        """Once after each way here the keyboard goes to the list."""
        if self._takes_focus:
            widget.setFocus()
        self._takes_focus = False

    def _apply_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted in PHASES:
            self.view.choose(wanted)
        elif wanted == "brief":
            self.print_brief()
        elif wanted == "rehearse":
            self.rehearse()
        elif wanted == "edit":
            self.edit()

    def _gone(self, error: Exception) -> None:
        """The event shown was deleted, here or elsewhere."""
        if isinstance(error, NotFound):
            self._go(None)
        else:
            self.tell(error)

    # --- doing -------------------------------------------------------------------------------------------------------

    def open_form(self, name: str = "") -> None:
        """The form for a new event, perhaps with its title."""
        form = EventForm(self.ctx.clock, self._add, names=self._names, parent=self.window())
        form.call(name)
        self._open(form)

    def edit(self) -> None:
        """The form for the event shown."""
        if self._sheet is not None:
            self._open(
                EventForm(
                    self.ctx.clock, partial(self._update, self._sheet.id), self._sheet.details, "Edit event", "Save",
                    parent=self.window(),
                )
            )  # fmt: skip

    def open_next_edition(self) -> None:
        """The form for the next edition, or the edition itself once it is planned."""
        if self._sheet is None:
            return
        if self._sheet.file.following is not None:
            self.ctx.navigate(Link("event", self._sheet.file.following.id))
            return
        id = self._sheet.id
        self.query(
            partial(self.ctx.planner.event_queries.next_edition, id),
            lambda details: self._open(
                EventForm(
                    self.ctx.clock, partial(self._carry_over, id), details, "The next edition", "Plan it",
                    parent=self.window(),
                )
            ),
            key="edition",
        )  # fmt: skip

    def open_people(self) -> None:
        """The dialog that adds people."""
        if self._sheet is None:
            return
        picker = PeoplePicker(self.ctx, self._present, parent=self.window())
        people, id = self.ctx.planner.events.people, self._sheet.id
        picker.picked.connect(lambda contact_id: self.command(people.add, id, (contact_id,)))
        picker.named.connect(lambda name: self.command(people.add_named, id, name))
        self._open(picker)

    def open_session(self, session_id: int | None = None) -> None:
        """The form for a new item of the agenda, or for this one."""
        if self._sheet is None:
            return
        file = self._sheet.file
        session = next((item for item in file.agenda if item.id == session_id), None)
        agenda, event_id = self.ctx.planner.events.agenda, file.event.id

        def save(details: SessionDetails) -> None:
            if session is None:
                self.command(agenda.add, event_id, details, done=self._close_dialog, failed=self._explain)
            else:
                self.command(agenda.update, session.id, details, done=self._close_dialog, failed=self._explain)

        self._open(SessionForm(file.zone, file.event.first_day, save, session, parent=self.window()))

    def import_schedule(self) -> None:
        """Ask for a conference's schedule: for the event shown, else for a new one."""
        self.calendar_in.ask(self._event_id)

    def import_events(self) -> None:
        """Ask for calendar files, and import their events."""
        self.calendar_in.ask_events()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.calendar_in.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.calendar_in.take(event.mimeData(), self._event_id):
            event.acceptProposedAction()

    def rehearse(self) -> None:
        """The rehearsal timer."""
        if self._sheet is None:
            return
        box = self.view.prepare.whole.pitch
        text = box.text.toPlainText() if self.view.phase == PREPARE else ""
        pitch = self._sheet.file.pitch
        text = text or (pitch.text if pitch else "")
        if not text.strip():
            self.ctx.toast("Write the pitch first, then rehearse it")
            box.text.setFocus()
            return
        target = pitch.target_seconds if pitch else 60
        self._open(RehearsalDialog(text, target, self._sheet.words_a_minute, self.window()))

    def call_off(self) -> None:
        """Call the event off, or plan it again."""
        if self._sheet is not None:
            off = self._sheet.details.state is EventState.CALLED_OFF
            self._set_state([self._sheet.id], EventState.PLANNED if off else EventState.CALLED_OFF)

    def delete(self) -> None:
        """Delete the event shown; a notice offers to undo it."""
        if self._sheet is not None:
            self._delete([self._sheet.id], self._sheet.details.title)

    def print_brief(self) -> None:
        """The print dialog with its preview."""
        if self._sheet is not None:
            self.flush()
            self.output.preview(self._sheet.id, self._sheet.details.title)

    def save_brief(self, kind: str) -> None:
        """Save the brief as "pdf" or "html"."""
        if self._sheet is not None:
            self.flush()
            self.output.ask_and_save(self._sheet.id, self._sheet.details.title, kind)

    def export_to_calendar(self, event_id: int | None) -> None:
        """Save the event and its marked sessions as a calendar file."""
        if event_id is not None:
            self.output.ask_and_export(event_id, self._sheet.details.title if self._sheet else "event")

    # -----------------------------------------------------------------------------------------------------------------

    def _add(self, details: EventDetails, names: tuple[str, ...]) -> None:
        planner = self.ctx.planner

        def add() -> Changes:
            return planner.events.add(details, names=names)

        self.command(add, done=self._added, failed=self._explain)

    def _added(self, changes: Changes) -> None:
        self._close_dialog()
        self.ctx.navigate(Link("event", changes.new("event"), PREPARE))

    def _update(self, event_id: int, details: EventDetails, _names: tuple[str, ...]) -> None:
        self.command(self.ctx.planner.events.update, event_id, details, done=self._close_dialog, failed=self._explain)

    def _carry_over(self, event_id: int, details: EventDetails, _names: tuple[str, ...]) -> None:
        carry_over = self.ctx.planner.events.meetings.carry_over
        self.command(carry_over, event_id, details, done=self._added, failed=self._explain)

    def _act_on_events(self, word: str, ids: list[int]) -> None:
        if word == "delete":
            self._delete(ids, "the event" if len(ids) == 1 else f"{len(ids)} events")
        elif word == "call-off":
            self._set_state(ids, EventState.CALLED_OFF)
        elif word == "plan-again":
            self._set_state(ids, EventState.PLANNED)
        elif word == "edit" and ids:
            self.ctx.navigate(Link("event", ids[0], "edit"))

    def _set_state(self, ids: list[int], state: EventState) -> None:
        say = "Called off" if state is EventState.CALLED_OFF else "Planned again"
        self.command(self.ctx.planner.events.set_state, ids, state, say=say)

    def _delete(self, ids: list[int], what: str) -> None:
        if self._event_id in ids:
            self._go(None)
        self.command(self.ctx.planner.events.delete, ids, say=f"Deleted {what}")

    def _present(self) -> set[int]:
        return {person.contact_id for person in self._sheet.file.attendances} if self._sheet else set()

    def _names(self, text: str) -> list[str]:
        found: Sequence[PersonRef] = self.ctx.planner.contact_queries.names(text, 8)
        return [person.name for person in found]

    def _open(self, dialog: EventForm | SessionForm | PeoplePicker | RehearsalDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(lambda _result: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: object) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()  # type: ignore[attr-defined]

    def _close_dialog(self, _changes: object = None) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _explain(self, error: Exception) -> None:
        if isinstance(error, Invalid) and isinstance(self._dialog, EventForm | SessionForm):
            self._dialog.explain(error)
        else:
            self.tell(error)
            if isinstance(self._dialog, EventForm | SessionForm):
                self._dialog.ok.setEnabled(True)


def screens() -> Sequence[Screen]:
    """The states worth a picture."""
    from ui.events.screens import event_screens

    return event_screens()
