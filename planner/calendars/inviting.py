"""Inviting people along: what is seen before, the mails with their invitations, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.calendars import invitation_mail, invitations
from planner.calendars.invitation_mail import Invited
from planner.calendars.invitation_rows import (
    ORIGIN,
    close_question,
    guest_of,
    keep_answer,
    key_of,
    of_event,
    row_of,
)
from planner.calendars.invitations import (
    Answer,
    Guest,
    Invitation,
    InvitationMail,
    InvitationSheet,
    InvitationState,
)
from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.events import reading as event_reading
from planner.events import times
from planner.events import writing as events
from planner.events.records import Event, EventKind, EventState
from planner.followups import composing, wording
from planner.followups import writing as followups
from planner.followups.filling import Filling
from planner.followups.messages import Message
from planner.followups.records import (
    FollowUp,
    FollowUpDetails,
    FollowUpKind,
    FollowUpPerson,
    FollowUpState,
    Template,
)
from planner.relations import writing as relations
from planner.relations.drafts import ExchangeDraft, InteractionDraft
from planner.relations.records import Direction, ExchangeKind, InteractionKind
from planner.settings.records import Me
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import EventTable, FollowUpTable, InvitationTable, TemplateTable

#: Days until one looks whether somebody has answered.
PATIENCE_DAYS = 5
#: To these you take somebody along, which is something given.
_OPPORTUNITIES = (EventKind.CONFERENCE, EventKind.WORKSHOP, EventKind.MIXER, EventKind.MEETUP)
Deliver = Callable[[Sequence[InvitationMail]], object]


class Invitations:
    """Commands and questions about invitations. Nothing is sent from here: mails are drafts for the mail program."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def of_event(self, event_id: int) -> tuple[Invitation, ...]:
        """Whoever was invited to an event, by name."""
        with self._store.read() as session:
            return of_event(session, event_id)

    def sheet(
        self, event_id: int, contact_ids: Sequence[int], say_date: wording.SayDate = wording.plain_date
    ) -> InvitationSheet:
        """What is seen before an invitation goes out. Raises NotFound, and TemplateFault for a template that fails."""
        me = self._settings.get().me
        with self._store.read() as session:
            event = self._event(session, event_id)
            there = {one.contact_id: one for one in of_event(session, event_id)}
            guests = tuple(guest_of(session, id, there.get(id), self._clock) for id in dict.fromkeys(contact_ids))
            own = event.details.kind in invitations.OWN
            message = self._letter(session, event, guests[:1], me, say_date) if guests else Message("", "")
            return InvitationSheet(
                event_id,
                event.details.title,
                times.when_words(event.details, self._clock.zone, year=True),
                event.details.place,
                me.email,
                guests,
                message,
                together=own and len(guests) > 1,
            )

    def invite(
        self,
        event_id: int,
        contact_ids: Sequence[int],
        subject: str,
        body: str,
        deliver: Deliver,
        *,
        together: bool = False,
        followup_id: int | None = None,
    ) -> Changes:
        """Invite people, or invite them anew, which supersedes what they had.

        `body` is the letter to the first of them; the others get it with their own name in its first line. `together`
        is one mail to all. `deliver` is handed the drafts before anything is kept: where it fails, nothing was done.
        They are put on the event, it is logged, and a follow-up asks for their answer; `followup_id` is done by it.
        Raises NotFound, and Invalid for a missing address, theirs or yours.
        """
        me = self._sender()
        now = self._clock.now()
        with self._store.write(f"invite {self._who(contact_ids)}") as work:
            session = work.session
            event = self._event(session, event_id)
            if event.details.ends_at <= now:
                raise Invalid("Event", "it is over")
            guests = self._reachable(session, event_id, contact_ids)
            first_time = [one.contact_id for one in guests if one.invitation is None]
            groups = [guests] if together else [[guest] for guest in guests]
            rows: dict[int, InvitationTable] = {}
            for group in groups:
                rows |= self._noted(session, event, group)
            mails = [
                self._mail(event, group, rows[group[0].contact_id], guests[0], Message(subject, body), me)
                for group in groups
            ]
            self._log(session, event, contact_ids, f"Invited to {event.details.title}", first_time)
            for guest in guests:
                self._ask_later(session, event, guest)
            if followup_id is not None and (row := session.get(FollowUpTable, followup_id)) is not None:
                followups.close(row, FollowUpState.DONE, now)
            deliver(mails)
        return work.changes

    def withdraw(self, event_id: int, contact_ids: Sequence[int], subject: str, body: str, deliver: Deliver) -> Changes:
        """Take invitations back: each guest gets a mail that calls theirs off. Errors are those of `invite`."""
        me = self._sender()
        now = self._clock.now()
        with self._store.write(f"withdraw the invitation of {self._who(contact_ids)}") as work:
            session = work.session
            event = self._event(session, event_id)
            guests = [
                guest
                for guest in self._reachable(session, event_id, contact_ids)
                if guest.invitation is not None and guest.invitation.state is InvitationState.INVITED
            ]
            if not guests:
                raise Invalid("Who", "nobody of them is invited")
            ids = [guest.contact_id for guest in guests]
            mails = []
            for guest in guests:
                row = row_of(session, event_id, guest.contact_id)
                assert row is not None
                row.sequence, row.state, row.answer = row.sequence + 1, InvitationState.WITHDRAWN.value, ""
                close_question(session, event_id, guest.contact_id, FollowUpState.DROPPED, self._clock)
                mails.append(self._mail(event, [guest], row, guests[0], Message(subject, body), me, withdrawn=True))
            draft = InteractionDraft(
                InteractionKind.EMAIL, now, True, tuple(ids), f"Withdrew the invitation to {event.details.title}"
            )
            relations.add_interaction(session, draft, self._clock.today(), now)
            deliver(mails)
        return work.changes

    def answered(self, event_id: int, contact_id: int, answer: Answer) -> Changes:
        """Keep what a guest answered; nobody is asked about it any more."""
        name = self._who((contact_id,))
        with self._store.write(f"note the answer of {name}") as work:
            row = row_of(work.session, event_id, contact_id)
            if row is None:
                raise Invalid("Who", f"{name} is not invited")
            keep_answer(work.session, row, answer, self._clock)
        return work.changes

    def farewell(self, event_id: int, contact_ids: Sequence[int]) -> Message:
        """The words that go with a withdrawal, to the first of them. Raises NotFound."""
        me = self._settings.get().me
        with self._store.read() as session:
            event = self._event(session, event_id)
            guests = [guest_of(session, id, None, self._clock) for id in contact_ids[:1]]
            first = guests[0].first if guests else ""
            signed = me.name.split(maxsplit=1)[0] if me.name.strip() else ""
            title = event.details.title
            subject, why = f"Called off: {title}", f"{title} will not take place as planned"
            if event.details.kind not in invitations.OWN and event.details.state is not EventState.CALLED_OFF:
                # A conference goes on without us.
                subject, why = f"Invitation withdrawn: {title}", f"I have to take back my invitation to {title}"
            body = f"Dear {first},\n\n{why}, so please take it off your calendar.\n"
            body += f"I am sorry for the change.\n\nBest wishes,\n{signed}"
            return Message(subject, body.strip(), guests[0].address if guests else "", first)

    # -----------------------------------------------------------------------------------------------------------------

    def _who(self, contact_ids: Sequence[int]) -> str:
        with self._store.read() as session:
            return relations.in_words(session, contact_ids)

    def _event(self, session: Session, event_id: int) -> Event:
        events.one(session, EventTable, event_id, "event")
        (found,) = event_reading.events(under(session), self._clock.zone, "id = ?", (event_id,))
        return found

    def _sender(self) -> Me:
        me = self._settings.get().me
        if "@" not in me.email:
            raise Invalid("Your email", "say under Settings, Me, who invites")
        return me

    def _reachable(self, session: Session, event_id: int, contact_ids: Sequence[int]) -> list[Guest]:
        there = {one.contact_id: one for one in of_event(session, event_id)}
        guests = [guest_of(session, id, there.get(id), self._clock) for id in dict.fromkeys(contact_ids)]
        if not guests:
            raise Invalid("Who", "say whom to invite")
        for guest in guests:
            if "@" not in guest.address:
                raise Invalid(guest.name, "no email address is known")
        return guests

    def _letter(
        self, session: Session, event: Event, guests: Sequence[Guest], me: Me, say_date: wording.SayDate
    ) -> Message:
        """The template that suits, filled in for these guests, with when and where below."""
        key = "meeting-invitation" if event.details.kind in invitations.OWN else "invitation"
        rows = session.scalars(select(TemplateTable).where(TemplateTable.kind == FollowUpKind.INVITE.value)).all()
        row = next((each for each in rows if each.builtin == key), next(iter(rows), None))
        now = self._clock.now()
        details = FollowUpDetails(
            FollowUpKind.INVITE, event.details.title, self._clock.today(), event_id=event.id,
            contact_ids=tuple(guest.contact_id for guest in guests),
        )  # fmt: skip
        people = tuple(FollowUpPerson(guest.contact_id, guest.name) for guest in guests)
        stand_in = FollowUp(0, "", details, FollowUpState.OPEN, people, 0, now, now)
        filling = Filling(session, self._clock, say_date)
        if row is None:
            message = composing.as_written(filling, replace(stand_in), me)
            message = replace(message, subject=event.details.title)
        else:
            template = Template(row.id, row.name, FollowUpKind.INVITE, row.subject, row.body, row.builtin)
            message = composing.filled_in(template, filling, stand_in, me)
        lines = invitations.details_lines(event.details, self._clock.zone, guests[0].zone)
        return replace(message, body=f"{message.body.strip()}\n\n{lines}".strip())

    def _noted(self, session: Session, event: Event, group: Sequence[Guest]) -> dict[int, InvitationTable]:
        """The rows of a group that gets one mail: one UID for it, and a sequence above whatever any of them had."""
        found = {guest.contact_id: row_of(session, event.id, guest.contact_id) for guest in group}
        had = [row for row in found.values() if row is not None]
        key = "all" if len(group) > 1 else f"{group[0].contact_id}"
        uid = had[0].uid if had else str(uuid5(NAMESPACE_URL, f"{event.uid}\ninvitation\n{key}"))
        sequence = max((row.sequence for row in had), default=-1) + 1
        rows = {}
        for guest in group:
            row = found[guest.contact_id]
            if row is None:
                row = InvitationTable(event_id=event.id, contact_id=guest.contact_id)
                session.add(row)
            row.uid, row.sequence, row.address = uid, sequence, guest.address
            row.state, row.answer, row.answered_at = InvitationState.INVITED.value, "", None
            row.invited_at = self._clock.now()
            rows[guest.contact_id] = row
        session.flush()
        return rows

    def _mail(
        self,
        event: Event,
        group: Sequence[Guest],
        row: InvitationTable,
        written_for: Guest,
        message: Message,
        me: Me,
        *,
        withdrawn: bool = False,
    ) -> InvitationMail:
        now = self._clock.now()
        invited = [Invited(guest.name, guest.address) for guest in group]
        try:
            content = invitation_mail.calendar(
                row.uid, row.sequence, event.details, me, invited, self._clock.zone, now, withdrawn=withdrawn
            )
        except (ValueError, OverflowError) as error:
            raise Invalid("Dates", "no calendar can hold them") from error
        body = invitations.addressed_to(message.body, [written_for.first], [guest.first for guest in group])
        old = invitations.details_lines(event.details, self._clock.zone, written_for.zone)
        theirs = group[0].zone if len(group) == 1 else ""
        body = body.replace(old, invitations.details_lines(event.details, self._clock.zone, theirs))
        first = group[0]
        whole = Message(message.subject, body, first.address, first.name)
        more = [(guest.name, guest.address) for guest in group[1:]]
        mail = invitation_mail.mail(whole, me, content, self._clock.local(), more)
        name = invitation_mail.name_for(whole, first.name if len(group) == 1 else "")
        return InvitationMail(tuple(guest.contact_id for guest in group), first.address, name, mail)

    def _log(
        self, session: Session, event: Event, contact_ids: Sequence[int], words: str, first_time: Sequence[int]
    ) -> None:
        now, today = self._clock.now(), self._clock.today()
        ids = tuple(dict.fromkeys(contact_ids))
        events.attend(session, event.id, ids)
        draft = InteractionDraft(InteractionKind.EMAIL, now, True, ids, words)
        interaction = relations.add_interaction(session, draft, today, now)
        if event.details.kind in _OPPORTUNITIES and first_time:
            given = ExchangeDraft(Direction.GIVEN, ExchangeKind.OPPORTUNITY, words, event.details.link)
            relations.add_exchanges(session, given, first_time, today, interaction_id=interaction, event_id=event.id)

    def _ask_later(self, session: Session, event: Event, guest: Guest) -> None:
        """A follow-up that looks whether they have answered: some days later, and before the event begins."""
        now, today = self._clock.now(), self._clock.today()
        due = min(today + timedelta(days=PATIENCE_DAYS), event.first_day - timedelta(days=1))
        key = key_of(event.id, guest.contact_id)
        row = session.scalar(
            select(FollowUpTable).where(
                FollowUpTable.origin_key == key, FollowUpTable.state == FollowUpState.OPEN.value
            )
        )
        if due <= today:
            return
        if row is not None:
            row.due_on, row.updated_at = due, now
            return
        details = FollowUpDetails(
            FollowUpKind.REMINDER,
            f"See whether {guest.first} comes to {event.details.title}",
            due,
            (guest.contact_id,),
            why=f"You invited {guest.name}.",
            event_id=event.id,
            origin=ORIGIN,
            origin_key=key,
        )
        followups.add(session, details, now)
