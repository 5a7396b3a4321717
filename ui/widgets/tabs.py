"""Tabs with an accent underline, and chips that choose one filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QTabBar, QWidget

from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.chip import ChipButton
from ui.widgets.layouts import FlowLayout
from ui.widgets.painting import advance, outline_round


class Tabs(QTabBar):
    """A row of tabs, made from (key, words) pairs. `chosen(key)` fires when the person changes it.

    `aside` is muted text at the far right. Arrow keys move between tabs.
    """

    chosen = Signal(str)
    _GAP = 18

    def __init__(self, tabs: Sequence[tuple[str, str]], aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self._aside = aside
        self._keys = [key for key, _ in tabs]
        for _, text in tabs:
            self.addTab(text)
        self.setAccessibleName("Sections")
        self.currentChanged.connect(self._announce)

    @property
    def key(self) -> str:
        """The current tab's key."""
        return self._keys[self.currentIndex()]

    def choose(self, key: str) -> None:
        """Switch to a tab; `chosen` fires if it was another one. An unknown key is ignored."""
        if key in self._keys:
            self.setCurrentIndex(self._keys.index(key))

    def set_aside(self, text: str) -> None:
        """Change the muted text at the right."""
        self._aside = text
        self.update()

    def _announce(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.chosen.emit(self._keys[index])

    def tabSizeHint(self, index: int) -> QSize:
        theme = applied()
        first = 20 if index == 0 else 0
        return QSize(round(advance(self.tabText(index), theme.font("strong"))) + self._GAP + first, theme.px(20) + 21)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.tabSizeHint(0).height() if self.count() else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        bottom = self.height() - 1
        painter.fillRect(self.rect(), theme.colour("pane"))
        painter.fillRect(0, bottom, self.width(), 1, theme.colour("line"))
        for index in range(self.count()):
            on = index == self.currentIndex()
            rect = QRectF(self.tabRect(index)).adjusted(20 if index == 0 else 0, 0, -self._GAP, 0)
            painter.setFont(theme.font("strong" if on else "body"))
            painter.setPen(theme.colour("ink" if on else "mute"))
            painter.drawText(rect.adjusted(0, 0, 2, -1), LEFT, self.tabText(index))
            if on:
                painter.fillRect(QRectF(rect.left(), bottom - 1, rect.width(), 2), theme.colour("accent"))
                if self.hasFocus():
                    outline_round(painter, rect.adjusted(-6, 7, 6, -7), 5, theme.colour("accent"))
        if self._aside:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("mute"))
            painter.drawText(QRectF(self.rect()).adjusted(0, 0, -20, -1), RIGHT, self._aside)
        painter.end()


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FilterChips(QWidget):
    """One of several chips is on, as in All / Promises / Check-ins. `chosen(key)` fires when the person changes it."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=10)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ChipButton] = {}
        self.setAccessibleName("Filter")
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: str | None = None) -> None:
        """Replace the chips; the one that was on stays on where it still exists, else the first."""
        wanted = chosen if chosen is not None else self.key
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for key, text in choices:
            button = _FilterChip(text, Tone.NEUTRAL, checkable=True)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._flow.addWidget(button)
            self._buttons[key] = button
        if self._buttons:
            self._buttons.get(wanted, next(iter(self._buttons.values()))).setChecked(True)

    @property
    def key(self) -> str:
        """The key of the chip that is on."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Turn a chip on and say so, as a click would."""
        if key in self._buttons and not self._buttons[key].isChecked():
            self._buttons[key].click()


class _FilterChip(ChipButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        group = self.group()
        if step is None or group is None:
            super().keyPressEvent(event)
            return
        buttons = group.buttons()
        other = buttons[(buttons.index(self) + step) % len(buttons)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        other.click()
