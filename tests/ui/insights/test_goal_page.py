"""A goal's page, its form, and its box on Today and Insights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails, Tie
from planner.relations.goals import GoalDraft
from ui.context import Link, UiContext
from ui.insights.goal_form import GoalForm
from ui.insights.goal_page import GoalPage
from ui.tasks import Tasks
from ui.today.page import TodayPage

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]
Build = Callable[[], GoalPage]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(planner: Planner) -> dict[str, int]:
    """A strong tie who knows somebody at Helix Rail, whom you do not know."""
    found = {}
    for name, tie, house in (("Anjali Patel", Tie.STRONG, ""), ("Sofia Marchetti", None, "Helix Rail")):
        details = ContactDetails(name=name, tie=tie, organisation=house)
        found[name.split()[0]] = planner.contacts.add(details).new("contact")
    planner.acquaintances.set(found["Anjali"], [found["Sofia"]])
    return found


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Settle) -> Build:
    def build() -> GoalPage:
        made = GoalPage(ctx)
        show(made, width=1080, height=700)
        settle(ctx.tasks)
        QAbstractItemModelTester(made.model)
        return made

    return build


def form_of(shown: GoalPage) -> GoalForm:
    form = shown.window().findChild(GoalForm)
    assert form is not None
    return form


def test_a_goal_is_set_by_keys_and_its_step_becomes_a_follow_up(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    shown = page()
    assert shown.empty.isVisible()
    qtbot.mouseClick(shown.empty.button, LEFT)
    form = form_of(shown)
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    assert form._message.isVisible()
    qtbot.keyClicks(form.title, "Lead a platform group")
    qtbot.keyClick(form.title, Qt.Key.Key_Tab)
    assert form.why.hasFocus()
    qtbot.keyClicks(form.until, "in a year")
    qtbot.keyClicks(form.organisations, "Helix Rail, Atlas Air")
    qtbot.keyClick(form.organisations, Qt.Key.Key_Return)
    settle(ctx.tasks)
    goal = planner.goals.current()
    assert goal is not None
    assert goal.draft.organisations == ("Helix Rail", "Atlas Air")
    assert goal.draft.until == date(2026, 7, 10)
    assert not form.isVisible()
    assert shown.model.keys[:2] == [("step", 0), ("way", people["Sofia"])]
    shown.rows.setFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_P)
    settle(ctx.tasks)
    (standing,) = planner.introductions.standings()
    assert standing.introduction.a.name == "Sofia Marchetti"
    assert seen.toasts[-1] == "An introduction to ask for is among your follow-ups"  # type: ignore[attr-defined]
    shown.rows.select_key(("way", people["Sofia"]))
    qtbot.keyClick(shown.rows, Qt.Key.Key_Return)
    assert seen.links[-1] == Link("contact", people["Sofia"])  # type: ignore[attr-defined]


def test_a_goal_is_changed_closed_taken_up_and_deleted(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    id = planner.goals.add(GoalDraft("Rail", contact_ids=(people["Sofia"],))).new("goal")
    planner.goals.add(GoalDraft("Another"))
    shown = page()
    assert shown.choice.isVisibleTo(shown) or shown.choice in shown.bar
    shown.show_link(Link("goal", id))
    settle(ctx.tasks)
    assert shown.reading is not None
    assert shown.reading.goal.id == id
    qtbot.mouseClick(shown.change, LEFT)
    form = form_of(shown)
    assert [person.name for person in form.people.people] == ["Sofia Marchetti"]
    form.title.setText("Rail and platforms")
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.goals.get(id).draft.title == "Rail and platforms"
    qtbot.mouseClick(shown.close_button, LEFT)
    settle(ctx.tasks)
    assert not planner.goals.get(id).is_open
    qtbot.mouseClick(shown.close_button, LEFT)
    settle(ctx.tasks)
    assert planner.goals.get(id).is_open
    next(action for action in shown.page_actions() if action.id == "goal-delete").run()
    settle(ctx.tasks)
    assert [goal.draft.title for goal in planner.goals.all()] == ["Another"]


def test_a_day_nobody_understands_keeps_the_words(page: Build, qtbot: QtBot, planner: Planner) -> None:
    shown = page()
    shown.begin()
    form = form_of(shown)
    qtbot.keyClicks(form.title, "Rail")
    qtbot.keyClicks(form.until, "some blue moon")
    qtbot.keyClick(form.until, Qt.Key.Key_Return)
    assert form.isVisible()
    assert "in a year" in form._message.accessibleName()
    assert form.until.text() == "some blue moon"
    assert planner.goals.all() == ()


def test_the_box_on_today_plans_the_step(
    people: dict[str, int], planner: Planner, ctx: UiContext, show: Callable[..., QWidget], settle: Settle,
    qtbot: QtBot, seen: object,
) -> None:  # fmt: skip
    goal = planner.goals.add(GoalDraft("Rail", contact_ids=(people["Sofia"],))).new("goal")
    today = TodayPage(ctx)
    show(today, width=1080, height=760)
    settle(ctx.tasks)
    box = today.side.goal_box
    assert "Ask Anjali Patel to introduce you to Sofia Marchetti" in box._step.accessibleName()
    box._step.link_activated.emit(str(people["Anjali"]))
    box._words.link_activated.emit("goal")
    assert seen.links == [Link("contact", people["Anjali"]), Link("goal", goal)]  # type: ignore[attr-defined]
    action = box.action()
    assert (action.shortcut, action.enabled) == ("Ctrl+G", True)
    qtbot.mouseClick(box.plan_button, LEFT)
    settle(ctx.tasks)
    assert len(planner.introductions.standings()) == 1
