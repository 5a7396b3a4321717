"""Sees that a database was offered the messages and plans that come with the program.

Whether it was is asked in SQL over the driver's connection, as each start asks it: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3

from planner.followups import builtin
from planner.store.store import Store

#: The keys already offered to this database, so that one the person deleted does not come back by itself.
_OFFERED = "builtins offered"


def offer(store: Store) -> None:
    """Put in what was never offered to this database. What the person changed or deleted stays as it is."""
    with store.snapshot() as rows:
        if builtin.keys() <= _offered(rows):
            return
    from planner.followups import builtin_writing
    from planner.store.engine import under

    # What comes with the program is nobody's command: there is nothing in it to undo.
    with store.record() as session:
        builtin_writing.offer(session, _offered(under(session)), _OFFERED)


def _offered(rows: sqlite3.Connection) -> set[str]:
    row = rows.execute("SELECT value FROM setting WHERE name = ?", (_OFFERED,)).fetchone()
    try:
        return set(json.loads(row[0])) if row else set()
    except (ValueError, TypeError):
        return set()
