"""SQLAlchemy on top of `planner.store.plain`: the one connection that writes, and those that read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from planner.errors import Bug
from planner.store import plain
from planner.store.key import Key
from planner.store.opening import cipher_driver, driver_of


def writer(path: Path, key: Key | None = None, *, durable: bool = True) -> Engine:
    """The one connection that writes. Each transaction takes the write lock at its start: it can't fail half way.

    Without `durable` a commit does not wait for the disk: for data that can be made again.
    """
    return writer_on(plain.writing(path, key, durable=durable))


def writer_on(connection: sqlite3.Connection) -> Engine:
    """The same, on a connection of `plain.writing`; disposing of the engine closes it."""
    return _engine(lambda: connection, driver_of(connection), "BEGIN IMMEDIATE", poolclass=StaticPool)


def reader(path: Path, key: Key | None = None) -> Engine:
    """Connections that can only read, one a thread at work."""
    driver = sqlite3 if key is None else cipher_driver(path)
    return _engine(lambda: plain.reading(path, key), driver, "BEGIN", poolclass=QueuePool, pool_size=4, max_overflow=4)


def _engine(creator: Callable[[], sqlite3.Connection], driver: ModuleType | None, begin: str, **pool: Any) -> Engine:
    # The driver is named, so that SQLAlchemy knows its errors.
    engine = create_engine("sqlite://", creator=creator, module=driver, **pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def raw(connection: Any) -> sqlite3.Connection:
    """The driver's connection under an SQLAlchemy one."""
    driver = connection.connection.driver_connection
    if driver_of(driver) is None:
        raise Bug("the store is not on SQLite")
    return cast(sqlite3.Connection, driver)


def under(session: Session) -> sqlite3.Connection:
    """The driver's connection under a session, once what the session still holds back is written: for plain SQL."""
    session.flush()
    return raw(session.connection())
