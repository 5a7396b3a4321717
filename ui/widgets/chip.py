"""Small rounded words: to read (Chip), or to press (ChipButton)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.painting import chip_size, draw_chip, outline_round


class Chip(QWidget):
    """A word on a soft ground, such as a role or a state. Narrower than its text, it elides and shows a tool tip."""

    def __init__(self, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tone = tone
        self.set_text(text)

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Change the word, and its tone if given."""
        self.text = text
        self.tone = tone if tone is not None else self.tone
        self.setAccessibleName(text)
        self.setToolTip(text if len(text) > 24 else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self.text).toSize()

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(min(size.width(), applied().px(48)), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, QRectF(self.rect()), self.text, self.tone)
        painter.end()


class ChipButton(QAbstractButton):
    """A chip that can be pressed, toggled (`checkable=True`), or taken away with Delete or Backspace (`removed`)."""

    removed = Signal()

    def __init__(
        self, text: str, tone: Tone = Tone.NEUTRAL, checkable: bool = False, removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tone = tone
        self._removable = removable
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if removable:
            self.setToolTip(f"{text} – press Delete to remove")

    def sizeHint(self) -> QSize:
        return chip_size(self.text()).toSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        tone = Tone.ACCENT if self.isChecked() else self._tone
        draw_chip(painter, rect, self.text(), tone)
        theme = applied()
        if self.hasFocus():
            outline_round(painter, rect, rect.height() / 2 - 0.5, theme.colour("accent"))
        elif self.underMouse():
            outline_round(painter, rect, rect.height() / 2 - 0.5, theme.colour("line"))
        painter.end()
