"""The menu bar stays whole, however often pages change and garbage is collected."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction

from planner.app import Planner
from planner.contacts.records import ContactDetails
from ui.links import Link
from ui.main_window import MainWindow
from ui.tasks import Tasks


def words(window: MainWindow, name: str) -> list[str]:
    return [action.text() for action in window.menus.menu(name).actions() if not action.isSeparator()]


def test_menus_survive_many_pages_commands_and_collections(
    window: MainWindow, planner: Planner, settle: Callable[[Tasks], None]
) -> None:
    before = words(window, "Edit"), words(window, "File")
    for number in range(6):
        window.tasks.command(planner.contacts.add, ContactDetails(name=f"Ada {number}"))
        settle(window.tasks)
        for entry in window.entries:
            window.navigate(Link(entry.key))
            settle(window.tasks)
            gc.collect()
    after = words(window, "Edit"), words(window, "File")
    assert len(after[0]) >= len(before[0])
    assert after[1] == before[1]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    separators = [action for action in window.menus.menu("Edit").findChildren(QAction) if action.isSeparator()]
    assert len(separators) < 12
