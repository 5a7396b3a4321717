"""Backups of protected data: made, restored and converted under the password they need."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.errors import (
    DatabaseProtected,
    WrongPassword,
)
from planner.paths import DataFolder
from planner.store import integrity
from planner.store.backups import Backups
from planner.store.key import Key
from planner.store.protected import is_protected, salt_of
from planner.store.protection import Protection
from planner.store.restore import replace_with, restore_database
from planner.store.store import Store
from planner.store.unlocking import unlocked
from tests.planner.store.conftest import PASSWORD, add_contact, by_password, dump

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")


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
