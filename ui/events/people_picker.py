"""Adding people to an event: type a few letters, Enter adds, and goes on to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.context import UiContext
from ui.list_model import SectionListModel
from ui.widgets.button import Button
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.row_data import ChipData, RowAction, RowData
from ui.widgets.row_list import RowList

_SHOWN = 30
_ADD = RowAction("add", "Add", "", "quiet")
_NEW = "new"


class PeoplePicker(QDialog):
    """`picked(contact id)` and `named(name)` fire for each person added; the dialog stays open for the next.

    `there()` tells who is on the event already.
    """

    picked = Signal(int)
    named = Signal(str)

    def __init__(self, ctx: UiContext, there: Callable[[], set[int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._there = ctx, there
        self.setWindowTitle("Add people")
        self.resize(460, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 16)
        column.setSpacing(12)
        self.field = SearchField("A name, a company, a tag")
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
        self.rows.opened.connect(self._add)
        self.rows.action_triggered.connect(lambda _word, keys: self._add(keys[0]))
        self.rows.typed.connect(self._type_on)
        column.addWidget(self.rows, 1)
        foot = QWidget()
        done = Button("Done", "primary", "Esc", bind_key=False)
        done.clicked.connect(self.accept)
        done.setAutoDefault(False)
        foot.setLayout(row(20, Label("Enter adds, and goes on to the next", "small_muted"), None, done, 20, spacing=0))
        column.addWidget(foot)
        self._search()
        self.field.setFocus()

    def refresh(self) -> None:
        """Somebody was added: mark them, and make room for the next name."""
        self._search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # never the default button: Enter adds
        else:
            super().keyPressEvent(event)

    def _search(self) -> None:
        text = self.field.text().strip()
        queries = self._ctx.planner.contact_queries

        def find() -> tuple[ContactRow, ...]:
            return queries.rows(queries.find(text)[:_SHOWN])

        self._ctx.tasks.query(find, self._found, key=(id(self), "search"))

    def _found(self, people: tuple[ContactRow, ...]) -> None:
        there = self._there()
        text = self.field.text().strip()
        rows: list[tuple[int | str, RowData]] = [(each.id, _row(each, each.id in there)) for each in people]
        if text and not any(each.name.casefold() == text.casefold() for each in people):
            new = RowData(
                f"New contact “{text}”", "Added to your people and to this event", icon="user-plus", actions=(_ADD,)
            )
            rows.append((_NEW, new))
        self.model.set_rows(rows)
        if rows:
            self.rows.select_first()

    def _enter(self) -> None:
        # What is typed may be newer than what is listed: let the search come back first.
        self._ctx.tasks.flush()
        if self.rows.current_key is not None:
            self._add(self.rows.current_key)

    def _add(self, key: int | str) -> None:
        if key == _NEW:
            self.named.emit(self.field.text().strip())
        elif isinstance(key, int):
            if key in self._there():
                return
            self.picked.emit(key)
        self.field.clear()
        self.field.setFocus()

    def _go_down(self) -> None:
        self.rows.setFocus()

    def _type_on(self, text: str) -> None:
        self.field.setFocus()
        self.field.insert(text)


def _row(person: ContactRow, there: bool) -> RowData:
    chips = (
        (ChipData("On the list"),) if there else tuple(ChipData(role.value.capitalize()) for role in person.roles[:1])
    )
    return RowData(
        title=person.name,
        muted=", ".join(part for part in (person.title, person.organisation) if part) or person.email,
        chips=chips,
        name=person.name or "?",
        actions=() if there else (_ADD,),
        done=False,
    )
