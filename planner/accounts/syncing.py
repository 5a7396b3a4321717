"""Syncing every account, one after the other: trouble with one never costs the others their turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from planner.accounts.records import Account
from planner.accounts.service import AccountService
from planner.calendars.sync.records import SyncOutcome
from planner.changes import Changes
from planner.dav.errors import TryLater
from planner.errors import Cancelled, UserError

Progress = Callable[[int, int], object]

#: The longest pause between runs that a server is granted, in seconds: one that asks for a year is asked tomorrow.
LONGEST = 24 * 3600.0


class Engine(Protocol):
    """What brings one kind of an account's collections and what is here in step."""

    def run(
        self, account_id: int, progress: Progress, cancelled: Callable[[], bool], *, deletions_meant: bool = False
    ) -> SyncOutcome:
        """One run. Raises UserError."""


@dataclass(frozen=True, slots=True)
class AccountRun:
    """How one account's run ended: an outcome, or the error that stopped it."""

    account: Account
    outcome: SyncOutcome | None
    error: UserError | None = None


class AccountSync:
    """Runs the engines over accounts (network).

    A server that asks for a pause is not asked again before it is over, however often somebody wants to sync.
    """

    def __init__(self, accounts: AccountService, *engines: Engine) -> None:
        self._accounts = accounts
        self._engines = engines
        self._pauses: dict[int, tuple[datetime, str]] = {}

    def run(
        self,
        account_id: int,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        deletions_meant: bool = False,
    ) -> AccountRun:
        """Sync one account. What goes wrong is told in the result; only Cancelled is raised."""
        account = self._accounts.get(account_id)
        if (pause := self._pause(account_id)) is not None:
            return AccountRun(account, None, pause)
        whole: SyncOutcome | None = None
        for engine in self._engines:
            try:
                outcome = engine.run(account_id, progress, cancelled, deletions_meant=deletions_meant)
            except Cancelled:
                raise
            except UserError as error:
                if isinstance(error, TryLater) and error.seconds is not None:
                    until = self._accounts.clock.now() + timedelta(seconds=min(error.seconds, LONGEST))
                    self._pauses[account_id] = until, error.host
                return AccountRun(account, whole, error)
            whole = outcome if whole is None else whole.joined(outcome)
        return AccountRun(self._accounts.get(account_id), whole)

    def _pause(self, account_id: int) -> TryLater | None:
        until, host = self._pauses.get(account_id, (None, ""))
        left = (until - self._accounts.clock.now()).total_seconds() if until else 0.0
        return TryLater(host, left) if left > 0 else None

    def all(
        self,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[AccountRun, ...]:
        """Sync every account that is not paused."""
        return tuple(
            self.run(account.id, progress, cancelled) for account in self._accounts.all() if not account.paused
        )


def changes_of(runs: tuple[AccountRun, ...]) -> Changes:
    """What the runs changed here, as one notice."""
    changes = Changes()
    for run in runs:
        if run.outcome is not None:
            changes |= run.outcome.changes
    return changes
