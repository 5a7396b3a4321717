"""Choosing for many at once between what is here and what stands there, with a way back until it is carried over.

A choice only rewrites what both sides are remembered to have agreed on, so taking it back is to write what was there
before. Once a run has carried it over, the journal's Undo takes back what changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.store.store import Store
from planner.store.tables import CollectionItemTable

_COLUMNS = ("etag", "fingerprint", "facts", "data", "conflict")
_Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManyChosen:
    """What was chosen for: each row's number, with its values before and after."""

    rows: tuple[tuple[int, _Values, _Values], ...]

    @property
    def count(self) -> int:
        """For how many."""
        return len(self.rows)


def choose_many(store: Store, ids: Iterable[int], choose: Callable[[Session, CollectionItemTable], None]) -> ManyChosen:
    """Choose for these rows in one go; those that no longer wait are left out. `choose` deletes none of them."""
    rows = []
    with store.record() as session:
        for id in ids:
            row = session.get(CollectionItemTable, id)
            if row is None or not row.conflict:
                continue
            before = _values(row)
            choose(session, row)
            rows.append((id, before, _values(row)))
    return ManyChosen(tuple(rows))


def put_back(store: Store, chosen: ManyChosen) -> int:
    """Let them wait for a choice again, but for those that a run has dealt with meanwhile; returns how many wait."""
    count = 0
    with store.record() as session:
        for id, before, after in chosen.rows:
            row = session.get(CollectionItemTable, id)
            if row is None or _values(row) != after:
                continue
            for name, value in zip(_COLUMNS, before, strict=True):
                setattr(row, name, value)
            count += 1
    return count


def _values(row: CollectionItemTable) -> _Values:
    return tuple(str(getattr(row, name)) for name in _COLUMNS)
