"""Commands at the event and after it: whom you met, what was said and promised, what comes of it, the next edition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import writing as contacts
from planner.contacts.records import ContactDetails
from planner.errors import Invalid
from planner.events import matching, writing
from planner.events.records import EventDetails, EventState, Outcome, Wish
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails
from planner.relations import writing as relations
from planner.relations.drafts import ExchangeDraft, InteractionDraft, PromiseDraft
from planner.relations.records import InteractionKind
from planner.store.store import Store
from planner.store.tables import AttendanceTable, EventTable, InteractionContactTable, InteractionTable

_A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Met:
    """Someone met at an event. `names` are people who may not be contacts yet. `at` None: now, if the event is on."""

    event_id: int
    contact_ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    said: str = ""
    promises: tuple[PromiseDraft, ...] = ()
    exchanges: tuple[ExchangeDraft, ...] = ()
    followups: tuple[FollowUpDetails, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrapUp:
    """What is settled when an event is over. `followups` are those chosen from the plan's proposals, dates and all."""

    outcome: str = ""
    met: tuple[int, ...] = ()
    followups: tuple[FollowUpDetails, ...] = field(default=())


class Meetings:
    """Every method is one undoable command."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def log_met(self, met: Met) -> Changes:
        """Log that you met people there, with what they said and what was promised: one interaction, one command.

        Names that are no contact's yet become contacts. Promises become follow-ups, and the rhythm of everyone met
        starts anew. Raises Invalid when it names nobody.
        """
        names = [shown for name in met.names if (shown := " ".join(name.split()))]
        with self._store.read() as session:
            there = matching.people_at(session, met.event_id)
            known = {name: matching.contact_named(session, name, there) for name in names}
            called = [contacts.in_words(session, met.contact_ids)] if met.contact_ids else []
            event = writing.one(session, EventTable, met.event_id, "event")
            at, has_time = self._moment(event, met.at)
            place, title = event.place, event.title
        if not met.contact_ids and not names:
            raise Invalid("Who", "say whom you met")
        now = self._clock.now()
        with self._store.write(f"log meeting {' and '.join((*called, *names))} at {title}") as work:
            session = work.session
            ids = list(met.contact_ids)
            for name in names:
                found = known[name]
                ids.append(contacts.add(session, ContactDetails(name=name), now) if found is None else found)
            ids = list(dict.fromkeys(ids))
            writing.mark_met(session, met.event_id, ids, met.said)
            draft = InteractionDraft(
                kind=InteractionKind.MET,
                at=at,
                has_time=has_time,
                contact_ids=tuple(ids),
                text=met.said,
                place=place,
                event_id=met.event_id,
            )
            on = self._clock.local(at).date()
            interaction_id = relations.add_interaction(session, draft, on, now)
            for promise in met.promises:
                relations.add_promises(
                    session, promise, ids, on, now, interaction_id=interaction_id, event_id=met.event_id
                )
            for exchange in met.exchanges:
                relations.add_exchanges(
                    session, exchange, ids, on, interaction_id=interaction_id, event_id=met.event_id
                )
            for details in met.followups:
                followups.add(session, replace(details, event_id=met.event_id), now)
        return work.changes

    def mark_met(self, event_id: int, contact_ids: Sequence[int]) -> Changes:
        """Note that these people were met, with an interaction for each who has none at this event yet."""
        with self._store.read() as session:
            title = writing.one(session, EventTable, event_id, "event").title
            label = f"mark {contacts.in_words(session, contact_ids)} as met at {title}"
        now = self._clock.now()
        with self._store.write(label) as work:
            session = work.session
            event = writing.one(session, EventTable, event_id, "event")
            writing.mark_met(session, event_id, contact_ids)
            logged = set(
                session.scalars(
                    select(InteractionContactTable.contact_id)
                    .join(InteractionTable, InteractionTable.id == InteractionContactTable.interaction_id)
                    .where(InteractionTable.event_id == event_id)
                )
            )
            at, has_time = self._moment(event, None)
            for contact_id in dict.fromkeys(contact_ids):
                if contact_id not in logged:
                    draft = InteractionDraft(
                        InteractionKind.MET, at, has_time, (contact_id,), place=event.place, event_id=event_id
                    )
                    relations.add_interaction(session, draft, self._clock.local(at).date(), now)
        return work.changes

    def set_outcome(self, attendance_ids: Collection[int], outcome: Outcome) -> Changes:
        """Note that people were met or missed, without logging an interaction; or that it is not known."""
        verb = {Outcome.MET: "mark as met", Outcome.MISSED: "mark as missed", Outcome.UNKNOWN: "unmark"}[outcome]
        many = "a person" if len(attendance_ids) == 1 else f"{len(attendance_ids)} people"
        with self._store.write(f"{verb}: {many}") as work:
            for row in writing.all_of(work.session, AttendanceTable, attendance_ids, "person"):
                row.outcome = outcome.value
        return work.changes

    def set_came_of_it(self, event_id: int, text: str) -> Changes:
        """Save what came of an event, which the screen does as it is typed."""
        with self._store.write("note what came of it") as work:
            row = writing.one(work.session, EventTable, event_id, "event")
            row.outcome = text.strip()
            row.updated_at = self._clock.now()
        return work.changes

    def wrap_up(self, event_id: int, wrap_up: WrapUp) -> Changes:
        """Close an event: its follow-ups are made, and whom you had wished to meet and did not, you missed.

        `met` marks further attendances as met first.
        """
        with self._store.read() as session:
            title = writing.one(session, EventTable, event_id, "event").title
        now = self._clock.now()
        with self._store.write(f"wrap up {title}") as work:
            session = work.session
            event = writing.one(session, EventTable, event_id, "event")
            for row in writing.all_of(session, AttendanceTable, wrap_up.met, "person"):
                row.outcome = Outcome.MET.value
            for row in _attending(session, event_id):
                if row.outcome == Outcome.UNKNOWN.value and row.wish != Wish.NONE.value:
                    row.outcome = Outcome.MISSED.value
            for details in wrap_up.followups:
                followups.add(session, replace(details, event_id=event_id), now)
            event.outcome = wrap_up.outcome.strip() or event.outcome
            event.state = EventState.WRAPPED_UP.value
            event.updated_at = now
        return work.changes

    def carry_over(self, event_id: int, details: EventDetails) -> Changes:
        """Plan the next edition: the same pitch and plan, and the must-meets you missed, with all that is left undone.

        `details` come from `defaults.next_edition`, changed as the person likes.
        """
        now = self._clock.now()
        with self._store.write(f"carry over to {' '.join(details.title.split())}") as work:
            session = work.session
            before = writing.one(session, EventTable, event_id, "event")
            details = replace(
                details,
                previous_id=event_id,
                plan_id=before.plan_id,
                pitch_id=before.pitch_id,
                state=EventState.PLANNED,
                outcome="",
            )
            new_id = writing.add_event(session, details, self._clock.zone, now)
            for row in _attending(session, event_id):
                if row.wish == Wish.MUST.value and row.outcome != Outcome.MET.value:
                    (attendance_id,) = writing.attend(session, new_id, (row.contact_id,), Wish.MUST, note=row.note)
                    if not writing.has_items(session, attendance_id):
                        writing.copy_items(session, row.id, attendance_id)
        return work.changes

    def _moment(self, event: EventTable, at: datetime | None) -> tuple[datetime, bool]:
        """When a meeting was: as told, else now while the event is on, else just the day, the last one it was on."""
        if at is not None:
            return at, True
        now = self._clock.now()
        if event.starts_at <= now < event.ends_at:
            return now, True
        if now < event.starts_at:
            return now, False
        return max(event.starts_at, event.ends_at.replace(microsecond=0) - _A_MOMENT), False


def _attending(session: Session, event_id: int) -> Sequence[AttendanceTable]:
    return session.scalars(
        select(AttendanceTable)
        .where(AttendanceTable.event_id == event_id)
        .order_by(AttendanceTable.position, AttendanceTable.id)
    ).all()
