"""Choosing one of a few values, a number, and yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ui.icons import draw_icon
from ui.theme import applied
from ui.widgets.painting import advance, draw_check_mark, outline_round


class Choice(QComboBox):
    """One of several (value, words) pairs. `chosen(value)` fires when the person picks another one.

    The mouse wheel does nothing unless the field has the focus, so that scrolling a page changes no value.
    """

    chosen = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[Any, str]] = (), value: Any = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._values: list[Any] = []
        self.set_choices(choices, value)
        self.activated.connect(lambda at: self.chosen.emit(self._values[at]))

    @property
    def value(self) -> Any:
        """The value chosen, or None."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Show a stored value; nothing is chosen when it is none of the choices."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def set_choices(self, choices: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """Offer other values."""
        self.clear()
        self._values = [each for each, _ in choices]
        self.addItems([words for _, words in choices])
        self.set_value(value)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What does not fit ends in an ellipsis instead of in the middle of a letter."""
        super().initStyleOption(option)
        room = (
            self.style()
            .subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
            .width()
        )
        fitting = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = fitting

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = applied().colour("mute" if self.isEnabled() else "outline")
        draw_icon(painter, QRectF(self.width() - 24, (self.height() - 14) / 2, 14, 14), "chevron-down", colour)
        painter.end()


class Number(QSpinBox):
    """A whole number with an optional unit ("days"); arrow keys step it. `chosen(value)` fires when editing ends."""

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        value: int = 0,
        least: int = 0,
        most: int = 9_999,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(9, 0, 9, 0)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stored = value
        self.setValue(value)
        self.editingFinished.connect(self.flush)

    def set_value(self, value: int) -> None:
        """Show a stored value, unless another one is being typed."""
        if not (self.hasFocus() and self.value() != self._stored):
            self._stored = value
            self.setValue(value)

    def flush(self) -> None:
        """Commit now what was typed."""
        self.interpretText()
        if self.value() != self._stored:
            self._stored = self.value()
            self.chosen.emit(self._stored)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Tick(QCheckBox):
    """A checkbox with its words. `chosen(on)` fires when the person ticks or unticks it; `set_on()` shows a state."""

    chosen = Signal(bool)

    def __init__(self, text: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setChecked(on)
        self.clicked.connect(self.chosen)

    def set_on(self, on: bool) -> None:
        """Show a stored state."""
        self.setChecked(on)

    def sizeHint(self) -> QSize:
        theme = applied()
        return QSize(round(advance(self.text(), theme.font("body"))) + theme.px(15) + 16, theme.px(20) + 6)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        side = theme.px(15)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        draw_check_mark(painter, box, self.isChecked(), self.hasFocus())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "outline"))
        left = side + 9
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            outline = QRectF(left - 4, 2, advance(self.text(), theme.font("body")) + 8, self.height() - 4)
            outline_round(painter, outline, 4, theme.colour("accent"))
        painter.end()
