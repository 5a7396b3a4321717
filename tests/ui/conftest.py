"""What the tests of the window share: a theme, a planner on a real file, a context, and a whole window.

Pages are made with `ctx` and shown with `qtbot`; `settle()` waits until everything asked for has arrived.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from planner.clock import FixedClock
from planner.paths import DataFolder
from ui.change_bus import ChangeBus
from ui.context import UiContext
from ui.links import Link
from ui.main_window import MainWindow
from ui.shell.actions import ActionTable
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner


@pytest.fixture(scope="session", autouse=True)
def british_english() -> Iterator[None]:
    """Dates and times as the expectations write them, whatever the machine's locale is."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture(scope="session", autouse=True)
def collected_on_the_main_thread() -> Iterator[None]:
    """Garbage is collected between tests alone, as the window collects on the main thread alone: see ui/collecting."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect what the test left, all of it now and then."""
    yield
    gc.collect(2 if gc.get_count()[2] > 10 else 1)


@pytest.fixture(autouse=True)
def no_key_held_down() -> Iterator[None]:
    """Ctrl sent to a window, rather than to a widget, counts as held from then on: it changes what a selection does."""
    yield
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWindow(), Qt.Key.Key_Control)


@pytest.fixture(scope="session")
def the_theme(qapp: QApplication) -> Theme:
    """The one theme of the test run's application."""
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def theme(the_theme: Theme) -> Iterator[Theme]:
    """The theme, light and at scale 1 for every test."""
    # The last test's windows really go now: each theme change would otherwise polish all of them again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    yield the_theme
    the_theme.set_mode("light")
    the_theme.set_font_scale(1.0)


@pytest.fixture
def clock() -> FixedClock:
    """Thursday 10 July 2025, 10:00 in Berlin."""
    return FixedClock(moment=datetime(2025, 7, 10, 8, 0, tzinfo=UTC))


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock) -> Iterator[Planner]:
    """A planner over an empty data folder of its own."""
    from planner.app import Planner

    with Planner(DataFolder(tmp_path / "data"), clock) as opened:
        yield opened


@dataclass
class Seen:
    """What pages asked of the window: links gone to, notices shown with their buttons."""

    links: list[Link] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    buttons: list[Callable[[], object] | None] = field(default_factory=list)

    def toast(self, text: str, action: str = "", callback: Any = None, *, undo: bool = False) -> None:
        self.toasts.append(text)
        self.buttons.append(callback)


@pytest.fixture
def seen() -> Seen:
    """What the page under test asked of the window."""
    return Seen()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Workers of their own. A bug in any task fails the test."""
    bus = ChangeBus()
    made = Tasks(bus)
    bus.setParent(made)
    made.bus = bus  # type: ignore[attr-defined]
    bugs: list[BaseException] = []
    made.bug.connect(bugs.append)
    yield made
    made.close()
    assert not bugs, bugs


@pytest.fixture
def ctx(planner: Planner, tasks: Tasks, theme: Theme, clock: FixedClock, seen: Seen) -> UiContext:
    """What a page is made with."""
    bus: ChangeBus = tasks.bus  # type: ignore[attr-defined]
    return UiContext(planner, tasks, bus, clock, theme, seen.links.append, seen.toast, ActionTable())


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[Tasks], None]:
    """Wait until the tasks are done, their answers shown, and what those asked for as well."""

    def wait(tasks: Tasks) -> None:
        for _ in range(20):
            assert tasks.flush(10)
            qapp.processEvents()
            if not tasks.is_busy:
                return
        raise AssertionError("the tasks never come to rest")

    return wait


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """`show(widget, …, width=400, height=300)`: put widgets under each other in an active window, and keep it alive."""
    kept: list[QWidget] = []

    def shown(*widgets: QWidget, width: int = 400, height: int = 300) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        for widget in widgets:
            column.addWidget(widget)
        holder.resize(width, height)
        qtbot.addWidget(holder)
        kept.append(holder)
        with qtbot.waitActive(holder):
            holder.show()
            holder.activateWindow()
        return holder

    yield shown
    kept.clear()


@pytest.fixture
def window(planner: Planner, theme: Theme, qtbot: QtBot, settle: Callable[[Tasks], None]) -> Iterator[MainWindow]:
    """The whole window over the empty planner, shown and filled."""
    made = MainWindow(theme)
    made.attach(planner)
    qtbot.addWidget(made)
    made.show()
    bugs: list[BaseException] = []
    made.tasks.bug.connect(bugs.append)
    settle(made.tasks)
    yield made
    made.close()
    assert not bugs, bugs
