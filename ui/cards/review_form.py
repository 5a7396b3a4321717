"""The fields of a card with their doubt, and what the person is to you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.cards.contact_fields import details_of
from planner.cards.records import FieldKind, ReadField, Reading
from planner.contacts.records import ContactDetails, Role, Tie
from ui.cards.presenting import FIELD_WORDS, doubt_words, field_words
from ui.contacts.words import role_words, tie_words
from ui.widgets.choice import Choice
from ui.widgets.fields import Form, LineField, StateDot
from ui.widgets.layouts import clear_layout, row
from ui.widgets.notes import AutosaveText

#: Fields that are offered even when nothing was read for them.
_ALWAYS = (
    FieldKind.NAME, FieldKind.TITLE, FieldKind.ORGANISATION, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ADDRESS,
)  # fmt: skip
_ORDER = tuple(FieldKind)


@dataclass
class _Row:
    field: ReadField
    line: LineField
    dot: StateDot


class ReviewForm(QWidget):
    """`edited(fields)` when a field was put right; `pointed(text, doubt)` when one got the focus.

    Enter in a doubtful field says that it is right as it stands, and goes on to the next doubtful one; from the last
    one `checked()` is sent.
    """

    edited = Signal(object)
    pointed = Signal(str, str)
    checked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows: list[_Row] = []
        self._reading: Reading | None = None
        self._last: _Row | None = None
        self.role = Choice("Relationship", [(None, "–"), *((role, role_words(role)) for role in Role)])
        self.tie = Choice("Tie", [(None, "no tie said"), *((tie, tie_words(tie)) for tie in Tie)])
        self.notes = AutosaveText("Notes", lines=2)
        self.notes.setProperty("look", "")
        self.notes.document().setDocumentMargin(4)

    @property
    def fields(self) -> tuple[ReadField, ...]:
        """The fields as they stand, those that say nothing left out."""
        return tuple(one.field for one in self._rows if one.field.value.strip())

    @property
    def lines(self) -> dict[FieldKind, LineField]:
        """The first line of each kind."""
        return {one.field.kind: one.line for one in reversed(self._rows)}

    def show_reading(self, reading: Reading) -> None:
        """Show another card, or the same one as it was changed elsewhere."""
        if self._reading is not None and reading.fields == self.fields and _same_card(reading, self._reading):
            self._reading = reading
            return
        self._reading = reading
        self._last = None
        fields = list(reading.fields)
        fields += [ReadField(kind, "") for kind in _ALWAYS if not any(one.kind is kind for one in fields)]
        fields.sort(key=lambda one: _ORDER.index(one.kind))
        self._build(fields)
        base = reading.base
        self.role.set_value(base.roles[0] if base is not None and base.roles else None)
        self.tie.set_value(base.tie if base is not None else None)
        self.notes.set_text(details_of(reading).notes)

    def add_field(self, kind: FieldKind) -> None:
        """Offer one more empty field, and go there."""
        fields = [one.field for one in self._rows]
        fields.append(ReadField(kind, ""))
        fields.sort(key=lambda one: _ORDER.index(one.kind))
        self._build(fields)
        empty = [one for one in self._rows if one.field.kind is kind and not one.field.value]
        if empty:
            empty[-1].line.setFocus()

    def put(self, text: str, kind: FieldKind | None) -> None:
        """Put a text of the card into the field that was used last, else where its kind belongs."""
        target = self._last or next((one for one in self._rows if one.field.kind is kind), None)
        if target is None:
            notes = self.notes.toPlainText()
            self.notes.setPlainText(f"{notes}\n{text}".strip())
            return
        target.line.setText(text)
        target.line.flush()
        target.line.setFocus()

    def flush(self) -> None:
        """Take over what is typed in any field."""
        for one in self._rows:
            one.line.flush()

    def details(self) -> ContactDetails | None:
        """The contact that the card stands for now."""
        if self._reading is None:
            return None
        self.flush()
        details = details_of(self._reading, self.fields, notes=False)
        roles = details.roles
        if self.role.value is not None and self.role.value not in roles:
            roles = (self.role.value, *roles[1:])
        return replace(details, roles=roles, tie=self.tie.value, notes=self.notes.toPlainText().strip())

    def first_doubtful(self) -> LineField | None:
        """The line to look at first: the first doubtful one, else the name."""
        for one in self._rows:
            if one.field.value and not one.field.sure:
                return one.line
        return self._rows[0].line if self._rows else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            found = next((one for one in self._rows if one.line is watched), None)
            if found is not None:
                self._last = found
                self.pointed.emit(found.field.value, "" if found.field.sure else doubt_words(found.field))
        if isinstance(event, QFocusEvent) and event.lostFocus() and isinstance(watched, LineField):
            away = event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if away:
                watched.setCursorPosition(0)  # a long value shows its beginning again
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, LineField):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._confirm(watched)
                return True
        return super().eventFilter(watched, event)

    def _confirm(self, line: LineField) -> None:
        line.flush()
        one = next((one for one in self._rows if one.line is line), None)
        if one is not None and one.field.value and not one.field.sure:
            self._committed(one, one.field.value)
        doubtful = self.first_doubtful()
        found = next((one for one in self._rows if one.line is doubtful), None)
        if doubtful is not None and found is not None and found.field.value and not found.field.sure:
            doubtful.setFocus()
            doubtful.selectAll()
        else:
            self.checked.emit()

    def _build(self, fields: Sequence[ReadField]) -> None:
        for kept in (self.role, self.tie, self.notes):
            kept.setParent(self)
        clear_layout(self._column)
        self._rows = []
        form = Form(label_width=92)
        counts: dict[FieldKind, int] = {}
        for field in fields:
            counts[field.kind] = counts.get(field.kind, 0) + 1
            words = field_words(field)
            number = f" {counts[field.kind]}" if counts[field.kind] > 1 else ""
            line = LineField(f"{FIELD_WORDS[field.kind]}{number}", field.value)
            line.setCursorPosition(0)
            dot = StateDot("ok", "")
            made = _Row(field, line, dot)
            line.committed.connect(partial(self._committed, made))
            line.installEventFilter(self)
            self._rows.append(made)
            form.add(words, line, dot)
            self._mark(made)
        form.add("Relationship", _beside(self.role, self.tie))
        form.add("Notes", self.notes, top=True)
        for kept in (self.role, self.tie, self.notes):
            kept.show()
        self._column.addWidget(form)

    def _committed(self, one: _Row, text: str) -> None:
        one.field = one.field.corrected(text.strip())
        self._mark(one)
        self.edited.emit(self.fields)

    def _mark(self, one: _Row) -> None:
        said = bool(one.field.value)
        words = doubt_words(one.field) if said else ""
        one.dot.set_state("ok" if one.field.sure else "warn", words)
        one.dot.setVisible(said)
        one.line.set_state("doubtful" if said and not one.field.sure else "", "" if one.field.sure else words)


def _same_card(one: Reading, other: Reading) -> bool:
    return (one.source, one.position, one.codes) == (other.source, other.position, other.codes)


def _beside(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*widgets, None))
    return holder
