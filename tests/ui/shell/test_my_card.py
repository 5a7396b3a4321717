"""One's own card, from whatever page is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import Notes
from ui.cards.my_card import MyCardPanel
from ui.main_window import MainWindow
from ui.pages import PageEntry
from ui.shell.window_state import WindowState
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]


def test_ones_own_card_is_shown_without_leaving_the_page(
    planner: Planner, theme: Theme, qtbot: QtBot, settle: Settle, pages: tuple[PageEntry, ...], tmp_path: Path
) -> None:
    entries = (*pages, PageEntry("cards", "Cards", "id-card", "pages_for_tests:People"))
    window = MainWindow(theme, WindowState(tmp_path / "window.ini"), entries)
    window.attach(planner)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle(window.tasks)
    assert window.actions_table.run("my-card")
    settle(window.tasks)
    (panel,) = window.findChildren(MyCardPanel)
    assert panel.isVisible()
    assert isinstance(window.page, Notes)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    window.close()


def test_without_the_page_of_cards_there_is_none(main: MainWindow) -> None:
    assert not main.actions_table.run("my-card")
