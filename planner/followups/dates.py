"""A day in words: "tomorrow", "fri", "next week", "in 3 weeks", "5 aug", or as one's own language says it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from planner.errors import Invalid
from planner.followups.rules.due import MONDAY_TO_FRIDAY, next_working_day

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "a couple of": 2, "a few": 3,
}  # fmt: skip
_WEEKDAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_COUNT = r"\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))

_ON_WEEKDAY = re.compile(rf"(?:(?:on|by|until|this|coming) )?(?P<next>next )?(?P<day>{_WEEKDAY})")
_IN = re.compile(rf"(?:in )?(?P<count>{_COUNT}) (?P<unit>day|week|fortnight|month|year)s?(?: from now)?")
_SHORT = re.compile(r"\+?(?P<count>\d{1,4}) ?(?P<unit>[dwmy])")
_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>{_MONTH})\.?,?(?: (?P<year>\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?(?: (?P<year>\d{{4}}))?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")

#: Longer texts are no dates, and reading them would take long.
_MOST = 60


def parse(
    text: str,
    today: date,
    *,
    languages: Sequence[str] = ("en",),
    date_order: str = "DMY",
    working_days: Sequence[int] = MONDAY_TO_FRIDAY,
) -> date:
    """The day that words mean, looking forward from today.

    English short forms are read at once; anything else is left to dateparser in the `languages` given (ISO 639 codes)
    and in English, with `date_order` telling what 5/8 is. "next week" is its first working day. A weekday is the next
    one to come, never today. Raises Invalid for what is no date.
    """
    words = _plain(text)
    if not words or len(words) > _MOST:
        raise Invalid("Date", "say a day, such as “fri”, “in 3 weeks” or “5 Aug”")
    try:
        found = _quick(words, today, working_days)
    except (ValueError, OverflowError) as error:
        raise Invalid("Date", f"there is no such day as “{text.strip()}”") from error
    if found is None:
        found = _by_dateparser(words, today, languages, date_order)
    if found is None:
        raise Invalid("Date", f"“{text.strip()}” is not a day I know; try “fri”, “in 3 weeks” or “5 Aug”")
    return found


def short_form(text: str, today: date, working_days: Sequence[int] = MONDAY_TO_FRIDAY) -> date | None:
    """The day that an English short form means, at once; None for anything else, and for days that do not exist."""
    try:
        return _quick(_plain(text), today, working_days)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).casefold().rstrip(".!")


def _quick(words: str, today: date, working_days: Sequence[int]) -> date | None:
    if words in _FIXED:
        return today + timedelta(days=_FIXED[words])
    if words in ("next week", "week"):
        monday = today + timedelta(days=7 - today.weekday())
        return next_working_day(monday - timedelta(days=1), working_days)
    if words in ("weekend", "this weekend"):
        return today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    if words in ("next month", "next year"):
        return _months_on(today, 1 if words == "next month" else 12)
    if words in ("end of month", "end of the month", "eom"):
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if match := _ON_WEEKDAY.fullmatch(words):
        return _weekday(match, today)
    if match := _IN.fullmatch(words):
        count = _NUMBERS.get(match["count"]) or int(match["count"])
        return _on(today, count, match["unit"][0])
    if match := _SHORT.fullmatch(words):
        return _on(today, int(match["count"]), match["unit"])
    if match := _ISO.fullmatch(words):
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _DAY_MONTH.fullmatch(words) or _MONTH_DAY.fullmatch(words):
        month = _MONTHS.index(match["month"][:3]) + 1
        if match["year"]:
            return date(int(match["year"]), month, int(match["day"]))
        return _coming(month, int(match["day"]), today)
    return None


_FIXED = {"today": 0, "now": 0, "tonight": 0, "tomorrow": 1, "tmr": 1, "tom": 1, "day after tomorrow": 2}
_FIXED |= {"the day after tomorrow": 2, "in a fortnight": 14}


def _weekday(match: re.Match[str], today: date) -> date:
    ahead = (_WEEKDAYS.index(match["day"][:3]) - today.weekday()) % 7 or 7
    # "next Friday" said on a Wednesday is not the day after tomorrow but the one in the week after.
    if match["next"] and today.weekday() + ahead < 7:
        ahead += 7
    return today + timedelta(days=ahead)


def _on(today: date, count: int, unit: str) -> date:
    if unit in "my":
        return _months_on(today, count * (12 if unit == "y" else 1))
    return today + timedelta(days=count * {"d": 1, "w": 7, "f": 14}[unit])


def _months_on(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _coming(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year + 9):  # 29 February may be eight years off
        try:
            on = date(year, month, day)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if on >= today:
            return on
    raise ValueError("no such day")


def get_ready(languages: Sequence[str], date_order: str) -> None:
    """Load what reading days in these languages takes, so that the first words do not wait for it."""
    _by_dateparser("1 january 2000", date(2000, 1, 1), languages, date_order)


def _by_dateparser(words: str, today: date, languages: Sequence[str], date_order: str) -> date | None:
    import dateparser  # a quarter of a second to import, so only once short forms have failed
    from dateparser.data.languages_info import language_order

    # One that it does not know would cost all the others.
    known = [language for language in dict.fromkeys([*languages, "en"]) if language in language_order]
    try:
        found = dateparser.parse(
            words,
            languages=known,
            settings={
                "PREFER_DATES_FROM": "future",
                "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),  # noqa: DTZ001 – dateparser wants it without a zone
                "DATE_ORDER": date_order,
                "RETURN_AS_TIMEZONE_AWARE": False,
                "NORMALIZE": True,
            },
        )
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None  # one of its own stumbles: not a date we can read
    return None if found is None else found.date()
