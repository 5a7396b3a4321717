"""The inbox: cards that were read wait here until they are looked over. Each method is one undoable command."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.cards import joining, stored
from planner.cards.records import CardState, Meeting, ReadField, Reading
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import checking, merge_writing, pictures
from planner.contacts import writing as contacts
from planner.contacts.csv_files import ColumnMapping
from planner.contacts.merging import Choices, merged
from planner.contacts.records import ContactDetails, Photo
from planner.contacts.salvaging import salvaged
from planner.errors import Invalid, NotFound
from planner.events import reading as event_reading
from planner.events import writing as events
from planner.followups import plans
from planner.followups import writing as followups
from planner.relations import service as relations
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import CardTable, ColumnMappingTable, EventTable, PlanStepTable

#: A card that somebody handed in without a word of how you met.
NOTHING_SAID = Meeting()


class InboxService:
    """What can be done to cards."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def add(self, readings: Sequence[Reading]) -> Changes:
        """Put readings into the inbox; one whose very picture or text waits there already is left out."""
        count = len(readings)
        label = f"add the card of {readings[0].name}" if count == 1 and readings[0].name else f"add {count} cards"
        with self._store.write(label) as work:
            add(work.session, readings, self._clock.now())
        return work.changes

    def edit(self, card_id: int, fields: Sequence[ReadField]) -> Changes:
        """Keep fields as they were edited. Raises NotFound."""
        with self._store.write("edit a card") as work:
            row = _card(work.session, card_id)
            text = stored.with_fields(row.reading, fields)
            if text != row.reading:
                row.reading = text
        return work.changes

    def accept(
        self,
        card_id: int,
        details: ContactDetails,
        meeting: Meeting = NOTHING_SAID,
        into: int | None = None,
        choices: Choices | None = None,
    ) -> Changes:
        """Save a card as a new contact, or add what it says to the contact `into`, with all that came of meeting.

        `choices` says which side of `into` (kept) and the card (other) stands, by the keys of `merging.fields`.
        One command: the contact, having met at the event, what was said and promised, and the plan's follow-ups.
        Raises NotFound, and Invalid with the field at fault; nothing is saved then.
        """
        now = self._clock.now()
        name = checking.checked(details).shown_name if into is None else self._name(into)
        label = f"save the card of {name}" if into is None else f"add a card to {name}"
        with self._store.write(label) as work:
            session = work.session
            row = _card(session, card_id)
            contact_id = self._contact(session, row, details, into, choices, now)
            _told_apart(session, contact_id, stored.apart(row.reading))
            if meeting.happened or meeting.plan_id is not None:
                self._met(session, contact_id, meeting, now)
            row.state = CardState.SAVED.value
            row.contact_id = contact_id
            row.event_id = meeting.event_id
        return work.changes

    def keep_apart(self, card_id: int, contact_id: int) -> Changes:
        """Remember that a card is not of somebody it is like, also once it is saved. Raises NotFound."""
        with self._store.write(f"keep a card apart from {self._name(contact_id)}") as work:
            row = _card(work.session, card_id)
            row.reading = stored.set_apart(row.reading, contact_id)
        return work.changes

    def skip(self, card_ids: Collection[int]) -> Changes:
        """Put cards aside. Raises NotFound."""
        label = "skip a card" if len(card_ids) == 1 else f"skip {len(card_ids)} cards"
        with self._store.write(label) as work:
            for card_id in card_ids:
                _card(work.session, card_id).state = CardState.SKIPPED.value
        return work.changes

    def bring_back(self, card_ids: Collection[int]) -> Changes:
        """Let skipped cards wait again. Raises NotFound."""
        with self._store.write("bring back a card" if len(card_ids) == 1 else "bring back cards") as work:
            for card_id in card_ids:
                row = _card(work.session, card_id)
                if row.state == CardState.SKIPPED.value:
                    row.state = CardState.WAITING.value
        return work.changes

    def remember_mapping(self, key: str, mapping: ColumnMapping) -> Changes:
        """Remember how the columns of a kind of table are read."""
        import json

        with self._store.write("remember how a table is read") as work:
            row = work.session.scalar(select(ColumnMappingTable).where(ColumnMappingTable.fingerprint == key))
            text = json.dumps(mapping.as_dict())
            if row is None:
                work.session.add(ColumnMappingTable(fingerprint=key, mapping=text))
            elif row.mapping != text:
                row.mapping = text
        return work.changes

    def _name(self, contact_id: int) -> str:
        with self._store.read() as session:
            return contacts.in_words(session, [contact_id])

    def _contact(
        self,
        session: Session,
        row: CardTable,
        details: ContactDetails,
        into: int | None,
        choices: Choices | None,
        now: datetime,
    ) -> int:
        region = self._settings.get().me.country
        reading = stored.from_json(row.reading, row.source, row.position, row.kind)
        photo = reading.photo
        if into is not None:
            known = contacts.one(session.connection(), into)
            new = salvaged(details)[0]
            both = joining.added(known, new) if choices is None else merged(known, new, choices, region=region)
            contacts.change(session, into, both, now, region=region)
            return into
        uid = reading.uid if reading.uid and contacts.by_uid(session, reading.uid) is None else ""
        try:
            return contacts.add(session, details, now, photo=photo, uid=uid, source="card", region=region)
        except Invalid as error:
            if photo is None or error.field != "Photo":
                raise
            return contacts.add(session, details, now, uid=uid, source="card", region=region)

    def _met(self, session: Session, contact_id: int, meeting: Meeting, now: datetime) -> None:
        today = self._clock.today()
        on = meeting.on or today
        if meeting.event_id is not None:
            events.one(session, EventTable, meeting.event_id, "event")
            if meeting.on is None:
                event = event_reading.events(under(session), self._clock.zone, "id = ?", (meeting.event_id,))[0]
                on = min(max(event.first_day, min(event.last_day, today)), today)
            events.mark_met(session, meeting.event_id, (contact_id,), meeting.said)
        if meeting.happened:
            draft = InteractionDraft(
                InteractionKind.MET,
                self._clock.at(on, relations.NOON) if on != today else now,
                contact_ids=(contact_id,),
                text=meeting.said.strip(),
                place=meeting.where.strip(),
                event_id=meeting.event_id,
            )
            relations.log(
                session, draft, on, now, promises=meeting.promises, exchanges=meeting.exchanges,
                follow_ups=meeting.follow_ups,
            )  # fmt: skip
        if meeting.plan_id is not None:
            self._plan(session, contact_id, meeting, on, now)

    def _plan(self, session: Session, contact_id: int, meeting: Meeting, on: date, now: datetime) -> None:
        assert meeting.plan_id is not None
        wanted = plans.proposed(
            session,
            meeting.plan_id,
            (contact_id,),
            on,
            today=self._clock.today(),
            working_days=self._settings.get().working_days,
            event_id=meeting.event_id,
        )
        if meeting.steps is not None:
            steps = session.scalars(
                select(PlanStepTable).where(PlanStepTable.plan_id == meeting.plan_id).order_by(PlanStepTable.position)
            ).all()
            keys = {f"{step.kind}:{step.days}" for at, step in enumerate(steps) if at in meeting.steps}
            wanted = [one for one in wanted if ":".join(one.origin_key.rsplit(":", 2)[1:]) in keys]
        for details in wanted:
            followups.add(session, details, now)


