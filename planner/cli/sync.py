"""`rapport sync`: bring calendars and address books on servers, and what is here, in step."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from planner.cli.output import CANNOT_RUN, SOME_FAILED, DataDir, Json, opened


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

    Exit codes: 0 all in step; 1 some accounts failed, their server asks for a pause, or something waits for your
    choice; 2 none could be synced.

    JSON: accounts: [id, name, synced_at, waits_until (null, or when the server may be asked again), created, replaced,
    deleted, accepted, dropped, disagreements, postponed (changed there meanwhile, left for the next run), unreadable
    (texts), notices (texts), items: [kind (person), uid, name, did], error (null, or kind, what, safe, advice)].
    """
    from planner.accounts.records import NoAccount
    from planner.dav.errors import TryLater
    from planner.errors import Invalid

    with opened(data_dir, as_json) as (planner, out):
        if planner.sync_standings.get() is None:
            raise NoAccount(account)
        chosen = [one for one in planner.accounts.all() if account in ("", str(one.id), one.name)]
        if not chosen:
            raise NoAccount(account)
        if deletions_meant and not account:
            raise Invalid("Account", "--deletions-meant needs to know for which account it holds")
        runs = [
            planner.account_sync.run(one.id, deletions_meant=deletions_meant)
            for one in chosen
            if account or not one.paused
        ]
        told = []
        for run in runs:
            outcome, error = run.outcome, run.error
            explained = error.explain() if error else None
            told.append(
                {
                    "id": run.account.id,
                    "name": run.account.name,
                    "synced_at": run.account.synced_at,
                    "waits_until": run.account.waits_until if isinstance(error, TryLater) else None,
                    **{
                        name: getattr(outcome, name, 0)
                        for name in (
                            "created",
                            "replaced",
                            "deleted",
                            "accepted",
                            "dropped",
                            "disagreements",
                            "postponed",
                        )
                    },
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
            )
            if error:
                out.complain(f"{run.account.name}: {error.explain()}")
                if isinstance(error, TryLater) and run.account.waits_until is not None:
                    until = planner.clock.local(run.account.waits_until)
                    out.complain(f"{run.account.name}: waits until {until:%Y-%m-%d %H:%M}")
            elif outcome:
                out.say(f"{run.account.name}: {outcome.in_words()}.")
                for line in outcome.notices:
                    out.say(f"{run.account.name}: {line}.")
                for line in outcome.unreadable:
                    out.complain(f"{run.account.name}: {line}")
        out.give({"accounts": told})
        if runs and all(run.error and not isinstance(run.error, TryLater) for run in runs):
            raise typer.Exit(CANNOT_RUN)
        if any(run.error or (run.outcome and (run.outcome.disagreements or run.outcome.unreadable)) for run in runs):
            raise typer.Exit(SOME_FAILED)
