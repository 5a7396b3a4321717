"""Putting a backup in the place of the present data, under the eyes of whoever has it open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from planner.clock import Clock
from planner.errors import DatabaseDamaged, DatabaseNewer, UserError
from planner.store import engine, migrate, plain
from planner.store.backup import (
    Progress,
    beside,
    copy_database,
    faults_of,
    is_damage,
    never,
    no_progress,
    passing_copy,
    reading,
    transfer,
)
from planner.store.store import Store

#: Tables that every format of ours has had.
_OURS = frozenset({"alembic_version", "contact", "command", "change_mark"})

_GIVEN = "target, uid, component, sequence, fingerprint, content, cancelled, given_at"

# A restored file's next mark leaves this much room, so that it is beyond any mark a running window has seen.
_MARKS_AHEAD = 1_000_000


@dataclass
class BackupUnusable(UserError):
    """A file that can't take the place of the present data; `reason` is a short clause."""

    path: Path
    reason: str

    what: ClassVar[str] = "“{path}” can't be restored: {reason}."
    safe: ClassVar[str] = "Your present data was not touched."
    advice: ClassVar[str] = "Choose another backup; the automatic ones are in the “backups” folder of your data."


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds."""

    path: Path
    written_at: datetime
    contacts: int
    events: int
    followups: int


def inspect(path: Path) -> BackupFacts:
    """Look into a backup without changing it. Raises FileUnreadable, and BackupUnusable for what is not ours."""
    try:
        with closing(reading(path)) as connection:
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= _OURS or found < 1:
                raise BackupUnusable(path, "it is not a backup of Rapport")
            if found > migrate.HEAD:
                raise BackupUnusable(path, "it was written by a newer Rapport, so update Rapport first")
            counts = (
                int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
                for name in ("contact", "event", "followup")
            )
            return BackupFacts(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), *counts)
    except sqlite3.DatabaseError as error:
        raise BackupUnusable(path, f"{error}") from error


def restore_database(
    database: Path,
    source: Path,
    backups: Path,
    clock: Clock,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> Path | None:
    """Put a backup in the place of a database. Returns where the present data went to, None if there was none.

    Everything is checked on a copy first: that it is ours, whole, and of a format this program knows; an older format
    is brought to the present one. Then the present data is copied to `backups`. Then the pages are replaced in one
    transaction, so that a window that is open carries on with the restored data, and notices. A present database that
    is damaged is moved away instead.

    Raises FileUnreadable, BackupUnusable, FileUnwritable, DatabaseBusy, DatabaseNewer, DiskFull and Cancelled; the
    present data is then as it was.
    """
    inspect(source)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    with passing_copy(source, database, progress, cancelled) as copy:
        if faults := faults_of(copy):
            raise BackupUnusable(source, f"it is damaged ({faults[0]})")
        if _format(copy) < migrate.HEAD:
            _to_head(copy, clock)
        kept = _free_name(backups / f"before-restore-{stamp}.sqlite")
        if not database.exists() or _is_damaged(database, kept, cancelled):
            kept = _free_name(backups / f"damaged-{stamp}.sqlite")
            moved = _move_away(database, kept)
            copy.replace(database)
            return kept if moved else None
        _carry_over(copy, database)
        _overwrite(database, copy)
        return kept


def replace_with(store: Store, copy: Path) -> None:
    """Put a closed database of the present format in the place of an open one's content, whatever that was."""
    with store.exclusive():
        _mark_ahead(copy, store.path)
        _overwrite(store.path, copy)


def _overwrite(database: Path, copy: Path) -> None:
    with (
        plain.translated(database),
        closing(reading(copy)) as origin,
        closing(sqlite3.connect(database, timeout=0.1)) as destination,
    ):
        destination.execute("PRAGMA synchronous = FULL")
        transfer(origin, destination, database)


def _to_head(copy: Path, clock: Clock) -> None:
    writer = engine.writer(copy)
    try:
        migrate.to_head(writer, copy, clock, backup=False)
    finally:
        writer.dispose()


def _format(database: Path) -> int:
    with closing(reading(database)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_damaged(database: Path, kept: Path, cancelled: Callable[[], bool]) -> bool:
    """Copy the present data to `kept`, or say that it can't be read. Raises DatabaseNewer for what this can't judge."""
    try:
        if (found := _format(database)) > migrate.HEAD:
            raise DatabaseNewer(database, found, migrate.HEAD)
        copy_database(database, kept, cancelled=cancelled)
    except DatabaseDamaged:
        return True
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return True
        raise
    return False


def _carry_over(copy: Path, database: Path) -> None:
    """Keep what must not go back in time: what calendars were given, and the count by which windows notice changes."""
    with closing(sqlite3.connect(copy.absolute().as_uri(), uri=True)) as connection, connection:
        connection.execute("ATTACH ? AS present", (f"{database.absolute().as_uri()}?mode=ro",))
        try:
            connection.execute(
                f"INSERT INTO calendar_item ({_GIVEN}) SELECT {_GIVEN} FROM present.calendar_item "
                "WHERE true ON CONFLICT (target, uid) DO UPDATE SET "
                "component = excluded.component, sequence = excluded.sequence, fingerprint = excluded.fingerprint, "
                "content = excluded.content, cancelled = excluded.cancelled, given_at = excluded.given_at "
                "WHERE excluded.sequence > calendar_item.sequence"
            )
        except sqlite3.OperationalError:
            pass  # a present database of an older format may lack the table; there is nothing to keep then
    _mark_ahead(copy, database)


def _mark_ahead(copy: Path, database: Path) -> None:
    """Make whoever has the database open read everything anew."""
    seen = max(newest_mark(copy), newest_mark(database))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO change_mark (id, command_id) VALUES (?, 0)", (seen + _MARKS_AHEAD,))


def newest_mark(database: Path) -> int:
    """The number of the last change in a database file."""
    with closing(reading(database)) as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM change_mark").fetchone()[0])


def _move_away(database: Path, kept: Path) -> bool:
    """Move a database and what SQLite left beside it; False if there was nothing."""
    moved = False
    for old, new in zip((database, *beside(database)), (kept, *beside(kept)), strict=True):
        if old.exists():
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            old.replace(new)
            moved = True
    return moved


def _free_name(path: Path) -> Path:
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate
