"""A row of removable chips and "+ add", with completion."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.chip import ChipButton
from ui.widgets.completer import Completer
from ui.widgets.layouts import FlowLayout
from ui.widgets.menu import MenuItem, open_menu


class TagEditor(QWidget):
    """Words as chips. Enter in "+ add" emits `added(word)`; Delete on a chip, or its menu, emits `removed(word)`.

    The widget shows what `set_tags()` says: the page saves and then sets the tags anew. `known` gives completions.
    A comma separates several words. A click on a chip emits `opened(word)`.
    """

    added = Signal(str)
    removed = Signal(str)
    opened = Signal(str)

    def __init__(
        self, name: str = "Tags", add_text: str = "+ add", known: Callable[[], Iterable[str]] = tuple,
        tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name, self._tone, self._known = name, tone, known
        self._tags: tuple[str, ...] = ()
        self._flow = FlowLayout(self, gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.add_button = ChipButton(add_text)
        self.add_button.setAccessibleName(f"Add to {name.lower()}")
        self.add_button.clicked.connect(self.start_adding)
        self.line = _Line(f"New: {name.lower()}")
        self.line.hide()
        self.line.returnPressed.connect(self._submit)
        self.line.left.connect(self._leave)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.line)

    @property
    def tags(self) -> tuple[str, ...]:
        """The words shown."""
        return self._tags

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show these words, in this order."""
        wanted = tuple(tags)
        if wanted == self._tags:
            return
        had_focus = next((at for at, chip in enumerate(self._chips()) if chip.hasFocus()), None)
        for chip in self._chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._tags = wanted
        for at, tag in enumerate(wanted):
            chip = ChipButton(tag, self._tone, removable=True, parent=self)
            chip.removed.connect(lambda tag=tag: self.removed.emit(tag))
            chip.clicked.connect(lambda _=False, tag=tag: self.opened.emit(tag))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(lambda at, chip=chip, tag=tag: self._menu(chip, tag, at))
            self._flow.insert(at, chip)
            chip.show()
        if had_focus is not None:
            chips = self._chips()
            (chips[min(had_focus, len(chips) - 1)] if chips else self.add_button).setFocus()
        self.updateGeometry()

    def start_adding(self) -> None:
        """Open the line for a new word."""
        shown = set(self._tags)
        words = sorted({word for word in self._known() if word not in shown}, key=str.casefold)
        self.line.setCompleter(Completer(words, self.line, contains=True))
        self.add_button.hide()
        self.line.show()
        self.line.setFocus()

    def _chips(self) -> list[ChipButton]:
        widgets = (self._flow.itemAt(at) for at in range(self._flow.count()))
        found = [item.widget() for item in widgets if item is not None]
        return [chip for chip in found if isinstance(chip, ChipButton) and chip is not self.add_button]

    def _submit(self) -> None:
        words = [word.strip() for word in self.line.text().split(",")]
        self.line.clear()
        for word in dict.fromkeys(words):
            if word and word not in self._tags:
                self.added.emit(word)

    def _leave(self) -> None:
        self._submit()
        self.line.hide()
        self.add_button.show()

    def _menu(self, chip: ChipButton, tag: str, at: QPoint) -> None:
        open_menu(chip, [MenuItem("Remove", lambda: self.removed.emit(tag), icon="x")], chip.mapToGlobal(at))


class _Line(QLineEdit):
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedSize(applied().px(150), applied().px(24))
        self.setStyleSheet("padding: 0 8px;")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
