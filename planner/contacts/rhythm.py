"""How often to be in touch with someone, and when that has been overrun by far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from planner.contacts.records import Role

#: A rhythm overrun by half is more than a late week: the relationship is drifting.
OVERRUN = 1.5


def holding_rhythm(own: int | None, roles: Collection[Role], by_role: Mapping[Role, int]) -> int | None:
    """The days that hold: the contact's own, else the shortest of their roles; None for no rhythm."""
    if own is not None:
        return own or None
    return min((by_role[role] for role in roles if by_role.get(role)), default=None)


def longest_silence(rhythm: int | None, longest: int | None) -> int | None:
    """The days of silence after which a relationship drifts: as set, else by the rhythm; None for never."""
    if longest is not None:
        return longest
    return None if rhythm is None else int(rhythm * OVERRUN)


def drifting(last: date | None, rhythm: int | None, longest: int | None, today: date) -> bool:
    """Whether the silence since the last interaction is longer than is fine. Someone never met can't drift."""
    most = longest_silence(rhythm, longest)
    return last is not None and most is not None and (today - last).days > most
