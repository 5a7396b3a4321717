"""Finding, among very many contacts, those worth comparing.

Comparing everyone with everyone is out of the question, so pairs come from blocks: contacts that share an address, a
number or a profile, or the telling parts of a name (Christen, Data Matching, 2012, chapter 4).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from planner.contacts.duplicates import COMMON, SHARED_BY, Pair, Person, Shared, is_shared_mailbox, judged
from planner.contacts.nicknames import forms
from planner.errors import Cancelled

#: Contacts in one block that are compared at most; above, only neighbours in the order of their names are.
_BLOCK = 60

#: progress(done, total), and whether to stop.
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_Keys = Callable[[Person], Iterator[tuple[str, ...]]]


def find_pairs(
    people: Sequence[Person],
    shared: Shared,
    told_apart: Iterable[tuple[int, int]] = (),
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> list[Pair]:
    """All pairs worth showing among these people, the surest first. Time and memory grow with their number alone.

    `told_apart` are pairs of ids (in either order) the person has said are not the same. Raises Cancelled when `stop`
    returns True.
    """
    search = _Search(people, told_apart)
    search.by_address(shared)
    steps = 2 * len(people)
    blocks = 0
    if stop and stop():
        raise Cancelled
    for turn, keys in enumerate((_work_keys, _name_keys)):
        for at, block in _blocks(people, keys):
            blocks += 1
            if blocks % 500 == 0:
                if stop and stop():
                    raise Cancelled
                if progress:
                    progress(turn * len(people) + at, steps)
            for i, j in _couples(block, search.names, most=_BLOCK if keys is _work_keys else 2 * COMMON):
                search.compare(i, j)
    if progress:
        progress(steps, steps)
    return sorted(search.found.values(), key=lambda pair: (-pair.score, pair.a, pair.b))


class _Search:
    """What is known while pairs are looked for. People are spoken of by their place."""

    def __init__(self, people: Sequence[Person], told_apart: Iterable[tuple[int, int]]) -> None:
        self._people = people
        self._place = {one.id: at for at, one in enumerate(people)}
        self._never = {(min(pair), max(pair)) for pair in told_apart}
        self.names = [tuple(sorted(one.words)) for one in people]
        self._counts = Counter(self.names)
        self._own: dict[tuple[int, int], set[str]] = {}
        self._crowds: dict[int, set[tuple[str, str]]] = {}
        self._seen: set[int] = set()
        self.found: dict[tuple[int, int], Pair] = {}

    def by_address(self, shared: Shared) -> None:
        """Judge those who share an address alone, and note who shares one with many."""
        for kind, ids_by_key in (("email", shared.emails), ("link", shared.links), ("phone", shared.phones)):
            for key, ids in ids_by_key.items():
                there = sorted({id for id in ids if id in self._place})
                if len(there) < SHARED_BY and not (kind == "email" and is_shared_mailbox(key)):
                    for at, a in enumerate(there):
                        for b in there[at + 1 :]:
                            self._own.setdefault((a, b), set()).add(kind)
                else:
                    for id in there:
                        self._crowds.setdefault(id, set()).add((kind, key))
        for both, kinds in self._own.items():
            one, other = (self._people[self._place[id]] for id in both)
            if both not in self._never and (pair := judged(one, other, kinds)):
                self.found[both] = pair

    def compare(self, i: int, j: int) -> None:
        """Judge two by their names, once."""
        a, b = self._people[i], self._people[j]
        crowd = self._crowds.get(a.id, _NONE) & self._crowds.get(b.id, _NONE) if self._crowds else _NONE
        if not crowd and self._is_hopeless(i, j):
            return
        both = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        mark = min(i, j) * len(self._people) + max(i, j)
        if mark in self._seen or both in self._own or both in self._never:
            return
        self._seen.add(mark)
        common = self._counts[self.names[i]] > COMMON or self._counts[self.names[j]] > COMMON
        if pair := judged(a, b, (), {kind for kind, _ in crowd}, common=common):
            self.found[both] = pair

    def _is_hopeless(self, i: int, j: int) -> bool:
        """What `judged` would say as well, but most pairs by far end here: at different firms, or a common name."""
        a, b = self._people[i], self._people[j]
        if a.organisation == b.organisation:
            return False
        if self.names[i] == self.names[j]:
            return self._counts[self.names[i]] > COMMON
        return bool(a.organisation and b.organisation)


_NONE: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=65536)
def _initials(word: str) -> tuple[str, ...]:
    """The letters that a word, or another form of it, may begin with: "Bill" is also a William."""
    return tuple(sorted({form[0] for form in forms(word)}))


def _work_keys(one: Person) -> Iterator[tuple[str, ...]]:
    """Within an organisation: the beginning of one word of the name, and the initial of another."""
    if not one.organisation or len(one.words) < 2:
        return
    for word in one.words[:4]:
        if len(word) < 2:
            continue
        for other in one.words[:4]:
            if other is not word:
                for initial in _initials(other):
                    yield one.organisation, word[:4], initial


def _name_keys(one: Person) -> Iterator[tuple[str, ...]]:
    """Anywhere: one whole word of the name, and the beginning of a form of another."""
    if len(one.words) < 2:
        return
    for word in one.words[:4]:
        if len(word) < 2:
            continue
        for other in one.words[:4]:
            if other is not word and len(other) > 1:
                yield word, _form(other)
                if len(forms(other)) == 1:
                    yield word, other[:2], "slip"


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    """The same for the forms of a first name, as far as they are in one group."""
    return min(forms(word))


_BITS = 24  # more contacts than any person has
_PART_BITS = 6
_PARTS = 1 << _PART_BITS


def _blocks(people: Sequence[Person], keys: _Keys) -> Iterator[tuple[int, list[int]]]:
    """Places of people with the same key. Kept as sorted numbers: a dictionary of a million keys takes tenfold."""
    # In parts, by the first bits of the keys: sorting all at once would keep every other thread waiting.
    parts = [array("Q") for _ in range(_PARTS)]
    for at, one in enumerate(people):
        for key in dict.fromkeys(keys(one)):
            mark = hash(key) & 0xFF_FFFF_FFFF
            parts[mark >> 40 - _PART_BITS].append(mark << _BITS | at)
    passed, total = 0, sum(map(len, parts))
    while parts:
        ordered = sorted(parts.pop())
        start, count = 0, len(ordered)
        while start < count:
            head, end = ordered[start] >> _BITS, start + 1
            while end < count and ordered[end] >> _BITS == head:
                end += 1
            if end - start > 1:
                # How far through the numbers this is, in people.
                done = (passed + end) * len(people) // total
                yield done, [mark & ((1 << _BITS) - 1) for mark in ordered[start:end]]
            start = end
        passed += count


def _couples(block: list[int], names: Sequence[tuple[str, ...]], *, most: int) -> Iterator[tuple[int, int]]:
    """Each two of a block; of one with more than `most` only those beside each other by name."""
    if len(block) <= most:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda at: (names[at], at))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 5]:
            yield one, other
