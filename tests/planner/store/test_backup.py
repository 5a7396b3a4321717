"""Backups are whole, restoring loses nothing, and an open window carries on."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from planner.clock import FixedClock
from planner.errors import (
    Cancelled,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseNewer,
    DiskFull,
    FileUnreadable,
    FileUnwritable,
)
from planner.paths import DataFolder
from planner.store import backup, integrity, migrate
from planner.store.backups import DAYS, WEEKS, Backups, surplus
from planner.store.history import History
from planner.store.restore import BackupUnusable, inspect, restore_database
from planner.store.store import Store
from planner.store.tables import CalendarItemTable, ContactTable
from tests.planner.store.conftest import add_contact, dump


@pytest.fixture
def folder(path: Path) -> DataFolder:
    return DataFolder(path.parent)


@pytest.fixture
def backups(store: Store, folder: DataFolder, clock: FixedClock) -> Backups:
    return Backups(store, folder, clock)


def names(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(ContactTable.name).order_by(ContactTable.id)))


def strays(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if ".part" in file.name]


def damage(path: Path) -> None:
    """Overwrite some pages in the middle."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 2000] = b"\xa5" * 2000
    path.write_bytes(data)


def test_a_backup_is_one_private_file_with_everything(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path
) -> None:
    add_contact(store, clock, "Ingrid Vale")  # still in the write-ahead log
    target = tmp_path / "usb" / "my backup.sqlite"
    made = backups.save(target)
    assert (made.path, made.size) == (target, target.stat().st_size)
    assert [file.name for file in target.parent.iterdir()] == ["my backup.sqlite"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(Store(target, clock)) as copy:
        assert dump(copy) == dump(store)
        assert History(copy).undo().label == "add Ingrid Vale"  # the history comes along


def test_a_backup_while_someone_writes(store: Store, clock: FixedClock, backups: Backups, tmp_path: Path) -> None:
    add_contact(store, clock, "Ingrid Vale")
    with store.write("under way") as work:
        work.session.add(ContactTable(uid="k", name="Kofi", created_at=clock.now(), updated_at=clock.now()))
        work.session.flush()
        backups.save(tmp_path / "b.sqlite")
    with closing(Store(tmp_path / "b.sqlite", clock)) as copy:
        assert names(copy) == ["Ingrid Vale"]


def test_cancelling_a_backup_leaves_the_old_one(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path
) -> None:
    target = tmp_path / "b.sqlite"
    target.write_bytes(b"the old one")
    with pytest.raises(Cancelled):
        backups.save(target, cancelled=lambda: True)
    assert target.read_bytes() == b"the old one"
    assert strays(tmp_path) == []


def test_progress_reaches_the_end(store: Store, backups: Backups, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    backups.save(tmp_path / "b.sqlite", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] > 0


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, which is what a full disk looks like to a program."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_backup_to_a_full_disk_gets_a_sentence(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    target = tmp_path / "b.sqlite"
    target.write_bytes(b"the old one")
    with small_disk(20_000), pytest.raises(FileUnwritable) as caught:
        backups.save(target)
    assert "so is any file that had this name" in str(caught.value)
    assert target.read_bytes() == b"the old one"
    assert strays(tmp_path) == []


def test_a_backup_where_nothing_may_be_written(store: Store, backups: Backups, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileUnwritable):
        backups.save(tmp_path / "file" / "b.sqlite")


def test_damaged_data_replaces_no_backup(
    store: Store, clock: FixedClock, backups: Backups, path: Path, tmp_path: Path
) -> None:
    for number in range(40):
        add_contact(store, clock, f"Name {number}", "a@b.example")
    store.close()
    damage(path)
    target = tmp_path / "b.sqlite"
    target.write_bytes(b"the good one")
    with pytest.raises(DatabaseDamaged):
        backups.save(target)
    assert target.read_bytes() == b"the good one"


def test_daily_only_when_something_changed(store: Store, clock: FixedClock, backups: Backups) -> None:
    assert backups.daily() is None  # nothing there yet
    assert backups.last() is None
    add_contact(store, clock, "Ingrid Vale")
    made = backups.daily()
    assert made is not None
    assert made.path.name == "rapport-2027-07-10.sqlite"
    assert backups.daily() is None  # once a day
    clock.advance(timedelta(days=1))
    assert backups.daily() is None  # nothing changed
    add_contact(store, clock, "Kofi Danso")
    made = backups.daily()
    assert made is not None
    assert made.path.name == "rapport-2027-07-11.sqlite"
    assert backups.last() == made


def test_old_daily_backups_go(store: Store, clock: FixedClock, backups: Backups, folder: DataFolder) -> None:
    folder.backups.mkdir()
    for age in range(1, 60):
        (folder.backups / f"rapport-{clock.today() - timedelta(days=age)}.sqlite").touch()
    (folder.backups / "my own copy.sqlite").touch()
    add_contact(store, clock, "Ingrid Vale")
    backups.daily()
    kept = sorted(file.name for file in folder.backups.iterdir())
    assert "my own copy.sqlite" in kept
    assert len(kept) == 1 + DAYS + WEEKS
    assert "rapport-2027-07-10.sqlite" in kept


@given(days=st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=60))
def test_what_goes(days: set[date]) -> None:
    files = [Path(f"/b/rapport-{day}.sqlite") for day in days]
    others = [Path("/b/before-format-2-20270101T000000Z.sqlite"), Path("/b/rapport-2027-1-1.sqlite"), Path("/b/x")]
    gone = surplus([*files, *others])
    kept = sorted(set(files) - set(gone), reverse=True)
    assert set(gone) <= set(files)
    assert kept[:DAYS] == sorted(files, reverse=True)[:DAYS]  # the newest stay
    assert len(kept) <= DAYS + WEEKS
    assert len(kept) >= min(len(files), DAYS)


def test_restore_under_an_open_window(
    store: Store, clock: FixedClock, backups: Backups, path: Path, tmp_path: Path
) -> None:
    add_contact(store, clock, "Ingrid Vale", "ingrid@vale.example")
    backups.save(tmp_path / "b.sqlite")
    add_contact(store, clock, "Kofi Danso")
    with closing(Store(path, clock)) as window, window.read() as session:
        assert session.scalar(select(func.count(ContactTable.id))) == 2
        changes = backups.restore(tmp_path / "b.sqlite")
        assert changes.everything
        assert changes.label == "restore “b.sqlite”"
        assert session.scalar(select(func.count(ContactTable.id))) == 2  # a read under way keeps its state
        session.rollback()
        seen = window.poll()
        assert seen is not None
        assert seen.everything
        assert names(window) == ["Ingrid Vale"]
        # And it can go on writing, with undo.
        add_contact(window, clock, "Mara Lindqvist")
        assert History(store).undo().label == "add Mara Lindqvist"
        assert History(window).undo().label == "add Ingrid Vale"
    assert integrity.check(store).findings == ()
    # What was there before is kept, and can be put back in turn.
    kept = [file.path for file in backups.all() if file.path.name.startswith("before-restore-")]
    assert len(kept) == 1
    backups.restore(kept[0])
    assert names(store) == ["Ingrid Vale", "Kofi Danso"]
    assert strays(tmp_path) == []


def test_restoring_does_not_forget_what_calendars_have(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path
) -> None:
    def given_to_calendar(uid: str, sequence: int) -> None:
        with store.record() as session:
            item = session.scalar(select(CalendarItemTable).where(CalendarItemTable.uid == uid))
            if item is None:
                item = CalendarItemTable(
                    target="file", uid=uid, component="VEVENT", fingerprint="f", given_at=clock.now()
                )
                session.add(item)
            item.sequence = sequence

    given_to_calendar("a", 0)
    backups.save(tmp_path / "b.sqlite")
    given_to_calendar("a", 3)
    given_to_calendar("b", 1)
    backups.restore(tmp_path / "b.sqlite")
    with store.read() as session:
        rows = session.execute(select(CalendarItemTable.uid, CalendarItemTable.sequence)).all()
        assert dict(map(tuple, rows)) == {"a": 3, "b": 1}


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda p: p.write_text("a shopping list"), "file is not a database"),
        (lambda p: p.write_bytes(b""), "not a backup of Rapport"),
        (lambda p: sqlite3.connect(p).execute("CREATE TABLE x (y)").connection.close(), "not a backup of Rapport"),
    ],
)
def test_what_is_no_backup_is_refused(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path, make: object, reason: str
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    before = dump(store)
    bad = tmp_path / "bad.sqlite"
    make(bad)  # type: ignore[operator]
    content = bad.read_bytes()
    with pytest.raises(BackupUnusable) as caught:
        backups.restore(bad)
    assert reason in str(caught.value)
    assert "Your present data was not touched." in str(caught.value)
    assert dump(store) == before
    assert bad.read_bytes() == content
    assert backups.all() == ()


def test_a_missing_backup_gets_a_sentence(backups: Backups, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        backups.restore(tmp_path / "nowhere.sqlite")


def test_a_newer_backup_is_refused(store: Store, clock: FixedClock, backups: Backups, tmp_path: Path) -> None:
    add_contact(store, clock, "Ingrid Vale")
    backups.save(tmp_path / "b.sqlite")
    with closing(sqlite3.connect(tmp_path / "b.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {migrate.HEAD + 1}")
    with pytest.raises(BackupUnusable) as caught:
        backups.restore(tmp_path / "b.sqlite")
    assert "newer Rapport" in str(caught.value)
    assert names(store) == ["Ingrid Vale"]


def test_a_damaged_backup_is_refused(store: Store, clock: FixedClock, backups: Backups, tmp_path: Path) -> None:
    for number in range(40):
        add_contact(store, clock, f"Name {number}", "a@b.example")
    backups.save(tmp_path / "b.sqlite")
    damage(tmp_path / "b.sqlite")
    before = dump(store)
    with pytest.raises((BackupUnusable, DatabaseDamaged)):
        backups.restore(tmp_path / "b.sqlite")
    assert dump(store) == before


def test_restoring_onto_a_full_disk_changes_nothing(
    store: Store, clock: FixedClock, backups: Backups, tmp_path: Path
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    with store.write("a long note") as work:
        work.session.get_one(ContactTable, 1).notes = "x" * 400_000
    backups.save(tmp_path / "b.sqlite")
    with store.write("shorter") as work:
        work.session.get_one(ContactTable, 1).notes = ""
    before = dump(store)
    with small_disk(100_000), pytest.raises((DiskFull, FileUnwritable)):
        backups.restore(tmp_path / "b.sqlite")
    assert dump(store) == before
    assert integrity.check(store).findings == ()


def test_restoring_what_another_program_is_writing(
    store: Store,
    clock: FixedClock,
    backups: Backups,
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    backups.save(tmp_path / "b.sqlite")
    add_contact(store, clock, "Kofi Danso")
    monkeypatch.setattr(backup, "BUSY_TIMEOUT", 150)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy):
            backups.restore(tmp_path / "b.sqlite")
        other.execute("ROLLBACK")
    assert names(store) == ["Ingrid Vale", "Kofi Danso"]
    backups.restore(tmp_path / "b.sqlite")
    assert names(store) == ["Ingrid Vale"]


def test_restoring_over_a_damaged_database_moves_it_away(
    store: Store, clock: FixedClock, backups: Backups, folder: DataFolder, path: Path, tmp_path: Path
) -> None:
    for number in range(40):
        add_contact(store, clock, f"Name {number}", "a@b.example")
    backups.save(tmp_path / "b.sqlite")
    store.close()
    damage(path)
    broken = path.read_bytes()
    kept = restore_database(path, tmp_path / "b.sqlite", folder.backups, clock)
    assert kept is not None
    assert kept.name.startswith("damaged-")
    assert kept.read_bytes() == broken
    with closing(Store(path, clock)) as fresh:
        assert len(names(fresh)) == 40
        assert Backups(fresh, folder, clock).last() is None  # the damaged one counts as no backup


def test_restoring_where_there_is_nothing(store: Store, clock: FixedClock, backups: Backups, tmp_path: Path) -> None:
    add_contact(store, clock, "Ingrid Vale")
    backups.save(tmp_path / "b.sqlite")
    empty = tmp_path / "new" / "rapport.sqlite"
    assert restore_database(empty, tmp_path / "b.sqlite", empty.parent / "backups", clock) is None
    with closing(Store(empty, clock)) as fresh:
        assert names(fresh) == ["Ingrid Vale"]


def test_newer_data_is_not_overwritten(
    store: Store, clock: FixedClock, backups: Backups, folder: DataFolder, path: Path, tmp_path: Path
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    backups.save(tmp_path / "b.sqlite")
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrate.HEAD + 1}")
    with pytest.raises(DatabaseNewer):
        restore_database(path, tmp_path / "b.sqlite", folder.backups, clock)


def test_inspect_says_what_is_inside(store: Store, clock: FixedClock, backups: Backups, tmp_path: Path) -> None:
    add_contact(store, clock, "Ingrid Vale")
    backups.save(tmp_path / "b.sqlite")
    facts = inspect(tmp_path / "b.sqlite")
    assert (facts.contacts, facts.events, facts.followups) == (1, 0, 0)
