"""Which part of the queue a day falls into."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

#: Working days where none are set: Monday to Friday.
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


class Section(StrEnum):
    """A part of the queue, in this order."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this week"
    LATER = "later"


def week_end(today: date, week_start: int) -> date:
    """The last day of the week that `today` is in. `week_start` is the first day of a week, Monday being 0."""
    return today + timedelta(days=6 - (today.weekday() - week_start) % 7)


def section(day: date, today: date, last_of_week: date) -> Section:
    """The part of the queue for a day."""
    if day < today:
        return Section.OVERDUE
    if day == today:
        return Section.TODAY
    return Section.THIS_WEEK if day <= last_of_week else Section.LATER


def working_day(day: date, working_days: Collection[int]) -> date:
    """This day if it is a working day, else the next that is. Without any working day, every day is one."""
    for ahead in range(7):
        if (day + timedelta(days=ahead)).weekday() in working_days:
            return day + timedelta(days=ahead)
    return day


def next_working_day(day: date, working_days: Collection[int]) -> date:
    """The first working day after this day."""
    return working_day(day + timedelta(days=1), working_days)
