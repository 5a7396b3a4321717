"""Noting something to celebrate with somebody: a new job, a promotion, an award."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.relations.drafts import MilestoneDraft
from planner.relations.records import MilestoneKind
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField, ReadDay
from ui.widgets.fields import EntryLine
from ui.widgets.layouts import row

#: Birthdays and work anniversaries come round every year: they are dates of the contact.
_KINDS = (MilestoneKind.AWARD, MilestoneKind.NEW_JOB, MilestoneKind.PROMOTION, MilestoneKind.OTHER)


class CelebrateLine(QWidget):
    """A link that opens a line to write in. `noted(MilestoneDraft)` on Enter or Add."""

    noted = Signal(object)

    def __init__(self, read_day: ReadDay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id: int | None = None
        self._today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.opener = LinkButton("Something to celebrate")
        self.opener.clicked.connect(self.start)
        column.addLayout(row(self.opener, None))
        self._fields = QWidget()
        inner = QVBoxLayout(self._fields)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        self.kind = Choice("What it is", [(kind, kind.value.capitalize()) for kind in _KINDS], MilestoneKind.AWARD)
        self.words = EntryLine("Something to celebrate", "What happened")
        self.words.submitted.connect(lambda _: self._add())
        self.on = DateField("When", read=read_day)
        add = Button("Add")
        add.clicked.connect(self._add)
        inner.addLayout(row(self.words, add, spacing=6))
        inner.addLayout(row(self.kind, self.on, spacing=6))
        self._fields.hide()
        column.addWidget(self._fields)

    def show_person(self, contact_id: int, today: date) -> None:
        """For whom it is."""
        if contact_id != self._id:
            self._fields.hide()
            self.opener.show()
            self.words.clear()
            self.on.set_day(today)
        self._id, self._today = contact_id, today

    def start(self) -> None:
        """Open the line."""
        self.opener.hide()
        self._fields.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """It was saved."""
        self.words.accept()
        self._fields.hide()
        self.opener.show()

    def _add(self) -> None:
        self.on.flush()
        if self.on.is_wrong:
            self.on.setFocus()
        elif self._id is not None and self.words.text().strip():
            on = self.on.day or self._today
            self.noted.emit(MilestoneDraft(self._id, self.kind.value, on, self.words.text().strip()))
