"""How sync stands, told from the database alone: nothing of the network is imported for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.store.store import Store
from planner.store.values import moment_of

#: Stands in a row's conflict for what was taken off a calendar and is to stay off: nothing to ask about.
_LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Standing:
    """All accounts at a glance. `synced_at` (UTC) is the oldest of the latest complete runs, None before the first.

    `problem` is the last run's problem in words, "" if it ended well or was only `offline`. `waiting` counts
    disagreements.
    """

    accounts: int
    active: int
    synced_at: datetime | None
    problem: str
    waiting: int
    offline: bool = False


class SyncStandings:
    """Answers in well under a millisecond, so that it can be asked after every change."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Standing | None:
        """How it stands; None without any account."""
        with self._store.snapshot() as rows:
            accounts = rows.execute("SELECT id, synced_at FROM account WHERE paused = 0").fetchall()
            count = int(rows.execute("SELECT count(*) FROM account").fetchone()[0])
            if not count:
                return None
            problem, offline = "", False
            for id, _ in accounts:
                last = rows.execute(
                    "SELECT level, text FROM sync_log WHERE account_id = ? ORDER BY id DESC LIMIT 1", (id,)
                ).fetchone()
                if last is not None and last[0] == "problem":
                    problem = last[1]
                offline = offline or (last is not None and last[0] == "offline")
            waiting = rows.execute(
                "SELECT count(*) FROM collection_item WHERE conflict NOT IN ('', ?)", (_LEFT_OUT,)
            ).fetchone()[0]
        moments = [moment_of(synced_at) for _, synced_at in accounts]
        done = min((moment for moment in moments if moment), default=None) if all(moments) else None
        return Standing(count, len(accounts), done, problem, waiting, offline)
