"""Collects garbage on the main thread alone.

Python collects cycles on whatever thread happens to allocate. A widget caught in a cycle would then be destroyed on a
worker thread, which Qt does not allow: it hangs or crashes, rarely and far from the cause. So automatic collection is
off while the window is open, and a timer of the main thread does the same work by the same thresholds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: How often to look whether there is enough to collect. A look without work costs about a microsecond.
LOOK_MS = 250
#: For so many looks at the most it is put off while long work goes on: a minute.
PUT_OFF = 240


class MainThreadCollector(QObject):
    """Takes over from automatic collection until `stop`. What is alive at the start is never looked through again.

    While `is_at_work` it is put off, for PUT_OFF looks at the most: long work fills the memory with what is still
    needed, and to look through that for nothing makes keys stick.
    """

    def __init__(self, parent: QObject, is_at_work: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._is_at_work = is_at_work
        self._put_off = 0
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that is over its threshold; returns which, or None if none was collected."""
        if self._is_at_work() and self._put_off < PUT_OFF:
            self._put_off += 1
            return None
        self._put_off = 0
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
