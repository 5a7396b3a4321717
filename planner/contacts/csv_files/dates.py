"""Dates as tables write them, in a dozen languages and both orders of day and month."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable

from planner.contacts.records import DateKind, PartialDate
from planner.folding import fold

# The first letters that tell the months of the languages apart.
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan gen ene tam sty",
            "feb fev fevr fevrier hel lut",
            "mar mrz maa mrt marz",
            "apr avr abr huh kwi",
            "mai may mag maj mei tou",
            "jun juin giu kes cze",
            "jul juil lug hei lip",
            "aug aou aout ago elo sie",
            "sep set syy wrz",
            "okt oct ott out lok paz",
            "nov marras lis",
            "dec dez dic des jou gru",
        ),
        start=1,
    )
    for name in names.split()
}

_TIME = re.compile(r"[,\s]+\d{1,2}:\d{2}.*$|[tT]\d{1,2}:?\d{2}.*$")
_NUMBERS = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s\-/]*(?:de )?([^\W\d_]+)\.?[\s\-/,]*(?:de )?(\d{4}|\d{2})?"
)
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_NO_YEAR = re.compile(r"--(\d{2})-?(\d{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def is_empty(cell: str) -> bool:
    """Whether a cell says that there is no date, as Outlook's 0/0/00 does."""
    return not cell.strip(" 0/.-:")


def parse(cell: str, kind: DateKind, day_first: bool | None) -> tuple[PartialDate, bool] | None:
    """The date in a cell and whether it is sure; None where there is none. Two-digit years up to 30 are after 2000."""
    text = _TIME.sub("", cell.strip())
    if len(text) > 40:
        return None
    for pattern, order in ((_NO_YEAR, "md"), (_COMPACT, "ymd"), (_CJK, "ymd")):
        if (match := pattern.fullmatch(text)) is not None:
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            return _made(kind, parts.get("y"), parts["m"], parts["d"], sure=True)
    if (match := _NUMBERS.fullmatch(text)) is not None:
        return _numbers(kind, match[1], match[2], match[3], match[4], day_first)
    folded = fold(text)
    if (match := _DAY_MONTH.fullmatch(folded)) is not None and (month := _month(match[2])):
        return _made(kind, _year(match[3]), month, int(match[1]), sure=_is_sure(kind, match[3]))
    if (match := _MONTH_DAY.fullmatch(folded)) is not None and (month := _month(match[1])):
        return _made(kind, _year(match[3]), month, int(match[2]), sure=True)
    return None


def day_comes_first(cells: Iterable[str]) -> bool | None:
    """Whether a column's dates begin with the day; None where no date tells."""
    verdict: bool | None = None
    for cell in cells:
        match = _NUMBERS.fullmatch(_TIME.sub("", cell.strip()))
        if match is None or len(match[1]) == 4:
            continue
        if match[2] == "." or int(match[1]) > 12:
            return True
        if int(match[3]) > 12:
            verdict = False
    return verdict


def _numbers(
    kind: DateKind, first: str, separator: str, second: str, third: str, day_first: bool | None
) -> tuple[PartialDate, bool] | None:
    if len(first) > 2:
        return _made(kind, int(first), int(second), int(third), sure=True) if len(third) <= 2 else None
    a, b = int(first), int(second)
    certain = separator == "." or a > 12 or b > 12 or day_first is not None or a == b
    is_day = separator == "." or a > 12 or (day_first is True and b <= 12)
    day, month = (a, b) if is_day else (b, a)
    return _made(kind, _year(third), month, day, sure=certain and _is_sure(kind, third))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text)
    if len(text) > 2:
        return year or None
    return year + (2000 if year <= 30 else 1900)


def _is_sure(kind: DateKind, year: str | None) -> bool:
    # Of a birthday in '25 the century is anybody's guess.
    return kind is not DateKind.BIRTHDAY or not year or len(year) == 4


def _month(word: str) -> int:
    # The longest first: "mar" begins March in most languages, "marras" November in Finnish.
    return next((_MONTHS[word[:length]] for length in (7, 6, 4, 3) if word[:length] in _MONTHS), 0)


def _made(kind: DateKind, year: int | None, month: int, day: int, *, sure: bool) -> tuple[PartialDate, bool] | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1] or (year is not None and year < 1):
        return None
    # Apple's and Outlook's stand-in for "no year".
    return PartialDate(kind, None if year == 1604 else year, month, day), sure
