"""The line a sentence is typed into, with what was understood underlined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from ui.theme import applied, is_theme_change

_MOST_LINES = 6
#: What is being written is the main thing on the panel.
_LARGER = 16 / 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, in characters, underlined in a token's colour; `strong` gives it a ground as well."""

    start: int
    end: int
    token: str
    strong: bool = False


class SentenceEdit(QPlainTextEdit):
    """Grows to some lines. Enter and Ctrl+Enter emit `submitted`, Shift+Enter breaks the line, Tab goes on.

    `marks` are positions in Python's characters; Qt counts a character beyond the basic plane twice.
    """

    submitted = Signal()
    typed = Signal(str)

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setProperty("look", "plain")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self._dress()
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Underline these stretches."""
        text = self.toPlainText()
        selections = []
        for mark in marks:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text, mark.start))
            cursor.setPosition(_units(text, mark.end), QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            colour = QColor(applied().colour(mark.token))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(colour)
            if mark.strong:
                form.setBackground(applied().colour("selection"))
            selection.cursor = cursor
            selection.format = form
            selections.append(selection)
        self.setExtraSelections(selections)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def sizeHint(self) -> QSize:
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        return QSize(200, self.fontMetrics().lineSpacing() * lines + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._dress()
            self._fit()

    def _dress(self) -> None:
        font = QFont(applied().font("body"))
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        if font != self.font():
            self.setFont(font)

    def _changed(self) -> None:
        self._fit()
        self.typed.emit(self.toPlainText())

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)


def _units(text: str, characters: int) -> int:
    return len(text[:characters].encode("utf-16-le")) // 2
