"""Which contact an item of an import is: one that is here, one that came earlier in the same import, or none.

What two share - UID, email, link, phone - brings them together; whether they are one person is judged by the rule that
finds duplicates (`planner.contacts.duplicates`).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection

from planner.cards import joining
from planner.cards.aside import Aside
from planner.cards.outcomes import Outcome
from planner.contacts.duplicates import SHARED_BY, Pair, Person, is_shared_mailbox, judged, person
from planner.contacts.keys import email_key, link_key, phone_key, sort_key
from planner.contacts.reading import read_contacts
from planner.contacts.records import ContactDetails, DateKind
from planner.folding import fold
from planner.store.engine import raw

#: So many of those who share something are looked at.
_MOST = SHARED_BY * 2

#: And of those who have nothing but a name.
_MOST_NAMES = 500

#: Places in which keys leave a trace, a power of two: a look at one tells of most keys that no contact has them.
_TRACES = 1 << 22

#: Below, a pair that shares an address has two different names.
_ONE_NAME = 0.7


def _having(table: str, column: str, id: str, most: int) -> str:
    """The ids of the contacts with each of some keys, of each key at most so many: more tell nobody apart."""
    some = f"SELECT {id} AS id FROM {table} WHERE {column} = value LIMIT {most}"  # noqa: S608 - names of our own
    return f"SELECT value, (SELECT group_concat(DISTINCT id) FROM ({some})) FROM json_each(?)"  # noqa: S608 - likewise


_LOOK_UP = {
    "uid": _having("contact", "uid", "id", 1),
    "email": _having("contact_email", "address_key", "contact_id", _MOST),
    "link": _having("contact_link", "url_key", "contact_id", _MOST),
    "phone": _having("contact_phone", "e164", "contact_id", _MOST),
    "name": _having("contact", "sort_key", "id", _MOST_NAMES),
}

Keys = tuple[tuple[str, str], ...]

_NOBODY: Mapping[tuple[str, str], Sequence[int]] = MappingProxyType({})


class Decision(NamedTuple):
    """What an item turned out to be. `id` is the contact's it matches."""

    outcome: Outcome
    reason: str = ""
    id: int | None = None


@dataclass(slots=True)
class Fresh:
    """A contact that this import adds: what it says may still grow by items that come after it."""

    details: ContactDetails
    uid: str = ""


def keys_of(details: ContactDetails, uid: str, region: str) -> Keys:
    """What an item can be found by, as (kind, key), the name last."""
    keys = [("uid", uid)] if uid else []
    keys += [("email", email_key(email.address)) for email in details.emails if "@" in email.address]
    # The front page of a firm is everyone's there; a profile is one person's.
    keys += [("link", key) for link in details.links if "/" in (key := link_key(link.url)) or ":" in key]
    keys += [("phone", key) for phone in details.phones if (key := phone_key(phone.number, region))]
    return (*keys, ("name", sort_key(details)))


