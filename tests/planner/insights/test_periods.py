"""The stretches of time that Insights looks back over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.insights.periods import all_time, last_months, months_before, months_of, quarter_start, whole_year


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 7, 10), 12, date(2026, 7, 10)),
        (date(2027, 5, 31), 3, date(2027, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
        (date(2027, 3, 31), 3, date(2026, 12, 31)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from([3, 6, 12]))
def test_the_last_months_end_today_and_join_up(today: date, months: int) -> None:
    period = last_months(months, today)
    assert today in period
    assert today + timedelta(days=1) not in period
    assert period.first - timedelta(days=1) == months_before(today, months)
    assert 1 <= len(months_of(period)) <= 12
    assert months_of(period)[-1] == (today.year, today.month)


def test_a_year_has_its_twelve_months_and_all_time_the_last_twelve() -> None:
    assert months_of(whole_year(2026)) == tuple((2026, month) for month in range(1, 13))
    assert months_of(all_time(date(2027, 2, 3)))[0] == (2026, 3)
    assert quarter_start(date(2027, 7, 10)) == date(2027, 7, 1)
    assert quarter_start(date(2027, 3, 31)) == date(2027, 1, 1)
