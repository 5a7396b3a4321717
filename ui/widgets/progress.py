"""How far something has come: a thin bar, and a long job's bar with Cancel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.labels import Label
from ui.widgets.painting import fill_round


class ThinBar(QWidget):
    """A 6 px bar filled from 0.0 to 1.0. `meaning` says what it measures, for screen readers and the tool tip."""

    def __init__(self, part: float = 0.0, meaning: str = "Progress", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._meaning = meaning
        self.set_part(part)

    @property
    def part(self) -> float:
        """The filled part, 0.0 to 1.0."""
        return self._part

    def set_part(self, part: float) -> None:
        """Fill the bar up to this part."""
        self._part = min(1.0, max(0.0, part))
        self.setAccessibleName(f"{self._meaning}: {self._part:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill_round(painter, rect, 3, theme.colour("side"))
        if self._part > 0:
            rect.setWidth(max(6.0, rect.width() * self._part))
            fill_round(painter, rect, 3, theme.colour("accent"))
        painter.end()


class JobBar(QFrame):
    """A long job: its title, how far it is, and Cancel (`cancelled`). Without a known end the bar tells only words."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "box")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(12)
        self._title = Label(title, "strong")
        self._words = Label("", "small_muted")
        self.bar = ThinBar(0.0, title)
        self.bar.setFixedWidth(160)
        self.cancel = Button("Cancel")
        # A click leaves the keys where they are: the bar is gone soon, and they would go to whatever stands before it.
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.clicked.connect(self._cancel)
        for widget in (self._title, self._words, self.bar, self.cancel):
            line.addWidget(widget)
        self.setAccessibleName(title)

    def set_progress(self, done: int, total: int | None, words: str = "") -> None:
        """Show `done` of `total` (None: no known end)."""
        self.bar.setVisible(bool(total))
        if total:
            self.bar.set_part(done / total)
        self._words.set_text(words or (f"{done:,} of {total:,}" if total else f"{done:,}"))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.set_text("Stopping…")
        self.cancelled.emit()
