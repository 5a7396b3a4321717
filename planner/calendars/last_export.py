"""When a calendar was last told something, in SQL over the driver's connection: the sidebar asks after every change."""

from __future__ import annotations

from datetime import datetime

from planner.store.store import Store
from planner.store.values import moment_of


class LastExport:
    """Nothing that reads or writes calendars is imported for it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> datetime | None:
        """When a file last told a calendar something new, in UTC; None before the first."""
        with self._store.snapshot() as rows:
            return moment_of(rows.execute("SELECT max(given_at) FROM calendar_item").fetchone()[0])
