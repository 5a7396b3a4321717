"""Editing something that was logged."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.errors import Invalid, UserError
from planner.relations.drafts import InteractionDraft
from planner.relations.records import Interaction, InteractionKind
from ui.context import UiContext
from ui.quick_entry.days import past_day
from ui.quick_entry.wording import KIND_WORDS
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.choice import Choice, Number, Tick
from ui.widgets.dates import DateField, TimeField
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.notes import AutosaveText


class InteractionDialog(QDialog):
    """Kind, day, time, length, place, words, and whether it stays private."""

    def __init__(self, ctx: UiContext, it: Interaction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._it = ctx, it
        self.setWindowTitle("Edit entry")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        local = ctx.clock.local(it.at)
        form = Form(72)
        self.kind = Choice("Kind", [(kind, KIND_WORDS[kind]) for kind in InteractionKind], it.kind)
        self.day = DateField("Day", local.date(), read=past_day(ctx))
        self.at = TimeField("Time", local.time() if it.has_time else None)
        self.minutes = Number("Minutes", it.minutes or 0, 0, 24 * 60, "min")
        self.minutes.setSpecialValueText("–")
        self.place = LineField("Place", it.place)
        self.text = AutosaveText("What happened", it.text, lines=4)
        self.private = Tick("Private: never exported", it.private)
        for words, field in (("Kind", self.kind), ("Day", self.day), ("Time", self.at), ("Length", self.minutes),
                             ("Place", self.place)):  # fmt: skip
            form.add(words, field)
        form.add("Words", Box(self.text), top=True)
        form.add("", self.private)
        column.addWidget(form)
        self._wrong = Paragraph(style="bad")
        self._wrong.hide()
        column.addWidget(self._wrong)
        cancel, save = Button("Cancel"), Button("Save", "primary", "Ctrl+Return")
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        column.addLayout(row(None, cancel, save, spacing=10))

    def save(self) -> None:
        """Save, and close."""
        for field in (self.day, self.at, self.minutes):
            field.flush()
        day = self.day.day
        if wrong := next((field for field in (self.day, self.at) if field.is_wrong), None):
            wrong.setFocus()
            return
        if day is None:
            self.day.set_state("wrong", "Say on which day")
            return
        at = self.at.at
        draft = InteractionDraft(
            kind=self.kind.value,
            at=self._ctx.clock.at(day, at or time(12)),
            has_time=at is not None,
            contact_ids=tuple(person.id for person in self._it.contacts),
            text=self.text.toPlainText().strip(),
            minutes=self.minutes.value() or None,
            place=self.place.text().strip(),
            event_id=self._it.event_id,
            private=self.private.isChecked(),
        )
        self._ctx.tasks.command(
            self._ctx.planner.relations.update_interaction, self._it.id, draft, done=self._done, failed=self._failed
        )

    def _done(self, changes: Changes) -> None:
        if changes:
            self._ctx.toast("Changed the entry", undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self._wrong.set_text(f"{error.field}: {error.reason}.")
            self._wrong.show()
        elif isinstance(error, UserError):
            self._ctx.tasks.user_error.emit(error)
