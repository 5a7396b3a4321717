"""A figure in a box that can be pressed: by mouse, with Enter or Space."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import applied
from ui.widgets.box import Box
from ui.widgets.labels import Label, Paragraph
from ui.widgets.painting import outline_round


class FigureCard(Box):
    """A heading, a large value, and a line that says what it means. `clicked`: show who is behind it."""

    clicked = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        self._value = Label("–", "subtitle")
        self._line = Paragraph("", small=True, style="mute")
        super().__init__(Label(heading, "heading"), self._value, self._line, spacing=1, parent=parent)
        self.body.insertSpacing(1, 4)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._heading = heading
        self._pressed = False
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_figure("–", "")

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value.text_shown()

    @property
    def line(self) -> str:
        """The line shown."""
        return self._line.accessibleName()

    def show_figure(self, value: str, line: str, tip: str = "", *, has_people: bool = False) -> None:
        """Show a value; without people behind it, it can't be pressed."""
        self._value.set_text(value)
        self._line.set_text(line)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._heading}: {value}, {line}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_people else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if has_people else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._pressed and inside and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.clicked.emit()
        self._pressed = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            outline_round(painter, self.rect().toRectF(), 8, applied().colour("accent"), width=2)
            painter.end()
