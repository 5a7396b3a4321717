"""The list of Today: rows with their buttons, and keys for what has none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.widgets.row_list import RowList

_KEYS = {"X": "drop", "Del": "drop", "F2": "change", "N": "new", "R": "rest", "C": "plan"}


class MorningList(RowList):
    """Besides what the rows' buttons say: X and Del drop, F2 changes, N adds, R moves the rest, C plans a check-in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        word = _KEYS.get(QKeySequence(event.key()).toString()) if plain else None
        if word is None:
            super().keyPressEvent(event)
            return
        self.action_triggered.emit(word, self.selected_keys())
        event.accept()
