"""Free times: never beside the hours, never over what is taken, and told on both clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.slots import Hours, Span, in_words, lines, merged, slots

BERLIN, NEW_YORK, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
MONDAY = date(2027, 7, 12)
MINE = Hours(BERLIN, time(9), time(17), (0, 1, 2, 3, 4))
HALF = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of July 2027 on the clock of Berlin, in UTC."""
    return datetime(2027, 7, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def starts(found: tuple[Span, ...]) -> list[str]:
    return [f"{slot.starts.astimezone(BERLIN):%d %H:%M}" for slot in found]


def test_a_free_week_offers_a_morning_and_an_afternoon_a_day() -> None:
    assert starts(slots([], MONDAY, date(2027, 7, 13), HALF, MINE)) == ["12 09:00", "12 13:00", "13 09:00", "13 13:00"]


def test_what_is_taken_is_left_alone_to_the_minute() -> None:
    busy = [Span(at(12, 9), at(12, 10, 1)), Span(at(12, 11), at(12, 17))]
    assert starts(slots(busy, MONDAY, MONDAY, HALF, MINE)) == ["12 10:30"]
    assert starts(slots(busy, MONDAY, MONDAY, timedelta(hours=1), MINE)) == []


def test_days_off_and_what_is_past_are_left_out() -> None:
    assert slots([], date(2027, 7, 17), date(2027, 7, 18), HALF, MINE) == ()
    assert starts(slots([], MONDAY, MONDAY, HALF, MINE, after=at(12, 11, 10))) == ["12 11:30", "12 13:00"]


def test_their_hours_are_respected_on_their_clock() -> None:
    theirs = Hours(NEW_YORK, time(9), time(17))
    assert starts(slots([], MONDAY, MONDAY, HALF, MINE, [theirs])) == ["12 15:00"]
    assert slots([], MONDAY, MONDAY, HALF, MINE, [Hours(AUCKLAND, time(9), time(17))]) == ()


def test_hours_past_midnight_reach_into_the_next_day() -> None:
    owl = Hours(NEW_YORK, time(22), time(6))
    assert starts(slots([], MONDAY, MONDAY, HALF, MINE, [owl])) == ["12 09:00"]


def test_the_day_the_clock_changes_has_its_hours() -> None:
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        found = slots([], day, day, HALF, Hours(BERLIN, time(0), time(6)))
        assert found
        assert all(slot.ends - slot.starts == HALF for slot in found)


def test_no_more_than_asked_for() -> None:
    assert len(slots([], MONDAY, date(2027, 9, 1), HALF, MINE, limit=5)) == 5
    assert slots([], MONDAY, MONDAY, timedelta(), MINE) == ()


_ZONES = st.sampled_from([BERLIN, NEW_YORK, AUCKLAND, ZoneInfo("Asia/Kolkata"), UTC])
_TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
_HOURS = st.builds(Hours, _ZONES, _TIMES, _TIMES)
_MOMENTS = st.integers(0, 14 * 24 * 12).map(lambda steps: at(11, 0) + timedelta(minutes=5 * steps))
_BUSY = st.lists(st.builds(Span, _MOMENTS, _MOMENTS), max_size=12)


@given(_BUSY, _HOURS, st.lists(_HOURS, max_size=2), st.integers(1, 16).map(lambda n: n * timedelta(minutes=15)))
def test_every_slot_is_free_within_everyones_hours_and_as_long_as_asked(
    busy: list[Span], mine: Hours, theirs: list[Hours], length: timedelta
) -> None:
    found = slots(busy, MONDAY, date(2027, 7, 19), length, mine, theirs, limit=20)
    assert list(found) == sorted(set(found))
    assert all(slot.ends - slot.starts == length for slot in found)
    assert not any(one.starts < slot.ends and slot.starts < one.ends for one in merged(busy) for slot in found)
    for hours in (mine, *theirs):
        for slot in found:
            day = slot.starts.astimezone(hours.zone).date()
            spans = [hours.on(day - timedelta(days=1)), hours.on(day)]
            assert any(span and span.starts <= slot.starts and slot.ends <= span.ends for span in spans)


@given(_BUSY)
def test_merged_stretches_are_apart_and_cover_the_same(busy: list[Span]) -> None:
    whole = merged(busy)
    assert all(one.ends < other.starts for one, other in pairwise(whole))
    for span in busy:
        if span.starts < span.ends:
            assert any(one.starts <= span.starts and span.ends <= one.ends for one in whole)


@pytest.mark.parametrize(
    ("theirs", "words"),
    [
        (None, "Mon 12 July, 15:00–15:30 (Berlin)"),
        (ZoneInfo("Europe/Paris"), "Mon 12 July, 15:00–15:30 (Berlin)"),
        (NEW_YORK, "Mon 12 July, 15:00–15:30 (Berlin), for you 09:00–09:30 (New York)"),
        (AUCKLAND, "Mon 12 July, 15:00–15:30 (Berlin), for you Tue 13 July, 01:00–01:30 (Auckland)"),
    ],
)
def test_a_time_is_told_on_both_clocks(theirs: ZoneInfo | None, words: str) -> None:
    slot = Span(at(12, 15), at(12, 15, 30))
    assert in_words(slot, BERLIN, theirs) == words
    assert lines([slot, Span(at(12, 9), at(12, 10))], BERLIN, theirs).splitlines()[1] == f"- {words}"
