"""Data under a password: nothing is lost on the way, nothing is readable afterwards, and all goes on as before."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import FixedClock
from planner.errors import (
    Cancelled,
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseProtected,
    Invalid,
    UserError,
    WrongPassword,
)
from planner.paths import DataFolder
from planner.secrets import KeyringUnusable, MemorySecrets
from planner.store import engine, integrity, migrate
from planner.store.backup import faults_of
from planner.store.backups import Backups
from planner.store.history import History
from planner.store.key import Key
from planner.store.opening import code_of, connect, driver_errors
from planner.store.protected import is_protected, salt_of
from planner.store.protection import Protection
from planner.store.restore import newest_mark, replace_with, restore_database
from planner.store.store import Store
from planner.store.unlocking import account_of, remembered, unlocked
from tests.planner.store.conftest import add_contact, dump

cipher = pytest.importorskip("sqlcipher3.dbapi2", reason="there is no sqlcipher3 for this platform")

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


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if file.is_file())


def by_password(path: Path, password: str) -> list[str]:
    """Read with sqlcipher3 alone, as any other program would."""
    with closing(cipher.connect(path)) as connection:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA key = '" + password.replace("'", "''") + "'")
        return [row[0] for row in connection.execute("SELECT name FROM contact ORDER BY id")]


class TestProtecting:
    def test_everything_is_there_as_before_and_nothing_can_be_read(
        self, store: Store, clock: FixedClock, protection: Protection, path: Path
    ) -> None:
        add_contact(store, clock, "Ingrid Vale", "ingrid@example.org")
        add_contact(store, clock, "Ola Nordmann")
        before = dump(store)
        mark = newest_mark(path)
        outcome = protection.protect(PASSWORD)
        assert outcome.protected
        assert dump(store) == before
        assert integrity.check(store) == integrity.Report(())
        assert newest_mark(path, store.key) == mark
        for name in beside(path):
            content = (path.parent / name).read_bytes()
            assert b"Ingrid" not in content
            assert b"ingrid" not in content
            assert b"SQLite format 3" not in content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        add_contact(store, clock, "Third")
        assert b"Third" not in path.with_name(path.name + "-wal").read_bytes()
        store.close()
        assert beside(path) == [path.name]
        assert by_password(path, PASSWORD) == ["Ingrid Vale", "Ola Nordmann", "Third"]

    def test_undo_reaches_back_over_it(self, protected: Store, clock: FixedClock) -> None:
        history = History(protected)
        assert history.undo().label == "add Ingrid Vale"
        assert dump(protected)["contact"] == []
        history.redo()
        assert [row[0] for row in dump(protected)["contact_search"]] == [1]

    def test_another_password_and_none(
        self, protected: Store, protection: Protection, path: Path, clock: FixedClock
    ) -> None:
        before = dump(protected)
        first = salt_of(path)
        protection.protect("another")
        assert salt_of(path) != first
        assert dump(protected) == before
        with pytest.raises(WrongPassword):
            unlocked(path, PASSWORD)
        assert not protection.remove().protected
        assert dump(protected) == before
        assert integrity.check(protected).sound
        protected.close()
        assert beside(path) == [path.name]
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT name FROM contact").fetchall() == [("Ingrid Vale",)]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_an_empty_password_is_refused(self, store: Store, protection: Protection, path: Path) -> None:
        with pytest.raises(Invalid):
            protection.protect("")
        with pytest.raises(Invalid):
            protection.remove()
        assert not is_protected(path)

    def test_the_same_letters_typed_another_way(self, protected: Store, protection: Protection, path: Path) -> None:
        protection.protect("Ånge\u0301lique")
        protected.close()
        assert unlocked(path, "A\u030ang\u00e9lique") == protected.key

    def test_reading_waits_and_goes_on(self, store: Store, protection: Protection, clock: FixedClock) -> None:
        add_contact(store, clock, "Ingrid Vale")
        stop, seen, trouble = threading.Event(), [], []

        def read() -> None:
            while not stop.is_set():
                try:
                    with store.snapshot() as rows:
                        seen.append(rows.execute("SELECT count(*) FROM contact").fetchone()[0])
                except (UserError, *driver_errors()) as error:
                    trouble.append(error)

        reader = threading.Thread(target=read)
        reader.start()
        protection.protect(PASSWORD)
        count = len(seen)
        while len(seen) < count + 5 and not trouble:
            pass
        stop.set()
        reader.join()
        assert not trouble
        assert set(seen) == {1}

    def test_a_reader_that_does_not_end_keeps_the_file(
        self, store: Store, protection: Protection, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("planner.store.plain.BUSY_TIMEOUT", 50)
        inside, leave = threading.Event(), threading.Event()

        def read() -> None:
            with store.snapshot():
                inside.set()
                leave.wait()

        reader = threading.Thread(target=read)
        reader.start()
        inside.wait()
        with pytest.raises(DatabaseInUse):
            protection.protect(PASSWORD)
        leave.set()
        reader.join()
        assert store.key is None
        assert dump(store)["contact"] == []

    @pytest.mark.parametrize("steps", [100, 10_000_000], ids=["at once", "at the end"])
    def test_cancelled(
        self,
        steps: int,
        store: Store,
        clock: FixedClock,
        protection: Protection,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("planner.store.recoding._STEPS", steps)
        add_contact(store, clock, "Ingrid Vale")
        before = dump(store)
        with pytest.raises(Cancelled):
            protection.protect(PASSWORD, cancelled=lambda: True)
        assert dump(store) == before
        assert store.key is None
        store.close()
        assert beside(path) == [path.name]

    def test_progress_ends_full(self, store: Store, clock: FixedClock, protection: Protection) -> None:
        steps: list[tuple[int, int]] = []
        protection.protect(PASSWORD, progress=lambda done, total: steps.append((done, total)))
        assert steps[-1][0] == steps[-1][1]
        assert all(done <= total for done, total in steps)


class TestKey:
    def test_shows_nothing_of_itself(self) -> None:
        key = Key.of("secret", bytes(16))
        assert repr(key) == "Key()"

    @settings(max_examples=3)
    @given(password=st.text(min_size=1, max_size=12).filter(lambda text: "\0" not in text))
    def test_opens_with_any_password(self, password: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        path = tmp_path_factory.mktemp("key") / "a.sqlite"
        key = Key.new(password)
        with closing(connect(path, key)) as connection, connection:
            connection.execute("CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT)")
        assert unlocked(path, password) == key
        with pytest.raises(WrongPassword):
            unlocked(path, password + "x")

    @pytest.mark.parametrize(
        "content",
        [b"", b"no database at all" * 1000, bytes(8192), b"SQLite format 3\0" + os.urandom(8176), os.urandom(5000)],
        ids=["empty", "text", "zeros", "plain", "no whole pages"],
    )
    def test_what_is_not_protected(self, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(content)
        assert not is_protected(tmp_path / "a")
        assert not is_protected(tmp_path / "not there")

    def test_errors_of_both_drivers_are_alike(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"no database" * 1000)
        for as_cipher in (False, True):
            with (
                closing(connect(tmp_path / "a", cipher=as_cipher)) as connection,
                pytest.raises(driver_errors()) as told,
            ):
                connection.execute("SELECT * FROM sqlite_master")
            assert code_of(told.value) == sqlite3.SQLITE_NOTADB
        assert code_of(ValueError()) is None


class TestOpening:
    def test_without_and_with_a_wrong_password(self, protected: Store, path: Path, clock: FixedClock) -> None:
        protected.close()
        content = path.read_bytes()
        with pytest.raises(DatabaseProtected):
            Store(path, clock)
        with pytest.raises(WrongPassword):
            unlocked(path, "wrong")
        with pytest.raises(WrongPassword):
            unlocked(path, "")
        with pytest.raises(WrongPassword):
            Store(path, clock, key=Key.of("wrong", salt_of(path) or b""))
        assert path.read_bytes() == content

    def test_again(self, protected: Store, path: Path, clock: FixedClock) -> None:
        before = dump(protected)
        protected.close()
        with closing(Store(path, clock, key=unlocked(path, PASSWORD))) as again:
            assert dump(again) == before
            add_contact(again, clock, "Ola Nordmann")
            assert integrity.check(again).sound

    def test_another_process_is_noticed(self, protected: Store, path: Path, clock: FixedClock) -> None:
        with closing(Store(path, clock, key=protected.key)) as other:
            add_contact(other, clock, "Ola Nordmann")
        changes = protected.poll()
        assert changes is not None
        assert protected.poll() is None

    def test_damage_is_told_as_damage(self, protected: Store, path: Path, clock: FixedClock) -> None:
        protected.close()
        content = bytearray(path.read_bytes())
        for page in range(2, len(content) // 4096):
            content[page * 4096 + 100] ^= 1
        path.write_bytes(content)
        assert faults_of(path, protected.key)
        with pytest.raises(DatabaseDamaged), closing(Store(path, clock, key=protected.key)) as damaged:
            dump(damaged)

    def test_an_older_format_is_brought_to_this_one(
        self, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = Key.new(PASSWORD)
        writer = engine.writer(path, key)
        migrate.upgrade(writer, migrate.HEAD)
        writer.dispose()
        with closing(connect(path, key)) as connection:
            connection.execute("PRAGMA user_version = 1")
        steps: list[int] = []
        monkeypatch.setattr(migrate, "HEAD", migrate.HEAD + 1)
        monkeypatch.setattr(migrate, "upgrade", lambda engine, version: steps.append(version))
        writer = engine.writer(path, key)
        migrate.to_head(writer, path, clock, key=key)
        writer.dispose()
        assert steps == [migrate.HEAD]
        made = next((path.parent / "backups").iterdir())
        assert made.name.startswith("before-format-")
        assert unlocked(made, PASSWORD) == key

    def test_a_new_folder_with_a_key(self, path: Path, clock: FixedClock) -> None:
        with closing(Store(path, clock, key=Key.new(PASSWORD))) as store:
            add_contact(store, clock, "Ingrid Vale")
        assert by_password(path, PASSWORD) == ["Ingrid Vale"]


class TestKeyring:
    def test_kept_changed_and_forgotten(
        self, store: Store, protection: Protection, secrets: MemorySecrets, path: Path
    ) -> None:
        assert protection.standing().remembered is False
        protection.protect(PASSWORD, remember=True)
        assert remembered(path, secrets) == store.key
        assert protection.standing().remembered
        protection.protect("another", remember=True)
        assert remembered(path, secrets) == store.key
        protection.protect("a third")
        assert remembered(path, secrets) is None
        protection.protect(PASSWORD, remember=True)
        protection.remove()
        assert secrets.get(account_of(path)) is None

    def test_a_keyring_that_refuses_costs_nothing(self, store: Store, folder: DataFolder, path: Path) -> None:
        class Refusing(MemorySecrets):
            def put(self, account: str, password: str) -> None:
                raise KeyringUnusable("it is locked")

        outcome = Protection(store, folder, Refusing()).protect(PASSWORD, remember=True)
        assert outcome.not_remembered == KeyringUnusable("it is locked")
        assert unlocked_when_closed(store, path) == store.key

    def test_a_password_of_before_is_no_key(self, protected: Store, path: Path, secrets: MemorySecrets) -> None:
        protected.close()
        secrets.put(account_of(path), "of before")
        assert remembered(path, secrets) is None


def unlocked_when_closed(store: Store, path: Path) -> Key | None:
    store.close()
    return unlocked(path, PASSWORD)


class TestBackups:
    def test_those_in_the_folder_go_along(
        self, store: Store, clock: FixedClock, protection: Protection, backups: Backups, folder: DataFolder
    ) -> None:
        add_contact(store, clock, "Ingrid Vale")
        made = backups.daily()
        assert made is not None
        old = made.path.stat().st_mtime - 86_400
        os.utime(made.path, (old, old))
        broken = folder.backups / "damaged-20270101T000000Z.sqlite"
        broken.write_bytes(b"no database" * 1000)
        outcome = protection.protect(PASSWORD)
        assert (outcome.backups, outcome.left) == ((made.path,), (broken,))
        assert by_password(made.path, PASSWORD) == ["Ingrid Vale"]
        assert made.path.stat().st_mtime == pytest.approx(old)
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert backups.daily() is None  # nothing has changed since
        outcome = protection.protect("another")
        assert outcome.backups == (made.path,)
        assert by_password(made.path, "another") == ["Ingrid Vale"]
        assert protection.remove().backups == (made.path,)
        assert not is_protected(made.path)
        assert sorted(file.name for file in folder.backups.iterdir()) == [broken.name, made.path.name]

    def test_what_an_ended_program_left_is_removed(
        self, store: Store, protection: Protection, folder: DataFolder
    ) -> None:
        folder.backups.mkdir()
        old, new = folder.backups / ".b.sqlite.01234567.part", folder.backups / ".b.sqlite.89abcdef.part"
        for stray in (old, new):
            stray.write_bytes(b"Ingrid")
        os.utime(old, (0, 0))
        protection.protect(PASSWORD)
        assert (old.exists(), new.exists()) == (False, True)

    def test_over_damaged_data_its_password_stays(
        self, protected: Store, backups: Backups, tmp_path: Path, path: Path, clock: FixedClock
    ) -> None:
        file, key = backups.save(tmp_path / "b.sqlite").path, protected.key
        protected.close()
        path.write_bytes(bytes(8192))
        restore_database(path, file, path.parent / "backups", clock, source_key=key)
        assert unlocked(path, PASSWORD) == key

    def test_a_new_one_is_protected_alike(
        self, protected: Store, backups: Backups, tmp_path: Path, clock: FixedClock
    ) -> None:
        made = backups.save(tmp_path / "b.sqlite")
        assert by_password(made.path, PASSWORD) == ["Ingrid Vale"]
        assert backups.inspect(made.path).contacts == 1
        add_contact(protected, clock, "Ola Nordmann")
        daily = backups.daily()
        assert daily is not None
        assert is_protected(daily.path)

    @pytest.mark.parametrize("before", [None, "old password"])
    def test_restored_under_the_password_of_now(
        self,
        before: str | None,
        store: Store,
        clock: FixedClock,
        protection: Protection,
        backups: Backups,
        tmp_path: Path,
        path: Path,
        folder: DataFolder,
    ) -> None:
        add_contact(store, clock, "Ingrid Vale")
        then = dump(store)
        if before:
            protection.protect(before)
        file = backups.save(tmp_path / "b.sqlite").path
        protection.protect(PASSWORD)
        add_contact(store, clock, "Ola Nordmann")
        if before:
            with pytest.raises(DatabaseProtected):
                backups.inspect(file)
            with pytest.raises(WrongPassword):
                backups.inspect(file, "wrong")
            with pytest.raises(WrongPassword):
                backups.restore(file, password="wrong")
        assert backups.inspect(file, before).contacts == 1
        backups.restore(file, password=before)
        assert dump(store) == then
        assert integrity.check(store).sound
        kept = next(each.path for each in backups.all() if each.path.name.startswith("before-restore"))
        assert by_password(kept, PASSWORD) == ["Ingrid Vale", "Ola Nordmann"]
        store.close()
        assert by_password(path, PASSWORD) == ["Ingrid Vale"]
        assert b"Ingrid" not in path.read_bytes()

    def test_a_protected_one_into_plain_data(
        self, protected: Store, backups: Backups, tmp_path: Path, clock: FixedClock
    ) -> None:
        file = backups.save(tmp_path / "b.sqlite").path
        folder = DataFolder(tmp_path / "other").prepare()
        with closing(Store(folder.database, clock)) as other:
            theirs = Backups(other, folder, clock)
            with pytest.raises(DatabaseProtected):
                theirs.restore(file)
            theirs.restore(file, password=PASSWORD)
            assert dump(other) == dump(protected)
            assert other.key is None
        assert not is_protected(folder.database)

    def test_a_wrong_key_is_no_damage(self, protected: Store, backups: Backups, tmp_path: Path, path: Path) -> None:
        file = backups.save(tmp_path / "b.sqlite").path
        key = protected.key
        protected.close()
        content = path.read_bytes()
        wrong = Key.of("wrong", salt_of(path) or b"")
        for key_given in (None, wrong):
            with pytest.raises((DatabaseProtected, WrongPassword)):
                restore_database(path, file, path.parent / "backups", FixedClock(), key=key_given, source_key=key)
        assert path.read_bytes() == content
        assert not list((path.parent / "backups").glob("*"))

    def test_the_sample_comes_into_protected_data(self, protected: Store, clock: FixedClock, tmp_path: Path) -> None:
        with closing(Store(tmp_path / "sample.sqlite", clock)) as sample:
            add_contact(sample, clock, "Somebody Invented")
        replace_with(protected, tmp_path / "sample.sqlite")
        assert [row[1] for row in dump(protected)["contact_search"]] == ["somebody invented"]
