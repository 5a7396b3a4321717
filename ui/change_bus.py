"""One signal that tells every page what a command changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from planner.changes import Changes


class ChangeBus(QObject):
    """`changed(Changes)` fires on the main thread after every command, undo, redo, and change from outside."""

    changed = Signal(object)

    def publish(self, changes: Changes) -> None:
        """Tell everybody, unless nothing was touched."""
        if changes:
            self.changed.emit(changes)
