"""The counts in the sidebar, and how calendar and backup stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.day_words import day_words, moment_words
from ui.shell.sidebar import Sidebar
from ui.tasks import Tasks

if TYPE_CHECKING:
    from datetime import datetime

    from planner.app import Planner


class Status:
    """Asks planner for the counts and the state of calendar and backup after every change."""

    def __init__(self, sidebar: Sidebar, planner: Planner, tasks: Tasks) -> None:
        self._sidebar, self._planner, self._tasks = sidebar, planner, tasks

    def refresh(self) -> None:
        """Ask anew."""
        self._tasks.query(lambda: ask(self._planner), self._show, key="status", aside=True)

    def _show(self, found: tuple[dict[str, int], list[str]]) -> None:
        counts, lines = found
        for key, count in counts.items():
            self._sidebar.set_count(key, count)
        self._sidebar.set_foot(lines)


def ask(planner: Planner) -> tuple[dict[str, int], list[str]]:
    """Counts by page key, and the foot's lines. Called off the main thread."""
    counts = {
        "contacts": planner.contact_queries.count(),
        "events": planner.event_queries.to_prepare(),
        "followups": planner.followup_queries.counts().open,
        "cards": planner.cards_waiting.count().waiting,
    }
    backup = planner.backups.last()
    lines = [
        f"Calendar: {_calendar(planner)}",
        f"Backup: {_when(planner, backup.at)}" if backup else "Backup: none yet",
    ]
    return counts, lines


def _calendar(planner: Planner) -> str:
    standing = planner.sync_standings.get()
    if standing is None:
        exported = planner.last_export.get()
        return _when(planner, exported, "exported") if exported else "not exported yet"
    if not standing.active:
        return "paused"
    if standing.waiting:
        return f"{standing.waiting} to choose"
    synced = _when(planner, standing.synced_at, "synced") if standing.synced_at else "not synced yet"
    if standing.problem:
        return "needs a look"
    return f"{synced}, offline" if standing.offline else synced


def _when(planner: Planner, moment: datetime, word: str = "") -> str:
    local, today = planner.clock.local(moment), planner.clock.today()
    told = moment_words(local, today) if local.date() == today else day_words(local.date(), today)
    # Beside a word the hour alone says it is today's, and fits.
    return f"{word} {told.removeprefix('today ')}" if word else told
