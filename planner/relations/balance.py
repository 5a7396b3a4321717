"""How often value went each way.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from planner.relations.records import Direction, Exchange, ExchangeCount, ExchangeKind, GiveAndTake

_COUNTS = """
SELECT kind, direction, count(*) FROM exchange
WHERE (?1 IS NULL OR "on" >= ?1) AND (?2 IS NULL OR "on" < ?2) AND (?3 IS NULL OR contact_id = ?3)
GROUP BY kind, direction
"""


def balance_of(exchanges: Iterable[Exchange]) -> GiveAndTake:
    """How often value went each way among these, by kind, the most frequent first."""
    return _balance(Counter((each.kind.value, each.direction.value) for each in exchanges))


def give_and_take(
    rows: sqlite3.Connection, since: date | None = None, until: date | None = None, contact_id: int | None = None
) -> GiveAndTake:
    """How often value went each way, by kind. `until` is the first day that no longer counts."""
    days = [None if day is None else day.isoformat() for day in (since, until)]
    return _balance({(kind, way): count for kind, way, count in rows.execute(_COUNTS, (*days, contact_id))})


def _balance(numbers: Mapping[tuple[str, str], int]) -> GiveAndTake:
    counts: dict[ExchangeKind, list[int]] = {}
    for (kind, direction), count in numbers.items():
        counts.setdefault(ExchangeKind(kind), [0, 0])[Direction(direction) is Direction.RECEIVED] += count
    kinds = [ExchangeCount(kind, given, received) for kind, (given, received) in counts.items()]
    kinds.sort(key=lambda each: (-(each.given + each.received), each.kind.value))
    return GiveAndTake(sum(each.given for each in kinds), sum(each.received for each in kinds), tuple(kinds))
