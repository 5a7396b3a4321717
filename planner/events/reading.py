"""From rows to records: what the queries of events share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.contacts.records import Role, Tie
from planner.events import readiness, times
from planner.events.records import (
    Attendance,
    ChecklistItem,
    Event,
    EventDetails,
    EventKind,
    EventState,
    Outcome,
    Part,
    Pitch,
    PitchVersion,
    PreparationItem,
    PreparationKind,
    Speaker,
    Wish,
)
from planner.events.records import Session as AgendaItem
from planner.store.tables import (
    AttendanceTable,
    ChecklistItemTable,
    ContactTable,
    EventTable,
    PitchTable,
    PitchVersionTable,
    PreparationItemTable,
    RoleTable,
    SessionSpeakerTable,
    SessionTable,
    TagTable,
)


def details_of(row: EventTable) -> EventDetails:
    """An event's details."""
    return EventDetails(
        title=row.title,
        kind=EventKind(row.kind),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        all_day=row.all_day,
        time_zone=row.time_zone,
        place=row.place,
        link=row.link,
        aim=row.aim,
        notes=row.notes,
        outcome=row.outcome,
        state=EventState(row.state),
        plan_id=row.plan_id,
        pitch_id=row.pitch_id,
        previous_id=row.previous_id,
        source=row.source,
    )


def event_of(row: EventTable, own: tzinfo) -> Event:
    """An event with its days."""
    details = details_of(row)
    return Event(row.id, row.uid, details, *times.days_of(details, own))


def attendances_at(session: Session, event_ids: Collection[int]) -> dict[int, tuple[Attendance, ...]]:
    """The people at these events: must meet, then would like to, then the rest; within each in the chosen order."""
    rows = session.execute(
        select(AttendanceTable, ContactTable, EventTable.kind)
        .join(ContactTable, ContactTable.id == AttendanceTable.contact_id)
        .join(EventTable, EventTable.id == AttendanceTable.event_id)
        .where(AttendanceTable.event_id.in_(event_ids))
        .order_by(AttendanceTable.position, AttendanceTable.id)
    ).all()
    contact_ids = {contact.id for _, contact, _ in rows}
    roles = _many(session, RoleTable.contact_id, RoleTable.role, contact_ids)
    tags = _many(session, TagTable.contact_id, TagTable.tag, contact_ids)
    items = _items(session, event_ids)
    sessions = _speaking(session, event_ids)
    at: dict[int, list[Attendance]] = defaultdict(list)
    for row, contact, kind in rows:
        own_roles = tuple(role for role in Role if role.value in roles.get(contact.id, ()))
        own_items = tuple(items.get(row.id, ()))
        at[row.event_id].append(
            Attendance(
                id=row.id,
                event_id=row.event_id,
                contact_id=contact.id,
                name=contact.name,
                title=contact.title,
                organisation=contact.organisation,
                wish=Wish(row.wish),
                part=Part(row.part),
                outcome=Outcome(row.outcome),
                readiness=readiness.readiness(
                    kind=EventKind(kind), roles=own_roles, research=contact.research, items=own_items
                ),
                photo=contact.photo,
                roles=own_roles,
                tags=tuple(sorted(tags.get(contact.id, ()), key=str.casefold)),
                tie=Tie(contact.tie) if contact.tie else None,
                said=row.said,
                note=row.note,
                research=contact.research,
                items=own_items,
                sessions=tuple(sessions.get((row.event_id, contact.id), ())),
            )
        )
    order = list(Wish)
    return {
        event_id: tuple(sorted(people, key=lambda person: order.index(person.wish))) for event_id, people in at.items()
    }


def agenda_of(session: Session, event_id: int) -> tuple[AgendaItem, ...]:
    """An event's agenda in the order of time; what has no time stands last."""
    return tuple(_sessions(session, (event_id,)).get(event_id, ()))


def checklist_of(session: Session, event_id: int) -> tuple[ChecklistItem, ...]:
    """The lines of "Before you go"."""
    rows = session.scalars(
        select(ChecklistItemTable)
        .where(ChecklistItemTable.event_id == event_id)
        .order_by(ChecklistItemTable.position, ChecklistItemTable.id)
    )
    return tuple(ChecklistItem(row.id, row.text, row.done) for row in rows)


def pitch_of(session: Session, pitch_id: int | None) -> Pitch | None:
    """A pitch with its earlier versions, newest first."""
    row = None if pitch_id is None else session.get(PitchTable, pitch_id)
    if row is None:
        return None
    versions = session.scalars(
        select(PitchVersionTable)
        .where(PitchVersionTable.pitch_id == row.id)
        .order_by(PitchVersionTable.at.desc(), PitchVersionTable.id.desc())
    )
    return Pitch(
        row.id,
        row.audience,
        row.text,
        row.target_seconds,
        row.updated_at,
        tuple(PitchVersion(version.id, version.at, version.text) for version in versions),
    )


def _many(session: Session, owner: object, value: object, ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    statement = select(owner, value).where(owner.in_(set(ids)))  # type: ignore[attr-defined,call-overload]
    for id, text in session.execute(statement):
        found[id].append(text)
    return found


def _items(session: Session, event_ids: Collection[int]) -> dict[int, list[PreparationItem]]:
    found: dict[int, list[PreparationItem]] = defaultdict(list)
    rows = session.scalars(
        select(PreparationItemTable)
        .join(AttendanceTable, AttendanceTable.id == PreparationItemTable.attendance_id)
        .where(AttendanceTable.event_id.in_(event_ids))
        .order_by(PreparationItemTable.position, PreparationItemTable.id)
    )
    for row in rows:
        found[row.attendance_id].append(
            PreparationItem(row.id, PreparationKind(row.kind), row.text, row.done, row.answer)
        )
    return found


def _sessions(session: Session, event_ids: Collection[int]) -> dict[int, list[AgendaItem]]:
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    for speaker in session.scalars(
        select(SessionSpeakerTable)
        .join(SessionTable, SessionTable.id == SessionSpeakerTable.session_id)
        .where(SessionTable.event_id.in_(event_ids))
        .order_by(SessionSpeakerTable.position, SessionSpeakerTable.id)
    ):
        speakers[speaker.session_id].append(
            Speaker(speaker.name, speaker.contact_id, speaker.external_id, speaker.about)
        )
    found: dict[int, list[AgendaItem]] = defaultdict(list)
    rows: Sequence[SessionTable] = session.scalars(
        select(SessionTable)
        .where(SessionTable.event_id.in_(event_ids))
        .order_by(SessionTable.starts_at.is_(None), SessionTable.starts_at, SessionTable.ends_at, SessionTable.id)
    ).all()
    for row in rows:
        found[row.event_id].append(
            AgendaItem(
                id=row.id,
                event_id=row.event_id,
                title=row.title,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                room=row.room,
                track=row.track,
                abstract=row.abstract,
                link=row.link,
                marked=row.marked,
                notes=row.notes,
                external_id=row.external_id,
                gone=row.gone,
                speakers=tuple(speakers.get(row.id, ())),
            )
        )
    return found


def _speaking(session: Session, event_ids: Collection[int]) -> dict[tuple[int, int], list[AgendaItem]]:
    found: dict[tuple[int, int], list[AgendaItem]] = defaultdict(list)
    for event_id, items in _sessions(session, event_ids).items():
        for item in items:
            for contact_id in dict.fromkeys(speaker.contact_id for speaker in item.speakers):
                if contact_id is not None:
                    found[event_id, contact_id].append(item)
    return found
