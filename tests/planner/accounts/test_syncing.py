"""Runs over accounts: a question stops one engine alone, trouble on the way all of them, and a pause is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from planner.accounts.service import AccountService
from planner.accounts.syncing import AccountSync
from planner.calendars.sync.decide import LooksEmptied
from planner.calendars.sync.records import SyncOutcome
from planner.clock import FixedClock
from planner.dav.errors import TryLater, Unreachable
from planner.errors import UserError
from planner.secrets import MemorySecrets
from planner.store.store import Store


class Engine:
    """One that fails as told, until its question is answered."""

    def __init__(self, error: UserError | None = None) -> None:
        self.error = error
        self.runs: list[bool] = []

    def run(
        self,
        account_id: int,
        progress: Callable[[int, int], object],
        cancelled: Callable[[], bool],
        *,
        deletions_meant: bool = False,
    ) -> SyncOutcome:
        self.runs.append(deletions_meant)
        if self.error is not None and not (deletions_meant and isinstance(self.error, LooksEmptied)):
            raise self.error
        return SyncOutcome(created=1)


@pytest.fixture
def clock() -> FixedClock:
    """A clock of this test's own."""
    return FixedClock()


@pytest.fixture
def accounts(tmp_path: Path, clock: FixedClock) -> Iterator[AccountService]:
    """One account, number 1."""
    store = Store(tmp_path / "rapport.sqlite", clock)
    service = AccountService(store, clock, MemorySecrets())
    service.add("A", "https://dav.example/", "ada", "x", [])
    yield service
    store.close()


def test_a_question_of_one_leaves_the_others_their_turn_and_the_answer_is_its_own(accounts: AccountService) -> None:
    calendars, people = Engine(LooksEmptied(5, 8)), Engine()
    sync = AccountSync(accounts, calendars, people)
    run = sync.run(1)
    assert isinstance(run.error, LooksEmptied)
    assert run.outcome is not None
    assert run.outcome.created == 1
    assert sync.trouble(1) is run.error
    assert sync.run(1, deletions_meant=True).error is None
    assert (calendars.runs, people.runs) == ([False, True], [False, False])
    assert sync.trouble(1) is None


def test_trouble_on_the_way_ends_the_run(accounts: AccountService) -> None:
    calendars, people = Engine(Unreachable("dav.example", "there is no connection")), Engine()
    assert isinstance(AccountSync(accounts, calendars, people).run(1).error, Unreachable)
    assert people.runs == []


def test_a_long_pause_that_a_server_asks_for_is_kept_by_every_run(accounts: AccountService, clock: FixedClock) -> None:
    engine = Engine(TryLater("dav.example", 600))
    sync = AccountSync(accounts, engine)
    assert isinstance(sync.run(1).error, TryLater)
    engine.error = None
    clock.advance(timedelta(minutes=4))
    (run,) = sync.all()
    assert isinstance(run.error, TryLater)
    assert run.error.seconds == 360
    assert len(engine.runs) == 1  # it was not asked
    assert isinstance(AccountSync(accounts, engine).run(1).error, TryLater)  # nor by another process
    assert accounts.get(1).waits_until == clock.now() + timedelta(seconds=360)
    clock.advance(timedelta(minutes=6))
    assert sync.run(1).error is None
