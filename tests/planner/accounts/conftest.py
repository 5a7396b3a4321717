"""Radicale, and the accounts of an empty data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.accounts.service import AccountService
from planner.clock import FixedClock
from planner.secrets import MemorySecrets
from planner.store.store import Store
from tests import servers


@pytest.fixture(scope="module")
def server(readers_bin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """Radicale."""
    with servers.radicale(readers_bin, tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new database."""
    made = Store(tmp_path / "rapport.sqlite", FixedClock())
    yield made
    made.close()


@pytest.fixture
def secrets() -> MemorySecrets:
    """Passwords in memory."""
    return MemorySecrets()


@pytest.fixture
def accounts(store: Store, secrets: MemorySecrets) -> AccountService:
    """The accounts of that database."""
    return AccountService(store, FixedClock(), secrets)
