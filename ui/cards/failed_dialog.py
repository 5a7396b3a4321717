"""What could not be read, with the reason and the text, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.cards.records import Failed
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_MOST = 200


class FailedDialog(QDialog):
    """One box an item; its text can be copied."""

    def __init__(self, failed: Sequence[Failed], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failed = tuple(failed)
        self.setWindowTitle("Not read")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(540, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        pane = Pane()
        pane.add(
            Paragraph("These could not be read. The files are as they were, and all else was taken.", style="mute")
        )
        for item in self._failed[:_MOST]:
            box = Box(spacing=3)
            where = f"{item.source}, item {item.position}" if item.position > 1 else item.source
            box.add(Label(where, "strong", elide=True))
            box.add(Paragraph(item.reason[:1].upper() + item.reason[1:], small=True, style="mute"))
            if item.source_text.strip():
                box.add(Paragraph(item.source_text[:600], small=True))
            pane.add(box)
        if len(self._failed) > _MOST:
            pane.add(Label(f"and {len(self._failed) - _MOST:,} more; copy them to see all", "small_muted"))
        column.addWidget(pane, 1)
        copy, close = Button("Copy all"), Button("Close", "primary")
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        line = row(None, copy, close, spacing=10)
        line.setContentsMargins(20, 0, 20, 0)
        column.addLayout(line)

    def _copy(self) -> None:
        parts = (f"{one.source}, item {one.position}: {one.reason}\n{one.source_text}" for one in self._failed)
        QGuiApplication.clipboard().setText("\n\n".join(part.strip() for part in parts))
