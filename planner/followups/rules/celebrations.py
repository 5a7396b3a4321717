"""Yearly dates: when they come round next, and what there is to say."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from planner.contacts.records import DateKind, PartialDate

#: How many days ahead a celebration enters the queue.
AHEAD_DAYS = 7


def occurrence(month: int, day: int, year: int) -> date:
    """The date in a year; 29 February falls on the 28th in years without one. ValueError for a day no year has."""
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


def next_on(marked: PartialDate, today: date) -> date | None:
    """When a yearly date comes round next, today included; None where its month or day is unknown or impossible.

    A date whose year is still to come ("starts in 2031") first comes round then.
    """
    if marked.month is None or marked.day is None:
        return None
    try:
        year = max(today.year, marked.year or today.year)
        on = occurrence(marked.month, marked.day, year)
        return on if on >= today else occurrence(marked.month, marked.day, year + 1)
    except ValueError:
        return None


def within(marked: PartialDate, today: date, days: int = AHEAD_DAYS) -> date | None:
    """The next time it comes round, if that is at most so many days ahead."""
    on = next_on(marked, today)
    return on if on is not None and on - today <= timedelta(days=days) else None


def years(marked: PartialDate, on: date) -> int | None:
    """Which anniversary it is on that day; None where the year is unknown or it is the day itself."""
    if marked.year is None or on.year <= marked.year:
        return None
    return on.year - marked.year


def title(marked: PartialDate, on: date, organisation: str = "") -> str:
    """What to do about it."""
    count = years(marked, on)
    match marked.kind:
        case DateKind.BIRTHDAY:
            return "Wish a happy birthday"
        case DateKind.WORK_ANNIVERSARY:
            span = f"{count} {'year' if count == 1 else 'years'}" if count else "the work anniversary"
            return f"Congratulate on {span}{f' at {organisation}' if organisation else ''}"
        case DateKind.ANNIVERSARY:
            return "Congratulate on the anniversary"
        case DateKind.OTHER:
            return f"Mark the day: {marked.label}" if marked.label else "Mark the day"


def why(marked: PartialDate, on: date) -> str:
    """What there is to say about it, as a short clause: "turns 40"."""
    count = years(marked, on)
    if count is None:
        return ""
    if marked.kind is DateKind.BIRTHDAY:
        return f"turns {count}"
    return f"{count} {'year' if count == 1 else 'years'}" if marked.kind is not DateKind.WORK_ANNIVERSARY else ""
