"""Another program that uses the same database, and ends, takes nothing away from this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.paths import DataFolder
from planner.store import backup
from planner.store.backups import Backups
from planner.store.store import Store
from tests.planner.store.conftest import add_contact

COUNT = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute('SELECT count(*) FROM contact').fetchone()[0]); c.close()"  # noqa: E501


def counted(path: Path) -> int:
    """What another process finds; it opens the database, and closes it again."""
    done = subprocess.run([sys.executable, "-c", COUNT, str(path)], check=True, capture_output=True, text=True)
    return int(done.stdout)


def backed_up(store: Store, path: Path, clock: FixedClock) -> None:
    assert Backups(store, DataFolder(path.parent), clock).daily() is not None


def looked_at(_store: Store, path: Path, _clock: FixedClock) -> None:
    assert backup.faults_of(path) == []


def opened_twice(_store: Store, path: Path, clock: FixedClock) -> None:
    Store(path, clock).close()


@pytest.mark.parametrize("work", [backed_up, looked_at, opened_twice])
def test_after_a_backup_or_a_check_locks_still_hold(
    store: Store, path: Path, clock: FixedClock, work: Callable[[Store, Path, FixedClock], None]
) -> None:
    add_contact(store, clock, "Ingrid Vale")
    work(store, path, clock)
    assert counted(path) == 1
    # Had the other process believed itself alone, it would have taken the log with it, and this would go nowhere.
    assert path.with_name(f"{path.name}-wal").exists()
    add_contact(store, clock, "Tom Ek")
    assert counted(path) == 2
