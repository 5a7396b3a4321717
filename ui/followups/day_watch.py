"""Notices that a new day has begun, and has rhythms and birthdays looked after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer

from ui.context import UiContext

#: How often to look at the date; a computer that slept over midnight notices within this time.
LOOK_MS = 30_000


class DayWatch(QObject):
    """Plans check-ins and celebrations at once and on each new day; calls `new_day` when the date has changed."""

    def __init__(self, ctx: UiContext, new_day: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._new_day = new_day
        self._day: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin watching, and look after today."""
        if self._day is None:
            self._timer.start()
            self._look_after(self._ctx.clock.today())

    def look(self) -> None:
        """Whether another day has begun."""
        today = self._ctx.clock.today()
        if today != self._day:
            self._look_after(today)
            self._new_day()

    def _look_after(self, today: date) -> None:
        self._day = today
        self._ctx.tasks.command(self._ctx.planner.followups.refresh)
