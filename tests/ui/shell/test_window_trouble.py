"""What the window does with a damaged state file, and with data that can't be opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner.errors import DatabaseNewer
from ui.links import Link
from ui.main_window import MainWindow
from ui.pages import entry_for
from ui.shell.window_state import WindowState
from ui.theme import Theme
from ui.widgets.button import Button

if TYPE_CHECKING:
    pass


def test_a_damaged_window_file_only_forgets(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_bytes(b"\x00\xff[window\ngeometry=@ByteArray(rubbish)\nfont_scale=big")
    state = WindowState(tmp_path / "window.ini")
    window = MainWindow(theme, state, ())
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1280, 820)
    assert state.number("font_scale", 1.0) == 1.0


def test_data_that_cannot_be_opened_is_explained_in_the_window(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.show()
    window.explain_start(DatabaseNewer(tmp_path, 9, 3))
    assert "written by a newer Rapport" in window.start_page.text
    assert "was not touched" in window.start_page.text
    again = next(button for button in window.start_page.findChildren(Button) if button.text() == "Try again")
    with qtbot.waitSignal(window.again):
        qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    window.close()


def test_before_the_data_is_there_actions_that_need_it_do_nothing(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.show()
    window.prepare()
    window.undo()
    window.open_palette()
    window.navigate(Link("today"))
    assert not window.actions_table.run("quick-entry")
    window.close()


def test_links_find_their_page() -> None:
    for kind, key in (("contact", "contacts"), ("event", "events"), ("followup", "followups"), ("today", "today")):
        entry = entry_for(kind)
        assert entry is not None
        assert entry.key == key
    assert entry_for("teapot") is None
