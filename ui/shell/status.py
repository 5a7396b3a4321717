"""The counts in the sidebar, and how calendar and backup stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.shell.sidebar import Sidebar
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner


class Status:
    """Asks planner for the counts and the state of calendar and backup after every change."""

    def __init__(self, sidebar: Sidebar, planner: Planner, tasks: Tasks) -> None:
        self._sidebar, self._planner, self._tasks = sidebar, planner, tasks
        self.refresh()

    def refresh(self) -> None:
        """Ask anew."""
        self._tasks.query(lambda: ask(self._planner), self._show, key="status")

    def _show(self, found: tuple[dict[str, int], list[str]]) -> None:
        counts, lines = found
        for key, count in counts.items():
            self._sidebar.set_count(key, count)
        self._sidebar.set_foot(lines)


def ask(planner: Planner) -> tuple[dict[str, int], list[str]]:
    """Counts by page key, and the foot's lines. Called off the main thread."""
    counts: dict[str, int] = {}
    for key, path in (("contacts", "contacts.count"), ("events", "events.count"), ("followups", "followups.count")):
        if (count := _service(planner, path)) is not None:
            counts[key] = count()
    return counts, []


def _service(planner: Any, path: str) -> Callable[[], int] | None:
    for name in path.split("."):
        planner = getattr(planner, name, None)
    return planner if callable(planner) else None
