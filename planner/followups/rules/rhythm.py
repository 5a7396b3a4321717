"""How often you mean to be in touch with someone, and when silence has become too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.contacts.records import Role, Tie

#: Silence of this many rhythms counts as drifting apart; a weak tie bears more of it before it is lost.
DRIFT = 1.5
WEAK_DRIFT = 2.0

#: Someone who matters to you but has no rhythm drifts after this many days.
MATTERS_DAYS = 120


def rhythm(own: int | None, roles: Iterable[Role], by_role: Mapping[Role, int]) -> int | None:
    """The rhythm that holds, in days: the contact's own, else the shortest of their roles', else None.

    An own rhythm of 0 says that none is wanted, whatever the roles.
    """
    if own is not None:
        return own if own > 0 else None
    return min((by_role[role] for role in roles if by_role.get(role, 0) > 0), default=None)


def longest(own: int | None, roles: Iterable[Role], by_role: Mapping[Role, int]) -> int | None:
    """The longest silence that is still fine, in days: the contact's own, else the shortest of their roles', else None.

    An own one of 0 says that there is none, whatever the roles.
    """
    return rhythm(own, roles, by_role)


def due_on(since: date, days: int) -> date:
    """The day a rhythm asks to be in touch again, last having been in touch on `since`."""
    try:
        return since + timedelta(days=days)
    except OverflowError:
        return date.max


def overrun(quiet_days: int | None, days: int | None) -> float:
    """Silence as a multiple of the rhythm: 1.0 is exactly due. 0 without a rhythm or a silence to measure."""
    return quiet_days / days if days and quiet_days is not None and quiet_days > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Silence:
    """How long you have not been in touch, and what you meant. `quiet_days` None: never yet in touch."""

    quiet_days: int | None
    rhythm_days: int | None = None
    longest_days: int | None = None
    tie: Tie | None = None
    matters: bool = False


def limit(silence: Silence) -> int | None:
    """The longest silence, in days, that is not yet drifting; None where nothing is expected of the relationship.

    What you set as longest comes first. Else it is 1.5 rhythms (2 for a weak tie that you did not mark as mattering),
    and for someone who matters but has no rhythm 120 days.
    """
    if silence.longest_days is not None and silence.longest_days > 0:
        return silence.longest_days
    if silence.rhythm_days:
        factor = WEAK_DRIFT if silence.tie is Tie.WEAK and not silence.matters else DRIFT
        return int(silence.rhythm_days * factor)
    return MATTERS_DAYS if silence.matters or silence.tie is Tie.STRONG else None


def drifting(silence: Silence) -> bool:
    """Whether the silence is longer than its limit. Someone you were never in touch with can't drift."""
    most = limit(silence)
    return most is not None and silence.quiet_days is not None and silence.quiet_days > most


def drift_order(silence: Silence) -> float:
    """Who drifts worst: silence over its limit, counted one and a half times for those who matter to you."""
    most = limit(silence)
    if not most or silence.quiet_days is None:
        return 0.0
    return silence.quiet_days / most * (1.5 if silence.matters else 1.0)
