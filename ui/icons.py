"""Line icons in the colours of the theme, sharp at any pixel ratio. The drawings are Lucide's (ISC licence)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.icon_drawing import draw_icon
from ui.theme import applied

SIZE = 16


def icon(name: str, colour: str = "mute") -> QIcon:
    """The icon `resources/icons/NAME.svg`, drawn in a token's colour of the theme in use when it is painted."""
    return QIcon(_Engine(name, colour))


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "outline" if mode == QIcon.Mode.Disabled else self._token
        draw_icon(painter, QRectF(rect), self._name, applied().colour(token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        if size.isEmpty():  # a button that a layout has squeezed to nothing, until it finds its place
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return QSize(size)


__all__ = ["SIZE", "draw_icon", "icon"]
