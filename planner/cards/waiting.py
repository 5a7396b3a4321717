"""How many cards wait, in SQL over the driver's connection: the sidebar asks after every change, and at the start."""

from __future__ import annotations

from datetime import datetime

from planner.cards.records import CardState, InboxCount
from planner.clock import Clock
from planner.store.store import Store
from planner.store.values import from_utc_text, utc_text


class CardsWaiting:
    """Counts the inbox; nothing that reads cards is imported for it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def count(self) -> InboxCount:
        """How many wait, and how many that came with them are done. Without any waiting, those of today."""
        waiting = CardState.WAITING.value
        with self._store.snapshot() as rows:
            there = "SELECT count(*), min(created_at) FROM card WHERE state = ?"
            count, since = rows.execute(there, (waiting,)).fetchone()
            day = from_utc_text(since) if count else self._clock.now()
            start = self._clock.at(self._clock.local(day).date(), datetime.min.time())
            others = "SELECT count(*) FROM card WHERE state != ? AND created_at >= ?"
            done = rows.execute(others, (waiting, utc_text(start))).fetchone()[0]
        return InboxCount(count, done)
