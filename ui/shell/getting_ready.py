"""Has planner import what changes are made with as soon as somebody is about to make one, and not before.

Reading needs none of it, and it is a third of the memory of a window in which people are only looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner
    from ui.main_window import MainWindow
    from ui.pages import Link, PageEntry
    from ui.shell.typed_ahead import LetGo

#: Pages that are shown without what changes are made with.
LIGHT = ("today", "contacts")

#: How long keys wait at most for a new page to be filled: other work may keep the threads busy for longer.
FILLING_MS = 1_000
#: A list waits a little before it asks for what is chosen in it, lest it ask for all that is passed over.
QUIET_MS = 120

_EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)


class GettingReady(QObject):
    """Looks out for a field that is entered, other than the one that a page takes its keys with: that one searches."""

    def __init__(self, planner: Planner, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._planner, self._tasks, self._window = planner, tasks, window
        self._asked = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._entered)

    def is_needed(self, entry: PageEntry, link: Link) -> bool:
        """Whether showing a link on this page has to wait: importing takes a third of a second off the main thread."""
        is_light = entry.key in LIGHT and not link.uid
        return not is_light and not self._planner.is_prepared

    def then(self, act: Callable[[], object]) -> None:
        """Act when all is imported, off the main thread. Should that fail, act all the same: it will say why."""
        self._tasks.query(self._planner.prepare, lambda _: act(), lambda _: act())

    def then_show(self, show: Callable[[], bool]) -> None:
        """As `then`, for what somebody waits for: what is typed meanwhile is for what `show` shows, if it does."""
        let_go = self._window.typed_ahead.hold()

        def act() -> None:
            has_come = False
            try:
                has_come = show()
            finally:
                let_go(has_come)

        self.then(act)

    def fill(self) -> None:
        """A page is about to show what it has not shown yet: what is typed before it does is for what will be there."""
        _Filling(self._tasks, self._window.typed_ahead.hold(), self)

    def _entered(self, _old: QWidget | None, new: QWidget | None) -> None:
        page = self._window.page
        if not self._asked and isinstance(new, _EDITORS) and not (page is not None and new is page.first_focus()):
            self._asked = True
            self.then(lambda: None)


class _Filling(QObject):
    """Lets the keys go once a page has asked for nothing more for a moment."""

    def __init__(self, tasks: Tasks, let_go: LetGo, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._let_go = tasks, let_go
        self._quiet, self._limit = QTimer(self), QTimer(self)
        for timer, ms in ((self._quiet, QUIET_MS), (self._limit, FILLING_MS)):
            timer.setSingleShot(True)
            timer.setInterval(ms)
            timer.timeout.connect(self._end)
        tasks.busy_changed.connect(self._look)
        self._limit.start()
        self._look(tasks.is_busy)

    def _look(self, busy: bool) -> None:
        self._quiet.stop() if busy else self._quiet.start()

    def _end(self) -> None:
        self._tasks.busy_changed.disconnect(self._look)
        self._quiet.stop()
        self._limit.stop()
        self._let_go()
        self.deleteLater()
