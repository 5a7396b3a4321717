"""Two columns that go under each other where the page is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import applied

_UNLIMITED = 16_777_215  # Qt's own greatest size


class TwoColumns(QHBoxLayout):
    """A main column and another of `width` px at text scale 1, or, without a width, two equal ones.

    `fit(width)` is told how much room there is; less than `narrow` px puts the second under the first.
    """

    def __init__(self, first: QWidget, second: QWidget, narrow: int, width: int = 0, gap: int = 20) -> None:
        super().__init__()
        self._second, self._narrow, self._width = second, narrow, width
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        self.addWidget(first, 1)
        self.addWidget(second, 0 if width else 1)

    def fit(self, width: int) -> None:
        """Stand side by side or under each other, as the room allows."""
        beside = width >= applied().px(self._narrow)
        if self._width:
            fixed = applied().px(self._width) if beside else 0
            self._second.setMinimumWidth(fixed)
            self._second.setMaximumWidth(fixed or _UNLIMITED)
        way = self.Direction.LeftToRight if beside else self.Direction.TopToBottom
        if way != self.direction():
            self.setDirection(way)
            self.update()  # setDirection alone does not have the page measured anew
