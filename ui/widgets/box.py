"""Bordered panels and hairlines."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme_tokens import Tone


class Box(QFrame):
    """A bordered panel with its widgets one under another (`add`), or a dashed drop place (`drop=True`)."""

    def __init__(self, *widgets: QWidget, drop: bool = False, spacing: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "drop" if drop else "box")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(spacing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for widget in widgets:
            self.add(widget)

    def add(self, item: QWidget | QLayout) -> None:
        """Put a widget or a layout below the others."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)

    def sizeHint(self) -> QSize:
        """As tall as its words are at the present width: a layout takes this for the most that the panel may have."""
        hint = super().sizeHint()
        if self.hasHeightForWidth() and self.width() > 0:
            hint.setHeight(self.heightForWidth(self.width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the whole panel for a warning or an error."""
        self.setProperty("tone", tone.value if tone else "")
        self.style().unpolish(self)
        self.style().polish(self)


class Rule(QFrame):
    """A horizontal hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "rule")
        self.setFixedHeight(1)
