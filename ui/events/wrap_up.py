"""Wrap up: who was met and missed, follow-ups by plan, what came of it, and the next edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.events.meetings import WrapUp
from planner.events.records import Attendance, EventState, Outcome, Wish
from planner.followups.records import FollowUpDetails
from ui.context import Link, UiContext
from ui.day_words import day_words, due_words
from ui.events import presenting
from ui.events.interview_notes import InterviewNotes
from ui.events.loading import EventSheet
from ui.list_model import Section, SectionListModel
from ui.page import Page
from ui.quick_entry.days import coming_day
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.notes import AutosaveText
from ui.widgets.pane import Columns, Pane
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

_MET = RowAction("met", "Met", "M")
_MISSED = RowAction("missed", "Missed", "X")
_OPEN = RowAction("open", "Open contact", "O", "menu")


class WrapUpPhase(QWidget):
    """The third phase. `edition_asked` opens the form for the next edition."""

    edition_asked = Signal()

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._sheet: EventSheet | None = None
        self._proposals: tuple[FollowUpDetails, ...] = ()
        self._off: set[str] = set()
        self._seen: set[str] = set()
        self._moved: dict[str, date] = {}
        columns = Columns(self._left(), self._middle(), self._right(), widths=(320, 0, 300))
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(columns)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setProperty("frame", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        self.model = SectionListModel(parent=self)
        self.people = RowList("Met and missed", uniform=False, multi=True)
        self.people.setModel(self.model)
        self.people.action_triggered.connect(self._act)
        self.people.opened.connect(lambda id: self._act("toggle", [id]))
        self.nobody = EmptyState("users", "Nobody was on the list", "Log whom you met under “At the event”.")
        column.addWidget(self.people, 1)
        column.addWidget(self.nobody, 1)
        foot = Label("M met · X missed", "small_muted")
        foot.setContentsMargins(20, 8, 20, 12)
        column.addWidget(foot)
        return left

    def _middle(self) -> QWidget:
        pane = Pane()
        self._heading = pane.add_heading("Follow-ups")
        self.plan = Choice("Plan")
        self.plan.chosen.connect(self._choose_plan)
        self.start = DateField("Counted from", read=coming_day(self._ctx))
        self.start.setFixedWidth(146)
        self.start.changed.connect(lambda _day: self._propose())
        pane.add(row(Label("Plan", "small_muted"), self.plan, 8, Label("from", "small_muted"), self.start, None))
        self.list = CheckList("Follow-ups to make", read_only=True, strike=False)
        self.list.toggled.connect(self._toggle)
        self.list.view.installEventFilter(self)
        self._none = Paragraph("", small=True, style="mute")
        self._box = Box(self.list, self._none, spacing=0)
        pane.add(self._box)
        self._hint = Label("Space takes one off · + and − move its day", "small_muted", elide=True)
        self.finish = Button("Wrap up", "primary", "Ctrl+Return")
        self.finish.clicked.connect(self._finish)
        self.reopen = Button("Open again")
        self.reopen.clicked.connect(self._reopen)
        pane.add(self._hint)
        pane.add(row(None, self.reopen, self.finish))
        return pane

    def _right(self) -> QWidget:
        pane = Pane()
        self.interview = InterviewNotes(self._ctx, self._page)
        pane.add(self.interview)
        pane.add_heading("What came of it")
        self.outcome = AutosaveText("What came of it", placeholder="What did you take home? Was it worth it?", lines=4)
        self.outcome.committed.connect(self._save_outcome)
        pane.add(Box(self.outcome))
        self._promised_heading = pane.add_heading("Promised there")
        self._promised = Paragraph("", small=True)
        self._promised_box = Box(self._promised)
        pane.add(self._promised_box)
        pane.add_heading("Next edition")
        self._carried = Paragraph("", small=True, style="mute")
        self.edition = Button("Plan the next edition", icon_name="calendar-plus")
        self.edition.clicked.connect(self.edition_asked)
        box = Box(self._carried, spacing=10)
        box.add(row(self.edition, None))
        pane.add(box)
        return pane

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event."""
        other = self._sheet is None or self._sheet.id != sheet.id
        if other and self._sheet is not None:
            self.outcome.flush()
        self._sheet = sheet
        if other:
            self._off, self._seen, self._moved = set(), set(), {}
            self.start.set_day(sheet.file.event.last_day)
        people = sheet.file.attendances
        met = [person for person in people if person.outcome is Outcome.MET]
        missed = [person for person in people if person.outcome is Outcome.MISSED]
        unknown = [p for p in people if p.outcome is Outcome.UNKNOWN and p.wish is not Wish.NONE]
        self.model.set_sections(
            (
                self._section("Did you meet them?", unknown),
                self._section("Met", met),
                self._section("Missed", missed),
            )
        )
        self.people.setVisible(self.model.rowCount() > 0)
        self.nobody.setVisible(self.model.rowCount() == 0)
        if other:
            self.people.select_first()
        self.plan.set_choices(
            [(None, "No plan"), *((plan.id, plan.name) for plan in sheet.plans)], sheet.details.plan_id
        )
        self.interview.show_sheet(sheet)
        self.outcome.set_text(sheet.details.outcome)
        self._show_promises()
        self._show_edition()
        self._show_finish()
        self._propose()

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.outcome.flush()
        self.interview.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """+ and − move the day of the current follow-up."""
        if watched is self.list.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
            place = self.list.view.currentRow()
            if step is not None and 0 <= place < len(self._proposals):
                self._shift(self._proposals[place], step)
                return True
        return super().eventFilter(watched, event)

    def _section(self, title: str, people: Sequence[Attendance]) -> Section:
        return Section(f"{title} · {len(people)}" if title[-1] != "?" else title, [self._row(each) for each in people])

    def _row(self, person: Attendance) -> tuple[int, RowData]:
        assert self._sheet is not None
        others = {
            Outcome.MET: (_MISSED,),
            Outcome.MISSED: (_MET,),
            Outcome.UNKNOWN: (_MET, replace(_MISSED, kind="menu")),
        }[person.outcome]
        data = presenting.person_row(
            person, self._sheet.file.zone, self._sheet.photo(person), (*others, _OPEN), "after"
        )
        return person.id, replace(data, muted=person.said.split("\n")[0] or data.muted, tip=person.said, chips=())

    def _show_promises(self) -> None:
        assert self._sheet is not None
        promises = self._sheet.promises
        today = self._ctx.clock.today()
        lines = []
        for each in promises[:12]:
            due = f" · {due_words(each.due_on, today)}" if each.due_on else ""
            who = f"You to {each.contact.name}" if each.side.value == "mine" else f"{each.contact.name} to you"
            lines.append(f"{who}: {each.text}{due}")
        self._promised.set_text("\n".join(lines))
        for widget in (self._promised_heading, self._promised_box):
            widget.setVisible(bool(lines))

    def _show_edition(self) -> None:
        assert self._sheet is not None
        following, carried = self._sheet.file.following, self._sheet.carried
        if following is not None:
            self._carried.set_text(f"{following.title} is planned already.")
            self.edition.set_text("Open it")
            return
        self.edition.set_text("Plan the next edition")
        names = [person.name for person in carried]
        whom = presenting.names_words(names, len(names))
        pitch = "the pitch and the plan" if self._sheet.file.pitch else "the plan"
        self._carried.set_text(
            f"Takes over {whom}, whom you had to meet and missed, what you meant to ask them, {pitch}."
            if names
            else f"Takes over {pitch}. Nobody you had to meet was missed."
        )

    def _show_finish(self) -> None:
        assert self._sheet is not None
        wrapped = self._sheet.details.state is EventState.WRAPPED_UP
        self.reopen.setVisible(wrapped)
        chosen = len(self._proposals) - len(self._off)
        if wrapped:
            self.finish.set_text("Add the follow-ups")
            self.finish.setVisible(chosen > 0)
        else:
            self.finish.set_text("Wrap up")
            self.finish.setVisible(True)
        self._heading.set_text("Follow-ups", f"{chosen} chosen" if self._proposals else "")

    # --- the plan's proposals ----------------------------------------------------------------------------------------

    def _choose_plan(self, plan_id: int | None) -> None:
        if self._sheet is not None:
            self._off, self._seen, self._moved = set(), set(), {}
            self._page.command(self._ctx.planner.events.set_plan, self._sheet.id, plan_id)

    def _propose(self) -> None:
        if self._sheet is None:
            return
        ids = [person.id for person in self._sheet.file.attendances if person.outcome is Outcome.MET]
        ask = partial(
            self._ctx.planner.event_queries.proposals, self._sheet.id, ids, self._sheet.details.plan_id, self.start.day
        )
        self._page.query(ask, self._show_proposals, key="proposals")

    def _show_proposals(self, proposals: tuple[FollowUpDetails, ...]) -> None:
        if self._sheet is None:
            return
        self._proposals = proposals
        keys = {each.origin_key for each in proposals}
        if self._sheet.details.state is EventState.WRAPPED_UP:
            # What was left out when it was wrapped up stays out until it is asked for.
            self._off |= keys - self._seen
        self._seen = keys
        self._off &= keys
        self._fill()

    def _fill(self) -> None:
        assert self._sheet is not None
        names = {person.contact_id: person.name for person in self._sheet.file.attendances}
        today = self._ctx.clock.today()
        items = [
            CheckItem(
                each.origin_key,
                f"{names.get(each.contact_ids[0], '')}: {each.title}",
                each.origin_key not in self._off,
                day_words(self._day_of(each), today),
            )
            for each in self._proposals
        ]
        self.list.set_items(items)
        self.list.setVisible(bool(items))
        if self._sheet.details.plan_id is None:
            self._none.set_text(
                "Choose a plan: it proposes a thank-you, a way to connect and a check-in for everyone you met."
            )
        elif not any(person.outcome is Outcome.MET for person in self._sheet.file.attendances):
            self._none.set_text("Nobody is marked as met yet.")
        else:
            self._none.set_text("All of the plan’s follow-ups are made.")
        self._none.setVisible(not items)
        self._hint.setVisible(bool(items))
        self._show_finish()

    def _toggle(self, key: str, done: bool) -> None:
        self._off = self._off - {key} if done else self._off | {key}
        self.list.set_items([replace(item, done=item.key not in self._off) for item in self.list.items])
        self._show_finish()

    def _day_of(self, details: FollowUpDetails) -> date:
        return self._moved.get(details.origin_key, details.due_on)

    def _shift(self, details: FollowUpDetails, days: int) -> None:
        self._moved[details.origin_key] = max(self._ctx.clock.today(), self._day_of(details) + timedelta(days=days))
        self._fill()

    def chosen(self) -> tuple[FollowUpDetails, ...]:
        """The follow-ups that will be made, with their days."""
        return tuple(
            replace(each, due_on=self._day_of(each)) for each in self._proposals if each.origin_key not in self._off
        )

    # --- doing -------------------------------------------------------------------------------------------------------

    def _act(self, word: str, ids: list[int]) -> None:
        people = [person for person in (self._sheet.person(id) for id in ids) if person] if self._sheet else []
        if not people or self._sheet is None:
            return
        meetings = self._ctx.planner.events.meetings
        if word == "toggle":
            word = "missed" if people[0].outcome is Outcome.MET else "met"
        if word == "met":
            self._page.command(meetings.mark_met, self._sheet.id, [person.contact_id for person in people])
        elif word == "missed":
            self._page.command(meetings.set_outcome, ids, Outcome.MISSED)
        elif word == "open":
            self._ctx.navigate(Link("contact", people[0].contact_id))

    def _save_outcome(self, text: str) -> None:
        if self._sheet is None:
            return
        stored = self._sheet.details.outcome

        def failed(error: Exception) -> None:
            self.outcome.failed(stored)
            self._page.tell(error)

        self._page.command(self._ctx.planner.events.meetings.set_came_of_it, self._sheet.id, text, failed=failed)

    def _finish(self) -> None:
        if self._sheet is None:
            return
        self.outcome.flush()
        made = self.chosen()
        many = f", {len(made)} follow-up{'' if len(made) == 1 else 's'} planned" if made else ""
        wrap_up = WrapUp(self.outcome.toPlainText(), followups=made)
        self._page.command(self._ctx.planner.events.meetings.wrap_up, self._sheet.id, wrap_up, say=f"Wrapped up{many}")

    def _reopen(self) -> None:
        if self._sheet is not None:
            self._page.command(self._ctx.planner.events.set_state, (self._sheet.id,), EventState.PLANNED)
