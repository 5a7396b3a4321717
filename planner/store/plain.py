"""SQLite opened the way a person's only copy deserves: owner-only file, WAL, full synchronisation, foreign keys.

This is the driver alone. What the window shows first is read here, in SQL, so that it needn't wait until SQLAlchemy is
imported and every table mapped; `planner.store.engine` puts SQLAlchemy on top of the same connections.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseProtected,
    DatabaseReadOnly,
    DataFolderUnusable,
    DiskFull,
    UserError,
)
from planner.store.key import Key
from planner.store.opening import code_of, connect, lacks_key

#: How long a write waits for another process's write, in milliseconds.
BUSY_TIMEOUT = 5_000

#: How long opening waits for it until it says so.
UNTOLD_MS = 200

#: Kilobytes that the writing connection keeps of the file: as a rule, and while very many rows are written.
SMALL_CACHE, LARGE_CACHE = 2_000, 32_000


def writing(
    path: Path, key: Key | None = None, *, durable: bool = True, on_busy: Callable[[], object] | None = None
) -> sqlite3.Connection:
    """A connection that may write; the file is made if there is none. `key` opens a protected one.

    Without `durable` a commit does not wait for the disk: for data that can be made again. `on_busy` is called once
    should another process keep the file to itself, before it is waited for. Raises DatabaseProtected, WrongPassword
    and CipherMissing.
    """
    _create_private(path)
    while True:
        # Whoever protects a file puts another in its place; this one may have waited for that with the old one open.
        file = _identity(path)
        try:
            connection = _writing(path, key, durable, BUSY_TIMEOUT if on_busy is None else UNTOLD_MS)
        except Exception as error:
            if on_busy is not None and code_of(error) == sqlite3.SQLITE_BUSY:
                on_busy()
                on_busy = None
                continue
            if _identity(path) != file:
                continue
            if key is None and lacks_key(error, path):
                raise DatabaseProtected(path) from error
            raise
        # From here on nobody can replace it: as long as it is open, it is in use.
        if _identity(path) == file:
            return connection
        connection.close()


def _writing(path: Path, key: Key | None, durable: bool, patience: int) -> sqlite3.Connection:
    connection = _connected(path, key, patience)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        set_cache(connection, SMALL_CACHE)
    except BaseException:
        connection.close()
        raise
    return connection


def _identity(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_dev, facts.st_ino


def set_cache(connection: sqlite3.Connection, kilobytes: int) -> None:
    """How much a connection keeps of what it has read and written. The system's own cache holds the file too."""
    connection.execute(f"PRAGMA cache_size = -{kilobytes}")


def reading(path: Path, key: Key | None = None) -> sqlite3.Connection:
    """A connection that can only read."""
    connection = _connected(path, key, BUSY_TIMEOUT)
    try:
        connection.execute("PRAGMA query_only = ON")
        # There may be several of them, and what one has read the system's own cache holds too. With half as much, the
        # lines that a key press finds among 100,000 contacts take twice as long to read now and then.
        connection.execute("PRAGMA cache_size = -4000")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path, key: Key | None, patience: int) -> sqlite3.Connection:
    # `isolation_level` None: the driver's own transaction handling would commit behind our back before some statements.
    connection = connect(path, key, timeout=patience / 1000, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def prove_writable(connection: sqlite3.Connection) -> None:
    """Raise what SQLite says of a file it can't write. A file that another process writes just now can be written."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except Exception as error:
        if code_of(error) != sqlite3.SQLITE_BUSY:
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")


def _create_private(path: Path) -> None:
    # A database that is there is not opened as a plain file: closing it again would take this process's locks off it.
    if path.exists():
        if not os.access(path, os.W_OK):
            raise DatabaseReadOnly(path)
        return
    # SQLite gives its -wal and -shm files the mode of the database itself.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DataFolderUnusable(path.parent, error.strerror or str(error)) from error


class Readers:
    """Connections for reading, kept for the next who asks. May be used from any thread."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._free: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one consistent state for the length of the block."""
        with self._lock:
            connection = self._free.pop() if self._free else None
        if connection is None:
            connection = reading(self._path, self._key)
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if not self._closed:
                self._free.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close what is free now, and the rest as it comes back. Whoever asks later is given a new connection."""
        with self._lock:
            free, self._free = self._free, []
            self._closed = True
        for connection in free:
            connection.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about disk, locks and damage into the person's errors; anything else passes."""
    try:
        yield
    except Exception as error:
        if ours := _user_error(error, path):
            raise ours from error
        raise


def _user_error(error: Exception, path: Path) -> UserError | None:
    match code_of(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(path)
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return DatabaseReadOnly(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged(path, str(getattr(error, "orig", error)))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            if _is_full(path.parent):
                return DiskFull(path)
            return DataFolderUnusable(path.parent, str(getattr(error, "orig", error)))
        case _:
            return None


#: What SQLite needs beside a database to open it at all: the index of its write-ahead log.
_LEAST_ROOM = 32_768


def _is_full(folder: Path) -> bool:
    """Whether a disk has no room left, of which SQLite says no more than "disk I/O error" while it opens a file."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False
