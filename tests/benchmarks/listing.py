"""The People page with very many people: opening, typing, scrolling, memory. Runs in a child process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.people import ROOT, folder_with
from tests.benchmarks.results import Result, percentile
from tests.benchmarks.starting import times

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from ui.main_window import MainWindow

FEW, MANY = 1_000, 100_000
#: How often the words are typed, by turns with a search and without, so that a busy moment falls on both.
TURNS = 3
#: So many windows over few people and over many, by turns: the machine is not as fast in one minute as in the next.
WINDOWS = 3
TYPED = ("anna", "zielin", "lukasz", "platform", "norrvolt", "ma", "ki", "energy", "hansson", "ingrid vale", "7700")


class Watch:
    """Waits for the list to show another result."""

    def __init__(self, window: MainWindow) -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QApplication

        self.window = window
        self.app = QApplication.instance()
        self.painted = self.reset = 0.0
        watch = self

        class Filter(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and watch.reset:
                    watch.painted = time.perf_counter()
                return False

        self.filter = Filter()

    def attach(self, pane: Any) -> None:
        """Look at this list from now on."""
        pane.list.viewport().installEventFilter(self.filter)
        pane.nobody.installEventFilter(self.filter)  # what stands there when nobody is found
        pane.model.modelReset.connect(self._was_reset)
        pane.model.dataChanged.connect(self._was_reset)
        if pane.model.rowCount():
            self._was_reset()

    def _was_reset(self, *_: object) -> None:
        self.reset = self.reset or time.perf_counter()

    def until_shown(self, act: Callable[[], object], timeout: float = 20.0) -> float:
        """Milliseconds from an act until the list has been painted with another result."""
        from PySide6.QtCore import QEventLoop

        self.painted = self.reset = 0.0
        began = time.perf_counter()
        act()
        while not self.painted:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            if time.perf_counter() - began > timeout:
                raise TimeoutError("the list did not change")
        return (self.painted - began) * 1000


def typing(watch: Watch, pane: Any) -> list[float]:
    """Type the words letter by letter; milliseconds from each key to the repainted list."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    found = []
    for word in TYPED:
        for letter in word:
            found.append(watch.until_shown(lambda letter=letter: QTest.keyClicks(pane.search, letter)))
            watch.window.tasks.flush()
        for _ in word:
            QTest.keyClick(pane.search, Qt.Key.Key_Backspace)
            watch.window.tasks.flush()
        settle(watch)
    return found


def settle(watch: Watch) -> None:
    """Let everything that was asked for arrive and be painted."""
    for _ in range(5):
        watch.window.tasks.flush()
        watch.app.processEvents()


class NoSearch:
    """The questions of the list, answered at once with what a search found before: the same window, without a search.

    So the same people are painted with a search and without. Whom nobody has looked for yet is looked for.
    """

    def __init__(self, queries: Any) -> None:
        self._queries = queries
        self._known: dict[str, Sequence[int]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queries, name)

    def find(self, *what: object, **how: object) -> Sequence[int]:
        """The first of them."""
        return self._answer(self._queries.find, what, how)

    def ids(self, *what: object, **how: object) -> Sequence[int]:
        """All of them."""
        return self._answer(self._queries.ids, what, how)

    def _answer(
        self, ask: Callable[..., Sequence[int]], what: tuple[object, ...], how: dict[str, object]
    ) -> Sequence[int]:
        key = f"{ask.__name__} {what} {how}"
        if key not in self._known:
            self._known[key] = ask(*what, **how)
        return self._known[key]


def child(folder: str) -> None:
    """Open the window on a folder, measure, and print the numbers as JSON."""
    from pathlib import Path

    import ui  # noqa: F401 - as in the program, before Qt

    # isort: split
    from PySide6.QtWidgets import QApplication

    from planner.app import Planner
    from planner.paths import DataFolder
    from tests.benchmarks.child import resident
    from ui.links import Link
    from ui.main_window import MainWindow
    from ui.session import use_a_real_locale
    from ui.theme import Theme

    app = QApplication([])
    use_a_real_locale()
    window = MainWindow(Theme(app, "light"))
    window.resize(1280, 820)
    with Planner(DataFolder(Path(folder))) as planner:
        window.attach(planner)
        window.show()
        watch = Watch(window)
        settle(watch)

        def open_page() -> None:
            window.navigate(Link("contacts"))
            watch.attach(window.page.pane)  # type: ignore[union-attr]

        opened = watch.until_shown(open_page)
        pane: Any = window.page.pane  # type: ignore[union-attr]
        everyone = planner.contact_queries.count()
        while pane.model.rowCount() < everyone:
            settle(watch)
        number = pane.model.rowCount()
        scrolled = scrolling(watch, pane)
        pane.list.verticalScrollBar().setValue(0)
        queries = pane._queries
        without = pane._queries = NoSearch(queries)
        typing(watch, pane)  # once to warm up, and to have the answers
        memory = resident()  # of a window in which people were looked through and searched for
        searched, repainted = [], []
        for _ in range(TURNS):
            pane._queries = queries
            searched += typing(watch, pane)
            pane._queries = without
            repainted += typing(watch, pane)
        pane._queries = queries
        print(
            json.dumps(
                {
                    "rows": number,
                    "opened": opened,
                    "memory": memory,
                    "scrolled": scrolled,
                    "searched": searched,
                    "repainted": repainted,
                }
            )
        )
        sys.stdout.flush()
        window.close()


def scrolling(watch: Watch, pane: Any) -> list[float]:
    """Scroll through the list by a wheel's step, and now and then far away; milliseconds to each repaint."""
    bar = pane.list.verticalScrollBar()
    found = []
    for turn in range(300):
        step = bar.maximum() // 40 if turn % 50 == 49 else 3 * bar.singleStep()
        began = time.perf_counter()
        bar.setValue(bar.value() + step)
        pane.list.viewport().repaint()
        found.append((time.perf_counter() - began) * 1000)
        watch.app.processEvents()
    return found


def measure(number: int) -> dict[str, Any]:
    """The numbers of a child process over so many people."""
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.benchmarks.listing import child; "
        f"child({str(folder_with(number).root)!r})"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["rows"] == number
    return found


def _by_turns(*numbers: int) -> list[dict[str, Any]]:
    """The numbers over so many people: every time that was taken, and of single ones the middle."""
    windows = [[measure(number) for number in numbers] for _ in range(WINDOWS)]
    return [
        {
            name: [time for each in same for time in each[name]] if isinstance(value, list) else median(
                each[name] for each in same
            )
            for name, value in same[0].items()
        }
        for same in zip(*windows, strict=True)
    ]  # fmt: skip


def run(_rounds: int) -> list[Result]:
    """Few and many people, each in fresh windows, by turns."""
    few, many = _by_turns(FEW, MANY)
    searched = percentile(many["searched"], 0.95)
    bare = times("bare")["memory"] / 1024
    return [
        Result(
            f"key press to list, {MANY:,} contacts, p95",
            "ms",
            searched,
            1.4,
            percentile(many["repainted"], 0.95),
            "repaint without a search",
        ),
        Result(
            f"the same, growth from {FEW:,} contacts",
            "ms",
            searched,
            1.5,
            percentile(few["searched"], 0.95),
            f"{FEW:,} contacts",
        ),
        Result(f"People opens, {MANY:,} contacts", "ms", many["opened"], 100),
        Result("scroll step, p95", "ms", percentile(many["scrolled"], 0.95), 16),
        Result(f"memory with {MANY:,} contacts", "MB", many["memory"] / 1024, 2.5, bare, "bare window"),
    ]
