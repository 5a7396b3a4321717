"""The ledger of give and take over everybody: which entries, and how many went each way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from planner.relations import rows as stored
from planner.relations.records import Direction, Exchange, ExchangeKind

_IDS = """
SELECT id, direction FROM exchange
WHERE (?1 IS NULL OR direction = ?1) AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR contact_id = ?3)
ORDER BY "on" DESC, id DESC
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries by id, newest first, and how many of them were given and received."""

    ids: tuple[int, ...] = ()
    given: int = 0
    received: int = 0


def ledger(
    rows: sqlite3.Connection,
    direction: Direction | None = None,
    kind: ExchangeKind | None = None,
    contact_id: int | None = None,
) -> Ledger:
    """The entries of one direction, of one kind, with one contact; None: any."""
    found = rows.execute(_IDS, (direction, kind, contact_id)).fetchall()
    given = sum(way == Direction.GIVEN.value for _, way in found)
    return Ledger(tuple(id for id, _ in found), given, len(found) - given)


def entries(rows: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Exchange]:
    """These entries by id; those that are gone are left out."""
    among = "exchange.id IN (SELECT value FROM json_each(?))"
    return {found.id: found for found in stored.exchanges(rows, among, (json.dumps(list(ids)),))}
