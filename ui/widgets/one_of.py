"""Several widgets in one place, of which one is shown: a list, or what is said where it is empty."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class OneOf(QWidget):
    """The first of them is shown, until `show_one`. On the colour of a list, unless `pane` is False."""

    def __init__(self, *widgets: QWidget, pane: bool = True) -> None:
        super().__init__()
        if pane:
            self.setProperty("frame", "pane")
        self._stack = QStackedLayout(self)
        for widget in widgets:
            self._stack.addWidget(widget)

    @property
    def shown(self) -> QWidget | None:
        """The one that is shown."""
        return self._stack.currentWidget()

    def show_one(self, widget: QWidget) -> None:
        """Show this one of them."""
        self._stack.setCurrentWidget(widget)
