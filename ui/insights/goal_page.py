"""A goal: who is there, the ways to those you do not know, what is missing, and the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.changes import Changes
from planner.errors import UserError
from planner.insights import goal_rules
from planner.insights.goal_readings import GoalReading
from planner.relations.goals import Goal, GoalDraft
from planner.relations.records import PersonRef
from ui.context import Link, UiContext
from ui.day_words import day_words, span_words
from ui.insights import goal_presenting
from ui.insights.goal_box import plan_step
from ui.insights.goal_form import GoalForm
from ui.insights.people_dialog import PeopleDialog
from ui.list_model import SectionListModel
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.one_of import OneOf
from ui.widgets.pane import Columns, Pane
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen

_SHOWN = ("goal", "contact", "interaction", "introduction", "followup", "setting")


class GoalPage(Page):
    """Links: Link("goal", 3) shows one; Link("goals", part="new") begins one."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Goal")
        self._wanted: int | None = None
        self._editing: int | None = None
        self._form: GoalForm | None = None
        self.reading: GoalReading | None = None
        self.model = SectionListModel(parent=self)
        self.rows = RowList("Goal", uniform=False, header_height=36)
        self.rows.setModel(self.model)
        self.empty = EmptyState(
            "target",
            "No goal yet",
            "Say what you work towards, and Rapport shows who could open the door.",
            "Set a goal",
        )
        self.empty.activated.connect(self.begin)
        self.columns = Columns(self.rows, self._right(), widths=(0, 340))
        self._either = OneOf(self.columns, self.empty)
        self.body.addWidget(self._either)
        self.choice = Choice("Goal")
        self.choice.chosen.connect(self._choose)
        self.choice.hide()
        self.choice.setParent(self)  # it joins the bar once there are several to choose from
        self._new = Button("New goal", "primary")
        self._new.clicked.connect(self._begin_new)
        self.set_bar(self._new)
        self.rows.opened.connect(self._open)
        self.rows.action_triggered.connect(self._act)

    def _right(self) -> Pane:
        pane = Pane()
        self._title = Paragraph()
        self._why = Paragraph(small=True, style="mute")
        self._until = Label("", "small_muted")
        pane.add_heading("Goal")
        pane.add(Box(self._title, self._why, self._until, spacing=4))
        pane.add_heading("Where it leads")
        self._where = Paragraph(small=True)
        pane.add(Box(self._where))
        self.change = Button("Change", key="F2", bind_key=False)
        self.change.clicked.connect(self._change)
        self.close_button = Button("Reached")
        self.close_button.clicked.connect(self._close_or_reopen)
        pane.add(row(self.change, self.close_button, None))
        pane.body.addSpacing(4)
        pane.add(
            Paragraph(
                "A way is the easiest chain of people who know each other, strong ties first. Whoever wants no "
                "requests, or quiet, is left out of it.",
                small=True,
                style="mute",
            )
        )
        return pane

    def reload(self) -> None:
        planner, wanted = self.ctx.planner, self._wanted

        def ask() -> tuple[tuple[Goal, ...], GoalReading | None]:
            goals = planner.goals.all()
            known = {goal.id for goal in goals}
            id = wanted if wanted in known else goals[0].id if goals else None
            return goals, None if id is None else planner.goal_readings.get(id)

        self.query(ask, self._show, key="goals")

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(word) for word in _SHOWN)

    def show_link(self, link: Link) -> None:
        self.rows.setFocus()
        if link.kind == "goal" and link.id is not None:
            self._wanted = link.id
            self.refresh_now()
        elif link.part == "new":
            self.begin()

    def page_actions(self) -> Sequence[Action]:
        def has_goal() -> bool:
            return self.reading is not None

        return (
            Action("goal-step", "Goal: make the next step a follow-up", self._plan_next, "Ctrl+G", icon="target",
                   hint="introduction career next"),
            Action("goal-change", "Change this goal…", self._change, "F2", icon="pencil"),
            Action("goal-close", "Goal: reached, or given up", self._close_or_reopen, icon="check",
                   is_enabled=has_goal),
            Action("goal-delete", "Delete this goal", self._delete, icon="trash-2", is_enabled=has_goal),
        )  # fmt: skip

    def begin(self) -> None:
        """Open the panel for a new goal."""
        self._editing = None
        self.form.start("New goal", GoalDraft(""))

    @property
    def form(self) -> GoalForm:
        """The panel for a goal."""
        window = self.window()
        if self._form is None or self._form.parent() is not window:
            self._form = GoalForm(window, self.ctx)
            self._form.saved.connect(self._save)
        return self._form

    def _begin_new(self) -> None:
        self.begin()

    # --- showing

    def _show(self, found: tuple[tuple[Goal, ...], GoalReading | None]) -> None:
        goals, self.reading = found
        self._either.show_one(self.columns if self.reading else self.empty)
        shown = self.reading.goal.id if self.reading else None
        self.choice.set_choices(
            [(goal.id, goal.draft.title + ("" if goal.is_open else " (closed)")) for goal in goals], shown
        )
        if (len(goals) > 1) != (self.choice in self.bar):
            self.choice.setVisible(False)
            self.set_bar(*((self.choice,) if len(goals) > 1 else ()), self._new)
        if self.reading is None:
            return
        goal = self.reading.goal
        self._title.set_parts([(goal.draft.title, "strong")])
        self._why.set_text(goal.draft.why)
        self._why.setVisible(bool(goal.draft.why))
        self._until.set_text(self._until_words(self.reading))
        self._until.setVisible(bool(self._until.text_shown()))
        draft = goal.draft
        lines = [("Fields", draft.fields), ("Organisations", draft.organisations)]
        words = [f"{name}: {', '.join(each)}" for name, each in lines if each]
        if draft.contact_ids:
            words.append(f"{len(draft.contact_ids)} {'person' if len(draft.contact_ids) == 1 else 'people'} by name")
        self._where.set_text("\n".join(words) or "Name fields, organisations or people: Change.")
        self.close_button.set_text("Reached" if goal.is_open else "Take it up again")
        self.model.set_sections(goal_presenting.sections(self.reading))
        if self.rows.current_key is None:
            self.rows.select_first()

    def _until_words(self, reading: GoalReading) -> str:
        until, days = reading.goal.draft.until, reading.days_left
        if until is None or days is None:
            return ""
        left = f"{span_words(days)} left" if days > 0 else "that day is past" if days < 0 else "that is today"
        return f"until {day_words(until, self.ctx.clock.today())} · {left}"

    # --- doing

    def _open(self, key: Any) -> None:
        kind, at = key
        if self.reading is None:
            return
        if kind == "step":
            self._plan_next()
        elif kind == "gap":
            gap = self.reading.gaps[at]
            if gap.people:
                PeopleDialog(self.ctx, gap.strong + gap.rest, gap.people, self).open()
            else:
                self.ctx.navigate(Link("events"))
        else:
            self.ctx.navigate(Link("contact", at))

    def _act(self, word: str, keys: Sequence[Any]) -> None:
        if not keys or self.reading is None:
            return
        kind, at = keys[0]
        if word == "open":
            self._open(keys[0])
        elif kind == "step":
            self._plan_next()
        elif kind == "way":
            way = next((way for way in self.reading.ways if way.target.id == at), None)
            step = goal_rules.introduction(way) if way else None
            if step is not None:
                plan_step(self, self.reading.goal, step)

    def _plan_next(self) -> None:
        if self.reading is None:
            self.begin()
        else:
            plan_step(self, self.reading.goal, self.reading.next)

    def _choose(self, id: int) -> None:
        self._wanted = id
        self.reload()

    def _change(self) -> None:
        if self.reading is None:
            return
        goal = self.reading.goal
        self._editing = goal.id
        names = self.ctx.planner.insights.names(goal.draft.contact_ids)
        people = [PersonRef(id, names.get(id, "")) for id in goal.draft.contact_ids]
        self.form.start("Change goal", goal.draft, people)

    def _close_or_reopen(self) -> None:
        if self.reading is not None:
            goals, goal = self.ctx.planner.goals, self.reading.goal
            if goal.is_open:
                self.command(goals.close, goal.id, say=f"Closed: {goal.draft.title}")
            else:
                self.command(goals.reopen, goal.id, say=f"Taken up again: {goal.draft.title}")

    def _delete(self) -> None:
        if self.reading is not None:
            goal = self.reading.goal
            self.command(self.ctx.planner.goals.delete, [goal.id], say=f"Deleted: {goal.draft.title}")

    def _save(self, draft: GoalDraft) -> None:
        form, id = self.form, self._editing

        def saved(changes: Changes) -> None:
            form.accept()
            if id is None:
                self._wanted = next(iter(changes.created.get("goal", ())), None)
            self.ctx.toast("Goal set" if id is None else "Goal changed", undo=True)
            self.refresh_now()

        def failed(error: Exception) -> None:
            form.say(str(error.explain().what) if isinstance(error, UserError) else "That could not be saved.")

        goals = self.ctx.planner.goals
        run: Callable[..., Changes] = goals.add if id is None else partial(goals.update, id)
        self.command(run, draft, done=saved, failed=failed)


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.screens import Screen

    here = Link("goals")

    def page(window: MainWindow) -> GoalPage:
        assert isinstance(window.page, GoalPage)
        window.page.rows.setFocus()
        return window.page

    def many(window: MainWindow) -> None:
        shown = page(window)
        if (reading := shown.reading) is not None:
            shown._show(((reading.goal,), replace(reading, there=(reading.there * 200)[:200])))

    return (
        Screen("goal", here, page),
        Screen("goal-change", here, lambda window: page(window)._change()),
        Screen("goal-empty", here, lambda window: page(window)._show(((), None))),
        Screen("goal-200", here, many),
    )
