"""Days, hours and zones of events, across clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Invalid
from planner.events import times
from planner.events.defaults import kind_told, new_event, next_edition
from planner.events.records import EventDetails, EventKind, EventState

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
zones = st.sampled_from(ZONES).map(ZoneInfo)


@given(days, st.integers(0, 30), zones, zones)
def test_whole_days_are_read_back_as_the_same_days_wherever_one_is(
    first: date, more: int, zone: ZoneInfo, elsewhere: ZoneInfo
) -> None:
    last = first + timedelta(days=more)
    starts_at, ends_at = times.whole_days(first, last, zone)
    details = EventDetails("x", EventKind.CONFERENCE, starts_at, ends_at, all_day=True, time_zone=zone.key)
    assert times.days_of(details, elsewhere) == (first, last)


@given(days, st.integers(0, 3), zones, zones)
def test_whole_days_without_a_zone_are_pinned_to_the_persons(
    first: date, more: int, own: ZoneInfo, new: ZoneInfo
) -> None:
    starts_at, ends_at = times.whole_days(first, first + timedelta(days=more), own)
    details = EventDetails("x", EventKind.CONFERENCE, starts_at, ends_at, all_day=True)
    kept = dict(zip(("starts_at", "ends_at", "time_zone"), times.normal(details, own), strict=True))
    assert kept["time_zone"] == own.key
    assert times.days_of(replace(details, **kept), new) == (first, first + timedelta(days=more))


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        # 02:30 is skipped: the clock goes from 02:00 to 03:00, so it is read as 03:30 summer time.
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # 02:30 comes twice: the first is meant.
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_hours_around_a_clock_change(day: date, hour: time, expected: datetime) -> None:
    assert times.at(day, hour, BERLIN) == expected
    assert times.at(day, hour.replace(fold=1), BERLIN) == expected


def test_days_of_a_clock_change_are_whole() -> None:
    starts_at, ends_at = times.whole_days(date(2027, 3, 28), date(2027, 3, 28), BERLIN)
    assert ends_at - starts_at == timedelta(hours=23)
    starts_at, ends_at = times.whole_days(date(2027, 10, 31), date(2027, 10, 31), BERLIN)
    assert ends_at - starts_at == timedelta(hours=25)


def test_a_party_past_midnight_ends_the_next_day() -> None:
    starts_at, ends_at = times.hours(date(2027, 7, 14), time(21), time(1), BERLIN)
    assert ends_at - starts_at == timedelta(hours=4)


@pytest.mark.parametrize(
    "details",
    [
        EventDetails("x", EventKind.MEETUP, datetime(2027, 7, 2, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)),
        EventDetails(
            "x",
            EventKind.MEETUP,
            datetime(2027, 7, 1, tzinfo=UTC),
            datetime(2027, 7, 2, tzinfo=UTC),
            time_zone="Europe/Atlantis",
        ),
        EventDetails(
            "x",
            EventKind.MEETUP,
            datetime(2027, 7, 1, tzinfo=UTC),
            datetime(2027, 7, 2, tzinfo=UTC),
            time_zone="../etc/passwd",
        ),
    ],
)
def test_impossible_times_are_refused_in_words(details: EventDetails) -> None:
    with pytest.raises(Invalid):
        times.normal(details, BERLIN)


def test_the_last_day_may_not_come_before_the_first() -> None:
    with pytest.raises(Invalid):
        times.whole_days(date(2027, 7, 2), date(2027, 7, 1), BERLIN)
    with pytest.raises(Invalid):
        times.whole_days(date(9999, 12, 31), date(9999, 12, 31), BERLIN)


@pytest.mark.parametrize(
    ("first", "last", "year", "words"),
    [
        (date(2027, 7, 14), date(2027, 7, 14), False, "Wed 14 July"),
        (date(2027, 7, 14), date(2027, 7, 18), False, "Wed 14 – Sun 18 July"),
        (date(2027, 7, 14), date(2027, 7, 18), True, "Wed 14 – Sun 18 July 2027"),
        (date(2027, 7, 30), date(2027, 8, 2), True, "Fri 30 July – Mon 2 August 2027"),
        (date(2027, 12, 31), date(2028, 1, 1), False, "Fri 31 December 2027 – Sat 1 January 2028"),
    ],
)
def test_days_in_words(first: date, last: date, year: bool, words: str) -> None:
    assert times.span_words(first, last, year=year) == words


def test_hours_in_words_name_a_zone_only_where_its_clock_differs() -> None:
    start = times.at(date(2027, 7, 15), time(16), BERLIN)
    details = EventDetails("x", EventKind.ONE_TO_ONE, start, start + timedelta(minutes=30), time_zone="Europe/Warsaw")
    assert times.when_words(details, BERLIN) == "Thu 15 July, 16:00–16:30"
    away = times.when_words(details, ZoneInfo("America/New_York"))
    assert away == "Thu 15 July, 16:00–16:30 (Europe/Warsaw)"


@given(st.sampled_from(EventKind), days, zones)
def test_a_new_event_can_be_kept_as_it_is(kind: EventKind, day: date, zone: ZoneInfo) -> None:
    details = new_event(kind, "x", day, zone)
    times.normal(details, zone)
    assert times.days_of(details, zone)[0] == day


def test_the_next_edition_keeps_weekday_hour_and_turns_the_year_over() -> None:
    start = times.at(date(2026, 10, 29), time(18), BERLIN)
    details = EventDetails(
        "PyLadies 2026 (12026)",
        EventKind.MEETUP,
        start,
        start + timedelta(hours=2),
        state=EventState.WRAPPED_UP,
        outcome="y",
    )
    edition = next_edition(details, BERLIN, date(2027, 1, 1))
    assert edition.title == "PyLadies 2027 (12026)"
    assert edition.starts_at == times.at(date(2027, 10, 28), time(18), BERLIN)
    assert edition.ends_at - edition.starts_at == timedelta(hours=2)
    assert (edition.state, edition.outcome) == (EventState.PLANNED, "")


def test_the_next_one_to_one_is_not_in_the_past() -> None:
    start = times.at(date(2027, 1, 4), time(9), BERLIN)
    details = EventDetails("1:1", EventKind.ONE_TO_ONE, start, start + timedelta(minutes=30))
    edition = next_edition(details, BERLIN, date(2027, 7, 10))
    assert edition.starts_at == times.at(date(2027, 7, 19), time(9), BERLIN)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("1:1 with Dana", EventKind.ONE_TO_ONE),
        ("Informational interview, Lucía", EventKind.INFORMATIONAL_INTERVIEW),
        ("EuroPython 2027", None),
        ("PyLadies Meetup", EventKind.MEETUP),
        ("Hydrogen Summit", EventKind.CONFERENCE),
        ("Board of the chapter", EventKind.ORGANISATION_MEETING),
        ("Summer drinks", EventKind.MIXER),
        ("", None),
    ],
)
def test_a_title_may_tell_the_kind(title: str, kind: EventKind | None) -> None:
    assert kind_told(title) is kind
