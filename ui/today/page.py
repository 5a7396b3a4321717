"""What to look at this morning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from planner.changes import Changes
from planner.events.records import EventState
from planner.followups.records import FollowUp
from planner.relations.goal_reading import GoalDraft
from planner.today.records import Today
from ui.contacts.photos import Photos
from ui.context import Link, UiContext
from ui.day_words import heading_words
from ui.followups.acts import FollowUpActs
from ui.followups.days import week_start
from ui.insights.goal_box import GoalBox
from ui.list_model import SectionListModel
from ui.page import Page
from ui.shell.actions import Action
from ui.today import presenting
from ui.today.first_steps import FirstSteps
from ui.today.morning_list import MorningList
from ui.today.side import Side
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.one_of import OneOf
from ui.widgets.pane import Columns

if TYPE_CHECKING:
    from planner.relations.records import Milestone
    from ui.main_window import MainWindow
    from ui.screens import Screen


class TodayPage(Page):
    """Overdue, today, drifting; at the right what comes up, and how it stands."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, heading_words(ctx.clock.today()))
        self._today: Today | None = None
        self._followups: dict[int, FollowUp] = {}
        self.model = SectionListModel(parent=self)
        self.rows = MorningList("Today", uniform=False, multi=True)
        self.rows.setModel(self.model)
        self.clear = EmptyState("circle-check", "Nothing to do today", "", "")
        self.clear.activated.connect(lambda: ctx.navigate(Link("followups")))
        self._left = OneOf(self.rows, self.clear)
        self.side = Side(ctx, GoalBox(self))
        self.columns = Columns(self._left, self.side, widths=(0, 330))
        self.first_steps = FirstSteps(ctx)
        self._either = OneOf(self.columns, self.first_steps)
        self.body.addWidget(self._either)
        self.acts = FollowUpActs(self, self.rows, self._known)
        self.rows.action_triggered.connect(self._act)
        self.rows.opened.connect(self._open)
        self.side.ticked.connect(self._tick)
        self.side.goal_set.connect(self._set_goal)
        self.side.goal_done.connect(self._reach_goal)
        log = Button("Log a contact", "primary")
        log.clicked.connect(lambda: ctx.actions.run("quick-entry"))
        self.set_bar(log)

    def reload(self) -> None:
        first = week_start()
        self.query(lambda: self.ctx.planner.today.get(first), self._show, key="today")

    def page_actions(self) -> Sequence[Action]:
        return [
            self.side.goal_box.action(),
            Action(
                "followup-rest",
                "Move the rest of today to the next days",
                self.acts.reschedule_rest,
                icon="calendar-days",
                hint="R reschedule",
            ),
        ]

    def _show(self, today: Today) -> None:
        self._today = today
        self.set_title(heading_words(today.day))
        self._followups = {e.id: e.followup for part in (today.overdue, today.due) for e in part.entries}
        focus: QWidget | None = self.window().focusWidget()
        has_keys = focus is None or self.isAncestorOf(focus)
        self._either.show_one(self.first_steps if today.is_new else self.columns)
        self.model.set_sections(presenting.sections(today, self._photo))
        self.side.show_today(today)
        if today.is_clear:
            more = today.more_this_week
            words = f"{more} more this week, when you feel like it." if more else "Enjoy it, or plan something ahead."
            self.clear.set_text("Nothing to do today", words, "Open follow-ups")
        self._left.show_one(self.clear if today.is_clear else self.rows)
        if self.rows.current_key is None:
            self.rows.select_first()
        if has_keys and self.isVisible():
            self.take_keys(self.focusWidget())
        QTimer.singleShot(0, self, self._ask_further)

    def _ask_further(self) -> None:
        """Ask what takes longer than the rest, and imports more, once the rest is on the screen."""
        if not self.isVisible():  # left meanwhile, or the window is closing
            self._stale = True
            return
        planner = self.ctx.planner

        def news() -> Sequence[Milestone]:
            return planner.relation_queries.proposed_milestones()

        self.query(news, self.side.show_news, key="news", aside=True)
        self.side.goal_box.refresh()

    def first_focus(self) -> QWidget:
        if self._either.shown is self.first_steps:
            return self.first_steps.empty.button
        return self.clear.button if self._left.shown is self.clear else self.rows

    @cached_property
    def _photos(self) -> Photos:
        return Photos(self.ctx.planner.today)

    def _photo(self, digest: str | None) -> bytes | None:
        return None if digest is None else self._photos.get(digest)

    def _known(self) -> Mapping[int, FollowUp]:
        return self._followups

    def _act(self, word: str, keys: Sequence[Any]) -> None:
        if word == "new":
            self.acts.new()
        elif word == "rest":
            self.acts.reschedule_rest()
        elif word == "plan":
            self._plan(keys)
        else:
            self.acts.act(word, [key for key in keys if isinstance(key, int)])

    def _plan(self, keys: Sequence[Any]) -> None:
        people = [key[1] for key in keys if isinstance(key, tuple) and key[0] == presenting.DRIFT]
        names = {one.contact_id: one.name for one in self._today.drifting} if self._today else {}
        planned = {one.contact_id for one in self._today.drifting if one.planned_on} if self._today else set()
        people = [id for id in people if id not in planned]
        if len(people) == 1:
            self.acts.plan_check_in(people[0], names.get(people[0], ""))
        elif people:
            plan = self.ctx.planner.followups.plan_check_in
            self.command(plan, people, say=f"Planned {len(people)} check-ins")

    def _open(self, key: Any) -> None:
        if isinstance(key, int):
            self.ctx.navigate(Link("followup", key))
        elif isinstance(key, tuple):
            self.ctx.navigate(Link("contact", key[1]))

    def _tick(self, event_id: int, done: bool) -> None:
        state = EventState.WRAPPED_UP if done else EventState.PLANNED
        self.command(
            self.ctx.planner.events.set_state, [event_id], state, say="Wrapped up" if done else "Back on the list"
        )

    def _set_goal(self, words: str) -> None:
        def saved(_changes: Changes) -> None:
            self.side.goal_line.accept()

        self.command(self.ctx.planner.goals.add, GoalDraft(words), done=saved, say="Goal set")

    def _reach_goal(self, id: int) -> None:
        self.command(self.ctx.planner.goals.close, id, say="Goal closed")


def screens() -> Sequence[Screen]:
    """The states to look at."""
    from ui.screens import Screen

    def focus(window: MainWindow) -> None:
        assert isinstance(window.page, TodayPage)
        window.page.rows.setFocus()

    return (Screen("today", Link("today"), focus),)
