"""What became of each item of an import that needs a look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.importing import ImportedItem, ImportReport, ImportState
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_TONES = {ImportState.NEW: Tone.WARN, ImportState.KNOWN: Tone.NEUTRAL, ImportState.FAILED: Tone.BAD}
_WORDS = {ImportState.NEW: "added, please check", ImportState.KNOWN: "already here", ImportState.FAILED: "not added"}
_MOST = 200


class ImportReportDialog(QDialog):
    """Lists what failed first, then what should be checked; its text can be copied, so that nothing is lost."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        order = (ImportState.FAILED, ImportState.NEW, ImportState.KNOWN)
        self._items = [item for state in order for item in report.of(state) if item.reason]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        pane = Pane()
        said = Paragraph()
        said.set_parts([(report.summary[:1].upper() + report.summary[1:] + ".", "strong")])
        pane.add(said)
        if report.of(ImportState.FAILED):
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


def _box(item: ImportedItem) -> Box:
    box = Box(spacing=3)
    title = item.name or (f"Card {item.position}" if item.position else item.file)
    box.add(row(Label(title, "strong", elide=True), Chip(_WORDS[item.state], _TONES[item.state])))
    where = f"{item.file}, card {item.position}" if item.position and item.file else item.file
    box.add(Paragraph(" · ".join(part for part in (where, item.reason) if part), small=True, style="mute"))
    if item.source_text and item.state is ImportState.FAILED:
        box.add(Paragraph(item.source_text[:600], small=True))
    return box


def _plain(item: ImportedItem) -> str:
    head = f"{item.name or item.file} ({_WORDS[item.state]}): {item.reason}"
    return f"{head}\n{item.source_text}".strip()
