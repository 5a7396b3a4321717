"""What an empty list or page says: what will be here, and the one button that begins it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph


class EmptyState(QWidget):
    """An icon, a short title, one sentence, one button (`activated`). Fills the space it is given, centred."""

    activated = Signal()

    def __init__(
        self, icon_name: str, title: str, sentence: str = "", button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(_Picture(icon_name), 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = Label(title, "strong")
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = Paragraph(sentence, small=True, style="mute")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setFixedWidth(applied().px(280))
        self._fit_sentence()
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, "primary")
        self.button.clicked.connect(self.activated)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        # Only now that they have a parent: shown before, they would be windows.
        self._sentence.setVisible(bool(sentence))
        self.button.setVisible(bool(button))

    def set_text(self, title: str, sentence: str = "", button: str = "") -> None:
        """Say something else, such as "Nobody matches" with "Clear the search"."""
        self._title.set_text(title)
        self._sentence.set_text(sentence)
        self._fit_sentence()
        self._sentence.setVisible(bool(sentence))
        self.button.set_text(button)
        self.button.setVisible(bool(button))

    def add_below(self, layout: QLayout) -> None:
        """Put something quiet below the button, such as other ways to begin."""
        self._column.insertLayout(self._column.count() - 1, layout)

    def _fit_sentence(self) -> None:
        # A layout that centres a widget does not ask how tall it gets at its width.
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(applied().px(280)))


class _Picture(QWidget):
    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon = icon(icon_name, "accent")
        self.setFixedSize(QSize(48, 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(applied().colour("accent_soft"))
        painter.drawEllipse(self.rect())
        self._icon.paint(painter, QRect(14, 14, 20, 20))
        painter.end()
