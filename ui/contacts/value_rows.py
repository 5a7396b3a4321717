"""Editors for what someone has several of: each value a row, and a button that adds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from planner.errors import Invalid
from ui.theme import applied
from ui.widgets.button import IconButton, LinkButton
from ui.widgets.completer import Completer
from ui.widgets.fields import LineField
from ui.widgets.menu import MenuItem, open_menu

#: Refuses a value by raising Invalid, and returns it as it is kept.
Check = Callable[[Any], Any]


class ValueRow(QWidget):
    """One value. Subclasses fill `line` and answer `value()`; they emit `committed` when a field was changed."""

    committed = Signal()
    removed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)
        self.more = IconButton("ellipsis", f"More for this {name}")
        self.more.setFixedSize(applied().px(26), applied().px(28))
        self.more.clicked.connect(lambda: open_menu(self.more, self.menu()))

    def value(self) -> Any:
        """The value as it stands, None while it is empty."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def complain(self, why: str) -> None:
        """Say what is wrong with it; "" when nothing is."""

    def menu(self) -> Sequence[MenuItem | None]:
        """What can be done with it."""
        return [MenuItem("Remove", self.removed.emit, icon="trash-2")]

    def take_focus(self) -> None:
        """Put the caret into it."""


class ValueRows(QWidget):
    """The rows of one field. `changed(tuple)` fires when the values have changed and each of them can be kept.

    A value that can't be kept stays in its row, marked with the reason, and is not among those said to be changed.
    """

    changed = Signal(object)

    def __init__(
        self, name: str, check: Check, make_row: Callable[[], ValueRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._check, self._make_row = name, check, make_row
        self._stored: tuple[Any, ...] = ()
        self.rows: list[ValueRow] = []
        self.setAccessibleName(f"{name}s")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self.add_button = LinkButton(f"Add {name}")
        self.add_button.clicked.connect(self.add_row)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 4)
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)

    def set_values(self, values: Sequence[Any]) -> None:
        """Show stored values; a row that is being typed in stays."""
        wanted = tuple(values)
        if wanted == self._stored and len(self.rows) >= len(wanted):
            return
        self._stored = wanted
        if self._good() == wanted:
            return
        while len(self.rows) > len(wanted):
            self._drop(self.rows[-1])
        while len(self.rows) < len(wanted):
            self._append()
        for row, value in zip(self.rows, wanted, strict=True):
            row.show_value(value)
            row.complain("")

    def clear(self) -> None:
        """Forget everything, for another person."""
        for row in list(self.rows):
            self._drop(row)
        self._stored = ()

    def add_row(self) -> ValueRow:
        """A new, empty row, with the caret in it."""
        empty = next((row for row in self.rows if row.value() is None), None)
        row = empty if empty is not None else self._append()
        row.take_focus()
        return row

    def flush(self) -> None:
        """Say now what has changed."""
        self._committed()

    def _append(self) -> ValueRow:
        row = self._make_row()
        row.committed.connect(self._committed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _drop(self, row: ValueRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _remove(self, row: ValueRow) -> None:
        at = self.rows.index(row)
        self._drop(row)
        (self.rows[min(at, len(self.rows) - 1)].take_focus if self.rows else self.add_button.setFocus)()
        self._committed()

    def _good(self) -> tuple[Any, ...]:
        good = []
        for row in self.rows:
            value = row.value()
            if value is None:
                row.complain("")
                continue
            try:
                good.append(self._check(value))
            except Invalid as error:
                row.complain(f"{error.field}: {error.reason}.")
            else:
                row.complain("")
        return tuple(good)

    def _committed(self) -> None:
        values = self._good()
        if values != self._stored:
            self._stored = values
            self.changed.emit(values)


class LabelledRow(ValueRow):
    """A label and a text: an email address, a phone number, a link.

    `make(text, label, preferred)` builds the value, `read(value)` takes it apart again, `act` opens it ("Write").
    """

    def __init__(
        self,
        name: str,
        labels: Sequence[str],
        make: Callable[[str, str, bool], Any],
        read: Callable[[Any], tuple[str, str, bool]],
        act: tuple[str, str, Callable[[str], object]] | None = None,
        can_prefer: bool = True,
    ) -> None:
        super().__init__(name)
        self._make, self._read, self._act, self._can_prefer = make, read, act, can_prefer
        self._preferred = False
        self.label = label_field(f"Label of {name}", labels)
        self.text = LineField(name.capitalize(), placeholder=name.capitalize())
        self.text.committed.connect(lambda _text: self.committed.emit())
        self.label.committed.connect(lambda _text: self.committed.emit())
        self.line.addWidget(self.text, 1)
        self.line.addWidget(self.label)
        self.line.addWidget(self.more)

    def value(self) -> Any:
        text = self.text.text().strip()
        return self._make(text, self.label.text().strip(), self._preferred) if text else None

    def show_value(self, value: Any) -> None:
        text, label, self._preferred = self._read(value)
        self.text.set_text(text)
        self.label.set_text(label)
        self.more.setIcon(self.more.icon())

    def complain(self, why: str) -> None:
        self.text.set_state("wrong" if why else "", why)

    def menu(self) -> Sequence[MenuItem | None]:
        items: list[MenuItem | None] = []
        if self._act is not None and self.text.text().strip():
            words, icon, act = self._act
            items.append(MenuItem(words, lambda: act(self.text.text().strip()), icon=icon))
        if self._can_prefer:
            items.append(MenuItem("Preferred", self._prefer, checked=self._preferred))
        return [*items, *super().menu()]

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prefer(self) -> None:
        self._preferred = not self._preferred
        self.committed.emit()


def label_field(name: str, labels: Sequence[str], width: int = 96) -> LineField:
    """A narrow field for a label, with the usual ones to choose from."""
    field = LineField(name, placeholder="Label")
    field.setFixedWidth(applied().px(width))
    QLineEdit.setCompleter(field, Completer(labels, field))
    return field
