"""Finding somebody by a few letters: a field, and below it those who are meant."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.context import UiContext
from ui.list_model import SectionListModel
from ui.widgets.fields import SearchField
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList

_SHOWN = 30

Rows = list[tuple[int | str, RowData]]


class PersonSearch(QWidget):
    """`chosen(key)` on Enter, a double click, or the action of a row.

    `as_rows(people, text)` makes the rows of those who were found by a text; it may add others of its own.
    """

    chosen = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        hint: str,
        as_rows: Callable[[tuple[ContactRow, ...], str], Rows],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._as_rows = ctx, as_rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.field = SearchField(hint)
        self.field.textChanged.connect(lambda _text: self.refresh())
        self.field.returnPressed.connect(self._enter)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(self.field)
        column.addLayout(top)
        self.model = SectionListModel(parent=self)
        self.rows = RowList("People found")
        self.rows.setModel(self.model)
        self.rows.opened.connect(self.chosen)
        self.rows.action_triggered.connect(lambda _word, keys: self.chosen.emit(keys[0]))
        self.rows.typed.connect(self._type_on)
        self.field.left_down.connect(self.rows.setFocus)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.field)
        self.refresh()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text().strip()

    def clear(self) -> None:
        """Make room for the next name."""
        self.field.clear()
        self.field.setFocus()

    def refresh(self) -> None:
        """Look again."""
        text = self.text
        queries = self._ctx.planner.contact_queries

        def find() -> tuple[ContactRow, ...]:
            return queries.rows(queries.find(text, limit=_SHOWN))

        self._ctx.tasks.query(find, self._found, key=(id(self), "search"))

    def _found(self, people: tuple[ContactRow, ...]) -> None:
        self.model.set_rows(rows := self._as_rows(people, self.text))
        if rows:
            self.rows.select_first()

    def _enter(self) -> None:
        # What is typed may be newer than what is listed: let the search come back first.
        self._ctx.tasks.flush()
        if self.rows.current_key is not None:
            self.chosen.emit(self.rows.current_key)

    def _type_on(self, text: str) -> None:
        self.field.setFocus()
        self.field.insert(text)
