"""Days and times in a sentence, with their places in it. English.

What has happened lies in the past and what is to be done in the future, so the same word means different days:
"Friday" is the last one in "coffee on Friday" and the coming one in "send it by Friday". Pure; the day it is, is given.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, StrEnum

from planner.quick_entry.records import Span


class Lean(Enum):
    """Where a day without a direction of its own is looked for."""

    PAST = -1
    FUTURE = 1


class Part(StrEnum):
    """A part of a day that was named instead of an hour."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class When:
    """A day that was named, and the time of day if one was. `lean` is None where the words fit both directions."""

    span: Span
    day: date
    at: time | None = None
    lean: Lean | None = None


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = {
    "a couple of": 2, "couple of": 2, "a couple": 2, "a few": 3, "few": 3, "several": 3, "half a": 0, "an": 1, "a": 1,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip

_DAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:\.(?=,?\s+\d))?"
)
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?P<unit>day|night|week|fortnight|month|year)s?"
_ORDINAL = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"


def find(text: str, today: date, lean: Lean) -> list[When]:
    """Every day named in a text, in the order they stand, none overlapping another.

    A time of day that stands right before or after is taken with it; a time alone means `today`. Days that no
    calendar has ("31 June", years before 1 and after 9999) are not days and stay text.
    """
    found: list[When] = []
    taken: list[Span] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other) for other in taken):
                continue
            try:
                when = read(match, today, lean)
            except (ValueError, OverflowError):
                continue
            if when is not None:
                found.append(_named(when, span))
                taken.append(span)
    return _with_times(text, sorted(found, key=lambda when: when.span), today)


def _named(when: tuple[date, Lean | None] | tuple[date, Lean | None, time | None], span: Span) -> When:
    return When(span, when[0], when[2] if len(when) == 3 else None, when[1])


def find_time(text: str) -> Iterator[tuple[Span, time]]:
    """Every time of day written as one: 14:30, 2pm, 2.30 pm, noon. A bare number is none."""
    for match in _TIME.finditer(text):
        groups = match.groupdict()
        if groups["word"]:
            yield Span(*match.span()), time(12 if groups["word"].lower() == "noon" else 0)
            continue
        hour, minute = int(groups["hour"] or groups["hour12"]), int(groups["minute"] or groups["minute12"] or 0)
        half = (groups["half"] or "").lower().replace(".", "")
        if half:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24 and minute < 60:
            yield Span(*match.span()), time(hour, minute)


_TIME = re.compile(
    r"(?<![\w:.,])(?:(?:at|around|about|from|@|~)\s*)?(?:(?P<word>noon|midnight)"
    r"|(?P<hour12>\d{1,2})(?:[:.](?P<minute12>\d\d))?\s?(?P<half>[ap]\.?m\.?)"
    r"|(?P<hour>[01]?\d|2[0-3])[:h](?P<minute>[0-5]\d))(?![\w:]|[.,]\d)",
    re.IGNORECASE,
)

_BETWEEN = re.compile(r"[\s,]*(?:(?:at|around|about|on|the)\s+)?", re.IGNORECASE)


def _with_times(text: str, days: list[When], today: date) -> list[When]:
    """Days joined with the times beside them, and times that stand alone as today's."""
    result = list(days)
    for span, at in find_time(text):
        beside = None
        for index, when in enumerate(result):
            if span.overlaps(when.span):
                beside = -1
                break
            start, end = (when.span.end, span.start) if when.span.end <= span.start else (span.end, when.span.start)
            if _BETWEEN.fullmatch(text[start:end]) and when.at is None:
                beside = index
                break
        if beside is None:
            result.append(When(span, today, at, None))
        elif beside >= 0:
            when = result[beside]
            joined = Span(min(when.span.start, span.start), max(when.span.end, span.end))
            result[beside] = When(joined, when.day, at, when.lean)
    return sorted(result, key=lambda when: when.span)


_Read = Callable[[re.Match[str], date, Lean], "tuple[date, Lean | None] | tuple[date, Lean | None, time | None] | None"]


def _near(match: re.Match[str], today: date, lean: Lean) -> tuple[date, Lean | None]:
    word = " ".join(match["near"].lower().split())
    if word.startswith(("the day before", "day before")):
        return today - timedelta(2), Lean.PAST
    if word.startswith(("the day after", "day after")):
        return today + timedelta(2), Lean.FUTURE
    if word.startswith(("yesterday", "last night")):
        return today - timedelta(1), Lean.PAST
    if word.startswith("tomorrow"):
        return today + timedelta(1), Lean.FUTURE
    if word in ("just now", "earlier today", "this morning"):
        return today, Lean.PAST if lean is Lean.PAST else None
    return today, None


def _ago(match: re.Match[str], today: date, _: Lean) -> tuple[date, Lean | None]:
    return _shift(today, -_count(match), match["unit"]), Lean.PAST


def _ahead(match: re.Match[str], today: date, _: Lean) -> tuple[date, Lean | None]:
    return _shift(today, _count(match), match["unit"]), Lean.FUTURE


