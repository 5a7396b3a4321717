"""Which column of a table is what, with its first rows; remembered for the next table of this kind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from planner.contacts.csv_files import Column, ColumnMapping, Preview, Target
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane

_WORDS = {
    Target.GIVEN: "first name",
    Target.FAMILY: "last name",
    Target.ADDITIONAL: "middle name",
    Target.EXTENDED: "address, second line",
    Target.PO_BOX: "PO box",
    Target.KEEP: "keep it with the contact",
    Target.SKIP: "leave out",
}
_EXAMPLES = 3


class MappingDialog(QDialog):
    """`mapped(mapping)` once it was agreed to."""

    mapped = Signal(object)

    def __init__(self, name: str, table: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping = table.mapping
        self.setWindowTitle(f"Columns of {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        pane = Pane()
        pane.add(
            Paragraph("Say what each column holds. It is remembered for tables with these headings.", style="mute")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for at, text in enumerate(("Column", "is", "for example")):
            grid.addWidget(Label(text, "heading"), 0, at)
        choices = [(target, _WORDS.get(target, target.value)) for target in Target]
        self.choices: list[Choice] = []
        for at, header in enumerate(table.headers):
            heading = Label(header or f"column {at + 1}", "body", elide=True)
            heading.setMinimumWidth(160)
            choice = Choice(f"Column {header}", choices, table.mapping.columns[at].target)
            self.choices.append(choice)
            cells = [cells[at].strip() for cells in table.rows if at < len(cells) and cells[at].strip()]
            grid.addWidget(heading, at + 1, 0)
            grid.addWidget(choice, at + 1, 1)
            grid.addWidget(Label(" · ".join(cells[:_EXAMPLES]), "small_muted", elide=True), at + 1, 2)
        pane.add(grid)
        column.addWidget(pane, 1)
        cancel, go_on = Button("Cancel"), Button("Go on", "primary", "Ctrl+Return")
        cancel.clicked.connect(self.reject)
        go_on.clicked.connect(self._done)
        line = row(None, cancel, go_on, spacing=10)
        line.setContentsMargins(20, 0, 20, 0)
        column.addLayout(line)

    def mapping(self) -> ColumnMapping:
        """The columns as they are chosen."""
        found = self._mapping
        for at, choice in enumerate(self.choices):
            before = found.columns[at]
            if choice.value is not None and choice.value is not before.target:
                found = found.with_column(at, Column(choice.value))
        return found

    def _done(self) -> None:
        self.mapped.emit(self.mapping())
        self.accept()
