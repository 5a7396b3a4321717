"""Collects garbage on the main thread alone.

Python collects cycles on whatever thread happens to allocate. A widget caught in a cycle would then be destroyed on a
worker thread, which Qt does not allow: it hangs or crashes, rarely and far from the cause. So automatic collection is
off while the window is open, and a timer of the main thread does the same work by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: How often to look whether there is enough to collect. A look without work costs about a microsecond.
LOOK_MS = 250


class MainThreadCollector(QObject):
    """Takes over from automatic collection until `stop`. What is alive at the start is never looked through again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that is over its threshold; returns which, None if none was."""
        due = [
            n for n, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit
        ]
        if not due:
            return None
        gc.collect(due[-1])
        return due[-1]

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
