"""Choosing somebody who is here already, by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.context import UiContext
from ui.list_model import SectionListModel
from ui.widgets.fields import SearchField
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList

_SHOWN = 30


class PersonChooser(QDialog):
    """`chosen(contact id)` on Enter or a double click."""

    chosen = Signal(int)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setWindowTitle("Add the card to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 8)
        column.setSpacing(12)
        self.field = SearchField("A name, a company")
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.left_down.connect(self._go_down)
        self.field.returnPressed.connect(self._enter)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(self.field)
        column.addLayout(top)
        self.model = SectionListModel(parent=self)
        self.rows = RowList("People found")
        self.rows.setModel(self.model)
        self.rows.opened.connect(self._take)
        column.addWidget(self.rows, 1)
        self._search()

    def _search(self) -> None:
        text = self.field.text()

        def ask() -> tuple[ContactRow, ...]:
            queries = self._ctx.planner.contact_queries
            return queries.rows(queries.find(text, limit=_SHOWN))

        self._ctx.tasks.query(ask, self._show, key=(id(self), "people"))

    def _show(self, found: tuple[ContactRow, ...]) -> None:
        self.model.set_rows(
            [
                (
                    one.id,
                    RowData(
                        one.name, " · ".join(part for part in (one.title, one.organisation) if part), name=one.name
                    ),
                )
                for one in found
            ]
        )
        self.rows.select_first()

    def _enter(self) -> None:
        self._take(self.rows.current_key)

    def _go_down(self) -> None:
        self.rows.setFocus()

    def _take(self, id: int | None) -> None:
        if id is not None:
            self.chosen.emit(id)
            self.accept()
