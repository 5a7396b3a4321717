"""A small bar chart: one value a month, say, or two that grow up and down from a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import applied
from ui.widgets.painting import outline_round


class Bars(QWidget):
    """Bars of non-negative `values`; `below` hang from the middle line. `labels` name them in tool tips.

    `meaning` is what a screen reader says ("Contacts a month: 3, 1, 4"). With `can_choose`, a click or Left, Right and
    Enter pick a bar: `chosen(index)`.
    """

    chosen = Signal(int)

    def __init__(
        self, meaning: str, height: int = 40, *, can_choose: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._meaning, self._height = meaning, height
        self._can_choose = can_choose
        self._at: int | None = None
        if can_choose:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setMouseTracking(True)
        self._values: tuple[float, ...] = ()
        self._below: tuple[float, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float], below: Sequence[float] = (), labels: Sequence[str] = ()) -> None:
        """Show these values."""
        self._values, self._below, self._labels = tuple(values), tuple(below), tuple(labels)
        self._at = None if self._at is None or not values else min(self._at, len(values) - 1)
        self._tell()
        self.update()

    def words_of(self, index: int) -> str:
        """A bar in words: "March 2027: 3 / 1"."""
        name = self._labels[index] if index < len(self._labels) else ""
        shown = f"{self._values[index]:g}"
        if index < len(self._below):
            shown += f" / {self._below[index]:g}"
        return f"{name}: {shown}" if name else shown

    def bar_rect(self, index: int) -> QRectF:
        """The room of a bar, the whole height."""
        step = self.width() / max(1, len(self._values))
        return QRectF(index * step, 0, step, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if not self._can_choose or not self._values:
            super().keyPressEvent(event)
        elif step is not None:
            last = len(self._values) - 1
            self._at = last if self._at is None else min(last, max(0, self._at + step))
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = Qt.CursorShape.PointingHandCursor if self._can_choose and self._values else Qt.CursorShape.ArrowCursor
        self.setCursor(over)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._can_choose and self._values and inside and event.button() == Qt.MouseButton.LeftButton:
            self._at = self._index_at(event.position().toPoint())
            self._tell()
            self.update()
            self.chosen.emit(self._at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._can_choose and self._at is None and self._values:
            self._at = len(self._values) - 1
            self._tell()
        super().focusInEvent(event)

    def _tell(self) -> None:
        told = ", ".join(f"{value:g}" for value in self._values)
        name = f"{self._meaning}: {told}" if told else f"{self._meaning}: none"
        if self._can_choose and self._at is not None:
            name = f"{self._meaning}: {self.words_of(self._at)}"
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(160, self._height)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._values:
            index = self._index_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(index), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        theme = applied()
        painter = QPainter(self)
        step = self.width() / len(self._values)
        width = max(2.0, min(18.0, step * 0.4))
        most = max((*self._values, *self._below)) or 1.0
        top = self.height() * (0.5 if self._below else 1.0)
        if self._below:
            painter.fillRect(QRectF(0, top - 0.5, self.width(), 1), theme.colour("line"))
        if self.hasFocus() and self._at is not None:
            outline_round(painter, self.bar_rect(self._at).adjusted(1, 1, -1, -1), 4, theme.colour("accent"), width=2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for index, value in enumerate(self._values):
            x = index * step + (step - width) / 2
            tall = max(2.0, value / most * (top - 2)) if value else 2.0
            painter.fillRect(QRectF(x, top - tall, width, tall), theme.colour("accent" if value else "line"))
            if index < len(self._below) and self._below[index]:
                down = max(2.0, self._below[index] / most * (self.height() - top - 2))
                painter.fillRect(QRectF(x, top + 1, width, down), theme.colour("info"))
        painter.end()

    def _index_at(self, at: QPoint) -> int:
        return min(len(self._values) - 1, max(0, int(at.x() / (self.width() / len(self._values)))))
