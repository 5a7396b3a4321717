"""The sample fills every screen, keeps to itself, and is plainly invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.events.records import EventState
from planner.followups.rules.due import Section
from planner.paths import DataFolder, resource
from planner.sample import fill
from planner.store import integrity


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    """The sample as of a Thursday."""
    clock = FixedClock(moment=datetime(2027, 7, 8, 8, tzinfo=UTC))
    with Planner(DataFolder(tmp_path_factory.mktemp("sample")), clock, durable=False) as planner:
        assert fill(planner)
        yield planner


def test_every_screen_has_something_to_show(filled: Planner) -> None:
    assert filled.contact_queries.count() == 63
    queue = filled.followup_queries.queue()
    assert {section: len(queue[section]) > 0 for section in Section} == dict.fromkeys(Section, True)
    assert [entry.days_late for entry in queue[Section.OVERDUE].entries] == [2, 1, 1]
    upcoming, past = filled.event_queries.upcoming(), filled.event_queries.past()
    assert {row.details.state for row in past} == {EventState.WRAPPED_UP}
    assert len(upcoming) + len(past) == 8
    conference = next(row for row in upcoming if row.details.title == "EuroPython 2027")
    file = filled.event_queries.file(conference.id)
    assert len(file.attendances) == 8
    assert {person.readiness.state for person in file.attendances} == {"ready", "started", "not started"}
    agenda = filled.event_queries.agenda(conference.id)
    assert len(agenda) == 11
    assert [(one.title, one.gone) for one in agenda if one.gone] == [("What the scrap bin knows", True)]
    assert any(speaker.contact_id for one in agenda for speaker in one.speakers)
    meetup = next(row for row in upcoming if row.details.title == "PyLadies meetup")
    assert {one.in_words for one in filled.invitations.of_event(meetup.id)} == {"Comes", "Comes perhaps"}
    done, coming = sorted(filled.interviews.all(), key=lambda one: one.starts_at)
    assert (done.thanked_on is not None, bool(done.learned), [one.name for one in done.named]) == (
        True,
        True,
        ["Sofia Marchetti", "Marta Quintela"],
    )
    assert (coming.answer, coming.thanked_on) == ("yes", None)
    (quiet,) = filled.contact_queries.find("is:muted")
    assert filled.contact_queries.get(quiet).details.boundary.quiet_until is not None
    assert filled.contact_queries.find("has:needs")
    assert filled.contact_queries.find("has:offers")
    assert filled.goals.current() is not None
    assert len(filled.relation_queries.story(filled.contact_queries.find("Anjali Patel")[0])) >= 12


def test_it_is_sound_and_has_nothing_to_undo(filled: Planner) -> None:
    assert integrity.check(filled.store).findings == ()
    assert filled.history.recent() == ()


def test_it_is_filled_once_and_reset_on_request(filled: Planner) -> None:
    assert not fill(filled)
    (id,) = filled.contact_queries.find("Ruth Sorensen")
    filled.contacts.delete((id,))
    assert filled.contact_queries.count() == 62
    assert fill(filled, reset=True)
    assert filled.contact_queries.count() == 63
    changes = filled.poll_external()
    assert changes is not None
    assert changes.everything


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2028-02-29", "2026-12-31"])
def test_it_goes_with_any_day_and_zone(tmp_path: Path, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T23:30:00+00:00")
    with Planner(DataFolder(tmp_path / "d"), FixedClock(moment=moment), durable=False) as planner:
        assert fill(planner)
        assert len(planner.followup_queries.queue()[Section.OVERDUE]) == 3
        conference = planner.event_queries.upcoming()[-1]
        assert conference.first_day == planner.clock.today() + timedelta(days=4)


def test_nobody_in_it_can_be_reached() -> None:
    for name in ("people.toml", "story.toml"):
        text = resource("sample", name).read_text(encoding="utf-8")
        assert all(host.endswith(".example") for host in re.findall(r"(?:https?://|@)([\w.-]+)", text))
        for number in re.findall(r"\+[\d ]+", text):
            # Ofcom keeps 07700 900000-900999 for drama, the North American plan 555-0100 to 555-0199.
            assert re.fullmatch(r"\+44 7700 900\d{3}|\+1 555 01\d\d", number.strip())


def test_its_folder_is_not_yours(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "rapport")
    assert folder.sample().root != folder.root
    assert folder.root not in folder.sample().root.parents
