"""Looks for what other programs, such as the command line, change in the data that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from planner.changes import Changes
from ui.change_bus import ChangeBus
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

#: How often to look.
LOOK_MS = 1_000


class Outside(QObject):
    """Publishes what it finds, from `start` to `stop`."""

    def __init__(self, planner: Planner, tasks: Tasks, bus: ChangeBus, parent: QObject) -> None:
        super().__init__(parent)
        self._planner, self._tasks, self._bus = planner, tasks, bus
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        self._tasks.query(self._planner.poll_external, self._found, key="outside")

    def _found(self, changes: Changes | None) -> None:
        if changes:
            self._bus.publish(changes)