def add(session: Session, readings: Sequence[Reading], now: datetime) -> list[int]:
    """Put readings into the inbox inside a unit of work, and return the ids of the new cards."""
    ids = []
    for reading in readings:
        picture = None if reading.picture is None else pictures.keep(session, reading.picture)
        text = stored.to_json(reading)
        there = select(CardTable.id).where(
            CardTable.state == CardState.WAITING.value,
            CardTable.kind == reading.kind.value,
            CardTable.picture.is_not_distinct_from(picture),
            CardTable.reading == text,
        )
        if session.scalar(there) is not None:
            continue
        row = CardTable(
            uid=str(uuid.uuid4()),
            source=reading.source,
            position=reading.position,
            kind=reading.kind.value,
            picture=picture,
            reading=text,
            state=CardState.WAITING.value,
            created_at=now,
        )
        session.add(row)
        session.flush()
        ids.append(row.id)
    return ids


def _told_apart(session: Session, contact_id: int, others: Collection[int]) -> None:
    for other in others:
        try:
            merge_writing.tell_apart(session, (contact_id, other))
        except NotFound:
            pass  # deleted meanwhile, so nobody to be told apart from


def picture_of(session: Session, row: CardTable) -> Photo | None:
    """The stored picture of a card."""
    return None if row.picture is None else pictures.find(session, row.picture)


def with_picture(reading: Reading, photo: Photo | None) -> Reading:
    """The reading with its picture."""
    return replace(reading, picture=photo)


def _card(session: Session, card_id: int) -> CardTable:
    row = session.get(CardTable, card_id)
    if row is None:
        raise NotFound("card", card_id)
    return row
