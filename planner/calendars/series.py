"""Working out the occurrences of a series (RFC 5545 section 3.8.5.3), and seeing beforehand which would never end."""

from __future__ import annotations

import calendar
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import Any

import icalendar

#: How many occurrences of one series are read.
OCCURRENCES = 100
#: Rules that name more times of a day than this are not worked out.
_TIMES_A_DAY = 24
#: A component of icalendar: what its properties hold depends on the file, so no type says more.
Component = Any
#: What icalendar and recurring-ical-events raise on nonsense, beside ValueError. OSError: a zone that is a folder.
NONSENSE = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)
_STEP = timedelta(days=400)
_FINE = {"SECONDLY", "MINUTELY", "HOURLY"}


def endless(event: Component) -> str:
    """Why a rule is not worked out: finer than a day, or naming days that no month has, which costs minutes."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = str((rule.get("FREQ") or [""])[0]).upper()
        if frequency in _FINE or not frequency:
            return "it repeats more often than daily" if frequency else "its rule names no frequency"
        if any(name in rule for name in ("BYSECOND", "BYMINUTE", "BYHOUR", "BYSETPOS")) and frequency == "DAILY":
            return "its rule is too fine"
        if prod(len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _TIMES_A_DAY:
            return "it repeats more often than anybody meets"
        days = rule.get("BYDAY", [])
        if any(abs(getattr(day, "relative", None) or 0) > (5 if frequency == "MONTHLY" else 53) for day in days) or any(
            abs(int(place)) > 31 for place in rule.get("BYSETPOS", []) if frequency in ("MONTHLY", "WEEKLY")
        ):
            return "its rule names days that no month has"
        if not _has_days(rule):
            return "its rule names days that no month has"
        count = rule.get("COUNT") or [1]
        if not str(count[0]).lstrip("-").isdigit() or int(count[0]) < 1 or int((rule.get("INTERVAL") or [1])[0]) < 1:
            return "its rule counts wrongly"
    return ""


def _has_days(rule: Any) -> bool:
    """Whether any year has such a day: months, days of the month or year and weeks that never meet are none."""
    months, month_days, year_days, weeks = (
        {int(value) for value in rule.get(name, [])} for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
    )
    if not (months or month_days or year_days or weeks):
        return True
    for year in (2024, 2025, 2026):  # with and without a leap day, with 52 and 53 weeks
        length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        for past in range(1, length + 1):
            day = date(year, 1, 1) + timedelta(days=past - 1)
            if months and day.month not in months:
                continue
            if year_days.isdisjoint((past, past - length - 1)) and year_days:
                continue
            last = calendar.monthrange(year, day.month)[1]
            if month_days.isdisjoint((day.day, day.day - last - 1)) and month_days:
                continue
            week = day.isocalendar().week
            if not weeks or week in weeks or any(-53 <= other < 0 for other in weeks):
                return True
    return False


def occurrences(events: Sequence[Component], since: datetime, until: datetime) -> list[Component]:
    """The first occurrences between two moments, one more than OCCURRENCES at the most. Raises any of NONSENSE."""
    import recurring_ical_events

    whole = icalendar.Calendar()
    whole.add("PRODID", "-//Rapport//")
    whole.add("VERSION", "2.0")
    for event in events:
        whole.add_component(event)
    found: dict[tuple[str, str], Component] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        asked = recurring_ical_events.of(whole, skip_bad_series=False)
        # In growing steps, since a step is worked out to its end: a daily series in a century is 36,500 components.
        left = max(since, min(order(event["DTSTART"].dt) for event in events) - timedelta(days=1))
        step = _STEP
        while left < until and len(found) <= OCCURRENCES:
            right = min(until, left + step)
            parts: Iterable[Component] = asked.between(left, right)
            for event in parts:
                if isinstance(event, icalendar.Event):
                    # What spans the border of two steps comes in both.
                    found.setdefault((when_text(place_of(event)), _start_text(event)), event)
            left, step = right, step * 2
    return sorted(found.values(), key=lambda event: order(event["DTSTART"].dt))[: OCCURRENCES + 1]


def _start_text(event: Component) -> str:
    return when_text(event["DTSTART"].dt)


def place_of(event: Component) -> datetime | date:
    """Which time of a series an event is: the one it had before any change."""
    place: datetime | date = (event["RECURRENCE-ID"] if "RECURRENCE-ID" in event else event["DTSTART"]).dt
    return place


def order(value: datetime | date) -> datetime:
    """A moment or a date as a moment in UTC, to sort by."""
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC)


def when_text(value: datetime | date) -> str:
    """A moment or a date as iCalendar writes it, to name an occurrence by."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return value.strftime("%Y%m%d")
