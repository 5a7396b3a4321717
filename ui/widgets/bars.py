"""A small bar chart: one value a month, say, or two that grow up and down from a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import applied


class Bars(QWidget):
    """Bars of non-negative `values`; `below` hang from the middle line. `labels` name them in tool tips.

    `meaning` is what a screen reader says ("Contacts a month: 3, 1, 4").
    """

    def __init__(self, meaning: str, height: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning, self._height = meaning, height
        self._values: tuple[float, ...] = ()
        self._below: tuple[float, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float], below: Sequence[float] = (), labels: Sequence[str] = ()) -> None:
        """Show these values."""
        self._values, self._below, self._labels = tuple(values), tuple(below), tuple(labels)
        told = ", ".join(f"{value:g}" for value in values)
        self.setAccessibleName(f"{self._meaning}: {told}" if told else f"{self._meaning}: none")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self._height)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._values:
            index = self._index_at(event.pos())
            name = self._labels[index] if index < len(self._labels) else ""
            shown = f"{self._values[index]:g}"
            if index < len(self._below):
                shown += f" / {self._below[index]:g}"
            QToolTip.showText(event.globalPos(), f"{name}: {shown}" if name else shown, self)
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
