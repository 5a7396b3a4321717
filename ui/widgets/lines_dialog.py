"""A list of what should be looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_MOST = 200

#: What a line is about, why it is here, and its text.
Line = tuple[str, str, str]


class LinesDialog(QDialog):
    """A sentence, and a box for each line: its head, why it is here, its text. All of it can be copied."""

    def __init__(self, title: str, told: str, lines: list[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        self._lines = lines
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        pane = Pane()
        said = Paragraph()
        said.set_parts([(f"{told}.", "strong")])
        pane.add(said)
        for where, reason, text in lines[:_MOST]:
            box = Box(spacing=3)
            box.add(Label(where, "strong", elide=True))
            box.add(Paragraph(reason, small=True, style="mute"))
            if text:
                box.add(Paragraph(text[:400], small=True))
            pane.add(box)
        if len(lines) > _MOST:
            pane.add(Label(f"and {len(lines) - _MOST:,} more; copy them to see all", "small_muted"))
        column.addWidget(pane, 1)
        copy, close = Button("Copy all"), Button("Close", "primary")
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        line = row(None, copy, close, spacing=10)
        line.setContentsMargins(20, 0, 20, 0)
        column.addLayout(line)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join("\n".join(line).strip() for line in self._lines))
