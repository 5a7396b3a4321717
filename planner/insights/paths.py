"""Ways to someone you do not know, through people you do.

A path is a chain of acquaintances, each of whom could introduce you to the next. The best one is the easiest to ask
for, not the one with the fewest people: a strong tie costs little, a weak one more, because a favour is asked of it.
Dijkstra's algorithm ("A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959) finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from planner.contacts.records import Tie

#: What it costs to ask along a tie. A person whose tie is unknown is taken for a weak one.
COST = {Tie.STRONG: 1.0, Tie.MEDIUM: 2.0, Tie.WEAK: 4.0}

#: Longer chains of introductions are not asked for in real life.
LONGEST = 4

#: You, the start of every path.
ME = 0


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Two contacts who know each other; `a` is `ME` for a tie of your own."""

    a: int
    b: int
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A way to someone: the people in order, from the first you ask to the one you want to meet.

    `strength` is that of the weakest tie on the way, which is where it may fail.
    """

    people: tuple[int, ...]
    cost: float
    strength: Tie


def best_path(acquaintances: Iterable[Acquaintance], target: int) -> Path | None:
    """The easiest way to a person, None where no chain of at most LONGEST introductions leads there."""
    return nearest(acquaintances, lambda person: person == target)


def best_paths(acquaintances: Iterable[Acquaintance], targets: Iterable[int]) -> dict[int, Path]:
    """The easiest way to each of these people that one leads to, found in one search."""
    missing = set(targets)
    found: dict[int, Path] = {}
    for path in _ways(acquaintances):
        person = path.people[-1]
        if person in missing:
            missing.discard(person)
            found[person] = path
            if not missing:
                break
    return found


def leading_to(pairs: Iterable[tuple[int, int]], targets: Collection[int]) -> set[int]:
    """Everybody from whom a chain of introductions short enough leads to one of these people, they themselves included.

    Nobody else can be on a way to them, so that a large book of acquaintances need not be searched as a whole.
    """
    neighbours: dict[int, list[int]] = {}
    for a, b in pairs:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    found, edge = set(targets), set(targets)
    for _ in range(LONGEST - 1):
        edge = {other for person in edge for other in neighbours.get(person, ())} - found
        found |= edge
    return found


def nearest(acquaintances: Iterable[Acquaintance], wanted: Callable[[int], bool]) -> Path | None:
    """The easiest way to any person who is wanted, such as anybody at an organisation. You yourself never count."""
    return next((path for path in _ways(acquaintances) if wanted(path.people[-1])), None)


def _ways(acquaintances: Iterable[Acquaintance]) -> Iterator[Path]:
    """Ways from you to everybody, the easiest first; somebody may be reached by several."""
    neighbours = _neighbours(acquaintances)
    queue: list[tuple[float, int, tuple[int, ...], Tie]] = [(0.0, 0, (ME,), Tie.STRONG)]
    # Length matters beside cost: a cheap long chain must not hide a dearer short one that still leads on.
    best: dict[tuple[int, int], float] = {}
    while queue:
        cost, length, way, weakest = heappop(queue)
        person = way[-1]
        if best.get((person, length), cost) < cost:
            continue
        if person != ME:
            yield Path(way[1:], cost, weakest)
        if length == LONGEST:
            continue
        for other, tie in neighbours.get(person, {}).items():
            if other in way:
                continue
            reached = cost + COST[tie]
            if reached < best.get((other, length + 1), float("inf")):
                best[other, length + 1] = reached
                heappush(queue, (reached, length + 1, (*way, other), max(weakest, tie, key=COST.__getitem__)))


def _neighbours(acquaintances: Iterable[Acquaintance]) -> Mapping[int, Mapping[int, Tie]]:
    found: dict[int, dict[int, Tie]] = {}
    for known in acquaintances:
        tie = known.tie or Tie.WEAK
        for one, other in ((known.a, known.b), (known.b, known.a)):
            held = found.setdefault(one, {}).get(other)
            # Said twice, differently: the stronger tie is believed.
            found[one][other] = tie if held is None else min(held, tie, key=COST.__getitem__)
    return found
