"""The panels for an organisation, and for a membership."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.relations.memberships import MembershipDraft
from planner.relations.organisations import OrganisationDraft
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.followups.days import day_reader
from ui.widgets.completer import Completer
from ui.widgets.dates import DateField
from ui.widgets.fields import LineField
from ui.widgets.form_panel import FormPanel
from ui.widgets.people_field import PeopleField


class OrganisationForm(FormPanel):
    """`saved(OrganisationDraft)`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Organisation")
        self.name = LineField("Name")
        self.link = LineField("Website")
        self.notes = LineField("Notes", placeholder="dues, how to join, whom to ask")
        for label, field in (("Name", self.name), ("Website", self.link), ("Notes", self.notes)):
            self.form.add(label, field)

    def first_focus(self) -> QWidget:
        return self.name

    def tab_stops(self) -> Sequence[QWidget]:
        return [self.name, self.link, self.notes, self.save, self.cancel]

    def start(self, heading: str, draft: OrganisationDraft) -> None:
        """Open it with these values."""
        self.heading.set_text(heading)
        for field, text in ((self.name, draft.name), (self.link, draft.link), (self.notes, draft.notes)):
            field.set_text(text)
        self.say("")
        self.open_panel()

    def _save(self) -> None:
        for field in (self.name, self.link, self.notes):
            field.flush()
        if not self.name.text().strip():
            self.say("Say what it is called.")
            self.name.setFocus()
            return
        self.saved.emit(OrganisationDraft(self.name.text(), self.link.text(), self.notes.text()))


class MembershipForm(FormPanel):
    """`saved((organisation's name, the member or None for you, MembershipDraft))`."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Membership")
        self._ctx = ctx
        queries = ctx.planner.contact_queries
        self.organisation = LineField("Organisation")
        self.who = PeopleField("Who", lambda text: queries.names(text, 8))
        self.who.changed.connect(self._keep_one)
        self.who.line.setPlaceholderText("you, or a name")
        self.role = LineField("Role", placeholder="member, board, speaker")
        self.since = DateField("Since", read=day_reader(ctx))
        self.volunteering = LineField("Volunteering", placeholder="what is done there without pay")
        self.form.add("Organisation", self.organisation)
        self.form.add("Who", self.who, top=True)
        for label, field in (("Role", self.role), ("Since", self.since), ("Volunteering", self.volunteering)):
            self.form.add(label, field)

    def first_focus(self) -> QWidget:
        if not self.organisation.text():
            return self.organisation
        return self.role if self._fixed else self.who.line

    def tab_stops(self) -> Sequence[QWidget]:
        return [self.organisation, self.who.line, self.role, self.since, self.volunteering, self.save, self.cancel]

    _fixed = False

    def start(
        self, heading: str, organisation: str = "", who: PersonRef | None = None, draft: MembershipDraft | None = None
    ) -> None:
        """Open it; with a `draft`, a membership there is changed, and whose it is stays."""
        self.heading.set_text(heading)
        self._fixed = draft is not None
        self.organisation.setCompleter(Completer(self._ctx.planner.organisations.names(), self.organisation))
        self.organisation.set_text(organisation)
        self.who.set_people((who,) if who else ())
        self.organisation.setEnabled(not self._fixed)
        self.who.setEnabled(not self._fixed)
        shown = draft or MembershipDraft()
        self.role.set_text(shown.role)
        self.since.set_day(shown.since)
        self.volunteering.set_text(shown.volunteering)
        self.say("")
        self.open_panel()

    def _keep_one(self, people: Sequence[PersonRef]) -> None:
        if len(people) > 1:
            self.who.set_people(people[-1:])

    def _save(self) -> None:
        for field in (self.organisation, self.who, self.role, self.since, self.volunteering):
            field.flush()
        if not self.organisation.text().strip():
            self.say("Say which organisation.")
            self.organisation.setFocus()
            return
        if self.who.line.text().strip():
            self.say(f"Nobody is called “{self.who.line.text().strip()}”. Take a name with Enter, or leave it empty.")
            self.who.line.setFocus()
            return
        if self.since.property("state") == "wrong":
            self.say("Say a day, such as “March 2024” or 2024-03-01, or leave it empty.")
            self.since.setFocus()
            return
        draft = MembershipDraft(self.role.text(), self.since.day, self.volunteering.text())
        self.saved.emit((self.organisation.text(), self.who.people[0] if self.who.people else None, draft))
