"""Putting a database in the place of one that holds the same under another key: protecting, a new password, or neither.

The order is what keeps it safe. The file is locked for everybody else and its log folded into it; a whole copy is
written beside it, read through and flushed; the copy takes the name in one step of the file system; only then are the
old bytes overwritten. Whatever ends the program in between, one whole database has the name.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import ClassVar

from planner.errors import DatabaseDamaged, DatabaseInUse, DatabaseProtected, DiskFull, FileUnwritable, UserError
from planner.store.backup import Progress, beside, faults_of, never, no_progress
from planner.store.key import Key
from planner.store.opening import can_protect, code_of, connect, driver_errors, is_damage, lacks_key
from planner.store.recoding import attach_empty, copy_all, prove_whole

_PATIENCE = 1_000  # ms
_BLOCK = 1_000_000


class ProtectionUnavailable(UserError):
    """There is no sqlcipher3 here to protect with."""

    what: ClassVar[str] = "Data can’t be protected here: the library for it (sqlcipher3) is not installed."
    advice: ClassVar[str] = "It comes with Rapport for Linux, Windows and Macs with Apple’s own processors."


def convert(
    database: Path,
    old: Key | None,
    new: Key | None,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> None:
    """Put a database under another key, or none. This process must not have it open.

    Raises DatabaseInUse when another one has, ProtectionUnavailable, WrongPassword, DatabaseDamaged, DiskFull,
    FileUnwritable and Cancelled; the database is then as it was.
    """
    if not can_protect():
        raise ProtectionUnavailable
    database = database.resolve()
    copy = database.with_name(f".{database.name}.{secrets.token_hex(4)}.new.part")
    try:
        with closing(connect(database, old, cipher=True, isolation_level=None)) as connection:
            _lock(connection, database)
            _clear_up(database)
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            attach_empty(connection, copy, new)
            held = copy_all(connection, "main", "copy", database, copy, progress, cancelled)
            connection.execute("DETACH copy")
            prove_whole(copy, new, held)
            if faults := faults_of(copy, new):
                raise DatabaseDamaged(database, faults[0])
            flush(copy)
            _put_in_place(copy, database, connection)
    except OSError as error:
        raise FileUnwritable(database, error.strerror or str(error)) from error
    except driver_errors() as error:
        if old is None and lacks_key(error, database):
            raise DatabaseProtected(database) from error
        raise _told(error, database) from error
    finally:
        _remove(copy)


def _lock(connection: sqlite3.Connection, database: Path) -> None:
    """Keep everybody else out until the connection ends, and fold the log into the file."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
        raise DatabaseInUse(database)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    # Of a program that was ended they may still be there; whose name they bear is about to change.
    for name in (*beside(database), database.with_name(database.name + "-journal")):
        with suppress(PermissionError):  # Windows, which removes the last of them as the connection ends
            name.unlink(missing_ok=True)


def _put_in_place(copy: Path, database: Path, connection: sqlite3.Connection) -> None:
    if os.name == "nt":
        # Nothing open can be replaced there; whoever opens it in between makes the step fail, and nothing is lost.
        connection.close()
        copy.replace(database)
        return
    alone = database.stat().st_nlink == 1
    with database.open("rb+") as former:
        copy.replace(database)
        flush(database.parent)
        # Only now, as closing any descriptor of a file takes this process's locks off it.
        connection.close()
        if alone:
            with suppress(OSError):  # it has no name any more; that it is overwritten too is for good measure
                _overwrite(former.fileno())


def _overwrite(descriptor: int) -> None:
    """Write zeros over what stood in a file. What the disk itself keeps of it is beyond a program's reach."""
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, _BLOCK)))
    os.fsync(descriptor)


def flush(path: Path) -> None:
    """Have a file's bytes, or a folder's names, on the disk."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_up(database: Path) -> None:
    """Remove what an earlier conversion left that was ended half way."""
    for stray in database.parent.glob(f".{database.name}.*.new.part"):
        _remove(stray)


def _remove(copy: Path) -> None:
    for name in (copy, *beside(copy), copy.with_name(copy.name + "-journal")):
        with suppress(OSError):
            name.unlink(missing_ok=True)


def _told(error: Exception, database: Path) -> Exception:
    match code_of(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseInUse(database)
        case sqlite3.SQLITE_FULL:
            return DiskFull(database)
        case _ if is_damage(error):
            return DatabaseDamaged(database, str(error))
        case _:
            return FileUnwritable(database, str(error))
