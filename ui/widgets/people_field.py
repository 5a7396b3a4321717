"""Whom something is for: chips of people, and a line that completes names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from planner.relations.records import PersonRef
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.chip import ChipButton
from ui.widgets.completer import Completer
from ui.widgets.layouts import FlowLayout
from ui.widgets.own_undo import leaves_to_window

Find = Callable[[str], Sequence[PersonRef]]


class PeopleField(QWidget):
    """`find(text)` answers with the people a few letters may mean, the likeliest first. `changed(people)` fires when

    somebody was added (Enter or Tab on a name, a click in the list) or taken away (Delete on a chip, Backspace at the
    line's beginning). `flush()` takes over a name that was typed in full.
    """

    changed = Signal(object)

    def __init__(self, name: str, find: Find, people: Iterable[PersonRef] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._people: list[PersonRef] = []
        self._offers: tuple[PersonRef, ...] = ()
        self._flow = FlowLayout(self, gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.line = _Line()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("Name")
        self.line.setMinimumWidth(applied().px(220))
        self._names = QStringListModel(self)
        completer = Completer(self._names, self.line, unfiltered=True)
        completer.activated[QModelIndex].connect(lambda index: self._take(index.row()))  # type: ignore[index]  # Qt's overload
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._look)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self.flush)
        self.line.backspaced.connect(self._drop_last)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)
        self.set_people(people)

    @property
    def people(self) -> tuple[PersonRef, ...]:
        """Those chosen, in order."""
        return tuple(self._people)

    def set_people(self, people: Iterable[PersonRef]) -> None:
        """Show these."""
        self._people = list(dict.fromkeys(people))
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, person in enumerate(self._people):
            chip = ChipButton(person.name or "?", Tone.ACCENT, removable=True)
            chip.removed.connect(lambda person=person: self._remove(person))
            self._flow.insert(at, chip)
            chip.show()
        self.updateGeometry()

    def flush(self) -> None:
        """Take over a name that was typed in full but not yet chosen."""
        text = self.line.text().strip().casefold()
        if text:
            self._look(self.line.text())
            for at, person in enumerate(self._offers):
                if person.name.casefold() == text:
                    self._take(at)
                    return

    def _look(self, text: str) -> None:
        chosen = {person.id for person in self._people}
        found = self._find(text) if text.strip() else ()
        self._offers = tuple(person for person in found if person.id not in chosen)
        self._names.setStringList([person.name for person in self._offers])

    def _enter(self) -> None:
        if self.line.text().strip():
            self._look(self.line.text())
            if self._offers:
                self._take(0)

    def _take(self, at: int) -> None:
        if 0 <= at < len(self._offers):
            self.set_people([*self._people, self._offers[at]])
            self._offers = ()
            self.line.clear_soon()
            self.changed.emit(self.people)

    def _remove(self, person: PersonRef) -> None:
        self.set_people(each for each in self._people if each != person)
        self.line.setFocus()
        self.changed.emit(self.people)

    def _drop_last(self) -> None:
        if self._people:
            self._remove(self._people[-1])


class _Line(QLineEdit):
    entered = Signal()
    left = Signal()
    backspaced = Signal()

    def clear_soon(self) -> None:
        # The completer writes the name into the line right after it was chosen.
        from PySide6.QtCore import QTimer

        self.clear()
        QTimer.singleShot(0, self, self.clear)

    def event(self, event: QEvent) -> bool:
        if leaves_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
