"""Sync without being asked: every quarter of an hour, and soon after a change. Quiet unless somebody has to choose."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from planner.changes import Changes
from planner.errors import FileUnwritable
from ui.change_bus import ChangeBus
from ui.links import Link
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.accounts.syncing import AccountRun
    from planner.app import Planner

EVERY_MS = 15 * 60_000
#: After the last of a row of changes, and after the start.
SOON_MS = 8_000
START_MS = 20_000
_ENTITIES = ("followup", "event", "session", "contact", "setting")


class BackgroundSync(QObject):
    """`ended()` fires after every run. Nothing of the network is imported while there is no account."""

    ended = Signal()

    def __init__(
        self,
        planner: Planner,
        tasks: Tasks,
        bus: ChangeBus,
        say: Callable[..., None],
        navigate: Callable[[Link], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._planner, self._tasks, self._bus, self._say, self._navigate = planner, tasks, bus, say, navigate
        self._stop = threading.Event()
        self._running = False
        self._publishing = False
        self._told = False
        self._asked = 0
        self.every = QTimer(self)
        self.every.setInterval(EVERY_MS)
        self.every.timeout.connect(self.run)
        self.every.start()
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.timeout.connect(self.run)
        self.soon.start(START_MS)
        bus.changed.connect(self._changed)

    def close(self) -> None:
        """Begin nothing more, and let a run under way stop at the next item."""
        self._stop.set()
        self.every.stop()
        self.soon.stop()

    def run(self) -> None:
        """Sync every account that is not paused, unless a run is under way."""
        if self._running or self._stop.is_set():
            return
        self._running = True
        self._tasks.query(self._work, self._ended, self._failed)

    def _work(self) -> tuple[tuple[AccountRun, ...], FileUnwritable | None]:
        unwritten = None
        if self._planner.settings.get().calendar_folder:
            try:
                self._planner.current_file.refresh()
            except FileUnwritable as error:
                unwritten = error  # no reason for the accounts to wait
        standing = self._planner.sync_standings.get()
        if standing is None or not standing.active:
            return (), unwritten
        return self._planner.account_sync.all(cancelled=self._stop.is_set), unwritten

    def _ended(self, done: tuple[tuple[AccountRun, ...], FileUnwritable | None]) -> None:
        self._running = False
        runs, unwritten = done
        if unwritten is None:
            self._told = False
        elif not self._told:
            self._told = True
            self._tasks.user_error.emit(unwritten)
        if not runs or self._stop.is_set():
            return
        waiting = 0
        for run in runs:
            if run.outcome is not None:
                waiting += run.outcome.disagreements
                self._publish(run.outcome.changes)
            if any(kind.__name__ == "LooksEmptied" for kind in type(run.error).__mro__):
                waiting += 1
        # The accounts' page, if it is open, shows how the run ended.
        self._publish(Changes(touched={"account": frozenset(run.account.id for run in runs)}))
        # Asked once: as long as the same few wait, nothing more is said.
        if waiting > self._asked:
            words = "A change elsewhere waits" if waiting == 1 else f"{waiting} changes elsewhere wait"
            self._say(f"{words} for your choice", "Look", lambda: self._navigate(Link("settings", part="accounts")))
        self._asked = waiting
        self.ended.emit()

    def _failed(self, _error: Exception) -> None:
        self._running = False

    def _publish(self, changes: Changes) -> None:
        if not changes:
            return
        self._publishing = True
        try:
            self._bus.publish(changes)
        finally:
            self._publishing = False

    def _changed(self, changes: Changes) -> None:
        if not self._publishing and any(changes.touches(entity) for entity in _ENTITIES):
            self.soon.start(SOON_MS)
