"""Each calendar program is given what is safe to import there; the rest is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.app import Planner
from planner.calendars.records import Scope
from planner.calendars.targets import TARGETS, named
from planner.clock import FixedClock
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        yield made


def add(planner: Planner, title: str) -> int:
    return planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, title, date(2027, 7, 12))).new("followup")


@pytest.mark.parametrize("target", [target.key for target in TARGETS if not target.updates])
def test_a_file_holds_what_that_calendar_has_not_had_and_the_rest_is_told_once(
    planner: Planner, tmp_path: Path, target: str
) -> None:
    path = tmp_path / "out.ics"
    moved, dropped, renamed = add(planner, "Moved"), add(planner, "Dropped"), add(planner, "Old name")
    assert planner.calendars.export(path, target=target).counts.new == 3
    planner.followups.reschedule((moved,), date(2027, 7, 15))
    planner.followups.drop((dropped,))
    details = planner.followup_queries.get(renamed).details
    planner.followups.update(renamed, FollowUpDetails(details.kind, "New name", details.due_on))
    add(planner, "New")
    assert planner.calendars.preview(target=target).total == 4
    outcome = planner.calendars.export(path, target=target)
    text = path.read_text()
    assert (text.count("BEGIN:VEVENT"), "SUMMARY:New\n" in text.replace("\r", "")) == (1, True)
    assert {item.title: item.reason for item in outcome.by_hand} == {
        "Moved": "move it to Thu 15 July, 09:00",
        "Dropped": "delete it there",
        "New name": "rename it; it was “Old name”",
    }
    assert planner.calendars.preview(target=target).total == 0
    assert planner.calendars.last_target() == target


def test_each_target_has_a_memory_of_its_own(planner: Planner, tmp_path: Path) -> None:
    add(planner, "Send the deck")
    planner.calendars.export(tmp_path / "a.ics", target="google")
    assert planner.calendars.preview(target="google").total == 0
    assert planner.calendars.preview(target="outlook").new == 1
    assert planner.calendars.preview().new == 1


@pytest.mark.parametrize("key", ["google", "outlook"])
def test_tasks_go_only_where_they_are_taken(planner: Planner, tmp_path: Path, key: str) -> None:
    add(planner, "Send the deck")
    planner.calendars.export(tmp_path / "a.ics", Scope.ALL, as_task=True, target=key)
    assert "VTODO" not in (tmp_path / "a.ics").read_text()


def test_everything_can_be_asked_for_again(planner: Planner, tmp_path: Path) -> None:
    add(planner, "Send the deck")
    planner.calendars.export(tmp_path / "a.ics", target="apple")
    assert planner.calendars.export(tmp_path / "a.ics", Scope.ALL, target="apple").counts.same == 1


def test_an_unknown_target_is_the_one_without_promises() -> None:
    assert named("fridge").updates
