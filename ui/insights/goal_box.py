"""The goal in a box: who is there, and the one next step, planned by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.changes import Changes
from planner.insights.goal_rules import NextStep, StepKind
from planner.relations.goal_reading import Goal
from ui.context import Link
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.box import Box
from ui.widgets.button import LinkButton
from ui.widgets.labels import Paragraph, PartStyle
from ui.widgets.layouts import row

# It needs the mapping of the tables, which Today is shown before.
if TYPE_CHECKING:
    from planner.insights.goal_readings import GoalReading

Parts = list[tuple[str, PartStyle] | tuple[str, PartStyle, str]]


class GoalBox(Box):
    """Shows the open goal; a click on it goes to its page, one on a name to that person."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        self._page = page
        self._goal: Goal | None = None
        self.reading: GoalReading | None = None
        self._words = Paragraph(small=True)
        self._step = Paragraph(small=True)
        for shown in (self._words, self._step):
            shown.link_activated.connect(self._go)
        self.plan_button = LinkButton("Make it a follow-up")
        self.plan_button.clicked.connect(self.plan)
        super().__init__(self._words, self._step, spacing=6, parent=parent)
        self.add(row(self.plan_button, None))
        self._show_step(None)

    def action(self) -> Action:
        """For the page's table: the step by one key."""
        return Action(
            "goal-step",
            "Goal: make the next step a follow-up",
            self.plan,
            "Ctrl+G",
            icon="target",
            hint="introduction career next",
        )

    def show_goal(self, goal: Goal | None) -> None:
        """Show what is known at once; `refresh` asks for the step."""
        self._goal = goal
        self.setVisible(goal is not None)
        if goal is None:
            self.reading = None
            return
        self._words.set_parts(goal_parts(goal))
        if self.reading is not None and self.reading.goal.id != goal.id:
            self._show_step(None)

    def refresh(self) -> None:
        """Ask for the goal's reading, if there is a goal."""
        planner = self._page.ctx.planner

        def reading() -> GoalReading | None:
            return planner.goal_readings.current()  # imported here too, off the main thread

        if self._goal is not None:
            self._page.query(reading, self.show_reading, key="goal-reading", aside=True)

    def show_reading(self, reading: GoalReading | None) -> None:
        """Show the next step."""
        self.reading = reading
        self.setVisible(reading is not None)
        if reading is not None:
            self._words.set_parts(reading_parts(reading))
        self._show_step(reading.next if reading else None)

    def plan(self) -> None:
        """Turn the step into a follow-up; without a goal, begin one."""
        if self.reading is None:
            self._page.ctx.navigate(Link("goals", part="new"))
        else:
            plan_step(self._page, self.reading.goal, self.reading.next)

    def _show_step(self, step: NextStep | None) -> None:
        self._step.setVisible(step is not None)
        self.plan_button.setVisible(step is not None and step.kind is not StepKind.FIND)
        if step is not None:
            self._step.set_parts([("Next: ", "mute"), *step_parts(step), (f"\n{step.why}", "mute")])

    def _go(self, key: str) -> None:
        if key == "goal" and self._goal is not None:
            self._page.ctx.navigate(Link("goal", self._goal.id))
        elif key.isdigit():
            self._page.ctx.navigate(Link("contact", int(key)))


def plan_step(page: Page, goal: Goal, step: NextStep) -> None:
    """Turn a step into a follow-up; where there is nobody to ask yet, go where people are met."""
    if step.kind is StepKind.FIND:
        page.ctx.toast(step.words)
        page.ctx.navigate(Link("events"))
        return

    def say(changes: Changes) -> None:
        words = "An introduction to ask for" if step.kind is StepKind.INTRODUCTION else "A talk"
        if changes:
            page.ctx.toast(f"{words} is among your follow-ups", undo=True)

    page.command(page.ctx.planner.goal_readings.take, goal, step, done=say)


def goal_parts(goal: Goal) -> Parts:
    """ "Move into platform leadership. 2 people there; 3 of your contacts could introduce you."."""
    title = goal.draft.title if goal.draft.title.endswith((".", "!", "?")) else f"{goal.draft.title}."
    there, doors = len(goal.there), len(goal.doors)
    people = "person" if there == 1 else "people"
    known = f"You know of {there} {people} there" if there else "You know of nobody there yet"
    open_doors = f"; {doors} of your contacts could introduce you" if doors else ""
    return [(title, "ink", "goal"), (f" {known}{open_doors}.", "mute")]


def reading_parts(reading: GoalReading) -> Parts:
    """ "Move into platform leadership. You know 2 people there; ways lead to 3 more."."""
    title = reading.goal.draft.title
    title = title if title.endswith((".", "!", "?")) else f"{title}."
    there, ways = len(reading.there), len(reading.ways)
    known = f"You know {there} {'person' if there == 1 else 'people'} there" if there else "You know nobody there yet"
    more = f"; {'a way leads' if ways == 1 else 'ways lead'} to {ways}{' more' if there else ''}" if ways else ""
    return [(title, "ink", "goal"), (f" {known}{more}.", "mute")]


def step_parts(step: NextStep) -> Parts:
    """The step's words, the people in it as links."""
    parts: Parts = []
    rest = step.words
    for person in (step.ask, step.meet):
        if person is not None and person.name and person.name in rest:
            before, _, rest = rest.partition(person.name)
            parts += [(before, "ink"), (person.name, "accent", str(person.id))]
    return [*parts, (rest, "ink")] if rest else parts
