"""What became of each item of an import that needs a look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.cards.outcomes import ImportItem, Outcome, summary
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_SAID = {
    Outcome.FAILED: ("not added", Tone.BAD),
    Outcome.DOUBTFUL: ("to look at in Cards", Tone.WARN),
    Outcome.NEW: ("added, please check", Tone.WARN),
    Outcome.MERGED: ("changed", Tone.INFO),
    Outcome.KNOWN: ("already here", Tone.NEUTRAL),
}
_MOST = 200


class ImportReportDialog(QDialog):
    """Lists what failed first, then what should be checked; its text can be copied, so that nothing is lost."""

    def __init__(self, items: Sequence[ImportItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        self._items = [item for one in _SAID for item in items if item.outcome is one and item.reason]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        pane = Pane()
        said = Paragraph()
        words = summary(items)
        said.set_parts([(words[:1].upper() + words[1:] + ".", "strong")])
        pane.add(said)
        if any(item.outcome is Outcome.FAILED for item in items):
            pane.add(
                Paragraph(
                    "What could not be read is listed with its text. Nothing of it was added; the rest was.",
                    style="mute",
                )
            )
        for item in self._items[:_MOST]:
            pane.add(_box(item))
        if len(self._items) > _MOST:
            pane.add(Label(f"and {len(self._items) - _MOST:,} more; copy them to see all", "small_muted"))
        column.addWidget(pane, 1)
        copy, close = Button("Copy all"), Button("Close", "primary")
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        line = row(None, copy, close, spacing=10)
        line.setContentsMargins(20, 0, 20, 0)
        column.addLayout(line)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(_plain(item) for item in self._items))


def _box(item: ImportItem) -> Box:
    box = Box(spacing=3)
    title = item.name or (f"Card {item.position}" if item.position else item.source)
    box.add(row(Label(title, "strong", elide=True), Chip(*_SAID[item.outcome])))
    where = f"{item.source}, card {item.position}" if item.position and item.source else item.source
    box.add(Paragraph(" · ".join(part for part in (where, item.reason) if part), small=True, style="mute"))
    if item.source_text and item.outcome is Outcome.FAILED:
        box.add(Paragraph(item.source_text[:600], small=True))
    return box


def _plain(item: ImportItem) -> str:
    head = f"{item.name or item.source} ({_SAID[item.outcome][0]}): {item.reason}"
    return f"{head}\n{item.source_text}".strip()
