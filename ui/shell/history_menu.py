"""Undo and redo named in words, and the menu of recent changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from ui.shell.menus import MenuBar
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

_SHOWN = 20


class HistoryMenu:
    """Keeps the Edit menu's Undo, Redo and Recent changes as the journal has them. `undo_to(id)` undoes down to one."""

    def __init__(
        self,
        menus: MenuBar,
        planner: Planner,
        tasks: Tasks,
        undo_to: Callable[[int], object],
        zone_time: Callable[[Any], str],
    ) -> None:
        self._menus, self._planner, self._tasks = menus, planner, tasks
        self._undo_to, self._shown_time = undo_to, zone_time
        self.menu = QMenu("Recent &changes", menus.menu("Edit"))
        self.menu.setToolTipsVisible(True)
        menus.set_submenu("redo", self.menu)

    def refresh(self) -> None:
        """Ask the journal anew."""
        self._tasks.query(self._ask, self._show, key="history", aside=True)

    def _ask(self) -> tuple[Any, Any, Any]:
        history = self._planner.history
        return history.next_undo(), history.next_redo(), history.recent(_SHOWN)

    def _show(self, found: tuple[Any, Any, Any]) -> None:
        undo, redo, recent = found
        self._menus.rename("undo", f"&Undo: {undo.label}" if undo else "&Undo", bool(undo))
        self._menus.rename("redo", f"&Redo: {redo.label}" if redo else "&Redo", bool(redo))
        for each in self.menu.actions():
            self.menu.removeAction(each)
            each.deleteLater()
        self.menu.setEnabled(bool(recent))
        for record in recent:
            words = record.label[:1].upper() + record.label[1:]
            action = self.menu.addAction(f"{words}\t{self._shown_time(record.at)}".replace("&", "&&"))
            action.setEnabled(not record.undone)
            action.setToolTip("Undone" if record.undone else "Undo this and everything after it")
            action.triggered.connect(lambda _=False, id=record.id: self._undo_to(id))
