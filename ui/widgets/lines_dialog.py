"""A list of what should be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_MOST = 200

#: So much of a line's text is shown.
_TEXT = 600


class Line(NamedTuple):
    """What a line is about, why it is here, its text, and a word on a soft ground beside the head."""

    head: str
    reason: str
    text: str = ""
    chip: str = ""
    tone: Tone = Tone.NEUTRAL


class LinesDialog(QDialog):
    """A sentence, what is to be known about it, and a box for each line. All of the lines can be copied."""

    def __init__(
        self, title: str, told: str, lines: Sequence[Line], parent: QWidget | None = None, more: str = ""
    ) -> None:
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
        if more:
            pane.add(Paragraph(more, style="mute"))
        for line in lines[:_MOST]:
            pane.add(_box(line))
        if len(lines) > _MOST:
            pane.add(Label(f"and {len(lines) - _MOST:,} more; copy them to see all", "small_muted"))
        column.addWidget(pane, 1)
        copy, close = Button("Copy all"), Button("Close", "primary")
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = row(None, copy, close, spacing=10)
        foot.setContentsMargins(20, 0, 20, 0)
        column.addLayout(foot)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(_plain(line) for line in self._lines))


def _box(line: Line) -> Box:
    box = Box(spacing=3)
    head = Label(line.head, "strong", elide=True)
    box.add(row(head, Chip(line.chip, line.tone)) if line.chip else head)
    box.add(Paragraph(line.reason, small=True, style="mute"))
    if line.text.strip():
        box.add(Paragraph(line.text[:_TEXT], small=True))
    return box


def _plain(line: Line) -> str:
    head = f"{line.head} ({line.chip})" if line.chip else line.head
    return f"{head}\n{line.reason}\n{line.text}".strip()
