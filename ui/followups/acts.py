"""What can be done with follow-ups by key, menu and button, on Today and in the queue alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from planner.changes import Changes
from planner.errors import UserError
from planner.followups.records import FollowUp, FollowUpDetails
from planner.relations.records import PersonRef
from ui.context import Link
from ui.day_words import day_words
from ui.followups.days import say_day
from ui.followups.done_line import DoneLine
from ui.followups.mail_out import MailOut
from ui.followups.presenting import count_words
from ui.page import Page
from ui.widgets.row_data import RowAction
from ui.widgets.row_list import RowList

# The panels are imported when they are first opened: Today comes up without them.
if TYPE_CHECKING:
    from ui.followups.form import FollowUpForm
    from ui.followups.snooze_popup import SnoozePopup

WRITE = RowAction("write", "Write email", "E", "primary")
DONE = RowAction("done", "Done", "D")
SNOOZE = RowAction("snooze", "Snooze", "S")
DROP = RowAction("drop", "Drop", "X")
CHANGE = RowAction("change", "Change", "F2")


class FollowUpActs(QObject):
    """Acts on the follow-ups of one list. `known()` gives those shown, by id."""

    def __init__(self, page: Page, rows: RowList, known: Callable[[], Mapping[int, FollowUp]]) -> None:
        super().__init__(page)
        self._page = page
        self._ctx = page.ctx
        self._rows = rows
        self._known = known
        self.mail = MailOut(page.ctx, page)
        self.done_line = DoneLine(rows)
        self.done_line.answered.connect(self.do)
        self.snooze_popup: SnoozePopup | None = None
        self._form: FollowUpForm | None = None

    @property
    def form(self) -> FollowUpForm:
        """The panel for a new or changed follow-up."""
        from ui.followups.form import FollowUpForm

        window = self._page.window()
        if self._form is None or self._form.parent() is not window:
            self._form = FollowUpForm(window, self._ctx)
        return self._form

    def act(self, word: str, ids: Sequence[int]) -> bool:
        """Do what a row's action or key asks, for these follow-ups. False for a word that is none of ours."""
        found = [id for id in ids if id in self._known()]
        if not found:
            return False
        match word:
            case "write":
                self.write(found[0])
            case "done":
                self.ask_done(found)
            case "snooze":
                self.ask_snooze(found)
            case "drop":
                self.drop(found)
            case "change":
                self.change(found[0])
            case _:
                return False
        return True

    def write(self, id: int) -> None:
        """Open the mail program on the message, as written or from the template that suits."""
        self._page.flush()
        queries = self._ctx.planner.followup_queries

        def ask() -> None:
            # Asked as a command is, so that words saved a moment ago are in it.
            self._page.query(lambda: queries.message(id, say_day), self.mail.open_in_mail)

        self._ctx.tasks.command(_nothing, done=lambda _: ask())

    def ask_done(self, ids: Sequence[int]) -> None:
        """Ask in one line what happened."""
        model = self._rows.model()
        row_of = getattr(model, "row_of", None)
        row = row_of(ids[0]) if row_of is not None else None
        if row is None:
            self.do(list(ids), "")
            return
        self._rows.scrollTo(model.index(row, 0))
        self.done_line.ask(list(ids), self._known()[ids[0]], row)

    def do(self, ids: list[int], words: str) -> None:
        """They are done; words about what happened are logged."""
        one = self._known().get(ids[0]) if len(ids) == 1 else None
        said = "Done" if one is None else f"Done: {one.details.title}"
        if words and (one is None or one.people):
            said = f"Logged, and {said[:1].lower()}{said[1:]}"
        if one is None:
            said = f"{said}: {count_words(ids)}"
        self._page.command(self._ctx.planner.followups.done, ids, words, say=said)

    def ask_snooze(self, ids: Sequence[int]) -> None:
        """Ask until when."""
        from ui.followups.snooze_popup import SnoozePopup

        title = "Snooze until" if len(ids) == 1 else f"Snooze {count_words(ids)} until"
        working = self._ctx.planner.settings.get().working_days
        popup = SnoozePopup(self._ctx, title, self._page, working)
        popup.chosen.connect(lambda day: self.snooze(list(ids), day))
        self.snooze_popup = popup
        popup.open_at(self._place_for(ids[0], popup))

    def snooze(self, ids: list[int], day: object) -> None:
        """Put them off until a day."""
        from datetime import date

        assert isinstance(day, date)
        words = day_words(day, self._ctx.clock.today())
        said = f"Snoozed until {words}" if len(ids) == 1 else f"Snoozed {count_words(ids)} until {words}"
        # They go on living further down in the list; the next keys are for what comes now.
        self._rows.step_past(ids)
        self._page.command(self._ctx.planner.followups.snooze, ids, day, say=said)

    def drop(self, ids: Sequence[int]) -> None:
        """Let them go."""
        known = self._known()
        said = f"Dropped: {known[ids[0]].details.title}" if len(ids) == 1 else f"Dropped {count_words(ids)}"
        self._page.command(self._ctx.planner.followups.drop, list(ids), say=said)

    def reschedule_rest(self) -> None:
        """Spread what is left of today over the next days."""
        day = self._ctx.clock.today()

        def say(changes: Changes) -> None:
            count = len(changes.touched.get("followup", ()))
            if count:
                moved = "1 follow-up" if count == 1 else f"{count} follow-ups"
                self._ctx.toast(f"Moved {moved} to the next days. Enough for today", undo=True)
            else:
                self._ctx.toast("Nothing is left for today")

        self._page.command(self._ctx.planner.followups.reschedule_rest, day, done=say)

    def move_on(self, ids: Sequence[int]) -> None:
        """Spread these over the next days: what there is no time for now."""
        if not ids:
            self._ctx.toast("Nothing else is left for today")
            return
        said = f"Moved {count_words(ids)} to the next days. Enough for today"
        self._page.command(self._ctx.planner.followups.move_on, list(ids), say=said)

    def new(self, people: tuple[PersonRef, ...] = (), title: str = "") -> None:
        """Open the panel for a new follow-up, perhaps with its title."""
        from ui.followups.form import blank

        self._open("New follow-up", replace(blank(self._ctx.clock.today()), title=title), people, self._add)

    def change(self, id: int) -> None:
        """Open the panel for changing one."""
        followup = self._known()[id]
        people = tuple(PersonRef(person.id, person.name) for person in followup.people)
        self._open("Change follow-up", followup.details, people, lambda details: self._update(id, details))

    def plan_check_in(self, contact_id: int, name: str) -> None:
        """Add a check-in with somebody on the next day with room."""

        def say(changes: Changes) -> None:
            for id in changes.created.get("followup", ()):
                when = self._ctx.planner.followup_queries.get(id).details.due_on
                self._ctx.toast(f"Check-in with {name} {_on(day_words(when, self._ctx.clock.today()))}", undo=True)

        self._page.command(self._ctx.planner.followups.plan_check_in, [contact_id], done=say)

    def open_person(self, id: int) -> None:
        """Go to the person a follow-up is for."""
        followup = self._known().get(id)
        if followup is not None and followup.people:
            self._ctx.navigate(Link("contact", followup.people[0].id))

    def _open(
        self, heading: str, details: FollowUpDetails, people: tuple[PersonRef, ...], save: Callable[..., None]
    ) -> None:
        form = self.form
        form.saved.disconnect() if form.receivers("2saved(PyObject)") else None
        form.saved.connect(save)
        form.start(heading, details, people)

    def _add(self, details: FollowUpDetails) -> None:
        when = day_words(details.due_on, self._ctx.clock.today())
        self._save(self._ctx.planner.followups.add, details, said=f"Added: {details.title}, {when}")

    def _update(self, id: int, details: FollowUpDetails) -> None:
        now = self._known().get(id)
        if now is not None:
            # The message may have been written on since the panel was opened.
            details = replace(details, message=now.details.message, message_subject=now.details.message_subject)
        self._save(self._ctx.planner.followups.update, id, details, said="Changed")

    def _save(self, fn: Callable[..., Changes], *values: object, said: str) -> None:
        form = self.form

        def failed(error: Exception) -> None:
            form.say(str(error.explain()) if isinstance(error, UserError) else "That could not be saved.")

        self._page.command(fn, *values, done=lambda _: form.accept(), failed=failed, say=said)

    def _place_for(self, id: int, popup: SnoozePopup) -> QPoint:
        model = self._rows.model()
        row_of = getattr(model, "row_of", None)
        row = row_of(id) if row_of is not None else None
        viewport = self._rows.viewport()
        if row is None:
            return viewport.mapToGlobal(QPoint(40, 40))
        rect = self._rows.visualRect(model.index(row, 0))
        return viewport.mapToGlobal(QPoint(rect.right() - popup.width() - 20, rect.bottom() + 2))


def _nothing() -> Changes:
    return Changes()


def _on(words: str) -> str:
    return words if words in ("today", "tomorrow") else f"on {words}"
