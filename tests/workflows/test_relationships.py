"""Relationships over years, through the real window and the command line over the same data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from planner.app import Planner
from planner.contacts.records import ContactDetails, Email, Tie
from planner.relations.introductions import Step
from tests.workflows.test_window import CTRL, Person, person, planner
from ui.contacts.introduction_form import IntroductionForm
from ui.insights.goal_form import GoalForm
from ui.palette.palette import Palette

__all__ = ["person", "planner"]  # fixtures

KEY = Qt.Key


def told(folder: Path, *arguments: str) -> Any:
    """What the command line says, as JSON, while the window is open."""
    environment = {**os.environ, "RAPPORT_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "planner.cli", *arguments, "--json"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def run_command(person: Person, words: str) -> None:
    """Ctrl+K, some words, Enter."""
    person.press(KEY.Key_K, CTRL)
    person.dialog(Palette)
    person.type(words)
    person.press(KEY.Key_Return)


@pytest.mark.workflow
@pytest.mark.slow
def test_from_a_goal_to_thanks_for_an_introduction(person: Person, planner: Planner, tmp_path: Path) -> None:
    add = planner.contacts.add
    anjali = add(ContactDetails(name="Anjali Patel", tie=Tie.STRONG, emails=(Email("anjali@post.example"),))).new(
        "contact"
    )
    sofia = add(ContactDetails(name="Sofia Marchetti", organisation="Helix Rail")).new("contact")
    person.window.bus.publish(planner.acquaintances.set(anjali, [sofia]))
    person.settle()

    run_command(person, "set a goal")
    goal = person.dialog(GoalForm)
    person.type("Lead a platform group")
    person.go_into(goal.organisations)
    person.type("Helix Rail")
    person.press(KEY.Key_Return)
    (read,) = told(tmp_path / "data", "goals")["goals"]
    assert [each["name"] for each in read["ways"][0]["people"]] == ["Anjali Patel", "Sofia Marchetti"]
    assert read["next"]["words"] == "Ask Anjali Patel to introduce you to Sofia Marchetti"

    person.press(KEY.Key_G, CTRL)  # the step, by one key
    assert planner.introductions.standings()[0].step is Step.ASK_INTRODUCER
    run_command(person, "introductions")
    page = person.page
    page.mail.open_url = lambda _url: True
    person.go_into(page.rows)
    for key, step in (
        (KEY.Key_D, Step.HEAR_INTRODUCER),
        (KEY.Key_Y, Step.AWAIT),
        (KEY.Key_D, Step.THANK),
        (KEY.Key_D, Step.OUTCOME),
    ):
        person.press(key)
        assert planner.introductions.standings()[0].step is step
    (read,) = told(tmp_path / "data", "introductions")["introductions"]
    assert read["introducer"]["name"] == "Anjali Patel"
    assert read["thanked_on"] == "2025-07-10"
    person.press(KEY.Key_D)
    person.type("We meet monthly")
    person.press(KEY.Key_Return)
    assert told(tmp_path / "data", "introductions")["introductions"] == []
    (over,) = told(tmp_path / "data", "introductions", "--all")["introductions"]
    assert over["outcome"] == "We meet monthly"
    for _ in range(6):
        person.press(KEY.Key_Z, CTRL)
    assert planner.introductions.standings() == ()


@pytest.mark.workflow
@pytest.mark.slow
def test_two_people_are_introduced_from_anywhere(person: Person, planner: Planner, tmp_path: Path) -> None:
    for name in ("Kofi Danso", "Ingrid Vale"):
        planner.contacts.add(ContactDetails(name=name))
    run_command(person, "new introduction")
    form = person.dialog(IntroductionForm)
    person.go_into(form.first.line)
    person.type("Kofi")
    person.press(KEY.Key_Return)
    person.go_into(form.second.line)
    person.type("Ingrid")
    person.press(KEY.Key_Return)
    person.go_into(form.reason)
    person.type("battery recycling")
    person.press(KEY.Key_Return)
    (read,) = told(tmp_path / "data", "introductions")["introductions"]
    assert (read["a"]["name"], read["b"]["name"], read["step"]) == ("Kofi Danso", "Ingrid Vale", "ask a")
    (due,) = told(tmp_path / "data", "due", "--all")["followups"]
    assert due["title"] == "Ask about an introduction to Ingrid Vale"
