"""The line over a row that asks what happened."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from planner.followups.records import FollowUp
from planner.followups.rules.in_touch import fitting_kind
from planner.relations.introductions import consent_in
from planner.relations.records import Consent
from ui.theme import applied
from ui.widgets.labels import Label
from ui.widgets.row_list import RowList

_KINDS = {
    "met": "a meeting",
    "call": "a call",
    "video": "a video call",
    "email": "an email",
    "message": "a message",
    "letter": "a letter",
    "social": "an online contact",
}


class DoneLine(QFrame):
    """`answered(ids, words)` on Enter: words are logged, none means just done. Escape takes the line away again."""

    answered = Signal(object, str)

    def __init__(self, rows: RowList) -> None:
        super().__init__(rows.viewport())
        self._rows = rows
        self._ids: list[int] = []
        self._first: FollowUp | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 20, 0)
        line.setSpacing(12)
        self.field = _Field()
        self.hint = Label("", "small_muted")
        line.addWidget(self.field, 1)
        line.addWidget(self.hint)
        self.field.returnPressed.connect(self._answer)
        self.field.textChanged.connect(self._say_what_enter_does)
        self.field.left.connect(self._leave)
        self.field.escaped.connect(self.dismiss)
        rows.verticalScrollBar().valueChanged.connect(self._place)
        self.hide()

    def ask(self, ids: list[int], first: FollowUp, row: int) -> None:
        """Ask about these follow-ups, over the row of one of them."""
        self._ids, self._first, self._row = ids, first, row
        who = first.people[0].name if len(ids) == 1 and first.people else ""
        self.field.clear()
        self.field.setPlaceholderText(f"What happened{f' with {who}' if who else ''}?")
        self.field.setAccessibleName(self.field.placeholderText())
        self._say_what_enter_does()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Take it away; nothing is done."""
        if self.isVisible():
            self.hide()
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    _row = 0

    def _answer(self) -> None:
        words, ids = self.field.text().strip(), self._ids
        self.dismiss()
        self.answered.emit(ids, words)

    def _leave(self) -> None:
        if not self.field.text().strip():
            self.hide()

    def _say_what_enter_does(self) -> None:
        words = self.field.text().strip()
        assert self._first is not None
        if ":hear" in self._first.details.origin_key:
            refused = words and consent_in(words) is Consent.NO
            self.hint.set_text("Enter: the answer is no" if refused else "Enter: said yes. “No …” ends it")
            return
        if not words:
            self.hint.set_text("Enter: just done")
            return
        channel = self._first.people[0].preferred_channel if self._first.people else ""
        kind = fitting_kind(self._first.details.kind, words, channel)
        self.hint.set_text(f"Enter logs {_KINDS[kind.value]}" if self._first.people else "Enter: done")

    def _place(self) -> None:
        index = self._rows.model().index(self._row, 0)
        rect = self._rows.visualRect(index)
        left = 20 + applied().px(34) + 12
        self.setGeometry(QRect(left, rect.top() + 1, rect.width() - left, rect.height() - 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.field.setFixedHeight(applied().px(20) + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), applied().colour("selection"))
        painter.end()


class _Field(QLineEdit):
    left = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # no letter typed here is a command of the list

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
