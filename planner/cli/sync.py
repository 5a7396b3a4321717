"""`rapport sync`: bring calendars and address books on servers, and what is here, in step."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import CANNOT_RUN, SOME_FAILED, DataDir, Json, opened
from planner.cli.passwords import account_password

if TYPE_CHECKING:
    from planner.accounts.records import Account
    from planner.accounts.syncing import AccountRun
    from planner.app import Planner
    from planner.cli.output import Output

_FIGURES = ("created", "replaced", "deleted", "accepted", "dropped", "disagreements", "postponed")


def sync(
    account: Annotated[str, typer.Option(metavar="NAME", help="Only this account: its number or name.")] = "",
    deletions_meant: Annotated[
        bool,
        typer.Option("--deletions-meant", help="Go on although much is suddenly gone there; needs --account."),
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Sync all accounts that are not paused. Accounts are set up in the window, under Settings.

    A password that no keyring keeps is asked for on the terminal; for one account alone, it may also stand in the first
    line of the file that RAPPORT_ACCOUNT_PASSWORD_FILE names.

    Exit codes: 0 all in step; 1 some accounts failed, their server asks for a pause, or something waits for your
    choice; 2 none could be synced.

    JSON: accounts: [id, name, synced_at, waits_until (null, or when the server may be asked again), created, replaced,
    deleted, accepted, dropped, disagreements, postponed (changed there meanwhile, left for the next run), unreadable
    (texts), notices (texts), items: [kind (person), uid, name, did], error (null, or kind, what, safe, advice)].
    """
    from planner.accounts.records import NoAccount
    from planner.errors import Invalid

    with opened(data_dir, as_json) as (planner, out):
        if planner.sync_standings.get() is None:
            raise NoAccount(account)
        chosen = [one for one in planner.accounts.all() if account in ("", str(one.id), one.name)]
        if not chosen:
            raise NoAccount(account)
        if deletions_meant and not account:
            raise Invalid("Account", "--deletions-meant needs to know for which account it holds")
        runs = _run(planner, [one for one in chosen if account or not one.paused], deletions_meant=deletions_meant)
        told = []
        for run in runs:
            told.append(_told(run))
            _say(run, planner, out)
        out.give({"accounts": told})
        if runs and all(run.error and not _waits(run.error) for run in runs):
            raise typer.Exit(CANNOT_RUN)
        if any(run.error or (run.outcome and (run.outcome.disagreements or run.outcome.unreadable)) for run in runs):
            raise typer.Exit(SOME_FAILED)


def _run(planner: Planner, wanted: list[Account], *, deletions_meant: bool) -> list[AccountRun]:
    for one in wanted:
        if planner.accounts.has_password(one.id):
            continue
        if password := account_password(one.name, alone=len(wanted) == 1):
            planner.accounts.set_password(one.id, password)
    return [planner.account_sync.run(one.id, deletions_meant=deletions_meant) for one in wanted]


def _told(run: AccountRun) -> dict[str, Any]:
    outcome, error = run.outcome, run.error
    explained = error.explain() if error else None
    return {
        "id": run.account.id,
        "name": run.account.name,
        "synced_at": run.account.synced_at,
        "waits_until": run.account.waits_until if _waits(error) else None,
        **{name: getattr(outcome, name, 0) for name in _FIGURES},
        "unreadable": list(outcome.unreadable) if outcome else [],
        "notices": list(outcome.notices) if outcome else [],
        "items": [asdict(item) for item in outcome.items] if outcome else [],
        "error": explained
        and {
            "kind": type(error).__name__,
            "what": explained.what,
            "safe": explained.safe,
            "advice": explained.advice,
        },
    }


def _say(run: AccountRun, planner: Planner, out: Output) -> None:
    name, outcome, error = run.account.name, run.outcome, run.error
    if outcome:
        out.say(f"{name}: {outcome.in_words()}.")
        if outcome.disagreements:
            out.say(f"{name}: which side holds is chosen in the window, under Settings, Accounts.")
        for line in outcome.notices:
            out.say(f"{name}: {line}.")
        for line in outcome.unreadable:
            out.complain(f"{name}: {line}")
    if error:
        out.complain(f"{name}: {error.explain()}")
        if _waits(error) and run.account.waits_until is not None:
            until = planner.clock.local(run.account.waits_until)
            out.complain(f"{name}: waits until {until:%Y-%m-%d %H:%M}")


def _waits(error: Exception | None) -> bool:
    """Whether the server asked for a pause."""
    from planner.dav.errors import TryLater

    return isinstance(error, TryLater)
