"""Whom an import that is only tried would have added: kept beside the data, so that memory does not grow with the file.

It is a database of its own without a name, which SQLite holds in a few megabytes and writes to a file that nobody else
can open and that is gone when it is closed.
"""

from __future__ import annotations

import io
import json
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from planner.contacts.records import Address, ContactDetails, Email, Link, PartialDate, Phone, VCardProperty

#: (kind, key), as in `matching`
Key = tuple[str, str]

#: In kilobytes; more goes to the file.
_CACHE = 8_000


def _parts(kind: type) -> Callable[[Any], tuple[type, tuple[object, ...]]]:
    """How to take a value apart, so that it is put together again from its fields: dataclasses are slow at it."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))


_PARTS: dict[type, Callable[[Any], tuple[type, tuple[object, ...]]]] = {
    kind: _parts(kind) for kind in (ContactDetails, Email, Phone, Link, Address, PartialDate, VCardProperty)
}


class Aside:
    """People by number, and what each can be found by."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            f"PRAGMA cache_size = -{_CACHE}",
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE person (id INTEGER PRIMARY KEY, details BLOB NOT NULL)",
            "CREATE TABLE found_by (kind TEXT, key TEXT, id INTEGER, PRIMARY KEY (kind, key, id)) WITHOUT ROWID",
        ):
            self._rows.execute(statement)

    def close(self) -> None:
        """Forget everyone."""
        self._rows.close()

    def put(self, people: Mapping[int, ContactDetails], keys: Iterable[tuple[int, Iterable[Key]]]) -> None:
        """Keep people, instead of what they were before, and what else they can be found by now."""
        found_by = ((kind, key, id) for id, some in keys for kind, key in some)
        self._rows.execute("BEGIN")
        self._rows.executemany("INSERT OR REPLACE INTO person VALUES (?, ?)", _packed(people))
        self._rows.executemany("INSERT OR IGNORE INTO found_by VALUES (?, ?, ?)", found_by)
        self._rows.execute("COMMIT")

    def having(self, kind: str, keys: Sequence[str], most: int) -> Iterator[tuple[str, str | None]]:
        """Of each of these keys the ids of those who have it, with commas between, at most so many; None for nobody."""
        some = "SELECT id FROM found_by WHERE kind = ? AND key = value ORDER BY id LIMIT ?"
        query = f"SELECT value, (SELECT group_concat(id) FROM ({some})) FROM json_each(?)"  # noqa: S608 - our own words
        return self._rows.execute(query, (kind, most, json.dumps(keys)))

    def details(self, ids: Iterable[int]) -> dict[int, ContactDetails]:
        """What those of them who are kept here say."""
        query = "SELECT id, details FROM person WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._rows.execute(query, (json.dumps(list(ids)),))
        return {id: pickle.loads(packed) for id, packed in rows}  # noqa: S301 - written by nobody but `put`


def _packed(people: Mapping[int, ContactDetails]) -> Iterator[tuple[int, bytes]]:
    for id, details in people.items():
        out = io.BytesIO()
        pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = _PARTS
        pickler.dump(details)
        yield id, out.getvalue()
