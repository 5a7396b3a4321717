"""How often one person may be asked to introduce you. Pure.

Every introduction spends a little of the introducer's own standing with the other side, and somebody who is asked too
often begins to feel used: Burt ("Brokerage and Closure", 2005) describes how a broker's reputation rests on bringing
together only what fits. So asks of one connector are counted, and spread out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: A month, so that the end of a calendar month does not let two months' asks fall into one week.
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Room:
    """How many asks fell into the last thirty days, how many may, and from when there is room for another one."""

    asked: int
    most: int
    free_on: date

    @property
    def is_full(self) -> bool:
        """Whether no more should be asked for now."""
        return self.asked >= self.most


def room(asked_on: Iterable[date], today: date, most: int) -> Room:
    """What room there is to ask a connector who was asked on these days; `most` is at least 1.

    There is room again once so many asks are thirty days old that fewer than `most` remain.
    """
    recent = sorted(day for day in asked_on if day > today - MONTH)
    if len(recent) < most:
        return Room(len(recent), most, today)
    return Room(len(recent), most, recent[len(recent) - most] + MONTH)


def said(name: str, found: Room, when: str) -> str:
    """The limit, kindly: `when` is the day there is room again, in words."""
    return f"You asked {name} {times(found.asked)} this month. There is room again from {when}."


def times(count: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
