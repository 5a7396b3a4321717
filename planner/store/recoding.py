"""A database written anew under another key: SQLite's backup copies pages as they are, this copies what is in them.

`sqlcipher_export` makes the tables, their rows, then indices and triggers in the other file, search index included, and
`PRAGMA user_version` by hand (https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export). Rows keep their ids:
every table has a key of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from planner.errors import Bug, Cancelled
from planner.store.key import Key
from planner.store.opening import code_of, connect

#: What there is, and of each table how many rows.
Contents = list[tuple[object, ...]]

# Steps of SQLite's machine between two looks at the person: some hundred a second.
_STEPS = 100_000


def export(
    source: Path,
    address: str,
    key: Key | None,
    target: Path,
    target_key: Key | None,
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> None:
    """Write what a database holds to an empty file; `address` is the URI the source is read by. Raises Cancelled."""
    with closing(connect(target, target_key, cipher=True, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS origin KEY ?", (address, _given(key)))
        held = copy_all(connection, "origin", "main", source, target, progress, cancelled)
    prove_whole(target, target_key, held)


def attach_empty(connection: sqlite3.Connection, target: Path, key: Key | None) -> None:
    """Attach an empty file, as "copy", to a connection of sqlcipher3."""
    connection.execute("ATTACH ? AS copy KEY ?", (str(target), _given(key)))


def copy_all(
    connection: sqlite3.Connection,
    of: str,
    to: str,
    source: Path,
    target: Path,
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> Contents:
    """Copy everything from one attached database to another; returns what that is. Raises Cancelled."""
    size = max(source.stat().st_size, 1)

    def look() -> int:
        progress(min(target.stat().st_size, size), size)
        return int(cancelled())

    # The copy is flushed as a whole, before it takes its name.
    connection.execute(f"PRAGMA {to}.synchronous = OFF")
    connection.execute(f"PRAGMA {to}.journal_mode = OFF")
    connection.set_progress_handler(look, _STEPS)
    try:
        connection.execute("SELECT sqlcipher_export(?, ?)", (to, of)).fetchone()
        if cancelled():
            raise Cancelled
        version = int(connection.execute(f"PRAGMA {of}.user_version").fetchone()[0])
        connection.execute(f"PRAGMA {to}.user_version = {version}")
        held = _contents(connection, of)
    except Exception as error:
        # What is interrupted inside of the export comes out of it with the code of any error.
        if code_of(error) is not None and cancelled():
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
    connection.execute(f"PRAGMA {to}.journal_mode = DELETE")
    progress(size, size)
    return held


def prove_whole(copy: Path, key: Key | None, held: Contents) -> None:
    """Look whether a copy, opened anew, holds what it should: each table, index and trigger, and every row."""
    with closing(connect(copy, key)) as connection:
        if _contents(connection, "main") != held:
            raise Bug("a database was not copied whole")


def _contents(connection: sqlite3.Connection, name: str) -> Contents:
    found = connection.execute(
        f"SELECT type, name, tbl_name, coalesce(sql, '') FROM {name}.sqlite_master ORDER BY type, name"
    ).fetchall()
    counts = [
        connection.execute(f'SELECT count(*) FROM {name}."{table}"').fetchone()
        for kind, table, *_ in found
        if kind == "table"
    ]
    return [*map(tuple, found), *map(tuple, counts)]


def _given(key: Key | None) -> str:
    """A key as ATTACH takes it; without one, the main database's would be taken."""
    return "" if key is None else key.literal
