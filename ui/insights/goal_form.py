"""The panel for a new goal, and for changing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.errors import UserError
from planner.relations.goals import GoalDraft
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.followups.days import read_day
from ui.widgets.button import Button
from ui.widgets.dates import DateField
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.overlay import Overlay
from ui.widgets.people_field import PeopleField


class GoalForm(Overlay):
    """`saved(draft)` fires on Save, Enter or Ctrl+Enter. Words stay until `accept()` or Cancel."""

    saved = Signal(object)

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Goal", width=600)
        self._ctx = ctx
        self._build()

    def first_focus(self) -> QWidget:
        return self.title

    def start(self, heading: str, draft: GoalDraft, people: Sequence[PersonRef] = ()) -> None:
        """Open it with these values."""
        self._heading.set_text(heading)
        self.title.set_text(draft.title)
        self.why.set_text(draft.why)
        self.until.set_day(draft.until)
        self.fields.set_text(", ".join(draft.fields))
        self.organisations.set_text(", ".join(draft.organisations))
        self.people.set_people(people)
        self.say("")
        self.open_panel()

    def accept(self) -> None:
        """It was saved."""
        self.dismiss()

    def say(self, text: str) -> None:
        """Show what is wrong."""
        self._message.setVisible(bool(text))
        self._message.set_text(text)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            event.accept()
        else:
            super().keyPressEvent(event)

    def tab_stops(self) -> Sequence[QWidget]:
        return [self.title, self.why, self.until, self.fields, self.organisations, self.people.line, self.save,
                self.cancel]  # fmt: skip

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._heading = Label("", "subtitle")
        column.addWidget(self._heading)
        form = Form(96)
        self.title = LineField("Goal", placeholder="Move into platform leadership")
        self.why = LineField("Why", placeholder="what it is for, in your own words")
        self.until = DateField("Until", read=self._read)
        self.until.setPlaceholderText("in a year, 1 May, or nothing")
        self.fields = LineField("Fields", placeholder="Platform, Data")
        self.organisations = LineField("Organisations", placeholder="Helix Rail, Atlas Air")
        self.people = PeopleField("People", lambda text: self._ctx.planner.contact_queries.names(text, 8))
        for label, field in (
            ("Goal", self.title), ("Why", self.why), ("Until", self.until), ("Fields", self.fields),
            ("Organisations", self.organisations),
        ):  # fmt: skip
            form.add(label, field)
        form.add("People", self.people, top=True)
        column.addWidget(form)
        column.addWidget(
            Paragraph(
                "Where it leads: whoever works in these fields or organisations counts as there, and so do the people "
                "you name, known to you or not.",
                small=True,
                style="mute",
            )
        )
        self._message = Paragraph("", small=True, style="bad")
        self._message.hide()
        column.addWidget(self._message)
        self.save = Button("Save", "primary", "Ctrl+Return")
        self.save.clicked.connect(self._save)
        self.cancel = Button("Cancel")
        self.cancel.clicked.connect(self.dismiss)
        column.addLayout(row(None, self.cancel, self.save))
        self.body.addLayout(column)

    def _read(self, text: str) -> date | None:
        try:
            return read_day(text, self._ctx.clock, self._ctx.planner.settings.get())
        except UserError:
            return None

    def _save(self) -> None:
        for field in (self.title, self.why, self.until, self.fields, self.organisations, self.people):
            field.flush()
        if self.until.property("state") == "wrong":
            self.say("Say a day, such as “in a year” or “1 May”, or leave it empty.")
            self.until.setFocus()
            return
        if not self.title.text().strip():
            self.say("Say in a few words what you are working towards.")
            self.title.setFocus()
            return
        self.saved.emit(
            GoalDraft(
                self.title.text().strip(),
                self.why.text().strip(),
                _parts(self.fields.text()),
                _parts(self.organisations.text()),
                tuple(person.id for person in self.people.people),
                self.until.day,
            )
        )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
