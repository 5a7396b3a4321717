"""The panel for a new goal, and for changing one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.relations.goals import GoalDraft
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.followups.days import day_reader
from ui.widgets.dates import DateField
from ui.widgets.fields import LineField
from ui.widgets.form_panel import FormPanel
from ui.widgets.labels import Paragraph
from ui.widgets.people_field import PeopleField


class GoalForm(FormPanel):
    """`saved(draft)` fires on Save, Enter or Ctrl+Enter. Words stay until `accept()` or Cancel."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Goal", width=600)
        self._ctx = ctx
        self._build()

    def first_focus(self) -> QWidget:
        return self.title

    def start(self, heading: str, draft: GoalDraft, people: Sequence[PersonRef] = ()) -> None:
        """Open it with these values."""
        self.heading.set_text(heading)
        self.title.set_text(draft.title)
        self.why.set_text(draft.why)
        self.until.set_day(draft.until)
        self.fields.set_text(", ".join(draft.fields))
        self.organisations.set_text(", ".join(draft.organisations))
        self.people.set_people(people)
        self.say("")
        self.open_panel()

    def tab_stops(self) -> Sequence[QWidget]:
        return [self.title, self.why, self.until, self.fields, self.organisations, self.people.line, self.save,
                self.cancel]  # fmt: skip

    def _build(self) -> None:
        self.title = LineField("Goal", placeholder="Move into platform leadership")
        self.why = LineField("Why", placeholder="what it is for, in your own words")
        self.until = DateField("Until", read=day_reader(self._ctx))
        self.until.setPlaceholderText("in a year, 1 May, or nothing")
        self.fields = LineField("Fields", placeholder="Platform, Data")
        self.organisations = LineField("Organisations", placeholder="Helix Rail, Atlas Air")
        self.people = PeopleField("People", lambda text: self._ctx.planner.contact_queries.names(text, 8))
        for label, field in (
            ("Goal", self.title), ("Why", self.why), ("Until", self.until), ("Fields", self.fields),
            ("Organisations", self.organisations),
        ):  # fmt: skip
            self.form.add(label, field)
        self.form.add("People", self.people, top=True)
        self.add_note(
            Paragraph(
                "Where it leads: whoever works in these fields or organisations counts as there, and so do the people "
                "you name, known to you or not.",
                small=True,
                style="mute",
            )
        )

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
