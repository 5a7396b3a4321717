"""A schedule becomes an agenda, and is updated in place without losing what is yours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.app import Planner
from planner.contacts.records import FailedItem
from planner.errors import Cancelled, NotFound
from planner.events.records import Session, SessionDetails
from planner.events.schedule.read import NoSchedule
from planner.events.schedule.records import PublishedSchedule, PublishedSession, PublishedSpeaker

NINE = datetime(2027, 9, 14, 7, tzinfo=UTC)


def session(title: str, id: str = "", hours: int = 0, *speakers: str, **more: str) -> PublishedSession:
    starts = NINE + timedelta(hours=hours)
    return PublishedSession(
        title, id, starts, starts + timedelta(hours=1), speakers=tuple(map(PublishedSpeaker, speakers)), **more
    )


def schedule(*sessions: PublishedSession) -> PublishedSchedule:
    return PublishedSchedule("Battery Days", sessions, time_zone="Europe/Warsaw", place="Hall, Kraków")


KEYNOTE = session("Keynote", "1", 0, "Ingrid Vale")
CELLS = session("Cells", "2", 2, "Kofi Danso")


def agenda(planner: Planner, event_id: int) -> dict[str, Session]:
    return {item.title: item for item in planner.event_queries.agenda(event_id)}


def test_a_schedule_makes_an_event_in_one_undoable_step(planner: Planner, person: Callable[..., int]) -> None:
    ingrid = person("Vale, Ingrid")
    outcome = planner.events.schedules.run(schedule(KEYNOTE, CELLS))
    event = planner.event_queries.get(outcome.event_id)
    assert (event.details.title, event.first_day, event.last_day) == ("Battery Days", *[date(2027, 9, 14)] * 2)
    assert event.details.place == "Hall, Kraków"
    assert agenda(planner, event.id)["Keynote"].speakers[0].contact_id == ingrid
    assert (outcome.new, outcome.known_speakers) == (2, 1)
    planner.history.undo()
    with pytest.raises(NotFound):
        planner.event_queries.get(outcome.event_id)


def test_publishing_again_updates_in_place_and_keeps_what_is_yours(planner: Planner) -> None:
    event_id = planner.events.schedules.run(schedule(KEYNOTE, CELLS)).event_id
    before = agenda(planner, event_id)["Keynote"]
    planner.events.agenda.mark((before.id,))
    details = SessionDetails("Keynote", before.starts_at, before.ends_at, marked=True, notes="Ask about anodes",
                             speakers=("Ingrid Vale",))  # fmt: skip
    planner.events.agenda.update(before.id, details)
    moved = replace(KEYNOTE, title="The keynote", room="Hall 2", starts_at=NINE + timedelta(hours=1))
    outcome = planner.events.schedules.run(schedule(moved, CELLS, session("New", "3", 5)), event_id)
    after = agenda(planner, event_id)["The keynote"]
    assert (after.id, after.marked, after.notes, after.room) == (before.id, True, "Ask about anodes", "Hall 2")
    assert (outcome.new, outcome.changed, outcome.same) == (1, 1, 1)
    assert planner.events.schedules.run(schedule(moved, CELLS, session("New", "3", 5)), event_id).same == 3


def test_new_ids_at_every_publication_are_seen_through(planner: Planner) -> None:
    event_id = planner.events.schedules.run(schedule(KEYNOTE, CELLS)).event_id
    ids = {title: item.id for title, item in agenda(planner, event_id).items()}
    renamed = [replace(item, external_id=f"other-{item.external_id}") for item in (CELLS, KEYNOTE)]
    assert planner.events.schedules.run(schedule(*renamed), event_id).same == 2
    assert {title: item.id for title, item in agenda(planner, event_id).items()} == ids


def test_what_is_no_longer_published_stays_only_where_something_of_yours_is_on_it(
    planner: Planner, person: Callable[..., int]
) -> None:
    kofi = person("Kofi Danso")
    noted, plain = session("Noted", "3", 4), session("Plain", "4", 5)
    event_id = planner.events.schedules.run(schedule(KEYNOTE, CELLS, noted, plain)).event_id
    planner.events.people.add(event_id, (kofi,))
    planner.events.agenda.add(event_id, SessionDetails("Lunch with Mai"))
    planner.events.agenda.mark((agenda(planner, event_id)["Noted"].id,))
    outcome = planner.events.schedules.run(schedule(KEYNOTE), event_id)
    assert (outcome.gone, outcome.removed) == (2, 1)
    assert {title: item.gone for title, item in agenda(planner, event_id).items()} == {
        "Keynote": False,
        "Cells": True,  # Kofi, whom you want to meet, was to speak
        "Noted": True,
        "Lunch with Mai": False,  # added by hand
    }
    planner.events.schedules.run(schedule(KEYNOTE, noted), event_id)
    assert not agenda(planner, event_id)["Noted"].gone


def test_a_file_that_could_not_be_read_whole_removes_nothing(planner: Planner) -> None:
    event_id = planner.events.schedules.run(schedule(KEYNOTE, CELLS)).event_id
    broken = replace(schedule(KEYNOTE), failed=(FailedItem(2, "it breaks off", ""),), complete=False)
    assert planner.events.schedules.run(broken, event_id).missing == 1
    assert set(agenda(planner, event_id)) == {"Keynote", "Cells"}


def test_a_speaker_printed_anew_is_still_whom_you_know(planner: Planner, person: Callable[..., int]) -> None:
    ingrid = person("Ingrid Vale")
    first = replace(KEYNOTE, speakers=(PublishedSpeaker("Ingrid Vale", "s-9"),))
    event_id = planner.events.schedules.run(schedule(first)).event_id
    again = replace(KEYNOTE, speakers=(PublishedSpeaker("Prof. I. Vale", "s-9"), PublishedSpeaker("Mai Tran")))
    planner.events.schedules.run(schedule(again), event_id)
    speakers = agenda(planner, event_id)["Keynote"].speakers
    assert [(speaker.name, speaker.contact_id) for speaker in speakers] == [
        ("Prof. I. Vale", ingrid),
        ("Mai Tran", None),
    ]


def test_sessions_after_midnight_belong_to_the_evening_before(planner: Planner) -> None:
    late = session("Party", "9", 16)  # 23:00 UTC is 01:00 in Kraków, the next day
    event = planner.event_queries.get(planner.events.schedules.run(schedule(KEYNOTE, late)).event_id)
    assert (event.first_day, event.last_day) == (date(2027, 9, 14), date(2027, 9, 14))


def test_nothing_is_left_of_an_import_that_is_stopped_or_empty(planner: Planner) -> None:
    with pytest.raises(Cancelled):
        planner.events.schedules.run(schedule(KEYNOTE), cancelled=lambda: True)
    with pytest.raises(NoSchedule):
        planner.events.schedules.run(schedule())
    assert planner.event_queries.upcoming(10) == ()
