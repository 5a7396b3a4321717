"""What was decided in the dialog of duplicates, taken back with Ctrl+Z while it is open."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from planner.changes import Changes
from planner.contacts.duplicates import Group
from planner.store.history import CommandRecord
from ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Decision:
    """The groups before it, the one that was shown, and the change it made; None if two were only left for later."""

    groups: dict[int, Group]
    at: int
    command_id: int | None = None


class Decisions(QObject):
    """`taken_back(decision)` once the latest is undone."""

    taken_back = Signal(object)

    def __init__(self, ctx: UiContext, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._ctx = ctx
        self._made: list[Decision] = []
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), dialog).activated.connect(self.take_back)

    def remember(self, groups: dict[int, Group], at: int, changes: Changes | None = None) -> None:
        """Note a decision, with the groups as they were before."""
        self._made.append(Decision(dict(groups), at, changes.command_id if changes else None))

    def take_back(self) -> None:
        """Undo the latest decision; what was changed elsewhere since is left alone."""
        if not self._made:
            return
        latest = self._made[-1]
        if latest.command_id is None:
            self._taken(latest)
            return

        def undo(record: CommandRecord | None) -> None:
            if record is None or record.id != latest.command_id:
                self._ctx.toast("Something else was changed since. Undo it in the window first.")
                return
            self._ctx.tasks.command(history.undo, done=lambda changes: self._taken(latest, changes))

        history = self._ctx.planner.history
        self._ctx.tasks.query(history.next_undo, undo, key=(id(self), "undo"))

    def _taken(self, decision: Decision, changes: Changes | None = None) -> None:
        if decision in self._made:
            self._made.remove(decision)
        if changes is not None and changes.label:
            self._ctx.toast(f"Undone: {changes.label}")
        self.taken_back.emit(decision)
