"""Who should meet whom. Pure.

Two people gain from meeting where one looks for what the other can offer. Apart from that, what they share is a reason
to talk, the more so the rarer it is: as Adamic and Adar ("Friends and neighbors on the Web", Social Networks 25, 2003)
weigh what two people have in common by 1 / log of how many have it. Bringing together those who do not know each other
is what a broker across structural holes can do (Burt, "Structural Holes", 1992), so those who do are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log

from planner.folding import fold

#: A need that somebody can meet counts like this many tags that only these two share.
NEED = 3.0
#: A tag worn by more people than this brings nobody together.
MOST_WEARERS = 40
#: Of many who could meet a need, only the first so many are thought of.
MOST_OFFERS = 8
_SMALL = frozenset("a an and for from in into my of on or some somebody someone the to who with".split())
_PARTS = re.compile(r"[,;\n]|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be introduced: tags, and what they look for and can offer, parted by commas."""

    id: int
    name: str
    tags: Collection[str] = ()
    looking_for: str = ""
    can_offer: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Two people who should meet, and why. `score` only orders them and is never shown."""

    a: int
    b: int
    score: float
    reasons: tuple[str, ...]
    topic: str = ""


@dataclass(slots=True)
class _Found:
    score: float = 0.0
    needs: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def matches(people: Sequence[Candidate], acquainted: Iterable[tuple[int, int]], most: int = 12) -> tuple[Match, ...]:
    """The pairs that fit best, the best first. `acquainted` are pairs that know each other or were introduced already.

    Of many who could meet the same need, those that stand first in `people` are taken.
    `a` of a pair is the one who looks for something, where one does: it is the side to ask first.
    """
    known = {_pair(a, b) for a, b in acquainted}
    by_id = {person.id: person for person in people}
    found: dict[tuple[int, int], _Found] = defaultdict(_Found)
    seeker: dict[tuple[int, int], int] = {}
    for who, other, term in _needs(people):
        pair = _pair(who, other)
        if pair not in known:
            found[pair].score += NEED
            found[pair].needs.append(f"{by_id[who].name} looks for {term}, {by_id[other].name} can offer it")
            found[pair].topics.append(term)
            seeker.setdefault(pair, who)
    wearers: dict[str, list[int]] = defaultdict(list)
    for person in people:
        for tag in set(person.tags):
            wearers[tag].append(person.id)
    for tag, ids in sorted(wearers.items()):
        if 1 < len(ids) <= MOST_WEARERS:
            for a, b in combinations(ids, 2):
                pair = _pair(a, b)
                if pair not in known:
                    found[pair].score += 1 / log(len(ids) + 1)
                    found[pair].tags.append(tag)
    best = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))[:most]
    return tuple(_match(pair, each, seeker.get(pair)) for pair, each in best)


def _match(pair: tuple[int, int], found: _Found, seeker: int | None) -> Match:
    reasons = list(dict.fromkeys(found.needs))
    if found.tags:
        reasons.append(f"both: {', '.join(found.tags)}")
    a, b = pair if seeker in (None, pair[0]) else pair[::-1]
    return Match(a, b, found.score, tuple(reasons), ", ".join(dict.fromkeys(found.topics or found.tags)))


def why(one: Candidate, other: Candidate) -> str:
    """A reason for these two to meet, to begin with: what one needs and the other has, else what both are about."""
    found = matches((one, other), ())
    return found[0].topic if found else ""


def terms(text: str) -> tuple[str, ...]:
    """What is looked for or offered, one by one: "a mentor, energy storage" is ("a mentor", "energy storage")."""
    parts = (" ".join(part.split()) for part in _PARTS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def fits(need: str, offer: str) -> bool:
    """Whether an offer meets a need: all words that matter of the shorter one are in the other."""
    wanted, given = _words(need), _words(offer)
    return bool(wanted) and bool(given) and (wanted <= given or given <= wanted)


def _words(text: str) -> frozenset[str]:
    # "pilots" meets "pilot": a plural is no other thing.
    found = (word.strip(".!?()“”\"'") for word in fold(text).replace("-", " ").split())
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found) - _SMALL - {""}


def _needs(people: Sequence[Candidate]) -> Iterator[tuple[int, int, str]]:
    """(who, by whom it can be met, what) for each need that somebody's offer meets; found by way of shared words."""
    place = {person.id: at for at, person in enumerate(people)}
    offers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for person in people:
        for offer in terms(person.can_offer):
            for word in _words(offer):
                offers[word].append((person.id, offer))
    who_can: dict[str, list[int]] = {}
    for person in people:
        for need in terms(person.looking_for):
            if need not in who_can:
                near = {each: None for word in sorted(_words(need)) for each in offers.get(word, ())}
                able = dict.fromkeys(id for id, offer in near if fits(need, offer))
                who_can[need] = sorted(able, key=place.__getitem__)[: MOST_OFFERS + 1]
            met = [id for id in who_can[need] if id != person.id]
            for id in met[:MOST_OFFERS]:
                yield person.id, id, need


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
