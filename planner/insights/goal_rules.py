"""What a goal lacks, and the one next step that serves it best. Pure.

A sponsor speaks for you where you are not in the room, a mentor advises, and somebody who leads the field shows what is
possible: they do different things for a career (Higgins and Kram, "Reconceptualizing Mentoring at Work", Academy of
Management Review 26, 2001; Hewlett, "Forget a Mentor, Find a Sponsor", 2013), so each is looked for by itself where the
goal leads. New jobs are heard of through people one hardly knows (Granovetter, "Getting a Job", 1974), which is why an
introduction to somebody there comes before one more talk with somebody one knows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.contacts.records import Role, Tie
from planner.insights.paths import COST
from planner.relations.records import PersonRef

if TYPE_CHECKING:
    from planner.insights.figures import Known

#: In touch within so many days, somebody needs no check-in for a goal's sake.
QUIET_DAYS = 56
#: What nobody there is to you, the gravest gap first, and why it matters.
_WANTED = (
    (Role.SPONSOR, "speaks for you when you are not in the room"),
    (Role.MENTOR, "knows the way, having gone it"),
    (Role.INDUSTRY_LEADER, "shows what is possible there"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a goal lacks: `strong` words, the rest of the sentence, why it matters, and who could fill it."""

    strong: str
    rest: str
    why: str
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to somebody you do not know: the people to ask in order, the one to meet last.

    `strength` is that of its weakest tie, `opening` that of yours to the first.
    """

    people: tuple[PersonRef, ...]
    cost: float
    strength: Tie
    opening: Tie = Tie.WEAK

    @property
    def target(self) -> PersonRef:
        """Whom it leads to."""
        return self.people[-1]


@dataclass(frozen=True, slots=True)
class There:
    """Somebody you know where the goal leads. `quiet_days` None: never in touch."""

    person: PersonRef
    tie: Tie | None
    quiet_days: int | None
    roles: tuple[Role, ...] = ()


class StepKind(StrEnum):
    """What the next step of a goal is."""

    INTRODUCTION = "introduction"
    CHECK_IN = "check-in"
    FIND = "find"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do for a goal. `ask` is whom to ask or talk to, `meet` whom to be introduced to."""

    kind: StepKind
    words: str
    why: str
    ask: PersonRef | None = None
    meet: PersonRef | None = None


def gaps(
    there: Sequence[There], mentors: Sequence[Known], organisations: Collection[str], houses: Collection[str]
) -> tuple[Gap, ...]:
    """What the goal lacks, by role and by organisation.

    `there` are those you know where it leads, `mentors` all of yours, `organisations` those of the goal, and `houses`
    the ones of everybody in your contacts who is there.
    """
    found: list[Gap] = []
    near = tuple(one.person.id for one in sorted(there, key=lambda one: _tie_cost(one.tie)))
    for role, why in _WANTED:
        if not any(role in one.roles for one in there):
            rest = " where it leads" if there else " there, nor anybody else you know"
            found.append(Gap(f"No {role.value}", rest, why, near))
    firms = {one.organisation.casefold() for one in mentors}
    if len(mentors) > 1 and len(firms) == 1 and mentors[0].organisation:
        people = tuple(sorted(one.id for one in mentors))
        found.append(Gap("All mentors", f" are at {mentors[0].organisation}", "another house sees other ways", people))
    known = {house.casefold() for house in houses}
    found += [
        Gap("Nobody", f" at {name}", "an event or an introduction may open a door")
        for name in organisations
        if name.casefold() not in known
    ]
    return tuple(found)


def introduction(way: Way) -> NextStep | None:
    """Asking the first on a way for the next one on it; None where nobody stands between."""
    if len(way.people) < 2:
        return None
    ask, meet = way.people[:2]
    onward = "" if meet == way.target else f", who leads to {way.target.name}"
    words = f"Ask {ask.name} to introduce you to {meet.name}"
    why = f"{ask.name} knows {meet.name}{onward} · your tie is {way.opening.value}"
    return NextStep(StepKind.INTRODUCTION, words, why, ask, meet)


def next_step(
    ways: Sequence[Way],
    there: Sequence[There],
    *,
    full: Collection[int] = (),
    under_way: Collection[int] = (),
    planned: Collection[int] = (),
) -> NextStep:
    """The one step that serves a goal best.

    First the easiest introduction: whoever stands first on the way is asked, unless that person was asked often lately
    (`full`) or the introduction is `under_way` already. Then the one you know there who has been quiet longest, unless
    something is `planned` with them. Else somebody has to be found.
    """
    for way in sorted(ways, key=lambda one: (one.cost, one.target.name)):
        step = introduction(way)
        if step is None or step.ask is None or step.meet is None:
            continue
        if step.ask.id not in full and not {way.target.id, step.meet.id} & set(under_way):
            return step
    quiet = [
        one
        for one in there
        if (one.quiet_days is None or one.quiet_days >= QUIET_DAYS) and one.person.id not in planned
    ]
    if quiet:
        one = min(quiet, key=lambda each: (_tie_cost(each.tie), -(each.quiet_days or 10_000), each.person.name))
        weeks = None if one.quiet_days is None else one.quiet_days // 7
        why = "not in touch yet" if weeks is None else f"{weeks} weeks quiet, and where your goal leads"
        return NextStep(StepKind.CHECK_IN, f"Talk to {one.person.name} about it", why, one.person)
    if there:
        return NextStep(
            StepKind.FIND, "Choose an event where others of them will be", "you are in touch with those you know there"
        )
    return NextStep(
        StepKind.FIND, "Note who works there, or go where they meet", "you know nobody there, nor anybody who does"
    )


def _tie_cost(tie: Tie | None) -> float:
    return COST[tie or Tie.WEAK]