def _weekday(match: re.Match[str], today: date, lean: Lean) -> tuple[date, Lean | None] | None:
    which = (match["which"] or "").lower()
    wanted = next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))
    back = (today.weekday() - wanted) % 7 or 7
    ahead = (wanted - today.weekday()) % 7 or 7
    if which in ("last", "past"):
        return today - timedelta(back), Lean.PAST
    if which == "next":
        # Said on Monday, "next Friday" is not the one four days on, for which "Friday" or "this Friday" would do.
        same_week = ahead + today.weekday() < 7
        return today + timedelta(ahead + (7 if same_week else 0)), Lean.FUTURE
    if which == "coming":
        return today + timedelta(ahead), Lean.FUTURE
    if which == "this":
        monday = today - timedelta(today.weekday())
        return monday + timedelta(wanted), None
    return (today - timedelta(back), None) if lean is Lean.PAST else (today + timedelta(ahead), None)


def _relative(match: re.Match[str], today: date, _: Lean) -> tuple[date, Lean | None]:
    which, unit = match["rel"].lower(), match["unit"].lower()
    if which in ("last", "past"):
        return _shift(today, -1, unit), Lean.PAST
    if unit == "week" and which == "next":
        return today + timedelta(7 - today.weekday()), Lean.FUTURE
    if which == "next":
        return _shift(today, 1, unit), Lean.FUTURE
    return _end_of(unit, today), Lean.FUTURE


def _end(match: re.Match[str], today: date, _: Lean) -> tuple[date, Lean | None]:
    if match["next"]:
        step = timedelta(7) if match["unit"].lower() == "week" else None
        start = today + step - timedelta(today.weekday()) if step else _shift(today.replace(day=1), 1, match["unit"])
        return _end_of(match["unit"], start), Lean.FUTURE
    return _end_of(match["unit"], today), Lean.FUTURE


def _calendar_day(match: re.Match[str], today: date, lean: Lean) -> tuple[date, Lean | None]:
    groups = match.groupdict()
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(groups["month"].lower()[:3]))
    return _in_year(int(groups["day"]), month, groups["year"], today, lean), None


def _numbers(match: re.Match[str], today: date, lean: Lean) -> tuple[date, Lean | None]:
    return _in_year(int(match["day"]), int(match["month"]), match["year"], today, lean), None


def _day_of_month(match: re.Match[str], today: date, lean: Lean) -> tuple[date, Lean | None]:
    day = int(match["day"])
    first = today.replace(day=1)
    for _ in range(12):
        if day <= calendar.monthrange(first.year, first.month)[1]:
            candidate = first.replace(day=day)
            if candidate <= today if lean is Lean.PAST else candidate >= today:
                return candidate, None
        first = _shift(first, lean.value, "month")
    raise ValueError(day)


def _in_year(day: int, month: int, year: str | None, today: date, lean: Lean) -> date:
    if year:
        return date(int(year), month, day)
    for offset in range(5):  # 29 February may be years away
        try:
            candidate = date(today.year + offset * lean.value, month, day)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if candidate <= today if lean is Lean.PAST else candidate >= today:
            return candidate
    raise ValueError(day)


def _count(match: re.Match[str]) -> int:
    word = " ".join(match["count"].lower().split())
    return int(word) if word.isdigit() else _NUMBERS[word]


def _shift(day: date, count: int, unit: str) -> date:
    unit = unit.lower()
    if unit in ("day", "night"):
        return day + timedelta(count)
    if unit in ("week", "fortnight"):
        return day + timedelta(count * (7 if unit == "week" else 14))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_of(unit: str, day: date) -> date:
    match unit.lower():
        case "week":  # its last working day, or Sunday once that is over
            friday = day + timedelta(4 - day.weekday())
            return friday if friday >= day else day + timedelta(6 - day.weekday())
        case "month":
            return day.replace(day=calendar.monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 12, 31)
        case _:
            return day


def _form(pattern: str, read: _Read) -> tuple[re.Pattern[str], _Read]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), read


_AT_DAY = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"

# In the order they are tried: what says more comes first.
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    _form(r"(?:on\s+)?(?P<year>(?:19|20)\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)", _numbers),
    _form(r"(?:on\s+)?(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)(?:\.(?P<year>(?:19|20)\d\d)?|(?=\s*$))", _numbers),
    _form(rf"(?:on\s+)?(?:{_DAY},?\s+)?(?:the\s+)?{_ORDINAL}(?:\s+of)?\s+{_MONTH}{_YEAR}", _calendar_day),
    _form(rf"(?:on\s+)?(?:{_DAY},?\s+)?{_MONTH}\s+(?:the\s+)?{_ORDINAL}{_YEAR}", _calendar_day),
    _form(
        r"(?P<near>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow"
        rf"|yesterday{_AT_DAY}|tomorrow{_AT_DAY}|last\s+night"
        r"|just\s+now|(?:earlier|later)\s+today|today|tonight|this\s+(?:morning|afternoon|evening))",
        _near,
    ),
    _form(rf"(?:about\s+|some\s+)?{_COUNT}\s+{_UNIT}\s+ago", _ago),
    _form(rf"(?:in|within)\s+(?:about\s+)?{_COUNT}\s+{_UNIT}(?:['’]?\s+time)?", _ahead),
    _form(rf"{_COUNT}\s+{_UNIT}\s+(?:from\s+now|from\s+today|later|hence)", _ahead),
    _form(
        r"(?:(?:at|by)\s+)?(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|(?P<next>next\s+))?(?P<unit>week|month|year)",
        _end,
    ),
    _form(rf"(?:on\s+)?(?:(?P<which>last|past|this|next|coming)\s+)?{_DAY}{_AT_DAY}", _weekday),
    _form(r"(?P<rel>last|past|this|next)\s+(?P<unit>week|month|year)", _relative),
    _form(r"on\s+the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)", _day_of_month),
)
