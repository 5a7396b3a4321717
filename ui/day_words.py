"""Days and moments in words: relative when near, in the locale's way when not, exact for tool tips."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

_FORM = QLocale.FormatType


def due_words(day: date, today: date) -> str:
    """When something is due: "2 days late", "today", "tomorrow", "Fri 11 July", "11 July 2028"."""
    late = (today - day).days
    if late > 0:
        return _count(late, "day late", "days late") if late < 60 else _count(late // 7, "week late", "weeks late")
    return day_words(day, today)


def day_words(day: date, today: date) -> str:
    """A day near now: "yesterday", "today", "tomorrow", "Fri 11 July"; with the year when it is another one."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    if near:
        return near
    locale = QLocale()
    month = locale.monthName(day.month, _FORM.LongFormat)
    words = f"{day.day} {month}" if _day_first() else f"{month} {day.day}"
    if abs((day - today).days) <= 90:
        words = f"{locale.dayName(day.isoweekday(), _FORM.ShortFormat)} {words}"
    return words if day.year == today.year or abs((day - today).days) <= 90 else f"{words} {day.year}"


def ago_words(day: date, today: date) -> str:
    """How long ago: "today", "yesterday", "5 days ago", "9 weeks ago", "14 months ago", "4 years ago"."""
    days = (today - day).days
    if days < 2:
        return day_words(day, today)
    return f"{span_words(days)} ago"


def span_words(days: int) -> str:
    """A span in the unit people would say it in: "5 days", "9 weeks", "14 months", "4 years"."""
    if days < 21:
        return _count(days, "day", "days")
    if days < 182:
        return _count(days // 7, "week", "weeks")
    if days < 730:
        return _count(round(days / 30.44), "month", "months")
    return _count(round(days / 365.25), "year", "years")


def range_words(first: date, last: date, today: date) -> str:
    """Days from one to another: "Wed 14 – Sun 18 July", "30 June – 2 July 2028"."""
    if first == last:
        return day_words(first, today)
    if (first.year, first.month) == (last.year, last.month) and _day_first():
        name = QLocale().dayName(first.isoweekday(), _FORM.ShortFormat)
        end = f"{QLocale().dayName(last.isoweekday(), _FORM.ShortFormat)} {last.day}"
        month = QLocale().monthName(last.month, _FORM.LongFormat)
        year = "" if last.year == today.year else f" {last.year}"
        return f"{name} {first.day} – {end} {month}{year}"
    return f"{_plain(first, today)} – {_plain(last, today)}"


def heading_words(day: date) -> str:
    """A day as a heading: "Thursday 10 July"."""
    locale = QLocale()
    month = locale.monthName(day.month, _FORM.LongFormat)
    name = locale.dayName(day.isoweekday(), _FORM.LongFormat)
    return f"{name} {day.day} {month}" if _day_first() else f"{name}, {month} {day.day}"


def exact_day(day: date) -> str:
    """A day in full, for tool tips."""
    return QLocale().toString(QDate(day.year, day.month, day.day), _FORM.LongFormat)


def time_words(moment: datetime) -> str:
    """The time of day in the locale's short form. `moment` is in the zone to be shown."""
    return QLocale().toString(QTime(moment.hour, moment.minute), _FORM.ShortFormat)


def moment_words(moment: datetime, today: date) -> str:
    """A moment near now: "today 09:12", "Thu 16:00" within the next six days, else the day and the time."""
    at = time_words(moment)
    day = moment.date()
    if today <= day - timedelta(days=2) and day <= today + timedelta(days=6):
        return f"{QLocale().dayName(day.isoweekday(), _FORM.ShortFormat)} {at}"
    return f"{day_words(day, today)} {at}"


def exact_moment(moment: datetime) -> str:
    """A moment in full, for tool tips."""
    return f"{exact_day(moment.date())}, {time_words(moment)}"


def _plain(day: date, today: date) -> str:
    month = QLocale().monthName(day.month, _FORM.LongFormat)
    words = f"{day.day} {month}" if _day_first() else f"{month} {day.day}"
    return words if day.year == today.year else f"{words} {day.year}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _day_first() -> bool:
    form = QLocale().dateFormat(_FORM.LongFormat).replace("dddd", "")
    return form.find("d") < form.find("M")
