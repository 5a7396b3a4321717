"""Who is who at the first meeting: which new card belongs to which person here. Pure.

A UID says so for certain. Without one, an email address or phone number that is nobody else's says so if the name is
the same as well and one of the two records holds nothing that the other lacks; whoever merely looks alike stays apart,
and is proposed as a duplicate here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.addressbooks.fields import Fields, key, shown_name
from planner.addressbooks.merge import says_no_more
from planner.folding import fold

#: A folded name, and an address or number under the field it stands in.
_Mark = tuple[str, str, object]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A card nobody here is linked with yet. `uid` is its own, or one made from its place if it has none."""

    path: str
    uid: str
    fields: Fields


def match(
    cards: Iterable[Unmatched],
    people: Mapping[str, Fields],
    merged: Mapping[str, str],
    *,
    region: str = "",
) -> dict[str, str]:
    """The uid of the person here by the card's path, for those that belong together.

    `people` are those here who have no card yet. `merged` says into whom people were merged here: a card that still
    has such a UID belongs to that person, if they have none.
    """
    cards = sorted(cards, key=lambda card: card.path)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for by_merge in (False, True):
        for card in cards:
            uid = merged.get(card.uid, "") if by_merge else card.uid
            if card.path not in found and uid in people and uid not in taken:
                found[card.path] = uid
                taken.add(uid)
    free = {uid: fields for uid, fields in people.items() if uid not in taken}
    return found | _by_address([card for card in cards if card.path not in found], free, region)


def _by_address(cards: Sequence[Unmatched], people: Mapping[str, Fields], region: str) -> dict[str, str]:
    here: dict[_Mark, set[str]] = defaultdict(set)
    for uid, fields in people.items():
        for mark in _marks(fields, region):
            here[mark].add(uid)
    there = Counter(mark for card in cards for mark in _marks(card.fields, region))
    found: dict[str, str] = {}
    for card in cards:
        alike = {uid for mark in _marks(card.fields, region) if there[mark] == 1 for uid in here.get(mark, ())}
        if len(alike) != 1:
            continue
        (uid,) = alike
        mine = people[uid]
        joins = says_no_more(card.fields, mine, region=region) or says_no_more(mine, card.fields, region=region)
        if joins and uid not in found.values():
            found[card.path] = uid
    return found


def _marks(fields: Fields, region: str) -> set[_Mark]:
    name = fold(shown_name(fields))
    if not name:
        return set()
    marks = {(name, list_, key(list_, item, region)) for list_ in ("emails", "phones") for item in fields[list_]}
    return {mark for mark in marks if mark[2]}
