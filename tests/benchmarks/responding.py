"""How long the window lets a person wait while much is imported, compared, or read from pictures beside it.

The program itself runs, with its window open on Cards. A clock on its main thread notes when it comes late. What comes
late while nothing goes on is the machine's: it is told beside the rest. Of the longest wait it is also told how much of
it the main thread worked itself; the remainder it waited, for the interpreter or for a processor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import importing
from tests.benchmarks.people import ROOT, folder_with
from tests.benchmarks.results import Result

CARDS, PEOPLE, PICTURES = 10_000, 100_000, 6
#: The longest a person may wait for an answer, in ms.
LIMIT = 50.0
#: The clock's tick, in ms, and how long it is watched while nothing goes on, in seconds.
TICK, IDLE = 5, 4.0


class Clock:
    """Notes on the main thread how late its ticks come."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self.longest = self.own = 0.0
        self._last = self._worked = 0.0

    def start(self) -> None:
        """Begin anew."""
        self.longest = self.own = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """The longest wait in ms, and what the main thread worked in it."""
        self._timer.stop()
        self._tick()
        return {"longest": self.longest, "own": self.own}

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        late = (now - self._last) * 1000 - TICK
        if late > self.longest:
            self.longest, self.own = late, (worked - self._worked) * 1000
        self._last, self._worked = now, worked


def child(data: str, *steps: str) -> None:
    """Open the window, go through the steps ("idle", "scan", "take FILE…"), and print what each made it wait."""
    import ui  # noqa: F401 - as in the program, before Qt

    # isort: split
    from PySide6.QtCore import QTimer

    from ui.__main__ import main
    from ui.main_window import MainWindow
    from ui.pages import Link

    shown: list[MainWindow] = []
    found: dict[str, Any] = {}
    left = list(steps)

    def paint(self, event) -> None:  # type: ignore[no-untyped-def]
        if not shown:
            shown.append(self)
            QTimer.singleShot(2_000, begin)
        painted(self, event)

    def begin() -> None:
        nonlocal clock
        clock = Clock()
        shown[0].navigate(Link("cards"))
        QTimer.singleShot(1_500, following)

    def following() -> None:
        assert clock is not None
        if not left:
            print(json.dumps(found), flush=True)
            os._exit(0)
        step = left.pop(0)
        name, _, argument = step.partition(" ")
        began = time.perf_counter()

        def ended(_answer: object = None) -> None:
            assert clock is not None
            # What comes of it is shown, too, before the clock stops.
            QTimer.singleShot(500, noted)

        def noted() -> None:
            assert clock is not None
            found[name] = {**clock.stop(), "seconds": time.perf_counter() - began}
            QTimer.singleShot(0, following)

        clock.start()
        _begin(shown[0], name, argument, ended)

    clock: Clock | None = None
    painted = MainWindow.paintEvent
    MainWindow.paintEvent = paint  # type: ignore[method-assign]
    main(["--data-dir", data])


def _begin(window: Any, name: str, argument: str, ended: Callable[..., None]) -> None:
    from PySide6.QtCore import QTimer

    planner, tasks = window.ctx.planner, window.tasks
    if name == "idle":
        QTimer.singleShot(int(IDLE * 1000), ended)
    elif name == "scan":
        tasks.job("Looking for duplicates", planner.duplicates.find, ended)
    elif name == "import":
        _imported(window, Path(argument), ended)
    else:
        tasks.job("Reading", lambda _, stop: planner.card_reader.read(Path(argument), "", stop), ended)


def _imported(window: Any, path: Path, ended: Callable[..., None]) -> None:
    """As a person does who drops a file on Cards: the table of what is in it, then all of it in."""
    from PySide6.QtCore import QTimer

    from ui.cards.import_table import ImportTable

    def look() -> None:
        tables = window.findChildren(ImportTable)
        if not window.tasks.is_busy and tables and tables[0].isVisible():
            tables[0].run()
        elif not window.tasks.is_busy and window.ctx.planner.contact_queries.count() >= CARDS:
            timer.stop()
            ended()

    window.page.intake.take([path])
    timer = QTimer(window, interval=100)
    timer.timeout.connect(look)
    timer.start()


def measured(data: Path, *steps: str) -> dict[str, Any]:
    """What a window on this data made a person wait, step by step."""
    code = f"from tests.benchmarks import responding; responding.child({str(data)!r}, *{steps!r})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _pictures(folder: Path) -> Path:
    from tests.fixtures.cards import drawing

    folder.mkdir()
    for seed in range(1, PICTURES + 1):
        (folder / f"{seed}.jpg").write_bytes(drawing.photographed(seed).jpeg())
    return folder


def run(rounds: int) -> list[Result]:
    """The shortest of the longest waits of some runs, as the machine has its own."""
    waits: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards, pictures = importing.write(folder / "cards.vcf", CARDS), _pictures(folder / "pictures")
        for turn in range(max(1, min(rounds, 3))):
            found = measured(folder / f"data-{turn}", "idle", f"import {cards}", f"pictures {pictures}")
            found["scan"] = measured(folder_with(PEOPLE).root, "scan")["scan"]
            for step, one in found.items():
                waits.setdefault(step, []).append(one)
    words = {
        "idle": "while nothing goes on",
        "import": f"looking through {CARDS:,} vCards and importing them",
        "scan": f"comparing {PEOPLE:,} contacts",
        "pictures": f"reading {PICTURES} pictures",
    }
    results = []
    for step, said in words.items():
        least = min(waits[step], key=lambda one: one["longest"])
        results.append(Result(f"the window waits at most, {said}", "ms", least["longest"], LIMIT))
        results.append(Result("of it the main thread works itself", "ms", least["own"], LIMIT))
    return results
