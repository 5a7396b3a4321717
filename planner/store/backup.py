"""Copies of the database that are whole, whatever is being written meanwhile."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from planner.errors import (
    Cancelled,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseProtected,
    FileUnreadable,
    FileUnwritable,
)
from planner.store.key import Key
from planner.store.opening import code_of, connect, driver_errors, is_damage, lacks_key
from planner.store.plain import BUSY_TIMEOUT
from planner.store.recoding import export

#: Called with how many are done and how many there are.
Progress = Callable[[int, int], object]

# Pages a step: large enough to be fast, small enough to stop within a moment.
_STEP = 2_000


def no_progress(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """The answer of a person who does not cancel."""
    return False


def copy_database(
    source: Path,
    target: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    key: Key | None = None,
) -> None:
    """Copy a database to a new file by SQLite's online backup, write-ahead log included; atomically, owner-only.

    A protected one needs its `key`, and the copy is protected by the same. The copy is read through before it takes
    its name. Raises FileUnwritable, FileUnreadable, DatabaseDamaged when the
    source's pages do not fit together, DatabaseBusy, and Cancelled; a file that was there stays as it was.
    """
    with passing_copy(source, target, progress, cancelled, key, key) as copy:
        if faults := faults_of(copy, key):
            raise DatabaseDamaged(source, faults[0])
        with _writing(target):
            copy.replace(target)


@contextmanager
def passing_copy(
    source: Path,
    target: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    key: Key | None = None,
    copy_key: Key | None = None,
) -> Iterator[Path]:
    """A copy of a database under a passing name beside `target`, for the length of the block. One file, no log.

    `key` opens the source, and `copy_key` will open the copy.
    """
    copy = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with closing(reading(source, key)) as origin, _writing(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            if (key is None) == (copy_key is None):
                with closing(connect(copy, copy_key)) as destination:
                    # The copy is flushed as a whole, before it takes its name.
                    destination.execute("PRAGMA synchronous = OFF")
                    transfer(origin, destination, source, progress, cancelled)
                    destination.execute("PRAGMA journal_mode = DELETE")
            else:  # pages can't be copied as they are
                origin.close()
                export(source, address_to_read(source), key, copy, copy_key, progress, cancelled)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
        yield copy
    except driver_errors() as error:
        if is_damage(error):
            raise DatabaseDamaged(source, str(error)) from error
        raise
    finally:
        for name in (copy, *beside(copy)):
            # Where it could not be made it can't be removed; the reason is on its way already.
            with suppress(OSError):
                name.unlink(missing_ok=True)


def transfer(
    origin: sqlite3.Connection,
    destination: sqlite3.Connection,
    path: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> None:
    """Copy one open database over another, in one transaction of the other.

    Raises DatabaseBusy, naming `path`, after waiting for another writer as long as any write here does, and Cancelled.
    """
    waiting_since: list[float] = []

    def step(status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            # The driver would wait for ever.
            waiting_since.append(time.monotonic())
            if waiting_since[-1] - waiting_since[0] > BUSY_TIMEOUT / 1000:
                raise DatabaseBusy(path)
            return
        waiting_since.clear()
        progress(total - remaining, total)

    origin.backup(destination, pages=_STEP, progress=step, sleep=0.05)


def faults_of(path: Path, key: Key | None = None) -> list[str]:
    """What SQLite finds wrong with the pages of a database file, as short clauses; none if it is sound."""
    try:
        with closing(reading(path, key)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
            if key is not None:  # each page carries a seal, those that hold nothing too
                found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    except driver_errors() as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def reading(path: Path, key: Key | None = None) -> sqlite3.Connection:
    """A connection that can't write, also to a file on a medium that can't be written.

    Raises FileUnreadable, DatabaseProtected where the file has a password and no `key` was given, WrongPassword and
    CipherMissing.
    """
    # Asked without opening it: closing any descriptor of a database takes this process's locks off it (POSIX), after
    # which another process would believe to be its last user, and throw its log away while we write to it.
    try:
        path.stat()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or str(error)) from error
    if path.is_dir() or not os.access(path, os.R_OK):
        raise FileUnreadable(path, os.strerror(errno.EISDIR if path.is_dir() else errno.EACCES))
    connection = connect(path, key, address=address_to_read(path))
    try:
        if key is None:  # asked by the driver, so that only what can't be one of our own open ones is read as a file
            connection.execute("PRAGMA schema_version").fetchone()
    except driver_errors() as error:
        if code_of(error) != sqlite3.SQLITE_NOTADB:
            return connection  # whoever asks it next is told, and knows what for
        connection.close()
        if lacks_key(error, path):
            raise DatabaseProtected(path) from error
        raise
    return connection


def address_to_read(path: Path) -> str:
    """The URI under which SQLite opens a file without ever writing to it."""
    # Even a reader of a database in WAL mode makes files beside it. Where it may not, and where there is no log to
    # read, SQLite is told that nobody will change the file.
    log, _ = beside(path)
    immutable = not os.access(path.parent, os.W_OK) and not log.exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"


def beside(path: Path) -> tuple[Path, Path]:
    """The log and the index of it that SQLite keeps beside a database while it is open."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except driver_errors(OSError) as error:
        if is_damage(error):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileUnwritable(target, reason) from error
