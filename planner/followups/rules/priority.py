"""How much a follow-up matters today: a sum of points, each with its reason.

The weights say what the program believes: your word comes first, then what is late, who it is, how long it has
been quiet. Nothing but the sum decides the order within a part of the queue; equal sums go by date, then by age.

    what                        points
    a promise of yours          40
    late                        20, and 2 a day up to 20 more
    due today                   15; in the next ten days 10 - days
    a time of day is set        8, on its day
    the kind                    prepare 14, introduction and thank-you 12, celebrate 10, request and offer 8,
                                connect and check-in 6, resource and invite 5, reminder 4
    the role (the highest)      sponsor 10, mentor 9, manager 8, report and client 7, industry leader 6,
                                recruiter 5, peer, colleague and friend 4
    the tie                     strong 6, medium 3, weak 1
    matters to you              8
    the rhythm is overrun       up to 10: nothing when just due, all of it at twice the rhythm
    put off before              1 each time, up to 3
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.contacts.records import Role, Tie
from planner.followups.records import FollowUpKind
from planner.followups.rules import rhythm

_PROMISE = 40.0
_TIMED = 8.0
_MATTERS = 8.0

_KINDS = {
    FollowUpKind.PREPARE: 14.0,
    FollowUpKind.INTRODUCTION: 12.0,
    FollowUpKind.THANK_YOU: 12.0,
    FollowUpKind.CELEBRATE: 10.0,
    FollowUpKind.REQUEST: 8.0,
    FollowUpKind.OFFER: 8.0,
    FollowUpKind.CONNECT: 6.0,
    FollowUpKind.CHECK_IN: 6.0,
    FollowUpKind.RESOURCE: 5.0,
    FollowUpKind.INVITE: 5.0,
    FollowUpKind.REMINDER: 4.0,
}

_ROLES = {
    Role.SPONSOR: 10.0,
    Role.MENTOR: 9.0,
    Role.MANAGER: 8.0,
    Role.REPORT: 7.0,
    Role.CLIENT: 7.0,
    Role.INDUSTRY_LEADER: 6.0,
    Role.RECRUITER: 5.0,
    Role.PEER: 4.0,
    Role.COLLEAGUE: 4.0,
    Role.FRIEND: 4.0,
}

_TIES = {Tie.STRONG: 6.0, Tie.MEDIUM: 3.0, Tie.WEAK: 1.0}


class Cause(StrEnum):
    """Where points come from."""

    PROMISE = "promise"
    LATE = "late"
    DUE = "due"
    TIME = "time"
    KIND = "kind"
    ROLE = "role"
    TIE = "tie"
    MATTERS = "matters"
    RHYTHM = "rhythm"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person brings to the order. `quiet_days` None: never in touch."""

    roles: tuple[Role, ...] = ()
    tie: Tie | None = None
    matters: bool = False
    rhythm_days: int | None = None
    quiet_days: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of a follow-up decides its place."""

    kind: FollowUpKind
    due_on: date
    is_promise: bool = False
    has_time: bool = False
    snoozes: int = 0
    people: Sequence[Standing] = ()


@dataclass(frozen=True, slots=True)
class Priority:
    """The sum, and its parts with the weightiest first."""

    score: float
    parts: tuple[tuple[Cause, float], ...]

    def points(self, cause: Cause) -> float:
        """What one cause contributed."""
        return dict(self.parts).get(cause, 0.0)


def weigh(item: Weighed, today: date) -> Priority:
    """The priority of a follow-up on a day. Of several people the weightiest counts."""
    late = (today - item.due_on).days
    parts = {
        Cause.PROMISE: _PROMISE if item.is_promise else 0.0,
        Cause.LATE: 20.0 + min(20.0, 2.0 * late) if late > 0 else 0.0,
        Cause.DUE: 15.0 if late == 0 else max(0.0, 10.0 + late) if late < 0 else 0.0,
        Cause.TIME: _TIMED if item.has_time and late == 0 else 0.0,
        Cause.KIND: _KINDS.get(item.kind, 0.0),
        Cause.ROLE: max((_ROLES.get(role, 0.0) for one in item.people for role in one.roles), default=0.0),
        Cause.TIE: max((_TIES[one.tie] for one in item.people if one.tie), default=0.0),
        Cause.MATTERS: _MATTERS if any(one.matters for one in item.people) else 0.0,
        Cause.RHYTHM: max((_overrun(one) for one in item.people), default=0.0),
        Cause.SNOOZED: float(min(3, max(0, item.snoozes))),
    }
    counted = sorted(((c, p) for c, p in parts.items() if p), key=lambda part: -part[1])
    return Priority(sum(points for _, points in counted), tuple(counted))


def _overrun(person: Standing) -> float:
    ratio = rhythm.overrun(person.quiet_days, person.rhythm_days)
    return min(10.0, 10.0 * (ratio - 1.0)) if ratio > 1.0 else 0.0
