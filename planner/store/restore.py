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
from planner.store import migrate, plain
from planner.store.backup import (
    Progress,
    beside,
    copy_database,
    faults_of,
    never,
    no_progress,
    passing_copy,
    reading,
    transfer,
)
from planner.store.key import Key
from planner.store.opening import code_of, connect, driver_errors, is_damage
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


def inspect(path: Path, key: Key | None = None) -> BackupFacts:
    """Look into a backup without changing it. Raises FileUnreadable, and BackupUnusable for what is not ours.

    A protected one needs its `key`; raises DatabaseProtected where there is none, and WrongPassword.
    """
    try:
        with closing(reading(path, key)) as connection:
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
    except driver_errors() as error:
        raise BackupUnusable(path, f"{error}") from error


def restore_database(
    database: Path,
    source: Path,
    backups: Path,
    clock: Clock,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    *,
    key: Key | None = None,
    source_key: Key | None = None,
) -> Path | None:
    """Put a backup in the place of a database. Returns where the present data went to, None if there was none.

    `key` opens the present data, and what takes its place; `source_key` opens the backup. Where there is no data that
    could be read, the backup's password becomes that of the data.

    Everything is checked on a copy first: that it is ours, whole, and of a format this program knows; an older format
    is brought to the present one. Then the present data is copied to `backups`. Then the pages are replaced in one
    transaction, so that a window that is open carries on with the restored data, and notices. A present database that
    is damaged is moved away instead.

    Raises FileUnreadable, BackupUnusable, FileUnwritable, DatabaseBusy, DatabaseNewer, DiskFull and Cancelled, and for
    either file DatabaseProtected and WrongPassword, which are never taken for damage; the present data is then as it
    was.
    """
    inspect(source, source_key)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    present_key = key
    if key is None and source_key is not None and (not database.exists() or faults_of(database)):
        key = source_key
    with passing_copy(source, database, progress, cancelled, source_key, key) as copy:
        if faults := faults_of(copy, key):
            raise BackupUnusable(source, f"it is damaged ({faults[0]})")
        if _format(copy, key) < migrate.HEAD:
            _to_head(copy, key, clock)
        kept = _free_name(backups / f"before-restore-{stamp}.sqlite")
        if not database.exists() or _is_damaged(database, present_key, kept, cancelled):
            kept = _free_name(backups / f"damaged-{stamp}.sqlite")
            moved = _move_away(database, kept)
            copy.replace(database)
            return kept if moved else None
        _carry_over(copy, database, key)
        _overwrite(database, copy, key)
        return kept


def replace_with(store: Store, copy: Path) -> None:
    """Put a closed, plain database of the present format in the place of an open one's content, whatever that was."""
    with store.exclusive(), store.sharing():
        if store.key is not None:
            with passing_copy(copy, copy, copy_key=store.key) as protected:
                protected.replace(copy)
        _mark_ahead(copy, store.path, store.key)
        _overwrite(store.path, copy, store.key)


def _overwrite(database: Path, copy: Path, key: Key | None) -> None:
    with (
        plain.translated(database),
        closing(reading(copy, key)) as origin,
        closing(connect(database, key, timeout=0.1)) as destination,
    ):
        destination.execute("PRAGMA synchronous = FULL")
        transfer(origin, destination, database)


def _to_head(copy: Path, key: Key | None, clock: Clock) -> None:
    from planner.store import engine  # late: the daily backup has no use for it

    writer = engine.writer(copy, key)
    try:
        migrate.to_head(writer, copy, clock, backup=False)
    finally:
        writer.dispose()


def _format(database: Path, key: Key | None) -> int:
    with closing(reading(database, key)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_damaged(database: Path, key: Key | None, kept: Path, cancelled: Callable[[], bool]) -> bool:
    """Copy the present data to `kept`, or say that it can't be read. Raises DatabaseNewer for what this can't judge."""
    try:
        if (found := _format(database, key)) > migrate.HEAD:
            raise DatabaseNewer(database, found, migrate.HEAD)
        copy_database(database, kept, cancelled=cancelled, key=key)
    except DatabaseDamaged:
        return True
    except driver_errors() as error:
        if is_damage(error):
            return True
        raise
    return False


def _carry_over(copy: Path, database: Path, key: Key | None) -> None:
    """Keep what must not go back in time: what calendars were given, and the count by which windows notice changes."""
    with closing(connect(copy, key, address=copy.absolute().as_uri())) as connection, connection:
        present = f"{database.absolute().as_uri()}?mode=ro"
        if key is None:
            connection.execute("ATTACH ? AS present", (present,))
        else:
            connection.execute("ATTACH ? AS present KEY ?", (present, key.literal))
        try:
            connection.execute(
                f"INSERT INTO calendar_item ({_GIVEN}) SELECT {_GIVEN} FROM present.calendar_item "
                "WHERE true ON CONFLICT (target, uid) DO UPDATE SET "
                "component = excluded.component, sequence = excluded.sequence, fingerprint = excluded.fingerprint, "
                "content = excluded.content, cancelled = excluded.cancelled, given_at = excluded.given_at "
                "WHERE excluded.sequence > calendar_item.sequence"
            )
        except driver_errors() as error:
            if code_of(error) != sqlite3.SQLITE_ERROR:
                raise
            # a present database of an older format may lack the table; there is nothing to keep then
    _mark_ahead(copy, database, key)


def _mark_ahead(copy: Path, database: Path, key: Key | None) -> None:
    """Make whoever has the database open read everything anew."""
    seen = max(newest_mark(copy, key), newest_mark(database, key))
    with closing(connect(copy, key)) as connection, connection:
        connection.execute("INSERT INTO change_mark (id, command_id) VALUES (?, 0)", (seen + _MARKS_AHEAD,))


def newest_mark(database: Path, key: Key | None = None) -> int:
    """The number of the last change in a database file."""
    with closing(reading(database, key)) as connection:
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
