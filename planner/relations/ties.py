"""How strong a tie is, judged from its history, with the reasons.

Granovetter ("The Strength of Weak Ties", American Journal of Sociology 78, 1973) calls the strength of a tie a
combination of the time spent, the closeness, and the services each side does the other. A planner can't see closeness,
so four things that can be counted stand in for it, each between 0 and 1:

- frequency: how often in the last twelve months; twelve times, once a month, is about 0.8;
- recency: how long ago the last time was; it halves every 90 days;
- depth: how rich the ways of being in touch were, in the order of media richness (Daft and Lengel, "Organizational
  Information Requirements, Media Richness and Structural Design", Management Science 32, 1986): face to face before
  video, call, letter, email, message, and a reaction online last;
- reciprocity: whether value went both ways, and how evenly.

The weights are a judgement, not a finding: what is done together and lately counts most. A suggestion is shown with its
reasons and is always the person's to overrule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, floor, log2

from planner.contacts.records import Tie
from planner.relations.records import Direction, InteractionKind

#: How rich a way of being in touch is.
RICHNESS = {
    InteractionKind.MET: 1.0,
    InteractionKind.VIDEO: 0.8,
    InteractionKind.CALL: 0.7,
    InteractionKind.LETTER: 0.6,
    InteractionKind.EMAIL: 0.4,
    InteractionKind.MESSAGE: 0.3,
    InteractionKind.SOCIAL: 0.1,
}

_WEIGHTS = (0.35, 0.25, 0.25, 0.15)  # frequency, recency, depth, reciprocity
_STRONG, _MEDIUM = 0.6, 0.3
#: Days that count as the last twelve months.
YEAR = 365
_HALF_LIFE = 90
#: The richest this many times make the depth: one more email does not make a friendship shallower.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Touch:
    """One time of being in touch, on its date in the person's zone."""

    on: date
    kind: InteractionKind


@dataclass(frozen=True, slots=True)
class TieSuggestion:
    """A suggested strength, the score behind it (0 to 1), its four parts in the order above, and reasons in words."""

    tie: Tie
    score: float
    frequency: float
    recency: float
    depth: float
    reciprocity: float
    reasons: tuple[str, ...]


def suggest(touches: Sequence[Touch], exchanges: Sequence[Direction], today: date) -> TieSuggestion | None:
    """What the history suggests; None where there is none. Touches after today do not count yet."""
    past = sorted((touch for touch in touches if touch.on <= today), key=lambda touch: touch.on)
    if not past:
        return None
    year = Counter(touch.kind for touch in past if (today - touch.on).days < YEAR)
    given = sum(direction is Direction.GIVEN for direction in exchanges)
    return judge(year, (today - past[-1].on).days, given, len(exchanges) - given)


def judge(year: Mapping[InteractionKind, int], days: int, given: int, received: int) -> TieSuggestion:
    """The same from counts: times in touch in the last YEAR days by kind, days since the last time, exchanges."""
    parts = _parts(year, days, given, received)
    score = _score(parts)
    return TieSuggestion(_tie(score), score, *parts, _reasons(year, days, given, received))


def judged_tie(year: Mapping[InteractionKind, int], days: int, given: int, received: int) -> Tie:
    """The tie that `judge` finds, without its reasons: for very many at once."""
    return _tie(_score(_parts(year, days, given, received)))


def strong_for(year: Mapping[InteractionKind, int], given: int, received: int) -> int | None:
    """How many days after the last time in touch these counts still make a strong tie; None where they never do.

    A day more only weakens: what `judge` finds strong after so many days, it finds strong after fewer.
    """
    frequency, _, depth, reciprocity = _parts(year, 0, given, received)
    least = (_STRONG - _score((frequency, 0.0, depth, reciprocity))) / _WEIGHTS[1]
    days = YEAR if least <= 0 else min(YEAR, floor(-_HALF_LIFE * log2(least)) + 1) if least <= 1 else 0
    while days >= 0 and judged_tie(year, days, given, received) is not Tie.STRONG:
        days -= 1
    return days if days >= 0 else None


def _parts(
    year: Mapping[InteractionKind, int], days: int, given: int, received: int
) -> tuple[float, float, float, float]:
    frequency = 1 - exp(-sum(year.values()) / 7.5)
    recency = 0.5 ** (days / _HALF_LIFE)
    return frequency, recency, _depth(year), _reciprocity(given, received)


def _score(parts: Sequence[float]) -> float:
    return sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))


def _tie(score: float) -> Tie:
    return Tie.STRONG if score >= _STRONG else Tie.MEDIUM if score >= _MEDIUM else Tie.WEAK


def _depth(year: Mapping[InteractionKind, int]) -> float:
    left, depth = _DEEPEST, 0.0
    for kind, richness in RICHNESS.items():  # richest first
        taken = min(left, year.get(kind, 0))
        depth += taken * richness
        left -= taken
    return depth / _DEEPEST


def _reciprocity(given: int, received: int) -> float:
    """Even and repeated is 1; one-sided is little, because a gift is at least a beginning."""
    if not given and not received:
        return 0.0
    evenness = min(given, received) / max(given, received)
    volume = 1 - exp(-(given + received) / 3)
    return volume * (0.3 + 0.7 * evenness)


def _reasons(year: Mapping[InteractionKind, int], days: int, given: int, received: int) -> tuple[str, ...]:
    times = sum(year.values())
    reasons = [
        f"in touch {_times(times)} in 12 months" if times else "not in touch for over a year",
        "last today" if days == 0 else f"last {_ago(days)} ago",
    ]
    if times:
        voice = RICHNESS[InteractionKind.CALL]
        together = sum(count for kind, count in year.items() if RICHNESS[kind] >= voice)
        if together:
            reasons.append(f"{together} of {times} face to face or by voice")
        else:
            reasons.append("only in writing")
    if given and received:
        reasons.append("help went both ways")
    elif given or received:
        reasons.append("so far only you helped" if given else "so far only they helped")
    return tuple(reasons)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _ago(days: int) -> str:
    for size, word in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= size * (1 if size == 1 else 2) or size == 1:
            count = days // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return ""
