"""A store on a real file, and ways to look at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from planner.clock import FixedClock
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from planner.store.backups import Backups
from planner.store.protection import Protection
from planner.store.store import Store
from planner.store.tables import ContactTable, EmailTable

# What an undo must bring back: every table but the store's own books.
OWN_BOOKS = ("command", "command_row", "change_mark", "alembic_version", "sqlite_sequence", "calendar_item", "blob")


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that undo answers for, and the search index and summaries that follow from them."""
    with store.read() as session:
        execute = session.connection().exec_driver_sql
        names = [
            row[0]
            for row in execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'contact_search_%'"
            )
        ]
        tables = {
            name: sorted(map(tuple, execute(f'SELECT * FROM "{name}"')), key=repr)
            for name in sorted(names)
            if name not in OWN_BOOKS
        }
        tables["contact_search"] = sorted(
            map(tuple, execute("SELECT rowid, name, work, rest FROM contact_search")), key=repr
        )
    return tables


def add_contact(store: Store, clock: FixedClock, name: str, email: str = "") -> int:
    """Add a contact as one command, and return its id."""
    now = clock.now()
    with store.write(f"add {name}") as work:
        row = ContactTable(uid=f"uid-{name}", name=name, sort_key=name, created_at=now, updated_at=now)
        work.session.add(row)
        work.session.flush()
        if email:
            work.session.add(EmailTable(contact_id=row.id, address=email, address_key=email))
    return int(work.changes.new("contact"))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "rapport.sqlite"


@pytest.fixture
def store(path: Path, clock: FixedClock) -> Iterator[Store]:
    store = Store(path, clock)
    yield store
    store.close()


# --- data under a password

PASSWORD = 'it\'s "ünsäglich" \\; DROP'


@pytest.fixture
def folder(path: Path) -> DataFolder:
    return DataFolder(path.parent)


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def protection(store: Store, folder: DataFolder, secrets: MemorySecrets) -> Protection:
    return Protection(store, folder, secrets)


@pytest.fixture
def backups(store: Store, folder: DataFolder, clock: FixedClock) -> Backups:
    return Backups(store, folder, clock)


@pytest.fixture
def protected(store: Store, clock: FixedClock, protection: Protection) -> Store:
    add_contact(store, clock, "Ingrid Vale", "ingrid@example.org")
    protection.protect(PASSWORD)
    return store


def by_password(path: Path, password: str) -> list[str]:
    """Read with sqlcipher3 alone, as any other program would."""
    cipher = pytest.importorskip("sqlcipher3.dbapi2", reason="there is no sqlcipher3 for this platform")
    with closing(cipher.connect(path)) as connection:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA key = '" + password.replace("'", "''") + "'")
        return [row[0] for row in connection.execute("SELECT name FROM contact ORDER BY id")]
