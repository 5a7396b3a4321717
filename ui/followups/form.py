"""The panel for a new follow-up, and for changing one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.followups.days import day_reader
from ui.followups.presenting import kind_words
from ui.theme import applied
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField, TimeField
from ui.widgets.fields import LineField
from ui.widgets.form_panel import FormPanel
from ui.widgets.layouts import row
from ui.widgets.people_field import PeopleField

Save = Callable[[FollowUpDetails], None]

_REMINDERS = ((None, "As in the settings"), (0, "At that time"), (15, "15 minutes before"), (60, "1 hour before"),
              (1440, "1 day before"))  # fmt: skip

#: What to do, where the kind says it already.
_TITLES = {
    FollowUpKind.CHECK_IN: "Check in",
    FollowUpKind.THANK_YOU: "Thank-you note",
    FollowUpKind.CELEBRATE: "Congratulate",
    FollowUpKind.CONNECT: "Connect",
    FollowUpKind.RESOURCE: "Send something useful",
    FollowUpKind.INVITE: "Invite",
    FollowUpKind.REQUEST: "Ask for twenty minutes",
}


class FollowUpForm(FormPanel):
    """`saved(details)` fires on Save, Enter in a line, or Ctrl+Enter. Words stay until `accept()` or Cancel."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Follow-up", label_width=72)
        self._ctx = ctx
        self._details = FollowUpDetails(FollowUpKind.CHECK_IN, "", ctx.clock.today())
        self._build()

    def first_focus(self) -> QWidget:
        return self.title if self.people.people else self.people.line

    def start(self, heading: str, details: FollowUpDetails, people: tuple[PersonRef, ...] = ()) -> None:
        """Open it with these values."""
        self._details = details
        self.heading.set_text(heading)
        self.kind.set_value(details.kind)
        self.title.set_text(details.title)
        self.people.set_people(people)
        self.day.set_day(details.due_on)
        self.time.set_time(details.due_time)
        self.reminder.set_value(details.remind_minutes)
        self.why.set_text(details.why)
        self.say("")
        self._kind_chosen(details.kind)
        self.save.setEnabled(True)
        self.open_panel()

    def say(self, text: str) -> None:
        """Show what is wrong, and let it be saved again."""
        self.save.setEnabled(True)
        super().say(text)

    def details(self) -> FollowUpDetails | None:
        """What the fields say; None, with the field marked, where something is missing."""
        for field in (self.people, self.title, self.day, self.time, self.why):
            field.flush()
        if self.day.day is None or "wrong" in (self.day.property("state"), self.time.property("state")):
            self.say("Say a day, such as “fri”, “in 3 weeks” or “5 Aug”." if self.day.day is None else "")
            self.day.setFocus()
            return None
        title = self.title.text().strip() or _TITLES.get(self.kind.value, "")
        if not title:
            self.say("Say in a few words what is to be done.")
            self.title.setFocus()
            return None
        return replace(
            self._details,
            kind=self.kind.value,
            title=title,
            due_on=self.day.day,
            due_time=self.time.at,
            remind_minutes=self.reminder.value,
            why=self.why.text().strip(),
            contact_ids=tuple(person.id for person in self.people.people),
        )

    def _build(self) -> None:
        queries = self._ctx.planner.contact_queries
        self.people = PeopleField("With", lambda text: queries.names(text, 8))
        self.kind = Choice("Kind", [(kind, kind_words(kind)) for kind in FollowUpKind])
        self.title = LineField("What")
        self.day = DateField("Day", read=day_reader(self._ctx))
        self.time = TimeField("Time")
        self.time.setPlaceholderText("any time")
        self.time.setFixedWidth(applied().px(112))
        self.reminder = Choice("Reminder", _REMINDERS)
        self.why = LineField("Why", placeholder="why now, for the queue and the calendar")
        self.form.add("With", self.people, top=True)
        self.form.add("Kind", self.kind)
        self.form.add("What", self.title)
        when = QWidget()
        when.setLayout(row(self.day, self.time))
        when.setAccessibleName("Day and time")
        self.form.add("Day", when)
        self.form.add("Reminder", self.reminder)
        self.form.add("Why", self.why)
        self.kind.chosen.connect(self._kind_chosen)
        for before, after in zip(self._order()[:-1], self._order()[1:], strict=True):
            QWidget.setTabOrder(before, after)

    def _order(self) -> list[QWidget]:
        return [self.people.line, self.kind, self.title, self.day, self.time, self.reminder, self.why, self.save,
                self.cancel]  # fmt: skip

    def _kind_chosen(self, kind: FollowUpKind) -> None:
        self.title.setPlaceholderText(_TITLES.get(kind, "what is to be done"))

    def _save(self) -> None:
        details = self.details()
        if details is not None:
            self.save.setEnabled(False)  # until it is known whether it was saved
            self.saved.emit(details)


def blank(today: date, working_day: date | None = None) -> FollowUpDetails:
    """What a new follow-up begins with: a check-in tomorrow."""
    return FollowUpDetails(FollowUpKind.CHECK_IN, "", working_day or today + timedelta(days=1))
