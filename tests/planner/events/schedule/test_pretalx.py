"""The two forms of a programme that pretalx publishes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.events.schedule.read import NoSchedule, looks_like_schedule, read, read_file
from planner.paths import DataFolder
from tests.planner.events.schedule import pretalx_files

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_export_keeps_days_zone_rooms_and_speakers() -> None:
    found = read(pretalx_files.schedule(), "schedule.json", BERLIN)
    assert (found.title, found.time_zone, found.complete) == ("Battery Days 2031", "Europe/Warsaw", True)
    assert (found.first_day, found.last_day, found.zone_assumed) == (date(2031, 7, 14), date(2031, 7, 15), False)
    talk, late, annex = found.sessions
    assert (talk.title, talk.room, talk.track) == ("Batteries that last", "Main hall", "Cells")
    assert (talk.starts_at, talk.ends_at) == (
        datetime(2031, 7, 14, 7, 15, tzinfo=UTC),
        datetime(2031, 7, 14, 8, tzinfo=UTC),
    )
    assert late.starts_at == datetime(2031, 7, 14, 22, 30, tzinfo=UTC)
    assert [person.name for person in late.speakers] == ["Ingrid Vale", "Kofi Danso"]
    assert (annex.room, annex.track, annex.speakers) == ("Annex, left", "", ())


def test_a_page_of_talks_with_either_kind_of_slot() -> None:
    found = read(pretalx_files.page(), "talks.json", BERLIN)
    assert [(one.title, one.room, one.external_id) for one in found.sessions] == [
        ("Batteries that last", "Main hall", "ABCDEF"),
        ("Cells by hand", "Annex", "TWICES"),
        ("Cells by hand", "Annex", "TWICES"),
        ("To be placed", "", "NOSLOT"),
    ]
    first, twice, again, unplaced = found.sessions
    assert first.starts_at == twice.starts_at == datetime(2031, 7, 14, 7, 15, tzinfo=UTC)
    assert again.ends_at == datetime(2031, 7, 15, 11, 45, tzinfo=UTC)
    assert (unplaced.starts_at, twice.speakers, twice.track) == (None, (), "")
    assert [person.name for person in first.speakers] == ["Ingrid Vale"]
    assert [item.reason for item in found.failed] == ["“Called off” is canceled, so it is not in the programme"]


@pytest.mark.parametrize(("number", "of", "whole"), [(0, 1, True), (0, 3, False), (1, 3, False), (2, 3, False)])
def test_one_page_of_several_says_so(number: int, of: int, whole: bool) -> None:
    found = read(pretalx_files.page(number, of), "talks.json", BERLIN)
    assert found.complete is whole
    assert any("one page of several, with 4 of 12 talks" in item.reason for item in found.failed) is not whole


@pytest.mark.parametrize("text", ['{"results": []}', '{"results": [1]}', '{"results": [{"a": 1}]}', '{"results": 3}'])
def test_other_lists_are_no_schedule(text: str) -> None:
    with pytest.raises(NoSchedule):
        read(text.encode(), "other.json", BERLIN)


def test_both_are_recognised_and_meet_in_one_agenda(tmp_path: Path) -> None:
    export, talks = tmp_path / "schedule.json", tmp_path / "talks.json"
    export.write_bytes(pretalx_files.schedule())
    talks.write_bytes(pretalx_files.page(0, 2))
    assert looks_like_schedule(export)
    assert looks_like_schedule(talks)
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as planner:
        ingrid = planner.contacts.add(ContactDetails(name="Ingrid Vale")).new("contact")
        event = planner.events.schedules.run(read_file(export, BERLIN), None, export.name).event_id
        (row,) = planner.event_queries.upcoming(5)
        assert (row.id, row.details.title) == (event, "Battery Days 2031")
        agenda = planner.event_queries.agenda(event)
        assert [item.title for item in agenda] == ["Batteries that last", "Cells by hand", "Late lightning"]
        planner.events.agenda.mark((agenda[0].id,), True)
        outcome = planner.events.schedules.run(read_file(talks, BERLIN), event, talks.name)
        assert (outcome.removed, outcome.gone) == (0, 0)
        merged = planner.event_queries.agenda(event)
        assert [item.marked for item in merged if item.title == "Batteries that last"] == [True]
        assert "Late lightning" in [item.title for item in merged]
        assert outcome.known_speakers == 1
        assert ingrid
