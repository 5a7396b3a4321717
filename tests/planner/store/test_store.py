"""One file under several hands: two windows, another process, and a disk that does not cooperate."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from planner.clock import FixedClock
from planner.errors import (
    Bug,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseReadOnly,
    DataFolderUnusable,
    DiskFull,
)
from planner.store import migrate, plain
from planner.store.history import History
from planner.store.store import Store
from planner.store.tables import ContactTable
from tests.planner.store.conftest import add_contact, dump

ROOT = Path(__file__).resolve().parents[3]


def test_files_are_for_their_owner_alone(store: Store, clock: FixedClock, path: Path) -> None:
    add_contact(store, clock, "Ingrid Vale")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes) >= {"rapport.sqlite", "rapport.sqlite-wal"}
    assert set(modes.values()) == {0o600}


def test_commits_are_flushed(store: Store) -> None:
    with store.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_changes_name_what_was_touched(store: Store, clock: FixedClock) -> None:
    with store.write("add Ingrid Vale") as work:
        work.session.add(ContactTable(uid="u", name="Ingrid Vale", created_at=clock.now(), updated_at=clock.now()))
        with pytest.raises(Bug):
            _ = work.changes
    assert (work.changes.label, work.changes.created) == ("add Ingrid Vale", {"contact": (1,)})
    assert work.changes.touches("contact", 1)
    assert not work.changes.touches("event")


def test_a_read_sees_one_state(store: Store, clock: FixedClock) -> None:
    with store.read() as session:
        assert session.scalars(select(ContactTable.id)).all() == []
        thread = threading.Thread(target=add_contact, args=(store, clock, "Ingrid Vale"))
        thread.start()
        thread.join()
        assert session.scalars(select(ContactTable.id)).all() == []
    with store.read() as session:
        assert session.scalars(select(ContactTable.id)).all() == [1]


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(DatabaseReadOnly), store.read() as session:
        session.connection().exec_driver_sql("DELETE FROM contact")


def test_two_windows_notice_each_other(path: Path, clock: FixedClock) -> None:
    with closing(Store(path, clock)) as one, closing(Store(path, clock)) as other:
        add_contact(one, clock, "Ingrid Vale")
        assert one.poll() is None
        seen = other.poll()
        assert seen is not None
        assert (seen.label, seen.touched) == ("add Ingrid Vale", {"contact": frozenset({1})})
        assert other.poll() is None
        History(other).undo()
        undone = one.poll()
        assert undone is not None
        assert undone.touches("contact", 1)


def test_another_process_is_noticed(store: Store, path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from planner.clock import FixedClock; "
        "from planner.store.store import Store; from planner.store.tables import ContactTable; "
        "clock = FixedClock(); store = Store(Path(sys.argv[1]), clock); now = clock.now()\n"
        "with store.write('add Kofi Danso') as work:\n"
        "    work.session.add(ContactTable(uid='k', name='Kofi Danso', created_at=now, updated_at=now))\n"
        "store.close()"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=ROOT, timeout=60)
    seen = store.poll()
    assert seen is not None
    assert seen.label == "add Kofi Danso"
    assert History(store).undo().label == "add Kofi Danso"


def test_threads_take_turns(store: Store, clock: FixedClock) -> None:
    threads = [threading.Thread(target=add_contact, args=(store, clock, f"Name {n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert len(session.scalars(select(ContactTable.id)).all()) == 8


def test_a_newer_database_is_refused_untouched(path: Path, clock: FixedClock) -> None:
    Store(path, clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrate.HEAD + 1}")
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer) as caught:
        Store(path, clock)
    assert f"format {migrate.HEAD + 1}" in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"This is a shopping list.\n" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_left_alone(path: Path, clock: FixedClock, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged) as caught:
        Store(path, clock)
    assert "rapport restore" in str(caught.value)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(path: Path, clock: FixedClock) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()
    with pytest.raises(DatabaseDamaged):
        Store(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_full_disk_loses_only_the_one_change(store: Store, clock: FixedClock) -> None:
    add_contact(store, clock, "Ingrid Vale")
    before = dump(store)
    with store.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull) as caught:
        add_contact(store, clock, "x" * 100_000)
    assert "Everything saved before is safe" in str(caught.value)
    assert dump(store) == before
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add_contact(store, clock, "Kofi Danso")
    History(store).undo()
    assert dump(store) == before


def test_a_locked_database_gets_a_sentence(
    store: Store, clock: FixedClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy):
            add_contact(store, clock, "Ingrid Vale")
        with store.read() as session:  # reading goes on
            assert session.scalars(select(ContactTable.id)).all() == []
        other.execute("ROLLBACK")
    add_contact(store, clock, "Ingrid Vale")


def test_a_database_that_somebody_writes_to_opens_for_reading_at_once(
    store: Store, path: Path, clock: FixedClock
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(Store(path, clock)) as second, second.snapshot() as rows:
            assert rows.execute("SELECT name FROM contact").fetchall() == [("Ingrid Vale",)]
            with second.read() as session:
                assert session.scalars(select(ContactTable.name)).all() == ["Ingrid Vale"]
        other.execute("ROLLBACK")


def test_a_locked_database_does_not_open_half(path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path, clock).close()
    monkeypatch.setattr(plain, "BUSY_TIMEOUT", 50)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy):
            Store(path, clock)
        told = []
        with pytest.raises(DatabaseBusy):
            Store(path, clock, on_busy=lambda: told.append("busy"))
        assert told == ["busy"]
        free = partial(other.execute, "ROLLBACK")
        with pytest.raises(DatabaseBusy):  # kept to itself until it is closed
            Store(path, clock, on_busy=free)
    told.clear()
    Store(path, clock, on_busy=lambda: told.append("busy")).close()
    assert told == []


def test_a_database_that_is_free_in_time_is_opened(path: Path, clock: FixedClock) -> None:
    Store(path, clock).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        Store(path, clock, on_busy=other.close).close()


def test_a_read_only_database_gets_a_sentence(path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path, clock).close()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DatabaseReadOnly):
        Store(path, clock)
    path.unlink()
    with pytest.raises(DataFolderUnusable):
        Store(path, clock)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_READONLY, DatabaseReadOnly),
        (sqlite3.SQLITE_IOERR, DataFolderUnusable),
        (sqlite3.SQLITE_CANTOPEN, DataFolderUnusable),
        (sqlite3.SQLITE_CORRUPT, DatabaseDamaged),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY, DatabaseBusy),
    ],
)
def test_what_sqlite_reports_is_translated(path: Path, code: int, error: type[Exception]) -> None:
    raised = sqlite3.OperationalError("as SQLite says it")
    raised.sqlite_errorcode = code
    with pytest.raises(error), plain.translated(path):
        raise raised


@pytest.mark.parametrize(("free", "error"), [(4_096, DiskFull), (10_000_000, DataFolderUnusable)])
def test_a_disk_without_room_is_told_from_one_that_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, error: type[Exception]
) -> None:
    asked: list[Path] = []

    def usage(folder: Path) -> SimpleNamespace:
        asked.append(folder)
        return SimpleNamespace(free=free)

    monkeypatch.setattr("shutil.disk_usage", usage)
    raised = sqlite3.OperationalError("disk I/O error")
    raised.sqlite_errorcode = sqlite3.SQLITE_IOERR | 19 << 8  # SQLITE_IOERR_SHMSIZE
    with pytest.raises(error), plain.translated(path):
        raise raised
    assert asked == [path.parent]


def test_the_program_needs_no_network() -> None:
    """Opening everything loads nothing that could reach out."""
    script = (
        "import sys, planner.app, planner.cli.__main__\n"
        "print(*sorted(set(sys.modules) & {'httpx', 'requests', 'urllib3', 'aiohttp', 'http.client', 'keyring'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""
