"""The real window with its real pages: all are there, every control has a name, every key and icon is sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QScrollBar, QWidget

from planner.paths import resource
from ui.links import Link
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.shell.menus import shortcuts
from ui.tasks import Tasks

UI = Path(__file__).parents[3] / "ui"
Settle = Callable[[Tasks], None]


def unnamed(widget: QWidget) -> list[str]:
    """The controls that the keyboard reaches and a screen reader has no word for."""
    found = []
    for each in widget.findChildren(QWidget):
        reachable = each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        frame = isinstance(each, QScrollBar) or (isinstance(each, QAbstractScrollArea) and not each.hasFocus())
        if reachable and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text())):
            inside = each.parent()
            if frame and isinstance(inside, QWidget) and inside.accessibleName():
                continue
            if each.objectName().startswith("qt_") or (isinstance(inside, QWidget) and inside.focusProxy() is each):
                continue
            found.append(f"{type(each).__name__} in {type(inside).__name__}")
    return found


def test_every_page_opens_on_no_data_with_every_control_named_and_every_key_single(
    window: MainWindow, settle: Settle
) -> None:
    assert window.entries == PAGES
    for entry in PAGES:
        window.navigate(Link(entry.key))
        settle(window.tasks)
        assert window.page is not None
        assert window.page.isVisible(), entry.key
        assert window.notices.dialog is None, entry.key
        assert unnamed(window) == [], entry.key
        taken: dict[str, str] = {}
        for action in window.actions_table:
            for sequence in map(QKeySequence.toString, shortcuts(action)):
                assert sequence not in taken, (entry.key, sequence, action.id, taken[sequence])
                taken[sequence] = action.id


def test_every_icon_that_is_named_is_bundled() -> None:
    bundled = {path.stem for path in resource("icons").glob("*.svg")}
    for file in UI.rglob("*.py"):
        named = re.findall(r'\bicon(?:_name)?(?:=|\()"([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
        assert set(named) <= bundled, file
