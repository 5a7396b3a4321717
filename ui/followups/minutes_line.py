"""The minutes somebody has, above the queue: type them, and the queue shows what fits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.followups.having_time import HavingTime
from planner.followups.rules.minutes import MOST_MINUTES
from ui.theme import applied
from ui.widgets.button import LinkButton
from ui.widgets.choice import Number


class MinutesLine(QWidget):
    """`chosen(minutes)` when a number was typed, 0 for everything again; `rest_asked` to move what does not fit."""

    chosen = Signal(int)
    rest_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        self.rest = LinkButton("")
        self.rest.clicked.connect(self.rest_asked)
        self.rest.hide()
        self.field = _Minutes()
        self.field.chosen.connect(self.chosen)
        self.field.left.connect(self._leave)
        line.addWidget(self.field)
        line.addWidget(self.rest)

    def show_having(self, having: HavingTime | None) -> None:
        """Show what was asked for, and how much is left beside it."""
        self.field.set_value(having.wanted if having is not None else 0)
        count = len(having.rest) if having is not None else 0
        self.rest.setText("Move the other one on" if count == 1 else f"Move the other {count} on")
        self.rest.setToolTip("What does not fit goes to the next days with room (R)")
        self.rest.setVisible(count > 0)

    def _leave(self) -> None:
        self.field.setValue(0)
        self.field.flush()
        self.left.emit()


class _Minutes(Number):
    """A number of minutes; Escape takes it away."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__("Minutes I have", 0, 0, MOST_MINUTES, "min")
        self.setSpecialValueText("I have … min")
        self.setSingleStep(5)
        self.setToolTip("Type how many minutes you have: the queue shows what fits (M)")
        self.setFixedWidth(applied().px(116))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.value():
            self.left.emit()
        else:
            super().keyPressEvent(event)
