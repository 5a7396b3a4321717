"""A goal, looked at, on a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Role, Tie
from planner.errors import Invalid
from planner.insights.goal_rules import StepKind
from planner.paths import DataFolder
from planner.relations.drafts import InteractionDraft
from planner.relations.goals import GoalDraft
from planner.relations.records import InteractionKind

DAY = date(2027, 7, 10)


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


@pytest.fixture
def person(planner: Planner) -> Callable[..., int]:
    def add(name: str, **details: object) -> int:
        return planner.contacts.add(ContactDetails(name=name, **details)).new("contact")  # type: ignore[arg-type]

    return add


def test_from_strangers_to_a_follow_up(planner: Planner, person: Callable[..., int]) -> None:
    anjali = person("Anjali Patel", tie=Tie.STRONG, roles=(Role.MENTOR,), field="Platform")
    petra = person("Petra Novak", tie=Tie.WEAK, organisation="Helix Rail")
    sofia = person("Sofia Marchetti", organisation="Helix Rail")
    alone = person("Yuki Hasegawa", field="Platform engineering")
    planner.acquaintances.set(anjali, [sofia])
    planner.acquaintances.set(petra, [sofia])
    goal_id = planner.goals.add(
        GoalDraft("Lead a platform group", "", ("Platform",), ("Helix Rail", "Atlas Air"), (), DAY + timedelta(days=90))
    ).new("goal")
    reading = planner.goal_readings.current()
    assert reading is not None
    assert reading == planner.goal_readings.get(goal_id)
    assert [one.person.id for one in reading.there] == [anjali, petra]
    assert [[one.id for one in way.people] for way in reading.ways] == [[anjali, sofia]]
    assert [one.id for one in reading.beyond] == [alone]
    assert reading.days_left == 90
    assert [f"{gap.strong}{gap.rest}" for gap in reading.gaps] == [
        "No sponsor where it leads", "No industry leader where it leads", "Nobody at Atlas Air",
    ]  # fmt: skip
    assert reading.next.words == "Ask Anjali Patel to introduce you to Sofia Marchetti"
    planner.goal_readings.take(reading.goal, reading.next)
    (standing,) = planner.introductions.standings()
    assert standing.introduction.reason == "Lead a platform group"
    # It is under way now, so the next thing is to talk to whoever is quiet there.
    again = planner.goal_readings.get(goal_id)
    assert again.next.kind is StepKind.CHECK_IN
    assert again.next.ask is not None
    planner.goal_readings.take(again.goal, again.next)
    (todo,) = planner.followup_queries.for_contact(again.next.ask.id)
    assert todo.details.why == "For your goal: Lead a platform group"
    planner.history.undo()
    planner.history.undo()
    assert planner.goal_readings.get(goal_id).next == reading.next


def test_who_wants_no_requests_is_no_way(planner: Planner, person: Callable[..., int]) -> None:
    anjali = person("Anjali Patel", tie=Tie.STRONG)
    sofia = person("Sofia Marchetti", organisation="Helix Rail")
    planner.acquaintances.set(anjali, [sofia])
    planner.goals.add(GoalDraft("Rail", organisations=("Helix Rail",)))
    reading = planner.goal_readings.current()
    assert reading is not None
    assert len(reading.ways) == 1
    boundary = planner.contact_queries.get(anjali).details.boundary
    planner.contacts.edit(anjali, boundary=type(boundary)(no_asks=True))
    reading = planner.goal_readings.current()
    assert reading is not None
    assert reading.ways == ()
    assert reading.next.kind is StepKind.FIND
    with pytest.raises(Invalid):
        planner.goal_readings.take(reading.goal, reading.next)


def test_no_goal_and_closed_ones(planner: Planner) -> None:
    assert planner.goal_readings.current() is None
    id = planner.goals.add(GoalDraft("One", until=DAY)).new("goal")
    planner.goals.close(id)
    assert planner.goal_readings.current() is None
    assert [one.goal.is_open for one in planner.goal_readings.all()] == [False]
    planner.goals.reopen(id)
    reading = planner.goal_readings.current()
    assert reading is not None
    assert (reading.goal.draft.until, reading.days_left) == (DAY, 0)


def test_a_quiet_time_is_no_time_to_ask(planner: Planner, person: Callable[..., int]) -> None:
    anjali = person("Anjali Patel")
    planner.relations.log(InteractionDraft(InteractionKind.CALL, planner.clock.now(), contact_ids=(anjali,)))
    sofia = person("Sofia Marchetti")
    planner.acquaintances.set(sofia, [anjali])
    planner.goals.add(GoalDraft("Rail", contact_ids=(sofia,)))
    reading = planner.goal_readings.current()
    assert reading is not None
    assert [way.target.id for way in reading.ways] == [sofia]
    boundary = planner.contact_queries.get(anjali).details.boundary
    planner.contacts.edit(anjali, boundary=type(boundary)(quiet_until=DAY + timedelta(days=5)))
    reading = planner.goal_readings.current()
    assert reading is not None
    assert reading.ways == ()
