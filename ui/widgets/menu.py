"""Menus from a list of entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.icons import icon as themed_icon


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry: its words, what it does, and how it looks. `checked` None means it is not a check item."""

    text: str
    chosen: Callable[[], object]
    key: str = ""
    icon: str = ""
    enabled: bool = True
    checked: bool | None = None


def make_menu(parent: QWidget, items: Sequence[MenuItem | None]) -> QMenu:
    """A menu with these entries; None is a separator."""
    menu = QMenu(parent)
    for item in items:
        if item is None:
            menu.addSeparator()
            continue
        action = menu.addAction(item.text.replace("&", "&&"))
        action.triggered.connect(lambda _=False, item=item: item.chosen())
        action.setEnabled(item.enabled)
        if item.key:
            action.setShortcut(QKeySequence(item.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown only: the page or window binds it
        if item.icon:
            action.setIcon(themed_icon(item.icon))
        if item.checked is not None:
            action.setCheckable(True)
            action.setChecked(item.checked)
    return menu


def open_menu(parent: QWidget, items: Sequence[MenuItem | None], at: QPoint | None = None) -> QMenu:
    """Open a menu at a global position, or under its parent. It deletes itself when closed."""
    menu = make_menu(parent, items)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at if at is not None else parent.mapToGlobal(QPoint(0, parent.height() + 4)))
    return menu
