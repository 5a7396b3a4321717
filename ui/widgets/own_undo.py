"""Whose undo it is: a field's while it has something of its own to take back, else the window's."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def leaves_to_window(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Whether a field should let this event pass, so that Ctrl+Z reaches the window's Undo.

    Qt's text fields claim the undo keys even with nothing to undo. Call it from `event()` before the base class, and
    return False there when it answers True.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    redo = event.matches(QKeySequence.StandardKey.Redo) and not can_redo
    if undo or redo:
        event.ignore()
        return True
    return False
