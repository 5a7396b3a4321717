"""A card beside somebody known: which value of each line stands is chosen before the card goes in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts import merging
from planner.contacts.merging import Side
from planner.contacts.records import Contact, ContactDetails
from ui.contacts.merge_dialog import history, summary
from ui.contacts.merge_lines import MergeHeads, MergeLine
from ui.context import UiContext
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane


class MergeCardDialog(QDialog):
    """`merged(choices)` on Ctrl+Enter. In the lines, Up and Down move, Left and Right choose, Space takes both."""

    merged = Signal(object)

    def __init__(self, ctx: UiContext, known: Contact, card: ContactDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._known, self._card = ctx, known, card
        self._choices: dict[str, Side] = {}
        self._lines: dict[str, MergeLine] = {}
        self.setWindowTitle("Add the card to someone known")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        heads = MergeHeads()
        heads.show_names(
            [known.name, card.shown_name or "The card"],
            [f"Stays{history(known)}", "The card, added to it"],
        )
        column.addLayout(row(12, heads, 12))
        column.addWidget(Rule())
        pane = Pane(spacing=0)
        pane.body.setContentsMargins(12, 6, 12, 12)
        column.addWidget(pane, 1)
        for field in merging.fields(known.details, card, self._choices, region=self._region()):
            line = MergeLine(field)
            line.chosen.connect(self.choose)
            self._lines[field.key] = line
            pane.add(line)
        self.preview = Paragraph(small=True)
        box = QVBoxLayout()
        box.setContentsMargins(20, 0, 20, 0)
        box.addWidget(Box(Heading("After merging"), self.preview))
        column.addLayout(box)
        cancel, self.go = Button("Cancel"), Button("Add to this person", "primary", "Ctrl+Return")
        self.go.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._merge)
        column.addLayout(row(20, None, cancel, self.go, 20, spacing=10))
        self._show_preview()
        QTimer.singleShot(0, self, self._focus_lines)  # once the lines are shown

    def choose(self, key: str, side: Side) -> None:
        """Let one side's value stand, or both."""
        self._choices[key] = side
        for field in merging.fields(self._known.details, self._card, self._choices, region=self._region()):
            self._lines[field.key].show_field(field)
        self._show_preview()

    def _region(self) -> str:
        return self._ctx.planner.settings.get().me.country

    def _show_preview(self) -> None:
        after = merging.merged(self._known.details, self._card, self._choices, region=self._region())
        self.preview.set_parts(summary(after))

    def _focus_lines(self) -> None:
        first = next((line for line in self._lines.values() if line.field.differs), None)
        (first or self.go).setFocus()

    def _merge(self) -> None:
        self.merged.emit(dict(self._choices))
        self.accept()
