"""What fits into the minutes somebody has: a few follow-ups, the ones that matter most first.

The rule is greedy on purpose. Filling the time as full as can be (the knapsack problem) would leave out one important
call for three small things, and nobody could tell why; here the reason is always the same: it stands highest among
what still fits. In order:

1. what is for somebody marked as mattering to you most comes before what is not,
2. then what has more points (see `priority`), then what is due first;
3. going down that order, each that still fits into what is left is taken, at most `most` of them.

So the highest that fits at all is always in, and nothing left out would still have fitted. What can't be done now
(somebody who wants quiet, or whom it is night for) is passed over, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from planner.errors import Invalid
from planner.followups.records import FollowUpKind

#: What things take where nothing is known, in minutes. A judgement: a thank-you is a few lines, a promised thing is
#: work, a check-in is a message or a short call.
USUAL = {
    FollowUpKind.THANK_YOU: 5,
    FollowUpKind.CELEBRATE: 5,
    FollowUpKind.CONNECT: 5,
    FollowUpKind.REMINDER: 5,
    FollowUpKind.INVITE: 5,
    FollowUpKind.CHECK_IN: 10,
    FollowUpKind.INTRODUCTION: 10,
    FollowUpKind.RESOURCE: 10,
    FollowUpKind.REQUEST: 15,
    FollowUpKind.OTHER: 15,
    FollowUpKind.PROMISE: 20,
    FollowUpKind.OFFER: 20,
    FollowUpKind.PREPARE: 30,
}
#: So many times at least before your own past counts for more than what is usual, and the last so many of them.
ENOUGH, LATEST = 3, 20
#: Longer than this a day has no minutes.
MOST_MINUTES = 24 * 60
MOST = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One follow-up that could be done now. `hindered` says why it can't, in words."""

    id: int
    minutes: int
    score: float
    due_on: date
    matters: bool = False
    hindered: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What fits, in order; what does not, and why what could not be done now was passed over."""

    ids: tuple[int, ...]
    minutes: int
    left_out: tuple[int, ...] = ()
    hindered: Mapping[int, str] | None = None


def estimate(kind: FollowUpKind, chosen: Mapping[FollowUpKind, int], past: Sequence[int] = ()) -> int:
    """How many minutes one of this kind takes: as chosen in the settings, else as it mostly took you, else as usual.

    `past` are minutes it took before, the latest last; their median counts, which one long talk can't bend.
    """
    if kind in chosen:
        return chosen[kind]
    lately = [minutes for minutes in past if 0 < minutes <= MOST_MINUTES][-LATEST:]
    if len(lately) >= ENOUGH:
        return max(1, round(median(lately)))
    return USUAL[kind]


def pick(items: Iterable[Item], minutes: int, most: int = MOST) -> Picked:
    """What to do with so many minutes. Raises Invalid for a number that no day has."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid("Minutes", f"say a number from 1 to {MOST_MINUTES:,}")
    chosen: list[int] = []
    out: list[int] = []
    hindered: dict[int, str] = {}
    left = minutes
    for item in sorted(items, key=lambda one: (not one.matters, -one.score, one.due_on, one.id)):
        if item.hindered:
            hindered[item.id] = item.hindered
        elif item.minutes <= left and len(chosen) < most:
            chosen.append(item.id)
            left -= item.minutes
        else:
            out.append(item.id)
    return Picked(tuple(chosen), minutes - left, tuple(out), hindered)
