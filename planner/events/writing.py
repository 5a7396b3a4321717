"""Writing events inside somebody else's unit of work: plain functions over a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.contacts import writing as contacts
from planner.contacts.names import with_name
from planner.contacts.records import ContactDetails
from planner.errors import Invalid, NotFound
from planner.events import defaults, matching, times
from planner.events.records import EventDetails, EventKind, Outcome, Part, Wish
from planner.store.tables import (
    AttendanceTable,
    Base,
    ChecklistItemTable,
    ContactTable,
    EventTable,
    PreparationItemTable,
)

Row = TypeVar("Row", bound=Base)


def one(session: Session, table: type[Row], id: int, word: str) -> Row:
    """The row with this id. Raises NotFound, which names it by `word`."""
    row = session.get(table, id)
    if row is None:
        raise NotFound(word, id)
    return row


def all_of(session: Session, table: type[Row], ids: Iterable[int], word: str) -> list[Row]:
    """The rows with these ids in the order asked for, each once. Raises NotFound for the first that is not there."""
    return [one(session, table, id, word) for id in dict.fromkeys(ids)]


def add_event(session: Session, details: EventDetails, own: tzinfo, now: datetime) -> int:
    """Add an event with the checklist of its kind; its id. Raises Invalid for an empty title or impossible dates."""
    row = EventTable(uid=str(uuid.uuid4()), created_at=now, updated_at=now)
    fill_event(row, details, own)
    session.add(row)
    session.flush()
    for position, line in enumerate(defaults.CHECKLIST[details.kind]):
        session.add(ChecklistItemTable(event_id=row.id, position=position, text=line))
    session.flush()
    return row.id


def fill_event(row: EventTable, details: EventDetails, own: tzinfo) -> None:
    """Copy an event's details into its row. Raises Invalid for an empty title, an unknown zone or impossible dates."""
    title = " ".join(details.title.split())
    if not title:
        raise Invalid("Title", "give the event a name")
    row.starts_at, row.ends_at, row.time_zone = times.normal(details, own)
    row.title = title
    row.kind = details.kind.value
    row.all_day = details.all_day
    row.place = details.place.strip()
    row.link = details.link.strip()
    row.aim = details.aim.strip()
    row.notes = details.notes.strip()
    row.outcome = details.outcome.strip()
    row.state = details.state.value
    row.plan_id = details.plan_id
    row.pitch_id = details.pitch_id
    row.previous_id = details.previous_id
    row.source = details.source


def contact_of_name(session: Session, name: str, now: datetime) -> int:
    """The one contact of that name, else a new one."""
    shown = " ".join(name.split())
    found = matching.contact_named(session, shown)
    return contacts.add(session, with_name(ContactDetails(), shown), now) if found is None else found


def attendance(session: Session, event_id: int, contact_id: int) -> AttendanceTable | None:
    """Someone's place at an event, if they have one."""
    return session.scalar(
        select(AttendanceTable).where(AttendanceTable.event_id == event_id, AttendanceTable.contact_id == contact_id)
    )


def attend(
    session: Session,
    event_id: int,
    contact_ids: Collection[int],
    wish: Wish | None = None,
    part: Part = Part.ATTENDEE,
    note: str = "",
) -> list[int]:
    """Put people on an event; the ids of their attendances, in order. Who is there already is left as they are.

    Without a wish it is "must" for talks with one person and "would" otherwise. What was left undone in the last
    one-to-one with someone stands in the new one. Speakers of the agenda with their name are linked to them.
    """
    event = one(session, EventTable, event_id, "event")
    kind = EventKind(event.kind)
    if wish is None:
        wish = Wish.MUST if kind in defaults.PERSONAL else Wish.WOULD
    last = session.scalar(select(func.max(AttendanceTable.position)).where(AttendanceTable.event_id == event_id))
    position = -1 if last is None else last
    ids = []
    for contact in all_of(session, ContactTable, contact_ids, "person"):
        row = attendance(session, event_id, contact.id)
        if row is None:
            position += 1
            row = AttendanceTable(
                event_id=event_id,
                contact_id=contact.id,
                position=position,
                wish=wish.value,
                part=part.value,
                note=note.strip(),
                outcome="",
            )
            session.add(row)
            session.flush()
            if kind is EventKind.ONE_TO_ONE:
                _carry_over_from_last(session, event, row)
        ids.append(row.id)
    matching.link_speakers(session, event_id, contact_ids)
    return ids


def mark_met(session: Session, event_id: int, contact_ids: Collection[int], said: str = "") -> list[int]:
    """Note that these people were met at an event, and what they said; the ids of their attendances.

    Somebody met by chance is put on the event without a wish. What was said before is kept above what is new.
    """
    new = [id for id in contact_ids if attendance(session, event_id, id) is None]
    if new:
        attend(session, event_id, new, Wish.NONE)
    ids = []
    for contact_id in dict.fromkeys(contact_ids):
        row = attendance(session, event_id, contact_id)
        assert row is not None
        row.outcome = Outcome.MET.value
        if said.strip():
            row.said = "\n".join(part for part in (row.said, said.strip()) if part)
        ids.append(row.id)
    session.flush()
    return ids


def copy_items(session: Session, source_id: int, target_id: int) -> None:
    """Copy what was prepared for someone and not ticked off to another attendance, in order."""
    items = session.scalars(
        select(PreparationItemTable)
        .where(PreparationItemTable.attendance_id == source_id, PreparationItemTable.done.is_(False))
        .order_by(PreparationItemTable.position, PreparationItemTable.id)
    )
    for position, item in enumerate(items.all()):
        session.add(
            PreparationItemTable(attendance_id=target_id, kind=item.kind, text=item.text, position=position, done=False)
        )
    session.flush()


class Placed(Protocol):
    """A row with a place in a list."""

    position: int


def place(rows: Sequence[Placed], moved: Placed, position: int) -> None:
    """Number rows anew with one of them moved to a place from 0, within the places they already have."""
    places = sorted(row.position for row in rows)
    if len(set(places)) < len(places):
        places = list(range(len(rows)))
    others = [row for row in rows if row is not moved]
    others.insert(max(0, position), moved)
    for number, row in zip(places, others, strict=True):
        row.position = number


def has_items(session: Session, attendance_id: int) -> bool:
    """Whether anything is prepared for someone."""
    statement = select(PreparationItemTable.id).where(PreparationItemTable.attendance_id == attendance_id).limit(1)
    return session.scalar(statement) is not None


def _carry_over_from_last(session: Session, event: EventTable, row: AttendanceTable) -> None:
    last = session.scalar(
        select(AttendanceTable.id)
        .join(EventTable, EventTable.id == AttendanceTable.event_id)
        .where(
            AttendanceTable.contact_id == row.contact_id,
            EventTable.kind == EventKind.ONE_TO_ONE.value,
            EventTable.id != event.id,
            EventTable.starts_at <= event.starts_at,
        )
        .order_by(EventTable.starts_at.desc(), EventTable.id.desc())
        .limit(1)
    )
    if last is not None:
        copy_items(session, last, row.id)
