"""Choosing somebody who is here already, by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.context import UiContext
from ui.widgets.person_search import PersonSearch, Rows
from ui.widgets.row_data import RowData


class PersonChooser(QDialog):
    """`chosen(contact id)` on Enter or a double click."""

    chosen = Signal(int)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add the card to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 8)
        self.search = PersonSearch(ctx, "A name, a company", _rows)
        self.search.chosen.connect(self._take)
        column.addWidget(self.search)

    def _take(self, id: int) -> None:
        self.chosen.emit(id)
        self.accept()


def _rows(people: tuple[ContactRow, ...], _text: str) -> Rows:
    def muted(one: ContactRow) -> str:
        return " · ".join(part for part in (one.title, one.organisation) if part)

    return [(one.id, RowData(one.name, muted(one), name=one.name)) for one in people]
