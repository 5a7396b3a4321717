"""Who is behind a figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.contacts.words import row_data
from ui.context import Link, UiContext
from ui.list_model import LazyListModel
from ui.widgets.button import Button
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.row_list import RowList


class PeopleDialog(QDialog):
    """The people behind a figure, in groups one after another; Enter or a double click goes to one of them."""

    def __init__(self, ctx: UiContext, title: str, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        count = len(ids)
        words = "1 person" if count == 1 else f"{count:,} people".replace(",", "\u202f")
        head = row(16, Label(title, "strong", elide=True), Label(words, "small_muted"), 16)
        head.setStretch(1, 1)
        column.addLayout(head)
        self.model: LazyListModel[ContactRow] = LazyListModel(
            self._fetch, lambda contact: row_data(contact, ctx.clock), parent=self
        )
        self.model.failed.connect(ctx.tasks.bug)
        self.list = RowList(title)
        self.list.setModel(self.model)
        self.list.opened.connect(self.go)
        column.addWidget(self.list, 1)
        self.show_button = Button("Show", "primary")
        self.show_button.clicked.connect(lambda: self.go(self.list.current_key))
        close = Button("Close")
        close.clicked.connect(self.reject)
        column.addLayout(row(16, None, close, self.show_button, 16))
        self.model.set_ids(list(ids))
        self.list.select_first()
        self.list.setFocus()

    def go(self, id: int | None) -> None:
        """Go to somebody's page."""
        if id is not None:
            self.accept()
            self._ctx.navigate(Link("contact", id))

    def _fetch(self, ids: Sequence[int]) -> dict[int, ContactRow]:
        return {contact.id: contact for contact in self._ctx.planner.contact_queries.rows(ids)}
