"""Rows for postal addresses and for dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from planner.contacts import partial_dates
from planner.contacts.records import Address, DateKind, PartialDate
from ui.contacts.value_rows import ValueRow, label_field
from ui.theme import applied
from ui.widgets.choice import Choice
from ui.widgets.fields import LineField
from ui.widgets.menu import MenuItem

_FIELDS = (
    ("street", "Street", 0, 0, 2),
    ("extended", "Flat, floor", 0, 2, 1),
    ("postcode", "Postcode", 1, 0, 1),
    ("city", "City", 1, 1, 1),
    ("region", "Region", 1, 2, 1),
    ("country", "Country", 2, 0, 2),
    ("po_box", "PO box", 2, 2, 1),
)


class AddressRow(ValueRow):
    """An address in its parts."""

    def __init__(self, open_map: Callable[[Address], object] | None = None) -> None:
        super().__init__("address")
        self._address = Address()
        self._open_map = open_map
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.fields: dict[str, LineField] = {}
        for name, words, at, column, span in _FIELDS:
            field = self.fields[name] = LineField(words, placeholder=words)
            field.committed.connect(lambda _text: self.committed.emit())
            grid.addWidget(field, at, column, 1, span)
        self.label = label_field("Label of address", ("home", "work"))
        self.label.committed.connect(lambda _text: self.committed.emit())
        self.line.addWidget(holder, 1)
        self.line.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def value(self) -> Address | None:
        parts = {name: field.text().strip() for name, field in self.fields.items()}
        if not any(parts.values()):
            return None
        # A street of several lines is shown in one; as long as that is not changed, its lines stay.
        if parts["street"] == _one_line(self._address.street):
            parts["street"] = self._address.street
        return replace(self._address, label=self.label.text().strip(), **parts)  # type: ignore[arg-type]  # all are text

    def show_value(self, value: Address) -> None:
        self._address = value
        for name, field in self.fields.items():
            field.set_text(_one_line(getattr(value, name)))
        self.label.set_text(value.label)

    def complain(self, why: str) -> None:
        self.fields["street"].set_state("wrong" if why else "", why)

    def menu(self) -> list[MenuItem | None]:
        preferred = MenuItem("Preferred", self._prefer, checked=self._address.preferred)
        return [preferred, *super().menu()]

    def take_focus(self) -> None:
        self.fields["street"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _prefer(self) -> None:
        self._address = replace(self._address, preferred=not self._address.preferred)
        self.committed.emit()


_KINDS = tuple((kind, kind.value.capitalize()) for kind in DateKind)


class DateRow(ValueRow):
    """A birthday or another date, in words: "14 July", "July 1980"."""

    def __init__(self) -> None:
        super().__init__("date")
        self._date = PartialDate(DateKind.BIRTHDAY)
        self.kind = Choice("What the date is", _KINDS, DateKind.BIRTHDAY)
        self.kind.setFixedWidth(applied().px(150))
        self.kind.chosen.connect(lambda _kind: self.committed.emit())
        self.text = LineField("Date", placeholder="14 July 1980, or 14 July")
        self.text.committed.connect(lambda _text: self.committed.emit())
        self.label = label_field("Name of the date", (), width=120)
        self.label.setPlaceholderText("Name")
        self.label.committed.connect(lambda _text: self.committed.emit())
        self.line.addWidget(self.kind)
        self.line.addWidget(self.text, 1)
        self.line.addWidget(self.label)
        self.line.addWidget(self.more)

    def value(self) -> PartialDate | None:
        text = self.text.text().strip()
        if not text:
            return None
        date = replace(self._date, kind=self.kind.value or DateKind.OTHER, label=self.label.text().strip())
        if text == partial_dates.shown(self._date):
            return date
        found = partial_dates.parsed(date, text)
        # What can't be read is no date at all, and is refused as such.
        return found if found is not None else replace(date, year=None, month=None, day=None)

    def show_value(self, value: PartialDate) -> None:
        self._date = value
        self.kind.set_value(value.kind)
        self.text.set_text(partial_dates.shown(value))
        self.label.set_text(value.label)

    def complain(self, why: str) -> None:
        self.text.set_state(
            "wrong" if why else "", "Write it like “14 July 1980”, “14 July” or “1980-07-14”." if why else ""
        )

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _one_line(text: str) -> str:
    return ", ".join(line.strip() for line in text.splitlines() if line.strip())
