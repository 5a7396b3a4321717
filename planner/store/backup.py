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

from planner.errors import Cancelled, DatabaseBusy, DatabaseDamaged, FileUnreadable, FileUnwritable
from planner.store.plain import BUSY_TIMEOUT

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
    source: Path, target: Path, progress: Progress = no_progress, cancelled: Callable[[], bool] = never
) -> None:
    """Copy a database to a new file by SQLite's online backup, write-ahead log included; atomically, owner-only.

    The copy is read through before it takes its name. Raises FileUnwritable, FileUnreadable, DatabaseDamaged when the
    source's pages do not fit together, DatabaseBusy, and Cancelled; a file that was there stays as it was.
    """
    with passing_copy(source, target, progress, cancelled) as copy:
        if faults := faults_of(copy):
            raise DatabaseDamaged(source, faults[0])
        with _writing(target):
            copy.replace(target)


@contextmanager
def passing_copy(
    source: Path, target: Path, progress: Progress = no_progress, cancelled: Callable[[], bool] = never
) -> Iterator[Path]:
    """A copy of a database under a passing name beside `target`, for the length of the block. One file, no log."""
    copy = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with closing(reading(source)) as origin, _writing(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(copy)) as destination:
                # The copy is flushed as a whole, before it takes its name.
                destination.execute("PRAGMA synchronous = OFF")
                transfer(origin, destination, source, progress, cancelled)
                destination.execute("PRAGMA journal_mode = DELETE")
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
        yield copy
    except sqlite3.DatabaseError as error:
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


def faults_of(path: Path) -> list[str]:
    """What SQLite finds wrong with the pages of a database file, as short clauses; none if it is sound."""
    try:
        with closing(reading(path)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
    except sqlite3.Error as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a file is no database, or that its pages do not fit together."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reading(path: Path) -> sqlite3.Connection:
    """A connection that can't write, also to a file on a medium that can't be written. Raises FileUnreadable."""
    # Asked without opening it: closing any descriptor of a database takes this process's locks off it (POSIX), after
    # which another process would believe to be its last user, and throw its log away while we write to it.
    try:
        path.stat()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or str(error)) from error
    if path.is_dir() or not os.access(path, os.R_OK):
        raise FileUnreadable(path, os.strerror(errno.EISDIR if path.is_dir() else errno.EACCES))
    # Even a reader of a database in WAL mode makes files beside it. Where it may not, and where there is no log to
    # read, SQLite is told that nobody will change the file.
    log, _ = beside(path)
    immutable = not os.access(path.parent, os.W_OK) and not log.exists()
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}", uri=True)


def beside(path: Path) -> tuple[Path, Path]:
    """The log and the index of it that SQLite keeps beside a database while it is open."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileUnwritable(target, reason) from error
