"""How events and people read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.events.records import (
    Attendance,
    EventDetails,
    EventKind,
    EventRow,
    EventState,
    Outcome,
    Part,
    Readiness,
    Session,
    Wish,
)
from planner.followups.records import FollowUpKind, Plan, PlanStep
from ui.events import presenting
from ui.theme_tokens import Tone

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 7, 10, 8, tzinfo=UTC)
TODAY = date(2025, 7, 10)


def an_event(start: datetime, hours: int = 2, **more: object) -> EventRow:
    details = EventDetails("Meetup", EventKind.MEETUP, start, start + timedelta(hours=hours))
    first = start.astimezone(BERLIN).date()
    last = (start + timedelta(hours=hours)).astimezone(BERLIN).date()
    return EventRow(1, details, first, last, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (NOW - timedelta(hours=1), "now"),
        (NOW + timedelta(hours=5), "today"),
        (NOW - timedelta(hours=5), "today"),
        (NOW + timedelta(days=1), "tomorrow"),
        (NOW + timedelta(days=4), "in 4 days"),
        (NOW - timedelta(days=1), "yesterday"),
        (NOW - timedelta(days=30), "4 weeks ago"),
    ],
)
def test_how_far_an_event_is(start: datetime, words: str) -> None:
    assert presenting.away_words(an_event(start), NOW, TODAY) == words


def test_an_event_over_and_not_wrapped_up_asks_for_it() -> None:
    row = presenting.event_row(an_event(NOW - timedelta(days=2), met=1), BERLIN, NOW, TODAY)
    assert [chip.text for chip in row.chips] == ["To wrap up", "1 met"]


def test_a_called_off_event_is_struck_through() -> None:
    from dataclasses import replace

    event = an_event(NOW + timedelta(days=2))
    off = replace(event, details=replace(event.details, state=EventState.CALLED_OFF))
    row = presenting.event_row(off, BERLIN, NOW, TODAY)
    assert (row.done, row.aside, row.chips[0].text) == (True, "", "Called off")


@pytest.mark.parametrize(
    ("names", "people", "words"),
    [
        ((), 0, ""),
        (("Ingrid",), 1, "Ingrid"),
        (("Ingrid", "Kofi"), 2, "Ingrid and Kofi"),
        (("Ingrid", "Kofi", "Bo"), 8, "Ingrid, Kofi and 6 more"),
        (("Ingrid",), 0, "Ingrid"),
    ],
)
def test_names(names: tuple[str, ...], people: int, words: str) -> None:
    assert presenting.names_words(names, people) == words


def a_person(readiness: Readiness, **more: object) -> Attendance:
    values: dict[str, object] = {"wish": Wish.WOULD, "part": Part.ATTENDEE, "outcome": Outcome.UNKNOWN}
    return Attendance(
        1,
        1,
        1,
        "Ingrid Vale",
        "CTO",
        "Norrvolt",
        readiness=readiness,
        **{**values, **more},  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("readiness", "text", "tone"),
    [
        (Readiness("ready"), "Ready", Tone.OK),
        (Readiness("not started", ("research",)), "Not started", Tone.NEUTRAL),
        (Readiness("started", ("questions",)), "No questions yet", Tone.WARN),
        (Readiness("started", ("common ground", "questions")), "No common ground", Tone.WARN),
    ],
)
def test_readiness_as_a_chip(readiness: Readiness, text: str, tone: Tone) -> None:
    chip = presenting.readiness_chip(a_person(readiness))
    assert (chip.text, chip.tone) == (text, tone)


@pytest.mark.parametrize(
    ("more", "muted"),
    [
        ({}, "CTO, Norrvolt"),
        ({"note": "sprint host"}, "CTO, Norrvolt · sprint host"),
        ({"part": Part.HOST}, "CTO, Norrvolt · host"),
        ({"sessions": (Session(1, 1, "Talk"),)}, "CTO, Norrvolt · speaks: Talk"),
        (
            {"sessions": (Session(1, 1, "Talk", datetime(2025, 7, 15, 7, 15, tzinfo=UTC)),)},
            "CTO, Norrvolt · talk Tue 09:15",
        ),
    ],
)
def test_a_person_in_one_line(more: dict[str, object], muted: str) -> None:
    assert presenting.person_row(a_person(Readiness("ready"), **more), BERLIN, None).muted == muted


def test_a_plan_in_words() -> None:
    steps = (
        PlanStep(FollowUpKind.PREPARE, "Read", -2),
        PlanStep(FollowUpKind.OTHER, "Note", 0),
        PlanStep(FollowUpKind.THANK_YOU, "Thank", 1),
        PlanStep(FollowUpKind.CHECK_IN, "Ask", 21),
    )
    words = presenting.plan_words(Plan(1, "Conference", steps))
    assert words == "prepare 2 days before, other the same day, thank-you after 1 day, check in after 3 weeks"
