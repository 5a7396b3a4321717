"""The password of a data folder: setting it, changing it, taking it off, and what happens to the backups beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Bug, Invalid, UserError
from planner.paths import DataFolder
from planner.secrets import KeyringUnusable, Secrets
from planner.store.backup import Progress, faults_of, never, no_progress, passing_copy
from planner.store.converting import convert
from planner.store.key import Key
from planner.store.opening import can_protect, driver_errors
from planner.store.protected import salt_of
from planner.store.store import Store
from planner.store.unlocking import account_of

#: No copy takes so many seconds: whoever began it is not there any more.
_FORGOTTEN = 3_600


@dataclass(frozen=True, slots=True)
class Standing:
    """How the data is protected. `possible` tells whether it can be on this computer."""

    protected: bool
    possible: bool
    remembered: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done. `backups` beside the data went along; `left` stayed as they were, as they could not be read.

    `not_remembered` says why the keyring did not take the password, where that was asked.
    """

    protected: bool
    backups: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    not_remembered: KeyringUnusable | None = None


class Protection:
    """The password of one open data folder. All methods may be called from any thread; those that change it write all
    data anew, which takes some seconds for 100 MB.

    The password in force is not asked for: whoever has the data open can read and export all of it.
    """

    def __init__(self, store: Store, folder: DataFolder, secrets: Secrets) -> None:
        self._store = store
        self._folder = folder
        self._secrets = secrets

    def standing(self) -> Standing:
        """How the data is protected just now."""
        protected = self._store.key is not None
        return Standing(protected, can_protect(), protected and self._secrets.get(self._account) is not None)

    def protect(
        self,
        password: str,
        *,
        remember: bool = False,
        progress: Progress = no_progress,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Protect the data with a password, or with another one. With `remember` the system's keyring keeps it.

        Raises Invalid for an empty password, and what `planner.store.converting.convert` raises; all is then as it was.
        """
        old, new = self._store.key, Key.new(password)
        self._convert(old, new, progress, cancelled)
        refused = self._remember(password if remember else None)
        done, left = self._convert_backups(old, new, cancelled)
        return Outcome(True, done, left, refused)

    def remove(self, progress: Progress = no_progress, cancelled: Callable[[], bool] = never) -> Outcome:
        """Take the password off. Raises Invalid where there is none, and what `convert` raises."""
        if (old := self._store.key) is None:
            raise Invalid("Password", "your data has none")
        self._convert(old, None, progress, cancelled)
        self._remember(None)
        done, left = self._convert_backups(old, None, cancelled)
        return Outcome(False, done, left)

    @property
    def _account(self) -> str:
        return account_of(self._folder.database)

    def _convert(self, old: Key | None, new: Key | None, progress: Progress, cancelled: Callable[[], bool]) -> None:
        def rewritten() -> Key | None:
            convert(self._folder.database, old, new, progress, cancelled)
            return new

        self._store.rewrite(rewritten)
        if self._store.key != new:
            raise Bug("the store does not have the key it was given")

    def _remember(self, password: str | None) -> KeyringUnusable | None:
        try:
            if password is None:
                self._secrets.forget(self._account)
            else:
                self._secrets.put(self._account, password)
        except KeyringUnusable as error:
            return error
        return None

    def _convert_backups(
        self, old: Key | None, new: Key | None, cancelled: Callable[[], bool]
    ) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """Bring the backups in the folder under the key of the data, as far as they can be read."""
        done, left = [], []
        self._clear_up()
        for path in sorted(self._folder.backups.glob("*.sqlite")):
            salt = salt_of(path)
            if salt is None and new is None:
                continue
            known = salt is None or (old is not None and salt == old.salt)
            if known and _converted(path, old if salt else None, new, cancelled):
                done.append(path)
            else:
                left.append(path)
        return tuple(done), tuple(left)

    def _clear_up(self) -> None:
        """Remove copies that were being made when the program was ended: nobody sees them, and they may be plain."""
        for stray in (*self._folder.root.glob(".*.part"), *self._folder.backups.glob(".*.part")):
            with suppress(OSError):
                if time.time() - stray.stat().st_mtime > _FORGOTTEN:
                    stray.unlink()


def _converted(path: Path, old: Key | None, new: Key | None, cancelled: Callable[[], bool]) -> bool:
    """Whether a backup could be written anew; it stays as old as it is, and else as it was."""
    try:
        with passing_copy(path, path, cancelled=cancelled, key=old, copy_key=new) as copy:
            if faults_of(copy, new):
                return False
            facts = path.stat()
            os.utime(copy, ns=(facts.st_atime_ns, facts.st_mtime_ns))
            copy.replace(path)
    except driver_errors(UserError, OSError):
        return False
    return True
