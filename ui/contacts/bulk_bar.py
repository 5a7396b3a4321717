"""What can be done with several selected people."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.contacts.words import people_words
from ui.widgets.box import Rule
from ui.widgets.button import LinkButton
from ui.widgets.labels import Label
from ui.widgets.layouts import FlowLayout

_ACTIONS = (("tag", "Tag"), ("role", "Role"), ("rhythm", "Rhythm"), ("introduce", "Introduce"), ("merge", "Merge"),
            ("export", "Export"), ("delete", "Delete"))  # fmt: skip


class BulkBar(QWidget):
    """`asked(action)`: "tag", "role", "rhythm", "introduce" and "merge" (of two), "export" or "delete"."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(20, 10, 20, 10)
        inner.setSpacing(6)
        self._label = Label("", "strong")
        inner.addWidget(self._label)
        self.buttons = {key: LinkButton(text) for key, text in _ACTIONS}
        for key, button in self.buttons.items():
            button.clicked.connect(partial(self.asked.emit, key))
        holder = QWidget()
        flow = FlowLayout(holder, gap=12)  # onto a second line where the list is narrow
        for button in self.buttons.values():
            flow.addWidget(button)
        inner.addWidget(holder)
        column.addLayout(inner)

    def set_count(self, count: int) -> None:
        """Say how many are selected."""
        self._label.set_text(f"{people_words(count)} selected")
        for key in ("introduce", "merge"):
            self.buttons[key].setVisible(count == 2)
