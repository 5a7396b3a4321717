"""Opening SQLite the way a person's only copy deserves: owner-only file, WAL, full synchronisation, foreign keys."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from planner.errors import (
    Bug,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DataFolderUnusable,
    DiskFull,
    UserError,
)

#: How long a write waits for another process's write, in milliseconds.
BUSY_TIMEOUT = 5_000


def writer(path: Path, *, durable: bool = True) -> Engine:
    """The one connection that writes. Each transaction takes the write lock at its start: it can't fail half way.

    Without `durable` a commit does not wait for the disk: for data that can be made again.
    """
    _create_private(path)
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        _common(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        connection.execute("PRAGMA cache_size = -16000")

    @event.listens_for(engine, "begin")
    def _lock(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reader(path: Path) -> Engine:
    """Connections that can only read, one a thread at work."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        _common(connection)
        connection.execute("PRAGMA query_only = ON")
        # There may be eight of them, and what one has read the system's own cache holds too.
        connection.execute("PRAGMA cache_size = -2000")

    @event.listens_for(engine, "begin")
    def _snapshot(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _common(connection: sqlite3.Connection) -> None:
    # The driver's own transaction handling would commit behind our back before some statements.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")


def _create_private(path: Path) -> None:
    # SQLite gives its -wal and -shm files the mode of the database itself.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except PermissionError as error:
        if path.exists():
            raise DatabaseReadOnly(path) from error
        raise DataFolderUnusable(path.parent, error.strerror or str(error)) from error
    except OSError as error:
        raise DataFolderUnusable(path.parent, error.strerror or str(error)) from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about disk, locks and damage into the person's errors; anything else passes."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (ours := _user_error(error.orig, path)):
            raise ours from error
        raise
    except sqlite3.Error as error:
        if ours := _user_error(error, path):
            raise ours from error
        raise


def _user_error(error: sqlite3.Error, path: Path) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(path)
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return DatabaseReadOnly(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged(path, str(error))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return DataFolderUnusable(path.parent, str(error))
        case _:
            return None


def raw(connection: Any) -> sqlite3.Connection:
    """The driver's connection under an SQLAlchemy one."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise Bug("the store is not on SQLite")
    return driver
