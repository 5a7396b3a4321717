"""Adding people to an event: type a few letters, Enter adds, and goes on to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow
from ui.context import UiContext
from ui.widgets.button import Button
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.person_search import PersonSearch, Rows
from ui.widgets.row_data import ChipData, RowAction, RowData

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
        self._there = there
        self.setWindowTitle("Add people")
        self.resize(460, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 16)
        column.setSpacing(12)
        self.search = PersonSearch(ctx, "A name, a company, a tag", self._rows)
        self.search.chosen.connect(self._add)
        self.field, self.rows = self.search.field, self.search.rows
        column.addWidget(self.search, 1)
        foot = QWidget()
        done = Button("Done", "primary", "Esc", bind_key=False)
        done.clicked.connect(self.accept)
        done.setAutoDefault(False)
        foot.setLayout(row(20, Label("Enter adds, and goes on to the next", "small_muted"), None, done, 20, spacing=0))
        column.addWidget(foot)
        self.field.setFocus()

    def refresh(self) -> None:
        """Somebody was added: mark them, and make room for the next name."""
        self.search.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # never the default button: Enter adds
        else:
            super().keyPressEvent(event)

    def _rows(self, people: tuple[ContactRow, ...], text: str) -> Rows:
        there = self._there()
        rows: Rows = [(each.id, _row(each, each.id in there)) for each in people]
        if text and not any(each.name.casefold() == text.casefold() for each in people):
            new = RowData(
                f"New contact “{text}”", "Added to your people and to this event", icon="user-plus", actions=(_ADD,)
            )
            rows.append((_NEW, new))
        return rows

    def _add(self, key: int | str) -> None:
        if key == _NEW:
            self.named.emit(self.search.text)
        elif isinstance(key, int):
            if key in self._there():
                return
            self.picked.emit(key)
        self.search.clear()


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
