"""Days in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Invalid
from planner.followups.dates import get_ready, parse

WEDNESDAY = date(2027, 7, 7)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", date(2027, 7, 7)),
        ("Tomorrow", date(2027, 7, 8)),
        ("day after tomorrow", date(2027, 7, 9)),
        ("fri", date(2027, 7, 9)),
        ("on Friday", date(2027, 7, 9)),
        ("wed", date(2027, 7, 14)),  # never today
        ("next fri", date(2027, 7, 16)),
        ("next monday", date(2027, 7, 12)),
        ("next week", date(2027, 7, 12)),
        ("in 3 weeks", date(2027, 7, 28)),
        ("three weeks", date(2027, 7, 28)),
        ("in a fortnight", date(2027, 7, 21)),
        ("2w", date(2027, 7, 21)),
        ("+10 d", date(2027, 7, 17)),
        ("in a month", date(2027, 8, 7)),
        ("next month", date(2027, 8, 7)),
        ("end of month", date(2027, 7, 31)),
        ("weekend", date(2027, 7, 10)),
        ("5 aug", date(2027, 8, 5)),
        ("Aug 5th", date(2027, 8, 5)),
        ("5 Aug.", date(2027, 8, 5)),
        ("5th of August 2028", date(2028, 8, 5)),
        ("6 jul", date(2028, 7, 6)),  # yesterday's date is next year's
        ("29 feb", date(2028, 2, 29)),
        ("2027-12-24", date(2027, 12, 24)),
    ],
)
def test_short_forms(words: str, expected: date) -> None:
    assert parse(words, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("words", "languages", "order", "expected"),
    [
        ("morgen", ("de",), "DMY", date(2027, 7, 8)),
        ("in 2 Wochen", ("de",), "DMY", date(2027, 7, 21)),
        ("5. August", ("de",), "DMY", date(2027, 8, 5)),
        ("demain", ("fr",), "DMY", date(2027, 7, 8)),
        ("05/08/2027", ("en",), "DMY", date(2027, 8, 5)),
        ("08/05/2027", ("en",), "MDY", date(2027, 8, 5)),
        ("in 2 weeks from today", ("xx",), "DMY", date(2027, 7, 21)),  # a language it does not know
    ],
)
def test_other_languages_and_orders(words: str, languages: tuple[str, ...], order: str, expected: date) -> None:
    assert parse(words, WEDNESDAY, languages=languages, date_order=order) == expected


@pytest.mark.parametrize("words", ["", "   ", "31 june", "30 feb", "2027-13-01", "9999 years", "soonish", "x" * 500])
def test_what_is_no_day_is_told(words: str) -> None:
    with pytest.raises(Invalid) as told:
        parse(words, WEDNESDAY)
    assert "Date" in str(told.value)


def test_next_week_starts_with_the_first_working_day() -> None:
    assert parse("next week", WEDNESDAY, working_days=(1, 2, 3)) == date(2027, 7, 13)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_so_many_days_from_any_day(today: date, count: int) -> None:
    assert parse(f"in {count} days", today) == today + timedelta(days=count)
    assert parse((today + timedelta(days=count)).isoformat(), today) == today + timedelta(days=count)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["mon", "next sat", "next week", "weekend", "in a month", "29 feb", "1 jan", "in a year"]),
)
def test_words_look_forward(today: date, words: str) -> None:
    assert parse(words, today) > today or (words == "1 jan" and (today.month, today.day) == (1, 1)) or words == "29 feb"


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_clear_no(text: str) -> None:
    try:
        parse(text, WEDNESDAY)
    except Invalid as told:
        assert str(told)  # noqa: PT017 -- some texts are days


@pytest.mark.parametrize("language", ["de", "en", "a language nobody has heard of"])
def test_getting_ready_never_fails(language: str) -> None:
    get_ready((language,), "DMY")
    assert parse("9 juli", WEDNESDAY, languages=(language, "de")) == date(2027, 7, 9)
