"""The columns of a page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.widgets.heading import Heading
from ui.widgets.layouts import clear_layout


class Pane(QScrollArea):
    """One column of a page: padded 16 × 20, its widgets one under another (`add`, `add_heading`), scrolling when long.

    `ground=True` gives the window's colour instead of the lists'. `body` is its QVBoxLayout. `clear()` empties it.
    """

    def __init__(
        self, spacing: int = 8, ground: bool = False, padding: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = _Inner()
        self._inner.setProperty("frame", "ground" if ground else "pane")
        self._inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(*((20, 16, 20, 16) if padding else (0, 0, 0, 0)))
        self.body.setSpacing(spacing)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inner)

    def add(self, item: QWidget | QLayout) -> None:
        """Put a widget or a layout below the others."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)

    def add_heading(self, text: str, aside: str = "", link: str = "") -> Heading:
        """A heading with the space above it that separates sections."""
        if self.body.count():
            self.body.addSpacing(4)
        heading = Heading(text, aside, link)
        self.body.addWidget(heading)
        return heading

    def clear(self) -> None:
        """Take everything out."""
        clear_layout(self.body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inner.setMaximumWidth(self.viewport().width())


class _Inner(QWidget):
    """What scrolls. Wrapping text gives two heights, one at the least width and one at the width there is: the scroll
    area is to go by the second alone, or it scrolls over nothing."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            hint.setHeight(0)
        return hint


class Columns(QSplitter):
    """Columns side by side with a thin line between, resizable by mouse. `widths` in px; 0 takes what is left."""

    def __init__(self, *panes: QWidget, widths: tuple[int, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for at, pane in enumerate(panes):
            self.addWidget(pane)
            fixed = widths[at] if at < len(widths) else 0
            self.setStretchFactor(at, 0 if fixed else 1)
            pane.setMinimumWidth(min(fixed, 220) if fixed else 260)
        if widths:
            left = max(400, 1080 - sum(widths))
            self.setSizes([width or left for width in widths])
