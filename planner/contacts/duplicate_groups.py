"""From pairs to groups: who may be one person, which of them stays, and which can be merged unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.contacts.duplicates import Group, Pair
from planner.contacts.merging import completeness, contained
from planner.contacts.records import Contact

#: Larger groups are rather a chain of mistakes than one person; the surest pairs make the groups.
LARGEST = 8

#: Below, a pair stands by itself: "Anna may be Ann, who may be Anja" makes no group of three.
JOINS = 0.75


def grouped(pairs: Sequence[Pair], told_apart: Iterable[tuple[int, int]] = ()) -> list[tuple[Pair, ...]]:
    """Pairs that hang together, as groups; the surest first. No group holds two people who were told apart."""
    members: dict[int, list[int]] = {}
    home: dict[int, int] = {}
    held: dict[int, list[Pair]] = {}
    apart: dict[int, set[int]] = {}
    for one, other in told_apart:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    alone: list[Pair] = []
    for pair in pairs:
        a, b = home.get(pair.a), home.get(pair.b)
        if a is not None and a == b:
            held[a].append(pair)
            continue
        ours = members[a] if a is not None else [pair.a]
        theirs = members[b] if b is not None else [pair.b]
        fits = len(ours) + len(theirs) <= LARGEST and (pair.score >= JOINS or len(ours) + len(theirs) == 2)
        if not fits or any(not apart.get(one, set()).isdisjoint(theirs) for one in ours):
            alone.append(pair)
            continue
        root = pair.a
        for old in {a, b} - {None}:
            del members[old]  # type: ignore[arg-type]  # not None
        members[root] = ours + theirs
        held[root] = [*held.pop(a, []), *held.pop(b, []), pair]  # type: ignore[arg-type]  # None is not there
        for id in members[root]:
            home[id] = root
    groups = [tuple(sorted(each, key=_order)) for each in held.values()] + [(pair,) for pair in alone]
    return sorted(groups, key=lambda each: _order(each[0]))


def _order(pair: Pair) -> tuple[float, int, int]:
    return (-pair.score, pair.a, pair.b)


def as_group(pairs: tuple[Pair, ...], contacts: Mapping[int, Contact], *, region: str = "") -> Group | None:
    """The group of these pairs, the fullest record first. None when fewer than two of them are there by now."""
    there = {id for pair in pairs for id in (pair.a, pair.b) if id in contacts}
    ids = sorted(there, key=lambda id: (-completeness(contacts[id].details), -contacts[id].interactions, id))
    kept = tuple(pair for pair in pairs if pair.a in there and pair.b in there)
    if len(ids) < 2 or not kept:
        return None
    return Group(tuple(ids), kept, _is_automatic(ids, kept, contacts, region))


def _is_automatic(ids: Sequence[int], pairs: Iterable[Pair], contacts: Mapping[int, Contact], region: str) -> bool:
    """Whether every record but the first is surely the same person as the first, and adds nothing to it."""
    first = contacts[ids[0]].details
    if not (first.given and first.family) and len(first.name.split()) < 2:
        return False
    sharing = {(pair.a, pair.b) for pair in pairs if pair.address}
    for id in ids[1:]:
        details = contacts[id].details
        both = (min(ids[0], id), max(ids[0], id))
        # Without an address of their own in common, only a record that is equal throughout will do.
        equal = bool(details.organisation) and contained(first, details, region=region)
        if not (both in sharing or equal) or not contained(details, first, region=region):
            return False
    return True
