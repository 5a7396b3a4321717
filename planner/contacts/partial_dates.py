"""Dates of which the year, or the day, may be unknown: as they are typed and shown."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from dataclasses import replace
from datetime import date

from planner.contacts.records import PartialDate

_MONTHS = {name.lower(): at for names in (month_name, month_abbr) for at, name in enumerate(names) if name}
_YEAR = re.compile(r"(1[5-9]|20)\d\d")


def shown(value: PartialDate) -> str:
    """ "14 July 1980", "14 July", "July 1980", "1980"."""
    month = month_name[value.month] if value.month else ""
    day = "" if value.day is None else f"{value.day}" + ("" if month else ".")
    year = "" if value.year is None else f"{value.year}"
    return " ".join(part for part in (day, month, year) if part)


def iso(value: PartialDate) -> str:
    """ "1980-07-14", "--07-14", "1980-07", "1980": as RFC 6350 section 4.3.1 has it, with hyphens."""
    year = "-" if value.year is None else f"{value.year:04d}"
    month = f"-{value.month:02d}" if value.month else "" if value.day is None else "-"
    return f"{year}{month}" + ("" if value.day is None else f"-{value.day:02d}")


def parsed(value: PartialDate, text: str) -> PartialDate | None:
    """The date with what was typed as its day, month and year; None where that can't be read.

    Understands ISO 8601 ("1980-07-14", "--07-14", "1980-07", "1980") and names of months in any order ("July 14",
    "14 Jul 1980"). Of "3/4" nobody knows which is the month, so numbers alone must be in the order of ISO 8601, or day
    before month with dots ("14.7.1980").
    """
    typed = text.strip().lower().rstrip(".")
    found = _iso(typed) or _dotted(typed) or _named(typed)
    if found is None:
        return None
    year, month, day = found
    return replace(value, year=year, month=month, day=day)


Parts = tuple[int | None, int | None, int | None]


def _iso(text: str) -> Parts | None:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(?:--)?(\d{2})-?(\d{2})", text) if not _YEAR.fullmatch(text) else None:
        return _valid(None, int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return _valid(int(match[1]), int(match[2]), None)
    return _valid(int(text), None, None) if _YEAR.fullmatch(text) else None


def _dotted(text: str) -> Parts | None:
    match = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{4})?)?", text)
    return _valid(int(match[3]) if match[3] else None, int(match[2]), int(match[1])) if match else None


def _named(text: str) -> Parts | None:
    year = month = day = None
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        if word in _MONTHS and month is None:
            month = _MONTHS[word]
        elif _YEAR.fullmatch(word) and year is None:
            year = int(word)
        elif word.isdecimal() and len(word) <= 2 and day is None:
            day = int(word)
        elif word not in {"st", "nd", "rd", "th", "of", "the"}:
            return None
    return None if month is None else _valid(year, month, day)


def _valid(year: int | None, month: int | None, day: int | None) -> Parts | None:
    if 0 in (year, month, day):
        return None
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day
