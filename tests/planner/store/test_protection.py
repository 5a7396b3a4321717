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
from planner.store.history import History
from planner.store.key import Key
from planner.store.opening import code_of, connect, driver_errors
from planner.store.protected import is_protected, salt_of
from planner.store.protection import Protection
from planner.store.restore import newest_mark
from planner.store.store import Store
from planner.store.unlocking import account_of, remembered, unlocked
from tests.planner.store.conftest import PASSWORD, add_contact, by_password, dump

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if file.is_file())


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
