"""A planner on a real file, and people to have relationships with."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder
from planner.store.tables import ContactTable


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), clock) as opened:
        yield opened


@pytest.fixture
def person(planner: Planner) -> Callable[[str], int]:
    def add(name: str) -> int:
        now = planner.clock.now()
        with planner.store.write(f"add {name}") as work:
            row = ContactTable(uid=str(uuid.uuid4()), name=name, sort_key=name, created_at=now, updated_at=now)
            work.session.add(row)
            work.session.flush()
            return row.id

    return add
