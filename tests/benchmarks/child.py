"""Programs that are started and measured from outside: `python -m tests.benchmarks.child NAME ...`.

Each prints a word when it has come so far; the measuring program notes when the word arrives.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path


def say(word: str) -> None:
    """Tell the measuring program; without one there is nothing to do here."""
    try:
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(1)


def resident() -> int:
    """Memory in use by this process, in kilobytes."""
    return _told("VmRSS")


def peak() -> int:
    """The most memory that this process has had in use, in kilobytes.

    Not by `getrusage`, whose peak begins with that of the program which started this one.
    """
    return _told("VmHWM")


def _told(name: str) -> int:
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    except OSError:
        pass
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def bare() -> None:
    """An empty window: what Qt and Python cost before anything of ours."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        seen = False

        def paintEvent(self, event) -> None:  # type: ignore[no-untyped-def]
            super().paintEvent(event)
            if not self.seen:
                self.seen = True
                QTimer.singleShot(0, done)

    def done() -> None:
        say("frame")
        say(f"memory {resident()}")
        os._exit(0)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1280, 820)
    window.show()
    app.exec()


#: For so long after Today is filled the main thread is watched, in seconds: while the rest is imported and asked for.
AFTER = 4.0


def start(folder: str, watch: str = "") -> None:
    """The window as a person starts it, until its first frame and until Today is filled. With `watch`, for AFTER
    seconds more: the longest time in ms that its event loop took for anything else than to look at the clock."""
    import ui  # noqa: F401 - as in the program, before Qt

    # isort: split
    gc.disable()  # as in the program, before the rest

    from PySide6.QtCore import QTimer

    from ui.__main__ import main
    from ui.main_window import MainWindow

    shown: list[MainWindow] = []

    def paint(self, event) -> None:  # type: ignore[no-untyped-def]
        if not shown:
            shown.append(self)
            QTimer.singleShot(0, framed)
        painted(self, event)

    def framed() -> None:
        say("frame")
        look.start(1)

    def looked() -> None:
        page = shown[0].page
        if page is not None and type(page).__name__ == "TodayPage" and page.model.rowCount() > 0:
            look.stop()
            page.window().repaint()
            say("today")
            say(f"memory {resident()}")
            if not watch:
                os._exit(0)
            nonlocal last, until
            last = time.perf_counter()
            until = last + AFTER
            tick.start(0)

    def ticked() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if now > until:
            say(f"stall {longest * 1000}")
            os._exit(0)

    last = until = longest = 0.0
    painted = MainWindow.paintEvent
    MainWindow.paintEvent = paint  # type: ignore[method-assign]
    look = QTimer()
    look.timeout.connect(looked)
    tick = QTimer()
    tick.timeout.connect(ticked)
    main(["--data-dir", folder])


if __name__ == "__main__":
    {"bare": bare, "start": start}[sys.argv[1]](*sys.argv[2:])
