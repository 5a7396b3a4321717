"""A place in a page whose contents change as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Slot(QVBoxLayout):
    """`put(widgets)` replaces what is there, in one go: Qt would show widgets that are added one by one only later."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._holder: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, widgets: Iterable[QWidget | int]) -> None:
        """Show these under each other; a number is a gap in px."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._gap)
        for widget in widgets:
            if isinstance(widget, int):
                column.addSpacing(widget)
            else:
                column.addWidget(widget)
        before, self._holder = self._holder, holder
        self.addWidget(holder)
        holder.setVisible(column.count() > 0)
        if before is not None:
            before.hide()
            self.removeWidget(before)
            before.deleteLater()
