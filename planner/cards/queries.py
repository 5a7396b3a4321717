"""Questions about the inbox. Answers are frozen records."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import select

from planner.cards import inbox, stored
from planner.cards.contact_fields import details_of
from planner.cards.records import Card, CardRow, CardState, PlannedStep, Reading, ReadingKind
from planner.clock import Clock
from planner.contacts import likeness
from planner.contacts.csv_files import ColumnMapping
from planner.contacts.queries import ContactQueries
from planner.contacts.records import SimilarContact
from planner.errors import NotFound
from planner.events.defaults import PERSONAL
from planner.events.queries import EventQueries
from planner.events.records import EventRow
from planner.followups.queries import FollowUpQueries
from planner.followups.records import Plan
from planner.followups.rules.due import working_day
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import CardTable, ColumnMappingTable

#: A contact this much alike is told of in the list.
_LIKE = 86.0
#: An event is proposed as where you met for this long after it.
_RECENT = timedelta(days=30)


class InboxQueries:
    """What can be asked about cards."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: SettingsService,
        contacts: ContactQueries,
        events: EventQueries,
        followups: FollowUpQueries,
    ) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._contacts = contacts
        self._events = events
        self._followups = followups

    def waiting(self) -> tuple[CardRow, ...]:
        """The cards that wait, in the order they came."""
        region = self._settings.get().me.country
        waiting = CardTable.state == CardState.WAITING.value
        found = []
        with self._store.read() as session:
            for row in session.scalars(select(CardTable).where(waiting).order_by(CardTable.created_at, CardTable.id)):
                reading = stored.from_json(row.reading, row.source, row.position, row.kind)
                most = 1 + len(reading.apart)
                like = likeness.similar(under(session), details_of(reading), region=region, limit=most)
                likely = (one.id for one in like if one.likeness >= _LIKE and one.id not in reading.apart)
                known = next(likely, None)
                about = _about(reading, known=known is not None)
                name = reading.name or row.source
                found.append(CardRow(row.id, name, reading.kind, about, len(reading.doubtful), known))
        return tuple(found)

    def get(self, card_id: int) -> Card:
        """One card with its picture. Raises NotFound."""
        with self._store.read() as session:
            row = session.get(CardTable, card_id)
            if row is None:
                raise NotFound("card", card_id)
            photo = inbox.picture_of(session, row)
            reading = stored.from_json(row.reading, row.source, row.position, row.kind, photo)
            return Card(
                row.id, reading, CardState(row.state), row.created_at, row.contact_id, row.event_id, row.picture
            )

    def similar(self, reading: Reading) -> tuple[SimilarContact, ...]:
        """Contacts that the card may be of, the likeliest first."""
        alike = self._contacts.similar(details_of(reading))
        return tuple(one for one in alike if one.row.id not in reading.apart)

    def met_at(self) -> EventRow | None:
        """The event to propose as where you met: the one that is on, else the last of the past weeks.

        A talk with one person is not where others are met.
        """
        today = self._clock.today()
        for event in self._events.between(today - _RECENT, today)[::-1]:
            if event.first_day <= today and event.details.kind not in PERSONAL:
                return event
        return None

    def plan_for(self, event_id: int | None) -> Plan | None:
        """The plan whose follow-ups are proposed: the event's own, else one that is for no kind of event.

        Without such a plan: for an event the first, for somebody met elsewhere none.
        """
        plans = self._followups.plans()
        if event_id is not None:
            own = self._events.get(event_id).details.plan_id
            if (found := next((plan for plan in plans if plan.id == own), None)) is not None:
                return found
        general = next((plan for plan in plans if not plan.event_kinds), None)
        return general or (plans[0] if plans and event_id is not None else None)

    def steps(self, plan: Plan, on: date) -> tuple[PlannedStep, ...]:
        """The follow-ups a plan proposes for someone met on a day; past preparation is left out."""
        today, working = self._clock.today(), self._settings.get().working_days
        found = []
        for index, step in enumerate(plan.steps):
            day = on + timedelta(days=step.days)
            if step.days < 0 and day < today:
                continue
            due = max(today, day) if step.days < 0 else working_day(max(today, day), working)
            found.append(PlannedStep(index, step.title, due))
        return tuple(found)

    def met_on(self, event_id: int | None) -> date:
        """The day you met someone at an event: its last, or today while it is on and without one."""
        today = self._clock.today()
        if event_id is None:
            return today
        event = self._events.get(event_id)
        return min(max(event.first_day, min(event.last_day, today)), today)

    def mapping(self, key: str) -> ColumnMapping | None:
        """How the columns of a table with this key were read last time."""
        return remembered_mapping(self._store, key)


def remembered_mapping(store: Store, key: str) -> ColumnMapping | None:
    """How the columns of a table with this key were read last time. Only reads, also when it is first asked."""
    with store.read() as session:
        text = session.scalar(select(ColumnMappingTable.mapping).where(ColumnMappingTable.fingerprint == key))
    if text is None:
        return None
    try:
        return ColumnMapping.from_dict(json.loads(text))
    except ValueError:
        return None


_KINDS = {ReadingKind.PHOTO: "photo", ReadingKind.QR: "QR code", ReadingKind.TEXT: "text"}


def _about(reading: Reading, *, known: bool) -> str:
    what = reading.about or _KINDS.get(reading.kind, reading.kind.value)
    if known:
        return f"{what} · known to you?"
    check = len(reading.doubtful)
    if check:
        return f"{what} · {check} field{'s' if check > 1 else ''} to check"
    return f"{what} · {'complete' if reading.fields else 'nothing read yet'}"
