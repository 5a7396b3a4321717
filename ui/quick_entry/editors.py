"""The line that opens in the panel for what no menu can hold: another day, a time, another person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from planner.quick_entry.when import Lean
from planner.relations.records import PersonRef
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.completer import Completer
from ui.widgets.dates import DateField, TimeField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.context import UiContext


class InlineEditor(QWidget):
    """Asks one thing at a time. Enter or Done answers, Escape closes; `closed` fires either way."""

    closed = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._answer: Callable[[], bool] = lambda: True
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._fields: list[QWidget] = []
        self._label = Label("", "small_muted")
        self._line.addWidget(self._label)
        self.done_button = Button("Set")
        self.done_button.clicked.connect(self.answer)
        self._line.addStretch(1)
        self._line.addWidget(self.done_button)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return (*self._fields, self.done_button)

    def ask_day(self, name: str, day: date, lean: Lean, chosen: Callable[[date], None]) -> None:
        """A day, typed in words or picked."""
        field = self._day_field(name, day, lean)

        def answer() -> bool:
            field.flush()
            if field.day is None or field.property("state") == "wrong":
                return False
            chosen(field.day)
            return True

        self._open(name, [field], answer)

    def ask_moment(
        self, name: str, day: date, at: time | None, lean: Lean, chosen: Callable[[date, time | None], None]
    ) -> None:
        """A day, and a time of day or none."""
        days = self._day_field(name, day, lean)
        times = TimeField("Time", at)
        times.setFixedWidth(applied().px(90))

        def answer() -> bool:
            days.flush()
            times.flush()
            if days.day is None or "wrong" in (days.property("state"), times.property("state")):
                return False
            if lean is Lean.PAST and days.day > self._ctx.clock.today():
                days.set_state("wrong", "That day is yet to come; plan a follow-up for it instead.")
                return False
            chosen(days.day, times.at)
            return True

        self._open(name, [days, times], answer)

    def ask_person(self, name: str, chosen: Callable[[PersonRef], None]) -> None:
        """A contact, completed while typing."""
        field = _PersonField(name, self._ctx)

        def answer() -> bool:
            person = field.person()
            if person is not None:
                chosen(person)
            return person is not None

        self._open(name, [field], answer)

    def answer(self) -> None:
        """Take the answer over, if it is one, and close."""
        answer = self._answer
        if answer():
            self.close_editor()

    def close_editor(self) -> None:
        """Ask no more."""
        if self.isHidden():
            return
        self.hide()
        self._clear()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def _day_field(self, name: str, day: date, lean: Lean) -> DateField:
        entry = self._ctx.planner.quick_entry
        field = DateField(name, day, read=lambda words: entry.day(words, lean))
        field.setFixedWidth(applied().px(170))
        return field

    def _open(self, name: str, fields: list[QWidget], answer: Callable[[], bool]) -> None:
        self._clear()
        self._label.set_text(name)
        self._answer = answer
        for at, field in enumerate(fields, 1):
            self._line.insertWidget(at, field)
        self._fields = fields
        self.show()
        fields[0].setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(fields[0], QLineEdit):
            fields[0].selectAll()

    def _clear(self) -> None:
        for field in self._fields:
            self._line.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._fields = []


class _PersonField(QLineEdit):
    """Completes names; what is typed in full counts as well as what is picked."""

    def __init__(self, name: str, ctx: UiContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._known: dict[str, PersonRef] = {}
        self.setAccessibleName(name)
        self.setPlaceholderText("Name")
        self.setMinimumWidth(applied().px(220))
        self._names = QStringListModel(self)
        self.setCompleter(Completer(self._names, self, unfiltered=True))
        self.textEdited.connect(self._look)

    def person(self) -> PersonRef | None:
        """Who is meant: the one picked, else the likeliest."""
        text = self.text().strip()
        if not text:
            return None
        if text not in self._known:
            self._look(text)
        return self._known.get(text) or next(iter(self._known.values()), None)

    def _look(self, text: str) -> None:
        people = self._ctx.planner.quick_entry.people(text, 8)
        self._known = {person.name: person for person in people}
        self._names.setStringList(list(self._known))
