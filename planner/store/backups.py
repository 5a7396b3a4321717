"""The backups of one data folder: made by hand, made every day, and put back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import UserError
from planner.paths import DataFolder
from planner.store.backup import Progress, copy_database, never, no_progress
from planner.store.key import Key
from planner.store.opening import driver_errors
from planner.store.protected import salt_of
from planner.store.restore import BackupFacts, inspect, newest_mark, restore_database
from planner.store.store import Store
from planner.store.unlocking import unlocked

#: How many daily backups are kept, and of the older ones, how many weeks' first.
DAYS, WEEKS = 7, 4

#: How many copies that were made before restoring are kept.
BEFORE_RESTORE = 5

_DAILY = re.compile(r"rapport-(\d{4}-\d{2}-\d{2})\.sqlite")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in the data folder. `at` is when it was made, in UTC; `size` is in bytes."""

    path: Path
    at: datetime
    size: int


class Backups:
    """Backups of one data folder. All methods may be called from any thread, and take about a second for 100 MB."""

    def __init__(self, store: Store, folder: DataFolder, clock: Clock) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock

    def all(self) -> tuple[BackupFile, ...]:
        """The backups in the data folder, newest first."""
        found = []
        try:
            for path in self._folder.backups.glob("*.sqlite"):
                facts = path.stat()
                found.append(BackupFile(path, datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size))
        except OSError:
            return ()
        return tuple(sorted(found, key=lambda file: (file.at, file.path.name), reverse=True))

    def last(self) -> BackupFile | None:
        """The newest of the backups that were made of sound data, if there is any."""
        return next((file for file in self.all() if not file.path.name.startswith("damaged-")), None)

    def save(self, target: Path, progress: Progress = no_progress, cancelled: Callable[[], bool] = never) -> BackupFile:
        """Write a backup to a file of the person's choice, checked, in one piece, protected as the data is.

        Raises FileUnwritable, DatabaseDamaged and Cancelled; a file that was there is then as it was.
        """
        with self._store.sharing():
            copy_database(self._folder.database, target, progress, cancelled, self._store.key)
        facts = target.stat()
        return BackupFile(target, datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size)

    def daily(self) -> BackupFile | None:
        """Make today's automatic backup, if there is none yet and anything has changed; let the oldest ones go.

        Raises FileUnwritable and DatabaseDamaged; no backup is let go before a new one is there.
        """
        target = self._folder.backups / f"rapport-{self._clock.today()}.sqlite"
        if target.exists() or not self._changed_since(self.last()):
            return None
        made = self.save(target)
        for path in surplus(self._folder.backups.iterdir()):
            path.unlink(missing_ok=True)
        return made

    def inspect(self, path: Path, password: str | None = None) -> BackupFacts:
        """What a backup holds. Raises FileUnreadable and BackupUnusable.

        Raises DatabaseProtected where it has another password than the data has, and none is given; WrongPassword.
        """
        with self._store.sharing():
            return inspect(path, self._key_of(path, password))

    def restore(
        self,
        path: Path,
        progress: Progress = no_progress,
        cancelled: Callable[[], bool] = never,
        password: str | None = None,
    ) -> Changes:
        """Put a backup in the place of the present data, which is itself kept as a backup.

        The data stays protected as it is, whatever the backup was. What calendars were given is not forgotten. Raises
        what `planner.store.restore.restore_database` raises; the present data is then as it was.
        """
        with self._store.exclusive(), self._store.sharing():
            restore_database(
                self._folder.database,
                path,
                self._folder.backups,
                self._clock,
                progress,
                cancelled,
                key=self._store.key,
                source_key=self._key_of(path, password),
            )
        return Changes(label=f"restore “{path.name}”", everything=True)

    def _changed_since(self, last: BackupFile | None) -> bool:
        with self._store.sharing():
            here = newest_mark(self._folder.database, self._store.key)
        if last is None:
            return here > 0
        try:
            return here != newest_mark(last.path, self._key_of(last.path))
        except driver_errors(UserError):
            return True

    def _key_of(self, path: Path, password: str | None = None) -> Key | None:
        """What opens a backup: the key of the data where it is under the same, else its own password's."""
        own = self._store.key
        if own is not None and _same_file(path, self._folder.database):
            return own
        if own is not None and salt_of(path) == own.salt:
            return own
        return None if password is None else unlocked(path, password)


def _same_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def surplus(files: Iterable[Path]) -> list[Path]:
    """Which backups to let go: of the daily ones all but the last DAYS and one a week before them, and the oldest
    copies from before a restore. Pure; files with other names are never among them."""
    paths = list(files)
    daily = sorted(
        ((date.fromisoformat(found[1]), path) for path in paths if (found := _DAILY.fullmatch(path.name))), reverse=True
    )
    weeks: dict[tuple[int, int], Path] = {}
    for day, path in daily[DAYS:]:
        weeks[day.isocalendar()[:2]] = path  # the first of its week, as the days go down
    kept = {path for _, path in daily[:DAYS]} | {weeks[week] for week in sorted(weeks, reverse=True)[:WEEKS]}
    before = sorted((path for path in paths if path.match("before-restore-*.sqlite")), reverse=True)
    return [path for _, path in daily if path not in kept] + before[BEFORE_RESTORE:]
