"""The figures of Insights in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from planner.insights.periods import LAST_MONTHS, Period, all_time, last_months, whole_year
from planner.insights.records import Insights, PromisesKept

#: A period as the choice names it: ("months", 12), ("year", 2026) or ("all", 0).
Choice = tuple[str, int]
USUAL: Choice = ("months", 12)


def choices(years: tuple[int, ...]) -> list[tuple[Choice, str]]:
    """What the page offers."""
    return [
        *((("months", months), f"Last {months} months") for months in LAST_MONTHS),
        *((("year", year), str(year)) for year in years[:10]),
        (("all", 0), "All time"),
    ]


def period_of(choice: Choice, today: date) -> Period:
    """The days behind a choice."""
    kind, number = choice
    if kind == "months":
        return last_months(number, today)
    return whole_year(number) if kind == "year" else all_time(today)


def ties(insights: Insights, today: date) -> tuple[str, str, str]:
    """Value, line, tool tip."""
    balance = insights.ties
    new = len(balance.new_weak)
    when = "this quarter" if today in insights.period else "in that time"
    line = f"{_count(new, 'new weak tie')} {when}"
    tip = (
        "Strong ties support you; weak ones bring news from circles that are not yours (Granovetter, 1973). "
        "A medium tie counts as weak here."
    )
    if balance.suggested:
        tip += f" {balance.suggested} of the strong ties are suggested from your history."
    if balance.not_yet:
        tip += f" {_count(balance.not_yet, 'contact')} without any history yet {_are(balance.not_yet)} not counted."
    return f"{len(balance.strong)} / {balance.weak}", line, tip


def rhythm(insights: Insights) -> tuple[str, str, str]:
    """Value, line, tool tip."""
    percent = insights.rhythm.percent
    if percent is None:
        return "–", "nobody has a rhythm yet", "Set one under Details, or for a role in the settings."
    late = len(insights.rhythm.late)
    return f"{percent} %", "of those with a rhythm are on time", f"{_count(late, 'person', 'people')} waiting longer"


def promises(kept: PromisesKept) -> tuple[str, str, str]:
    """Value, line, tool tip."""
    if not kept.count:
        return "–", "none came due", "Promises of yours that ended in this time, or fell due in it."
    days = kept.median_days
    line = "none kept yet" if days is None else "median: the same day" if days == 0 else f"median {days:g} days"
    if days == 1:
        line = "median 1 day"
    return f"{kept.count_kept} of {kept.count}", line, "From making a promise to keeping it. Only you see this."


def months_line(insights: Insights) -> str:
    """What the bars show."""
    count = len(insights.months)
    return f"given above, received below · {_count(count, 'month')}"


def month_names(insights: Insights) -> list[str]:
    """One for each bar."""
    return [f"{QLocale().standaloneMonthName(each.month)} {each.year}" for each in insights.months]


def evenness(value: float, groups: int) -> str:
    """A diversity in words."""
    if groups < 2:
        return "all in one"
    return f"evenness {value:.2f} over {groups}"


def _count(number: int, word: str, several: str = "") -> str:
    return f"{number} {word if number == 1 else several or word + 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
