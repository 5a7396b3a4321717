"""A person's picture: a round photo, or their initials."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import applied
from ui.widgets.painting import draw_avatar


class Avatar(QWidget):
    """34 px in lists and boxes, 56 px (`big=True`) in a page's head. `photo` is the bytes of a picture file."""

    def __init__(
        self, name: str = "", photo: bytes | None = None, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._side = 56 if big else 34
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_person(name, photo)

    def show_person(self, name: str, photo: bytes | None = None) -> None:
        """Show somebody else."""
        self._name, self._photo = name, photo
        self.setAccessibleName(f"Picture of {name}" if photo else name)
        self.update()

    def sizeHint(self) -> QSize:
        side = applied().px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_avatar(painter, QRectF(self.rect()), self._name, self._photo)
        painter.end()
