"""The one place that knows which driver opens a database, and how either of them says what went wrong.

A plain database is opened by Python's own sqlite3, a protected one by sqlcipher3, which is imported only then. The two
have one interface but errors of their own classes; whoever catches them asks `driver_errors()` and `code_of()`.

The two bring a copy of SQLite each, and those know nothing of each other's locks: one process must never have one file
open with both (https://www.sqlite.org/howtocorrupt.html, section 2.2.1).
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from planner.errors import CipherMissing, WrongPassword
from planner.store.key import Key
from planner.store.protected import is_protected

_CIPHER = "sqlcipher3.dbapi2"


def connect(
    path: Path, key: Key | None = None, *, address: str = "", cipher: bool = False, **how: Any
) -> sqlite3.Connection:
    """Open a database, with the options of sqlite3.connect; a given key is proved right.

    `address` is the file as a URI, where that says more than its path. With `cipher` sqlcipher3 is taken for a plain
    file too. Raises WrongPassword and CipherMissing.
    """
    driver = cipher_driver(path) if key is not None or cipher else sqlite3
    connection = cast(sqlite3.Connection, driver.connect(address or path, uri=bool(address), **how))
    if driver is sqlite3:
        return connection
    try:
        # The library writes to the error stream what is told as an error already.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.literal}"')
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if code_of(error) == sqlite3.SQLITE_NOTADB:
            raise WrongPassword(path) from None
        raise
    return connection


def cipher_driver(path: Path) -> ModuleType:
    """sqlcipher3. Raises CipherMissing, naming the file, where there is none for this platform."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise CipherMissing(path) from error
    return cast(ModuleType, dbapi2)


def can_protect() -> bool:
    """Whether sqlcipher3 is installed; it is not imported to tell."""
    from importlib.util import find_spec

    return find_spec("sqlcipher3") is not None


def driver_of(connection: object) -> ModuleType | None:
    """The driver a connection is of; None for what is no connection."""
    if isinstance(connection, sqlite3.Connection):
        return sqlite3
    cipher = sys.modules.get(_CIPHER)
    return cipher if cipher is not None and isinstance(connection, cipher.Connection) else None


def driver_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What either driver raises, and `others`, for `except driver_errors() as error:`."""
    cipher = sys.modules.get(_CIPHER)
    return (sqlite3.Error, *others) if cipher is None else (sqlite3.Error, cipher.Error, *others)


def code_of(error: BaseException | None) -> int | None:
    """SQLite's primary result code in an error of either driver, bare or wrapped by SQLAlchemy; 0 where SQLite was not
    asked, None for any other error."""
    # SQLAlchemy wraps the driver's error, and keeps it in `orig`.
    cause = error if isinstance(error, driver_errors()) else getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF if isinstance(cause, driver_errors()) else None


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that a file is no database, or that its pages do not fit together."""
    return code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def lacks_key(error: BaseException, path: Path) -> bool:
    """Whether a file could not be read as a database because it is protected, and was opened without a key.

    To be asked once the connection is closed.
    """
    return code_of(error) == sqlite3.SQLITE_NOTADB and is_protected(path)
