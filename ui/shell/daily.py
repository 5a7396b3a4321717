"""What happens without being asked: what a day brings falls due, a backup is made, and the search is kept quick."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from planner.changes import Changes
from ui.change_bus import ChangeBus
from ui.shell.status import Status
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

#: How often to look whether another day has begun: a computer that slept through midnight soon notices.
LOOK_MS = 60_000


class Daily(QObject):
    """Does the day's work at the start, and again when another day begins while the window is open."""

    def __init__(self, planner: Planner, tasks: Tasks, bus: ChangeBus, status: Status, parent: QObject) -> None:
        super().__init__(parent)
        self._planner, self._tasks, self._bus, self._status = planner, tasks, bus, status
        self._day: date | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)
        self.timer.timeout.connect(self._keep_quick)
        self.timer.start()

    def look(self) -> None:
        """Do the day's work if it was not done for this day."""
        today = self._planner.clock.today()
        if today == self._day:
            return
        first, self._day = self._day is None, today
        self._tasks.query(self._back_up, self._backed_up, key="daily backup", aside=True)
        # After whatever else is asked for at a start: two threads at work would make the first keys wait.
        self._tasks.query(lambda: None, lambda _: self._tasks.command(self._fall_due), aside=True)
        if not first:
            self._bus.publish(Changes(everything=True))  # "today" is another day on every page

    def _keep_quick(self) -> None:
        self._tasks.query(self._merge_index, lambda _: None, key="merge index", aside=True)

    def _merge_index(self) -> bool:
        return self._planner.upkeep.merge_index()

    # Whatever is first asked for is imported too, which is no work for the main thread either.
    def _fall_due(self) -> Changes:
        return self._planner.keeping_up.refresh()

    def _back_up(self) -> object:
        return self._planner.backups.daily()

    def _backed_up(self, made: object) -> None:
        if made is not None:
            self._status.refresh()
