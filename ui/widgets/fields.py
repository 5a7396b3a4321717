"""One-line fields that save when left, the rows that label them, and the one-line entry."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from ui.theme import applied, is_theme_change
from ui.widgets.own_undo import leaves_to_window
from ui.widgets.painting import advance, badge_text, draw_key_badge, key_badge_size

State = Literal["", "doubtful", "wrong"]


class LineField(QLineEdit):
    """A line that saves itself: `committed(text)` on Enter or when the focus leaves, if the text changed.

    `set_text()` shows a stored value, and never overwrites words being typed. Escape takes the last stored value back.
    """

    committed = Signal(str)

    def __init__(self, name: str, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._stored = text
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.editingFinished.connect(self.flush)

    @property
    def is_edited(self) -> bool:
        """Whether there are words that were not committed yet."""
        return self.text() != self._stored

    @property
    def is_wrong(self) -> bool:
        """Whether what stands in it is marked as not understood: what it means is then not what it shows."""
        return bool(self.property("state") == "wrong")

    def set_text(self, text: str) -> None:
        """Show a stored value, unless the person is in the middle of changing it."""
        if self.is_edited and self.hasFocus():
            return
        self._stored = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def set_state(self, state: State, why: str = "") -> None:
        """Mark the value as doubtful or wrong, with the reason as tool tip; "" takes the mark away."""
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setToolTip(why)
        self.setAccessibleDescription(why)

    def flush(self) -> None:
        """Commit now what was typed."""
        if self.is_edited:
            self._stored = self.text()
            self.committed.emit(self._stored)

    def event(self, event: QEvent) -> bool:
        if leaves_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_edited:
            self.setText(self._stored)
            return
        super().keyPressEvent(event)


class SearchField(QLineEdit):
    """A search line with a key badge or a muted count at its right end. Down goes on to the list (`left_down`).

    Escape clears it first, and only then does what Escape does elsewhere.
    """

    left_down = Signal()

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._badge = badge_text(key)
        self._aside = ""
        self._fit()

    def set_aside(self, text: str) -> None:
        """Show a muted word, such as the number of hits, at the right end."""
        self._aside = text
        self._fit()
        self.update()

    def event(self, event: QEvent) -> bool:
        if leaves_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = applied()
        painter = QPainter(self)
        if self._aside:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("mute"))
            painter.drawText(
                QRectF(self.rect()).adjusted(0, 0, -11, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._aside,
            )
        elif self._badge:
            size = key_badge_size(self._badge)
            at = QRectF(
                self.width() - size.width() - 11, (self.height() - size.height()) / 2, size.width(), size.height()
            )
            draw_key_badge(painter, at, self._badge)
        painter.end()

    def _fit(self) -> None:
        theme = applied()
        right = advance(self._aside, theme.font("body")) if self._aside else 0.0
        if not self._aside and self._badge:
            right = key_badge_size(self._badge).width()
        self.setTextMargins(1, 0, round(right) + (8 if right else 0), 0)
        self.setFixedHeight(theme.px(20) + 12)


class EntryLine(QLineEdit):
    """One line to write something new in. Enter emits `submitted(text)`; the words stay until `accept()` is called,

    so that nothing is lost when saving fails.
    """

    submitted = Signal(str)

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setToolTip(placeholder)
        self.returnPressed.connect(self._submit)

    def accept(self) -> None:
        """The words were saved: make room for the next."""
        self.clear()

    def event(self, event: QEvent) -> bool:
        if leaves_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def _submit(self) -> None:
        if self.text().strip():
            self.submitted.emit(self.text().strip())


class Form(QWidget):
    """Labels at the left, right-aligned, and their fields. `add("Title", field)` returns the field.

    A label in the form is the accessible name of a field that has none.
    """

    def __init__(self, label_width: int = 92, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, applied().px(label_width))
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, label: str, field: QWidget, trailing: QWidget | None = None, top: bool = False) -> QWidget:
        """Add a labelled row; `top` aligns the label with the first line of a tall field."""
        at = self._grid.rowCount()
        text = QLabel(label)
        text.setProperty("role", "small_muted")
        text.setBuddy(field)
        upright = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        if top:
            text.setContentsMargins(0, 6, 0, 0)
        self._grid.addWidget(text, at, 0, Qt.AlignmentFlag.AlignRight | upright)
        self._grid.addWidget(field, at, 1)
        if trailing is not None:
            self._grid.addWidget(trailing, at, 2, upright)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._labels[field] = text
        return field

    def sizeHint(self) -> QSize:
        """As tall as its fields are at the present width: chips may have wrapped."""
        hint = super().sizeHint()
        if self.hasHeightForWidth() and self.width() > 0:
            hint.setHeight(self.heightForWidth(self.width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field with its label."""
        field.setVisible(shown)
        self._labels[field].setVisible(shown)

    def name_row(self, field: QWidget, label: str) -> None:
        """Change a field's label."""
        self._labels[field].setText(label)

    def add_wide(self, widget: QWidget) -> QWidget:
        """Add a row without a label, over both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)
        return widget


class StateDot(QWidget):
    """An 8 px dot beside a field: sure (ok) or doubtful (warn). `meaning` is its tool tip and accessible name."""

    def __init__(self, token: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(18, 8)
        self.set_state(token, meaning)

    def set_state(self, token: str, meaning: str) -> None:
        """Change colour token and meaning."""
        self._token = token
        self.setToolTip(meaning)
        self.setAccessibleName(meaning)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(applied().colour(self._token))
        painter.drawEllipse(QRectF(0, 0, 8, 8))
        painter.end()


def select_all_on_tab(field: QLineEdit, event: QFocusEvent) -> None:
    """Mark a field's text when it was reached with Tab, so that typing replaces it."""
    if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
        field.selectAll()
