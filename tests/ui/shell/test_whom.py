"""What is noted for a person is found from every page; then it asks for whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from ui.contacts.page import ContactsPage
from ui.links import Link
from ui.main_window import MainWindow
from ui.palette.palette import Palette
from ui.shell.whom import WhomPanel
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def search(planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle) -> Callable[[str], None]:
    """Runs what Ctrl+K finds first."""
    for name in ("Kofi Danso", "Ingrid Vale"):
        planner.contacts.add(ContactDetails(name=name))
    window.activateWindow()
    qtbot.waitActive(window)

    def run(words: str) -> None:
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        palette = window.findChild(Palette)
        assert palette is not None
        qtbot.keyClicks(palette.field, words)
        settle(window.tasks)
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        settle(window.tasks)

    return run


def focused(window: MainWindow) -> str:
    # Asked of the window: the list of names that is open while one is typed takes the application's own focus.
    return window.focusWidget().accessibleName()


@pytest.mark.parametrize(
    ("words", "field"), [("celebration", "Something to celebrate"), ("offer support", "New exchange")]
)
def test_a_command_for_a_person_asks_whom(
    window: MainWindow, qtbot: QtBot, settle: Settle, search: Callable[[str], None], words: str, field: str
) -> None:
    window.navigate(Link("events"))
    settle(window.tasks)
    search(words)
    panel = window.findChild(WhomPanel)
    assert panel is not None
    assert panel.isVisible()
    qtbot.keyClick(panel.people.line, Qt.Key.Key_Return)
    assert panel.isVisible()  # nobody was named
    qtbot.keyClicks(panel.people.line, "Ingrid")
    qtbot.keyClick(panel.people.line, Qt.Key.Key_Return)
    assert not panel.isVisible()
    page = window.page
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(lambda: page.person.data is not None and page.person.data.contact.name == "Ingrid Vale")
    settle(window.tasks)
    assert focused(window) == field
    search(words)
    assert not panel.isVisible()  # it is for the person shown
    assert focused(window) == field


def test_for_somebody_shown_already_it_begins_at_once(
    window: MainWindow, planner: Planner, settle: Settle, search: Callable[[str], None], qtbot: QtBot
) -> None:
    (id,) = (one.id for one in planner.contact_queries.names("Kofi", 1))
    window.navigate(Link("contact", id))
    page = window.page
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(lambda: page.person.data is not None and page.person.data.contact.id == id)
    window.navigate(Link("contact", id, "celebrate"))
    assert focused(window) == "Something to celebrate"


def test_achievements_are_written_from_anywhere(
    window: MainWindow, search: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: asked.append(words[1]) or ("", ""))
    search("achievements")
    assert asked == ["Achievements for a review"]
