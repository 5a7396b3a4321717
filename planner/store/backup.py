"""Copies of the database that are whole, whatever is being written meanwhile."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from planner.errors import FileUnwritable


def copy_database(source: Path, target: Path) -> None:
    """Copy a database to a new file by SQLite's online backup, write-ahead log included; atomically, owner-only.

    Raises FileUnwritable; a file that was there stays as it was.
    """
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(source, partial)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileUnwritable(target, reason) from error


def _copy(source: Path, target: Path) -> None:
    reading = sqlite3.connect(source)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing)
        # One file to carry away: no -wal beside it.
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        writing.close()
        reading.close()
