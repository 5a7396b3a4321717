"""The stretch of time that a page of Insights looks back over."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

#: Offered on the page: the last so many months.
LAST_MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both counted, in days of the person's calendar. `name` is how the page calls it."""

    name: str
    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def last_months(months: int, today: date) -> Period:
    """The months up to today: "Last 12 months" on 10 July begins on 11 July of the year before."""
    return Period(f"Last {months} months", months_before(today, months) + timedelta(days=1), today)


def whole_year(year: int) -> Period:
    """A calendar year."""
    return Period(str(year), date(year, 1, 1), date(year, 12, 31))


def all_time(today: date) -> Period:
    """Everything up to today."""
    return Period("All time", date(1900, 1, 1), today)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month that is too short for it."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_of(period: Period, most: int = 12) -> tuple[tuple[int, int], ...]:
    """The (year, month) pairs of a period in order; of a longer one the last `most`."""
    end = period.last.year * 12 + period.last.month - 1
    begin = max(period.first.year * 12 + period.first.month - 1, end - most + 1)
    return tuple((index // 12, index % 12 + 1) for index in range(begin, end + 1))


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