class Matcher:
    """Decides on items one after the other. `merged` names contacts that have taken in another's UID."""

    def __init__(self, connection: Connection, merged: Mapping[str, int], aside: Aside | None = None) -> None:
        """`aside` keeps what was new for a dry run, which writes nothing where the next items could be looked up."""
        self._connection = connection
        self._merged = merged
        self._aside = aside
        self._unwritten: list[tuple[int, Keys]] = []
        self._joined: dict[int, ContactDetails] = {}
        self._empty = connection.exec_driver_sql("SELECT 1 FROM contact LIMIT 1").first() is None
        self._first_new: int | None = None
        self.fresh: dict[int, Fresh] = {}
        self._fresh_by_key: dict[tuple[str, str], list[int]] = {}
        self._stored: dict[tuple[str, str], Sequence[int]] = {}
        self._here: dict[int, ContactDetails] = {}
        self._alike: dict[ContactDetails, int] = {}
        self._full: set[tuple[str, str]] = set()
        # Where nobody was before this import, only what came with it can be found, and most keys come once. Those that
        # may have come more than once are the only ones worth a look; with None every key is.
        self._traces = bytearray(_TRACES if self._empty or aside is not None else 0)
        self._again: set[tuple[str, str]] | None = None

    def begin(self, items: Iterable[Keys]) -> None:
        """Look up a batch of items, of which the earlier ones have been written by now."""
        if self._aside is not None:
            self._aside.put({id: one.details for id, one in self.fresh.items()} | self._joined, self._unwritten)
            self._unwritten, self._joined = [], {}
        self.fresh, self._fresh_by_key, self._alike, self._full = {}, {}, {}, set()
        self._stored, self._here = {}, {}
        waiting = list(items)
        came = self._perhaps_here(waiting) if self._traces else set()
        self._again = {key for key in came if key[0] != "name"} if self._empty else None
        if self._empty and self._first_new is None:
            return
        self._look_up((key for keys in waiting for key in keys[:-1]) if self._again is None else self._again, came)
        # By the name only whom nothing else finds, or finds together with too many others.
        by_name = (keys[-1] for keys in waiting if len(keys) == 1 or not self._full.isdisjoint(keys))
        self._look_up(by_name if self._again is None else came.intersection(by_name), came)
        ids = dict.fromkeys(id for found in self._stored.values() for id in found)
        self._here = {id: one.details for id, one in read_contacts(raw(self._connection), ids).items()} if ids else {}
        if ids and self._aside is not None:
            self._here |= self._aside.details(ids)
        for (kind, _), found in self._stored.items():
            if kind == "name":
                self._alike.update({comparable(self._here[id]): id for id in found if id in self._here})

    def _perhaps_here(self, items: Iterable[Keys]) -> set[tuple[str, str]]:
        """Those keys that may have come before; the others did not. All of them have come from now on."""
        traces, last = self._traces, len(self._traces) - 1
        found = set()
        for keys in items:
            for key in keys:
                place = hash(key) & last
                if traces[place]:
                    found.add(key)
                else:
                    traces[place] = 1
        return found

    def _look_up(self, keys: Iterable[tuple[str, str]], came: Container[tuple[str, str]]) -> None:
        wanted: dict[str, list[str]] = {}
        for kind, key in dict.fromkeys(keys):
            wanted.setdefault(kind, []).append(key)
            if kind == "uid" and key in self._merged:
                self._stored[kind, key] = (self._merged[key],)
        for kind, values in wanted.items():
            self._found(kind, raw(self._connection).execute(_LOOK_UP[kind], (json.dumps(values),)))
            if self._aside is not None:
                most = _MOST if kind != "name" else _MOST_NAMES
                rows = self._aside.having(kind, [key for key in values if (kind, key) in came], most)
                self._found(kind, rows, self._stored)

    def _found(
        self,
        kind: str,
        rows: Iterable[tuple[str, str | None]],
        before: Mapping[tuple[str, str], Sequence[int]] = _NOBODY,
    ) -> None:
        for key, found in rows:
            if found is not None:
                new = [int(id) for id in str(found).split(",")]
                ids = self._stored[kind, key] = [*before.get((kind, key), ()), *new]
                if len(ids) >= _MOST and kind != "name":
                    self._full.add((kind, key))

    def decide(self, details: ContactDetails, keys: Keys) -> Decision | None:
        """What an item is; None for someone new."""
        if self._alike and (len(keys) == 1 or not self._full.isdisjoint(keys)):
            id = self._alike.get(comparable(details))
            if id is not None:
                return Decision(Outcome.KNOWN, self._twice(id) or "the same in every field", id)
        # Nothing but a name to find them by tells nobody apart.
        found = self._candidates(keys[:-1]) if self._again is None or not self._again.isdisjoint(keys) else None
        if not found:
            return None
        plain, name = comparable(details), fold(details.shown_name)
        for id, kinds in found.items():
            known = self._details(id)
            if known.shown_name == details.shown_name and comparable(known) == plain:
                reason = self._twice(id) or ("" if "uid" in kinds else "the same in every field")
                return Decision(Outcome.KNOWN, reason, id)
        me = _person(-1, details)
        doubt: Decision | None = None
        for id, kinds in found.items():
            # Within one file two names are two people, as they were to whoever kept it.
            if "uid" not in kinds and self._is_from_here(id) and fold(self._details(id).shown_name) != name:
                continue
            decision = self._compared(id, kinds, details, me, keys)
            if decision is None:
                continue
            if decision.outcome is not Outcome.DOUBTFUL:
                return decision
            doubt = doubt or decision
        return doubt

    def add(self, id: int, details: ContactDetails, uid: str, keys: Keys) -> None:
        """Someone new, to be found by the items that follow."""
        if self._first_new is None:
            self._first_new = id
        self.fresh[id] = Fresh(details, uid)
        if self._aside is not None:
            self._unwritten.append((id, keys))
        for key in keys[:-1] if self._again is None else self._again.intersection(keys):
            same = self._fresh_by_key.get(key)
            if same is None:
                self._fresh_by_key[key] = [id]
            else:
                same.append(id)
                if len(same) >= _MOST:
                    self._full.add(key)
        if len(keys) == 1 or not self._full.isdisjoint(keys):
            self._alike.setdefault(comparable(details), id)

    def join(self, id: int, details: ContactDetails, keys: Keys) -> ContactDetails:
        """A contact's details with what an item adds, and that is what the items that follow are compared with."""
        whole = joining.added(self._details(id), details)
        if id in self.fresh:
            self.fresh[id].details = whole
        else:
            self._here[id] = whole
        if self._aside is not None:
            self._joined[id] = whole
            self._unwritten.append((id, keys[:-1]))
        for key in keys[:-1]:
            same = self._fresh_by_key.setdefault(key, [])
            if id not in same and id not in self._stored.get(key, ()):
                same.append(id)
        return whole

    def _candidates(self, keys: Keys) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        stored, fresh = self._stored, self._fresh_by_key
        for key in keys:
            if key in stored or key in fresh:
                for id in self._having(key):
                    found.setdefault(id, set()).add(key[0])
        return found

    def _having(self, key: tuple[str, str]) -> Iterator[int]:
        yield from (id for id in self._stored.get(key, ()) if id in self._here)
        yield from self._fresh_by_key.get(key, ())[:_MOST]

    def _details(self, id: int) -> ContactDetails:
        return self.fresh[id].details if id in self.fresh else self._here[id]

    def _twice(self, id: int) -> str:
        return "it comes twice" if self._is_from_here(id) else ""

    def _is_from_here(self, id: int) -> bool:
        """Whether this very import brought a contact."""
        return self._first_new is not None and id >= self._first_new

    def _compared(self, id: int, kinds: set[str], details: ContactDetails, me: Person, keys: Keys) -> Decision | None:
        known = self._details(id)
        if "uid" in kinds:
            pair: Pair | None = Pair(id, -1, 1.0, "same UID", address=True)
        else:
            crowd = {kind for kind, key in keys if kind in kinds and self._is_crowd(kind, key)}
            own = {kind for kind, key in keys if kind in kinds and kind not in crowd}
            pair = judged(_person(id, known), me, own, crowd)
        if pair is None:
            return None
        if pair.score < _ONE_NAME:
            return Decision(Outcome.DOUBTFUL, f"{pair.reason}: {known.shown_name}", id)
        if joining.adds_nothing(known, details):
            return Decision(Outcome.KNOWN, self._twice(id) or ("" if "uid" in kinds else pair.reason), id)
        if joining.agree(known, details) and pair.address and kinds & {"uid", "email", "link"}:
            return Decision(Outcome.MERGED, pair.reason, id)
        return Decision(Outcome.DOUBTFUL, f"{pair.reason} as {known.shown_name}, but not all is the same", id)

    def _is_crowd(self, kind: str, key: str) -> bool:
        """Whether so many share this that it tells nobody apart."""
        if kind == "email" and is_shared_mailbox(key):
            return True
        return len(self._stored.get((kind, key), ())) + len(self._fresh_by_key.get((kind, key), ())) >= SHARED_BY


def comparable(details: ContactDetails) -> ContactDetails:
    """What makes two contacts equal: not when and by which program they were written, nor how a picture was packed."""
    extras = tuple([one for one in details.extras if one.name not in ("REV", "PRODID", "UID")])
    return replace(details, photo=None, extras=extras)


def _person(id: int, details: ContactDetails) -> Person:
    one = person(
        id, details.given, details.family, details.name, details.organisation, details.nickname, details.suffix
    )
    born = next((date for date in details.dates if date.kind is DateKind.BIRTHDAY), None)
    return one if born is None else replace(one, birthday=(born.year, born.month, born.day))
