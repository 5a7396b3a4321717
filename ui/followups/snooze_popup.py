"""Until when: a line that takes a day in words, and the two answers most often given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from planner.errors import UserError
from planner.followups import dates
from planner.followups.rules.due import next_working_day
from ui.context import UiContext
from ui.day_words import day_words
from ui.followups.days import read_day, weekday_words
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import Button
from ui.widgets.labels import Label
from ui.widgets.layouts import row


class SnoozePopup(QFrame):
    """`chosen(day)` fires once; Escape or a click elsewhere closes it. Enter on the empty line is the first answer."""

    chosen = Signal(object)

    def __init__(self, ctx: UiContext, title: str, parent: QWidget, working_days: Sequence[int]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("frame", "box")
        self.setAccessibleName(title)
        self._ctx = ctx
        self._working_days = tuple(working_days)
        self._today = ctx.clock.today()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Label(title, "heading"))
        self.line = _Line()
        self.line.setPlaceholderText("fri, in 3 weeks, 5 Aug …")
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(self._enter)
        column.addWidget(self.line)
        self.answer = Label("", "small_muted")
        column.addWidget(self.answer)
        self.buttons: list[Button] = []
        for words, day in self._offers():
            button = Button(words, "quiet")
            button.clicked.connect(lambda _=False, day=day: self._choose(day))
            column.addLayout(row(button, None, Label(weekday_words(day), "small_muted"), 4))
            self.buttons.append(button)
        self.line.went_down.connect(self.buttons[0].setFocus)
        self.setFixedWidth(applied().px(272))
        self._look()

    def open_at(self, place: QPoint) -> None:
        """Show it at a global position, ready to be typed into."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width() - 8)
        y = place.y() if place.y() + self.height() < screen.bottom() else place.y() - self.height() - 48
        self.move(max(screen.left() + 8, x), max(screen.top() + 8, y))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _offers(self) -> list[tuple[str, date]]:
        monday = dates.short_form("next week", self._today, self._working_days)
        offers = [
            ("Tomorrow", self._today + timedelta(days=1)),
            ("Next working day", next_working_day(self._today, self._working_days)),
            ("Next week", monday or self._today + timedelta(days=7)),
            ("In a month", dates.short_form("in a month", self._today) or self._today + timedelta(days=30)),
        ]
        return [offer for at, offer in enumerate(offers) if offer[1] not in [day for _, day in offers[:at]]]

    def _look(self) -> None:
        text = self.line.text().strip()
        day = dates.short_form(text, self._today, self._working_days) if text else self._today + timedelta(days=1)
        self.answer.set_tone(None)
        if day is None:
            self.answer.set_text("Enter to read it as a date")
        elif day < self._today:
            self.answer.set_tone(Tone.BAD)
            self.answer.set_text(f"{day_words(day, self._today)} is past")
        else:
            self.answer.set_text(f"Enter: {weekday_words(day)}")

    def _enter(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._choose(self._today + timedelta(days=1))
            return
        day = dates.short_form(text, self._today, self._working_days)
        if day is not None:
            self._choose(day)
            return
        self.answer.set_text("Reading…")
        planner, clock = self._ctx.planner, self._ctx.clock
        self._ctx.tasks.query(
            lambda: read_day(text, clock, planner.settings.get()), self._choose, self._explain, key=id(self)
        )

    def _choose(self, day: date) -> None:
        if day < self._today:
            self.answer.set_tone(Tone.BAD)
            self.answer.set_text(f"{day_words(day, self._today)} is past")
            return
        self.chosen.emit(day)
        self.close()

    def _explain(self, error: Exception) -> None:
        self.answer.set_tone(Tone.BAD)
        reason = getattr(error, "reason", "") if isinstance(error, UserError) else ""
        self.answer.set_text(reason or "That is not a day I know")


class _Line(QLineEdit):
    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)
