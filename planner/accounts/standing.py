"""How sync stands, told from the database alone: nothing of the network is imported for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from planner.store.store import Store
from planner.store.tables import AccountTable, CollectionItemTable, SyncLogTable

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
        with self._store.read() as session:
            rows = session.execute(select(AccountTable.id, AccountTable.paused, AccountTable.synced_at)).all()
            if not rows:
                return None
            active = [row for row in rows if not row.paused]
            moments = [row.synced_at for row in active]
            problem, offline = "", False
            for row in active:
                last = session.execute(
                    select(SyncLogTable.level, SyncLogTable.text)
                    .where(SyncLogTable.account_id == row.id)
                    .order_by(SyncLogTable.id.desc())
                    .limit(1)
                ).first()
                if last is not None and last.level == "problem":
                    problem = last.text
                offline = offline or (last is not None and last.level == "offline")
            waiting = session.scalar(
                select(func.count())
                .select_from(CollectionItemTable)
                .where(CollectionItemTable.conflict != "", CollectionItemTable.conflict != _LEFT_OUT)
            )
            done = min((moment for moment in moments if moment), default=None) if all(moments) else None
            return Standing(len(rows), len(active), done, problem, waiting or 0, offline)
