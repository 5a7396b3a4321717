"""The Events page: the list, and one event."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from planner.changes import Changes
from planner.errors import NotFound
from planner.events.records import EventState
from ui.context import Link, UiContext
from ui.dragged_people import carried
from ui.events.actions import event_actions
from ui.events.calendar_in import CalendarIn
from ui.events.dialogs import EventDialogs
from ui.events.event_view import PHASES, PREPARE, EventView
from ui.events.list_view import EventList
from ui.events.loading import EventLists, EventSheet, load_lists, load_sheet
from ui.events.output import BriefOutput
from ui.events.rehearsal import RehearsalDialog
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.row_drops import RowDrops

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
    "invitation",
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
        self._takes_focus = True
        self.list = EventList(ctx)
        self.view = EventView(ctx, self)
        self.output = BriefOutput(ctx, self)
        self.calendar_in = CalendarIn(ctx, self)
        self.dialogs = EventDialogs(self)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        self.body.addWidget(self._stack)
        self.new = Button("New event", "primary", icon_name="calendar-plus")
        self.new.clicked.connect(self.dialogs.open_form)
        self.import_button = Button("Import schedule", icon_name="download")
        self.import_button.clicked.connect(self.import_schedule)
        self.back = IconButton("arrow-left", "All events")
        self.back.clicked.connect(self.leave_event)  # a bare link to the page would stay where it is
        self.export = Button("Export to calendar")
        self.export.clicked.connect(lambda: self.export_to_calendar(self._event_id))
        self.print = Button("Print brief", "primary")
        self.print.setToolTip("Ctrl+P")
        self.print.clicked.connect(self.print_brief)
        self.list.opened.connect(lambda id: ctx.navigate(Link("event", id)))
        self.list.new_asked.connect(self.dialogs.open_form)
        self.list.action.connect(self._act_on_events)
        RowDrops(self.list.rows, self._are_people, self.add_people)
        self.view.prepare.people_asked.connect(self.dialogs.open_people)
        self.view.prepare.schedule_asked.connect(self.import_schedule)
        self.view.prepare.session_asked.connect(self.dialogs.open_session)
        self.view.at.session_asked.connect(self.dialogs.open_session)
        self.view.prepare.rehearse_asked.connect(self.rehearse)
        self.view.flow.time_asked.connect(self.dialogs.edit)
        self.view.wrap_up.edition_asked.connect(self.dialogs.open_next_edition)
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
            self.dialogs.open_form(link.words)
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
        self.dialogs.refresh()

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
            self.dialogs.edit()

    def _gone(self, error: Exception) -> None:
        """The event shown was deleted, here or elsewhere."""
        if isinstance(error, NotFound):
            self._go(None)
        else:
            self.tell(error)

    # --- doing -------------------------------------------------------------------------------------------------------

    def import_schedule(self) -> None:
        """Ask for a conference's schedule: for the event shown, else for a new one."""
        self.calendar_in.ask(self._event_id)

    def import_events(self) -> None:
        """Ask for calendar files, and import their events."""
        self.calendar_in.ask_events()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        people = self._event_id is not None and self._are_people(data)
        if people or self.calendar_in.can_take(data):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if self._event_id is not None and self._are_people(data):
            self.add_people(self._event_id, data)
            event.acceptProposedAction()
        elif self.calendar_in.take(data, self._event_id):
            event.acceptProposedAction()

    def add_people(self, event_id: int, data: QMimeData) -> None:
        """Put people who were dropped on an event."""
        ids = carried(data, self.ctx.planner)
        who = "1 person" if len(ids) == 1 else f"{len(ids):,} people"
        self.command(self.ctx.planner.events.people.add, event_id, ids, say=f"Added {who}")

    def _are_people(self, data: QMimeData) -> bool:
        return bool(carried(data, self.ctx.planner))

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
        self.dialogs.open(RehearsalDialog(text, target, self._sheet.words_a_minute, self.window()))

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


def screens() -> Sequence[Screen]:
    """The states worth a picture."""
    from ui.events.screens import event_screens

    return event_screens()
