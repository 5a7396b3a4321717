"""Syncing every account, one after the other: trouble with one never costs the others their turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from planner.accounts.records import Account
from planner.accounts.service import AccountService
from planner.calendars.sync.records import SyncOutcome
from planner.changes import Changes
from planner.dav.errors import DavError, Forbidden, NotFoundThere, TryLater
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

    A server that asks for a pause is not asked again before it is over, however often somebody wants to sync, and from
    whichever process.
    """

    def __init__(self, accounts: AccountService, *engines: Engine) -> None:
        self._accounts = accounts
        self._engines = engines
        self._troubles: dict[int, dict[int, UserError]] = {}

    def trouble(self, account_id: int) -> UserError | None:
        """What stopped the account's latest run, and still waits for the person or the network; None if it ended well.

        It is the same whether that run was asked for or went on in the background.
        """
        return next(iter(self._troubles.get(account_id, {}).values()), None)

    def run(
        self,
        account_id: int,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        deletions_meant: bool = False,
    ) -> AccountRun:
        """Sync one account. What goes wrong is told in the result; only Cancelled is raised.

        Where one engine stops to ask, the others still run. `deletions_meant` answers the one that asked.
        """
        account = self._accounts.get(account_id)
        if (waiting := self._waiting(account)) is not None:
            return AccountRun(account, None, waiting)
        whole: SyncOutcome | None = None
        asked = [number for number, error in self._troubles.get(account_id, {}).items() if not _of_the_way(error)]
        troubles: dict[int, UserError] = {}
        for number, engine in enumerate(self._engines):
            meant = deletions_meant and (number in asked or not asked)
            try:
                outcome = engine.run(account_id, progress, cancelled, deletions_meant=meant)
            except Cancelled:
                raise
            except UserError as error:
                troubles[number] = error
                if isinstance(error, TryLater) and error.seconds is not None:
                    pause = timedelta(seconds=min(error.seconds, LONGEST))
                    self._accounts.wait(account_id, self._accounts.clock.now() + pause)
                if _of_the_way(error):
                    break
                continue
            whole = outcome if whole is None else whole.joined(outcome)
        self._troubles[account_id] = troubles
        return AccountRun(self._accounts.get(account_id), whole, next(iter(troubles.values()), None))

    def _waiting(self, account: Account) -> TryLater | None:
        if account.waits_until is None:
            return None
        left = (account.waits_until - self._accounts.clock.now()).total_seconds()
        # A clock that was set back must not keep the account from syncing for longer than was ever granted.
        return TryLater(urlsplit(account.address).hostname or account.address, left) if 0 < left <= LONGEST else None

    def all(
        self,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[AccountRun, ...]:
        """Sync every account that is not paused."""
        return tuple(
            self.run(account.id, progress, cancelled) for account in self._accounts.all() if not account.paused
        )


def _of_the_way(error: UserError) -> bool:
    """Whether it lies in the way to the server, so that nothing else of the account can be reached either."""
    return isinstance(error, DavError) and not isinstance(error, Forbidden | NotFoundThere)


def changes_of(runs: tuple[AccountRun, ...]) -> Changes:
    """What the runs changed here, as one notice."""
    changes = Changes()
    for run in runs:
        if run.outcome is not None:
            changes |= run.outcome.changes
    return changes
