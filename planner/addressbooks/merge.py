"""Two records of one person, changed on either side since both last agreed: what goes where, field by field. Pure.

A three-way merge with a base for each side: a side has changed a field if it differs from what that side held when both
last agreed, so that a server which writes a number in its own way, or leaves out what it does not know, has changed
nothing. Lists are merged item by item. What both sides changed to different values is a conflict and moves nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.addressbooks.fields import LISTS, Fields, is_empty, key, shown_name
from planner.folding import fold

_MISSING = object()
_MANY = frozenset((*LISTS, "roles"))


@dataclass(frozen=True, slots=True)
class Merge:
    """Fields to be changed here and there, and fields that are in conflict: (ours, theirs) by name."""

    here: Fields = field(default_factory=dict)
    there: Fields = field(default_factory=dict)
    conflicts: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.here or self.there or self.conflicts)


def merge(
    ours: Fields,
    theirs: Fields,
    our_base: Fields | None = None,
    their_base: Fields | None = None,
    *,
    region: str = "",
) -> Merge:
    """What to change on both sides. A field without a base is one that both sides meet for the first time.

    `region` is the ISO 3166 country whose habits phone numbers without a country code follow.
    """
    here: Fields = {}
    there: Fields = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    for name in ours.keys() & theirs.keys():
        o, t = ours[name], theirs[name]
        bo, bt = (our_base or {}).get(name, _MISSING), (their_base or {}).get(name, _MISSING)
        if o == t:
            continue
        if bo is _MISSING or bt is _MISSING:
            result = _first(name, ours, theirs, region)
        elif o == bo and t == bt:
            continue
        elif name == "extras":
            result = _set(o, t, bo, bt)
        elif name in _MANY and (bo != bt or (o != bo and t != bt)):
            result = _by_item(name, o, t, bo, bt, region)
        elif o == bo or t == bt:
            result = t if o == bo else o
        else:
            result = _MISSING
        if result is _MISSING:
            conflicts[name] = (o, t)
            continue
        if result != o:
            here[name] = result
        if result != t:
            there[name] = result
    return Merge(here, there, conflicts)


def says_no_more(small: Fields, large: Fields, *, region: str = "") -> bool:
    """Whether all that one record says stands in the other as well. Properties of other programs don't count."""
    for name in small.keys() & large.keys() - {"extras"}:
        mine, other = small[name], large[name]
        if mine == other or is_empty(mine):
            continue
        if name == "name":
            if fold(shown_name(small)) != fold(shown_name(large)):
                return False
        elif name in LISTS:
            there = {key(name, item, region): item for item in other}
            if not all(_agrees(name, item, there.get(key(name, item, region))) for item in mine):
                return False
        else:
            return False
    return True


def _agrees(name: str, item: Any, other: Any) -> bool:
    if other is None:
        return False
    if name in ("emails", "phones", "links"):
        return not item[1] or not other[1] or item[1] == other[1]
    return True


def _first(name: str, ours: Fields, theirs: Fields, region: str) -> Any:
    o, t = ours[name], theirs[name]
    if is_empty(o) or is_empty(t):
        return t if is_empty(o) else o
    if name == "extras":
        return sorted({*o, *t})
    if name == "name" and fold(shown_name(ours)) == fold(shown_name(theirs)):
        # A name given whole here and in parts there is completed by its parts.
        return o if any(o[1:]) or not any(t[1:]) else t
    if name not in _MANY:
        return _MISSING
    return _united(name, o, t, region)


def _united(name: str, ours: list[Any], theirs: list[Any], region: str) -> list[Any]:
    result = list(ours)
    places = {key(name, item, region): place for place, item in enumerate(ours)}
    preferred = any(item[-1] is True for item in ours if isinstance(item, list))
    for item in theirs:
        place = places.get(key(name, item, region))
        if place is None:
            demoted = [*item[:-1], False] if preferred and isinstance(item, list) and item[-1] is True else item
            result.append(demoted)
        elif name in ("emails", "phones", "links") and item[1] and not result[place][1]:
            result[place] = [result[place][0], item[1], *result[place][2:]]
    return _ordered(name, result)


def _by_item(name: str, o: list[Any], t: list[Any], bo: list[Any], bt: list[Any], region: str) -> Any:
    sides = [{key(name, item, region): item for item in value} for value in (o, t, bo, bt)]
    if any(len(side) != len(value) for side, value in zip(sides, (o, t, bo, bt), strict=True)):
        return _MISSING  # the same address twice: no way to tell which of them is meant
    ours, theirs, our_base, their_base = sides
    result = []
    for each in dict.fromkeys((*ours, *theirs)):
        mine, yours = ours.get(each), theirs.get(each)
        we_changed, they_changed = mine != our_base.get(each), yours != their_base.get(each)
        if we_changed and they_changed and mine is not None and yours is not None and mine != yours:
            return _MISSING
        if we_changed and they_changed:
            chosen = mine if mine is not None else yours  # changed wins over removed
        elif they_changed:
            chosen = yours
        else:
            chosen = mine if we_changed or mine is not None else yours
        if chosen is not None:
            result.append(chosen)
    return _ordered(name, result)


def _set(o: list[str], t: list[str], bo: list[str], bt: list[str]) -> list[str]:
    ours, theirs, our_base = set(o), set(t), set(bo)
    return sorted((theirs - (our_base - ours)) | (ours - our_base) | (ours & our_base - set(bt)))


def _ordered(name: str, items: list[Any]) -> list[Any]:
    return sorted(items, key=lambda tag: (tag.casefold(), tag)) if name in ("tags", "roles") else items
