"""Days as this system's locale reads, says and counts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from planner.clock import Clock
from planner.errors import UserError
from planner.settings.records import Settings

if TYPE_CHECKING:
    from ui.context import UiContext


def week_start() -> int:
    """The first day of a week, Monday being 0."""
    return QLocale().firstDayOfWeek().value - 1


def say_day(day: date) -> str:
    """A day within a sentence: "30 June", in the locale's order."""
    month = QLocale().monthName(day.month, QLocale.FormatType.LongFormat)
    return f"{day.day} {month}" if _order().startswith("D") else f"{month} {day.day}"


def weekday_words(day: date) -> str:
    """A day with its weekday: "Fri 11 July"."""
    return f"{QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)} {say_day(day)}"


def read_day(text: str, clock: Clock, settings: Settings) -> date:
    """The day that words mean. Raises planner's Invalid. May take a moment, the first time even a second."""
    from planner.followups import dates  # late: its patterns take longer than the rest of a start needs of this module

    return dates.parse(
        text, clock.today(), languages=languages(), date_order=_order(), working_days=settings.working_days
    )


def day_reader(ctx: UiContext) -> Callable[[str], date | None]:
    """What a DateField reads words with: the day meant, or None.

    The first words that need a whole library of languages take most of a second, so it gets ready while one types.
    """
    ctx.tasks.query(_get_ready, lambda _: None)

    def read(text: str) -> date | None:
        try:
            return read_day(text, ctx.clock, ctx.planner.settings.get())
        except UserError:
            return None

    return read


def _get_ready() -> None:
    from planner.followups import dates

    dates.get_ready(languages(), _order())


def languages() -> tuple[str, ...]:
    """The languages of this system as ISO 639 codes, the preferred first."""
    named = [QLocale().bcp47Name(), *QLocale.system().uiLanguages()]
    codes = [name.replace("_", "-").split("-")[0].lower() for name in named]
    return tuple(dict.fromkeys(code for code in codes if len(code) in (2, 3) and code != "c"))


def _order() -> str:
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat).lower()
    places = sorted((form.find(letter), letter.upper()) for letter in "dmy" if letter in form)
    return "".join(letter for _, letter in places) if len(places) == 3 else "DMY"
