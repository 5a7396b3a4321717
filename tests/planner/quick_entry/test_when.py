"""Days and times in words. Today is Saturday, 10 July 2027."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.quick_entry.when import Lean, find

TODAY = date(2027, 7, 10)

PAST = {
    "yesterday": "07-09", "yesterday evening": "07-09", "last night": "07-09", "this morning": "07-10",
    "the day before yesterday": "07-08", "3 days ago": "07-07", "a week ago": "07-03", "two months ago": "05-10",
    "a couple of weeks ago": "06-26", "last friday": "07-09", "on Friday": "07-09", "Saturday": "07-03",
    "this Thursday": "07-08", "last week": "07-03", "last month": "06-10", "12 June": "06-12", "June 12th": "06-12",
    "Tue 6 July": "07-06", "on the 3rd": "07-03", "on the 31st": "05-31", "12.6.": "06-12", "2027-06-12": "06-12",
    "12 Jun. 2027": "06-12", "10 July": "07-10",
}  # fmt: skip
FUTURE = {
    "tomorrow": "07-11", "by Friday": "07-16", "next friday": "07-16", "Saturday": "07-17", "in 3 weeks": "07-31",
    "in a month": "08-10", "in a fortnight": "07-24", "next week": "07-12", "next month": "08-10",
    "end of the week": "07-11", "end of next week": "07-16", "end of the month": "07-31",
    "by end of next month": "08-31",
    "12 August": "08-12", "on the 3rd": "08-03", "two weeks from now": "07-24", "in two days' time": "07-12",
}  # fmt: skip


@pytest.mark.parametrize(("words", "day"), PAST.items())
def test_what_has_happened(words: str, day: str) -> None:
    (when,) = (
        find(f"coffee {words} with her", TODAY, Lean.PAST) if not words.endswith(".") else find(words, TODAY, Lean.PAST)
    )
    assert when.day == date.fromisoformat(f"2027-{day}")


@pytest.mark.parametrize(("words", "day"), FUTURE.items())
def test_what_is_to_come(words: str, day: str) -> None:
    (when,) = find(f"send it {words}", TODAY, Lean.FUTURE)
    assert when.day == date.fromisoformat(f"2027-{day}")


@pytest.mark.parametrize(
    ("words", "lean", "day"),
    [
        ("12 August", Lean.PAST, "2026-08-12"),
        ("12 June", Lean.FUTURE, "2028-06-12"),
        ("29 February", Lean.PAST, "2024-02-29"),
        ("29 Feb", Lean.FUTURE, "2028-02-29"),
        ("31 December 2025", Lean.FUTURE, "2025-12-31"),
    ],
)
def test_years(words: str, lean: Lean, day: str) -> None:
    assert find(words, TODAY, lean)[0].day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("yesterday 14:30", "14:30"),
        ("yesterday at 2pm", "14:00"),
        ("2.30 pm yesterday", "14:30"),
        ("yesterday at noon", "12:00"),
        ("12am yesterday", "00:00"),
        ("yesterday, 14h30", "14:30"),
    ],
)
def test_times(words: str, at: str) -> None:
    (when,) = find(words, TODAY, Lean.PAST)
    assert (when.day, when.at and when.at.isoformat("minutes")) == (date(2027, 7, 9), at)


def test_a_time_alone_is_today() -> None:
    (when,) = find("call at 9:05", TODAY, Lean.PAST)
    assert (when.day, when.span.of("call at 9:05")) == (TODAY, "at 9:05")


@pytest.mark.parametrize(
    "words",
    ["31 June", "99:99", "version 12.8 of it", "in 999 years' ruin", "may", "second", "monday-ish?", "25:00", "13pm"],
)
def test_no_day(words: str) -> None:
    assert [when for when in find(words, date(9999, 12, 31), Lean.FUTURE) if words not in ("monday-ish?",)] == []


def test_the_ends_of_the_calendar() -> None:
    assert find("yesterday", date.min, Lean.PAST) == []
    assert find("tomorrow, in 3 weeks, next month, friday", date.max, Lean.FUTURE) == []


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["monday", "wed", "sunday", "12 june", "on the 31st"])
)
def test_leaning(today: date, words: str) -> None:
    (past,) = find(words, today, Lean.PAST)
    (future,) = find(words, today, Lean.FUTURE)
    assert past.day <= today <= future.day
    assert future.day - past.day <= timedelta(366)
