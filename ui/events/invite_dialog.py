"""Inviting people to an event: whom, what to respect, and the letter that carries the invitation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from planner.calendars.invitations import InvitationSheet
from planner.events.records import EventRow
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.day_words import day_words
from ui.events.letter_dialog import LetterDialog, people_words
from ui.events.mail_out import Deliver
from ui.widgets.box import Box
from ui.widgets.choice import Choice, Tick
from ui.widgets.labels import Label, Paragraph
from ui.widgets.people_field import PeopleField


class InviteDialog(LetterDialog):
    """For the people named in it, and one event; or the first of several, from which one is chosen in it."""

    def __init__(
        self,
        ctx: UiContext,
        event: int | Sequence[EventRow],
        people: Sequence[PersonRef] = (),
        followup_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, "Invite", "invitation", parent)
        self._followup_id = followup_id
        rows = () if isinstance(event, int) else event
        today = ctx.clock.today()
        self.events = Choice(
            "Event", [(one.id, f"{one.details.title} · {day_words(one.first_day, today)}") for one in rows]
        )
        self.events.setCurrentIndex(0 if rows else -1)
        self.events.setVisible(len(rows) > 1)
        self.events.setMinimumContentsLength(24)
        self.events.chosen.connect(self._choose_event)
        self._event_id = event if isinstance(event, int) else event[0].id
        self.heading = Label("Invite", "subtitle", elide=True)
        self.when = Label("", "small_muted", elide=True)
        queries = ctx.planner.contact_queries
        self.people = PeopleField("Whom", lambda text: queries.names(text, 8), people)
        self.people.changed.connect(lambda _people: self._look())
        self.cautions = Paragraph(small=True, style="warn")
        self.together = Tick("One mail to all, who then see each other")
        above = (self.heading, self.when, self.events, Box(self.people), self.cautions)
        self.lay_out(above, (self.together,), 580, 220)
        self._look()
        (self.events if len(rows) > 1 else self.body if people else self.people.line).setFocus()

    @property
    def said(self) -> str:
        return f"Invited {people_words([person.name for person in self.people.people])}"

    def send(self, deliver: Deliver, run: Callable[..., None]) -> None:
        self.people.flush()
        run(
            self._ctx.planner.invitations.invite,
            self._event_id,
            self._ids(),
            self.subject.text(),
            self.body.toPlainText(),
            deliver,
            together=self.together.isChecked() and len(self._ids()) > 1,
            followup_id=self._followup_id,
        )

    def _choose_event(self, event_id: int) -> None:
        self._event_id = event_id
        self._look()

    def _ids(self) -> tuple[int, ...]:
        return tuple(person.id for person in self.people.people)

    def _look(self) -> None:
        event_id, ids, invitations = self._event_id, self._ids(), self._ctx.planner.invitations
        self._ctx.tasks.query(
            lambda: invitations.sheet(event_id, ids), self._show, self.explain, key=(id(self), "sheet")
        )

    def _show(self, sheet: InvitationSheet) -> None:
        self.heading.set_text(f"Invite to {sheet.title}")
        self.when.set_text(" · ".join(part for part in (sheet.when, sheet.place) if part))
        lines = [caution for guest in sheet.guests for caution in guest.cautions]
        lines += [f"{guest.name} has no email address" for guest in sheet.guests if not guest.address]
        lines += [
            f"{guest.name}: {guest.invitation.in_words.lower()}; a new one takes its place"
            for guest in sheet.guests
            if guest.invitation is not None
        ]
        if not sheet.sender:
            lines.append("Your own email address is missing: enter it under Settings, Me")
        self.cautions.set_text("\n".join(lines))
        self.cautions.setVisible(bool(lines))
        self.show_letter(sheet.message)
        self.together.setVisible(len(sheet.guests) > 1)
        self.together.set_on(sheet.together)
        self.set_ready(bool(sheet.guests) and bool(sheet.sender) and all(guest.address for guest in sheet.guests))
        self.adjustSize()
