"""The dialogs of the Events page: forms for events and sessions, the people picker, the rehearsal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from planner.changes import Changes
from planner.errors import Invalid
from planner.events.records import EventDetails, SessionDetails
from planner.relations.records import PersonRef
from ui.context import Link
from ui.events.event_form import EventForm
from ui.events.event_view import PREPARE
from ui.events.people_picker import PeoplePicker
from ui.events.rehearsal import RehearsalDialog
from ui.events.session_form import SessionForm
from ui.followups.days import day_reader

if TYPE_CHECKING:
    from ui.events.page import EventsPage

Dialog = EventForm | SessionForm | PeoplePicker | RehearsalDialog


class EventDialogs:
    """Opens them over the page, one at a time, and keeps what was entered."""

    def __init__(self, page: EventsPage) -> None:
        self._page, self._ctx = page, page.ctx
        self._dialog: Dialog | None = None

    @property
    def current(self) -> Dialog | None:
        """The dialog that is open."""
        return self._dialog

    def open_form(self, name: str = "") -> None:
        """The form for a new event, perhaps with its title."""
        form = EventForm(
            self._ctx.clock, day_reader(self._ctx), self._add, names=self._names, parent=self._page.window()
        )
        form.call(name)
        self.open(form)

    def edit(self) -> None:
        """The form for the event shown."""
        sheet = self._page.sheet
        if sheet is not None:
            save = partial(self._update, sheet.id)
            window = self._page.window()
            self.open(
                EventForm(
                    self._ctx.clock, day_reader(self._ctx), save, sheet.details, "Edit event", "Save", parent=window
                )
            )

    def open_next_edition(self) -> None:
        """The form for the next edition, or the edition itself once it is planned."""
        sheet = self._page.sheet
        if sheet is None:
            return
        if sheet.file.following is not None:
            self._ctx.navigate(Link("event", sheet.file.following.id))
            return
        save, window = partial(self._carry_over, sheet.id), self._page.window()
        self._page.query(
            partial(self._ctx.planner.event_queries.next_edition, sheet.id),
            lambda details: self.open(
                EventForm(
                    self._ctx.clock, day_reader(self._ctx), save, details, "The next edition", "Plan it", parent=window
                )
            ),
            key="edition",
        )

    def open_people(self) -> None:
        """The dialog that adds people."""
        sheet, page = self._page.sheet, self._page
        if sheet is None:
            return
        picker = PeoplePicker(self._ctx, self._present, parent=page.window())
        people, id = self._ctx.planner.events.people, sheet.id
        picker.picked.connect(lambda contact_id: page.command(people.add, id, (contact_id,)))
        picker.named.connect(lambda name: page.command(people.add_named, id, name))
        self.open(picker)

    def open_session(self, session_id: int | None = None) -> None:
        """The form for a new item of the agenda, or for this one."""
        sheet, page = self._page.sheet, self._page
        if sheet is None:
            return
        file = sheet.file
        session = next((item for item in file.agenda if item.id == session_id), None)
        agenda, event_id = self._ctx.planner.events.agenda, file.event.id

        def save(details: SessionDetails) -> None:
            if session is None:
                page.command(agenda.add, event_id, details, done=self._close, failed=self._explain)
            else:
                page.command(agenda.update, session.id, details, done=self._close, failed=self._explain)

        self.open(SessionForm(file.zone, file.event.first_day, save, session, parent=page.window()))

    def open(self, dialog: Dialog) -> None:
        """Open a dialog, and forget it once it is closed."""
        self._dialog = dialog
        dialog.finished.connect(lambda _result: self._forget(dialog))
        dialog.open()

    def refresh(self) -> None:
        """The event was read anew: who is there already may have changed."""
        if isinstance(self._dialog, PeoplePicker):
            self._dialog.refresh()

    # -----------------------------------------------------------------------------------------------------------------

    def _add(self, details: EventDetails, names: tuple[str, ...]) -> None:
        events = self._ctx.planner.events
        self._page.command(lambda: events.add(details, names=names), done=self._added, failed=self._explain)

    def _added(self, changes: Changes) -> None:
        self._close()
        self._ctx.navigate(Link("event", changes.new("event"), PREPARE))

    def _update(self, event_id: int, details: EventDetails, _names: tuple[str, ...]) -> None:
        update = self._ctx.planner.events.update
        self._page.command(update, event_id, details, done=self._close, failed=self._explain)

    def _carry_over(self, event_id: int, details: EventDetails, _names: tuple[str, ...]) -> None:
        carry_over = self._ctx.planner.events.meetings.carry_over
        self._page.command(carry_over, event_id, details, done=self._added, failed=self._explain)

    def _present(self) -> set[int]:
        sheet = self._page.sheet
        return {person.contact_id for person in sheet.file.attendances} if sheet else set()

    def _names(self, text: str) -> list[str]:
        found: Sequence[PersonRef] = self._ctx.planner.contact_queries.names(text, 8)
        return [person.name for person in found]

    def _forget(self, dialog: Dialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _close(self, _changes: object = None) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _explain(self, error: Exception) -> None:
        if isinstance(error, Invalid) and isinstance(self._dialog, EventForm | SessionForm):
            self._dialog.explain(error)
        else:
            self._page.tell(error)
            if isinstance(self._dialog, EventForm | SessionForm):
                self._dialog.ok.setEnabled(True)
