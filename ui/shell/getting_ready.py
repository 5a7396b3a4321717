"""Has planner import what changes are made with as soon as somebody is about to make one, and not before.

Reading needs none of it, and it is a third of the memory of a window in which people are only looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner
    from ui.main_window import MainWindow
    from ui.pages import Link, PageEntry

#: Pages that are shown without what changes are made with.
LIGHT = ("today", "contacts")

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

    def _entered(self, _old: QWidget | None, new: QWidget | None) -> None:
        page = self._window.page
        if not self._asked and isinstance(new, _EDITORS) and not (page is not None and new is page.first_focus()):
            self._asked = True
            self.then(lambda: None)
