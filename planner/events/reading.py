"""From rows to records: what the queries of events share.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import tzinfo
from typing import Any

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
from planner.store.values import from_utc_text, moment_of

_EVENT = """
SELECT id, uid, title, kind, starts_at, ends_at, all_day, time_zone, place, link, aim, notes, outcome, state, plan_id,
    pitch_id, previous_id, source
FROM event
"""


def events(
    rows: sqlite3.Connection, own: tzinfo, where: str, values: Sequence[object] = (), rest: str = ""
) -> list[Event]:
    """The events that meet a condition. `where` and `rest`, such as an order, are SQL; what was typed in are `values`.

    Days without a zone of the event's are those of the zone `own`.
    """
    return [_event(row, own) for row in rows.execute(f"{_EVENT} WHERE {where} {rest}", values)]


def _event(row: Sequence[Any], own: tzinfo) -> Event:
    (
        id, uid, title, kind, starts_at, ends_at, all_day, time_zone, place, link, aim, notes, outcome, state, plan_id,
        pitch_id, previous_id, source,
    ) = row  # fmt: skip
    details = EventDetails(
        title=title,
        kind=EventKind(kind),
        starts_at=from_utc_text(starts_at),
        ends_at=from_utc_text(ends_at),
        all_day=bool(all_day),
        time_zone=time_zone,
        place=place,
        link=link,
        aim=aim,
        notes=notes,
        outcome=outcome,
        state=EventState(state),
        plan_id=plan_id,
        pitch_id=pitch_id,
        previous_id=previous_id,
        source=source,
    )
    return Event(id, uid, details, *times.days_of(details, own))


_AMONG = "SELECT value FROM json_each(?)"
_ATTENDANCES = f"""
SELECT attendance.id, attendance.event_id, attendance.wish, attendance.part, attendance.outcome, attendance.said,
    attendance.note, contact.id, contact.name, contact.title, contact.organisation, contact.research, contact.photo,
    contact.tie, event.kind
FROM attendance JOIN contact ON contact.id = attendance.contact_id JOIN event ON event.id = attendance.event_id
WHERE attendance.event_id IN ({_AMONG}) ORDER BY attendance.position, attendance.id
"""
_ITEMS = f"""
SELECT attendance_id, preparation_item.id, kind, text, done, answer
FROM preparation_item JOIN attendance ON attendance.id = preparation_item.attendance_id
WHERE attendance.event_id IN ({_AMONG}) ORDER BY preparation_item.position, preparation_item.id
"""
_SPEAKERS = f"""
SELECT session_id, session_speaker.name, contact_id, session_speaker.external_id, about
FROM session_speaker JOIN session ON session.id = session_speaker.session_id
WHERE session.event_id IN ({_AMONG}) ORDER BY session_speaker.position, session_speaker.id
"""
_SESSIONS = f"""
SELECT id, event_id, title, starts_at, ends_at, room, track, abstract, link, marked, notes, external_id, gone
FROM session WHERE event_id IN ({_AMONG}) ORDER BY starts_at IS NULL, starts_at, ends_at, id
"""


def attendances_at(rows: sqlite3.Connection, event_ids: Collection[int]) -> dict[int, tuple[Attendance, ...]]:
    """The people at these events: must meet, then would like to, then the rest; within each in the chosen order."""
    among = (json.dumps(list(event_ids)),)
    found = rows.execute(_ATTENDANCES, among).fetchall()
    contacts = (json.dumps(list({row[7] for row in found})),)
    roles = _many(rows, f"SELECT contact_id, role FROM contact_role WHERE contact_id IN ({_AMONG})", contacts)
    tags = _many(rows, f"SELECT contact_id, tag FROM contact_tag WHERE contact_id IN ({_AMONG})", contacts)
    items: dict[int, list[PreparationItem]] = defaultdict(list)
    for attendance_id, id, kind, text, done, answer in rows.execute(_ITEMS, among):
        items[attendance_id].append(PreparationItem(id, PreparationKind(kind), text, bool(done), answer))
    sessions = _speaking(rows, event_ids)
    at: dict[int, list[Attendance]] = defaultdict(list)
    for (
        id, event_id, wish, part, outcome, said, note, contact_id, name, title, organisation, research, photo, tie,
        kind,
    ) in found:  # fmt: skip
        own_roles = tuple(role for role in Role if role.value in roles.get(contact_id, ()))
        own_items = tuple(items.get(id, ()))
        at[event_id].append(
            Attendance(
                id=id,
                event_id=event_id,
                contact_id=contact_id,
                name=name,
                title=title,
                organisation=organisation,
                wish=Wish(wish),
                part=Part(part),
                outcome=Outcome(outcome),
                readiness=readiness.readiness(
                    kind=EventKind(kind), roles=own_roles, research=research, items=own_items
                ),
                photo=photo,
                roles=own_roles,
                tags=tuple(sorted(tags.get(contact_id, ()), key=str.casefold)),
                tie=Tie(tie) if tie else None,
                said=said,
                note=note,
                research=research,
                items=own_items,
                sessions=tuple(sessions.get((event_id, contact_id), ())),
            )
        )
    order = list(Wish)
    return {
        event_id: tuple(sorted(people, key=lambda person: order.index(person.wish))) for event_id, people in at.items()
    }


def agenda_of(rows: sqlite3.Connection, event_id: int) -> tuple[AgendaItem, ...]:
    """An event's agenda in the order of time; what has no time stands last."""
    return tuple(_sessions(rows, (event_id,)).get(event_id, ()))


def checklist_of(rows: sqlite3.Connection, event_id: int) -> tuple[ChecklistItem, ...]:
    """The lines of "Before you go"."""
    lines = "SELECT id, text, done FROM checklist_item WHERE event_id = ? ORDER BY position, id"
    return tuple(ChecklistItem(id, text, bool(done)) for id, text, done in rows.execute(lines, (event_id,)))


def pitches(rows: sqlite3.Connection, where: str = "true", values: Sequence[object] = ()) -> tuple[Pitch, ...]:
    """Pitches with their earlier versions, newest first."""
    earlier: dict[int, list[PitchVersion]] = defaultdict(list)
    versions = "SELECT pitch_id, id, at, text FROM pitch_version ORDER BY at DESC, id DESC"
    for pitch_id, id, at, text in rows.execute(versions):
        earlier[pitch_id].append(PitchVersion(id, from_utc_text(at), text))
    there = (
        f"SELECT id, audience, text, target_seconds, updated_at FROM pitch WHERE {where} "
        "ORDER BY updated_at DESC, id DESC"
    )
    return tuple(
        Pitch(id, audience, text, seconds, from_utc_text(updated_at), tuple(earlier[id]))
        for id, audience, text, seconds, updated_at in rows.execute(there, values)
    )


def pitch_of(rows: sqlite3.Connection, pitch_id: int | None) -> Pitch | None:
    """A pitch with its earlier versions, newest first."""
    return next(iter(pitches(rows, "id = ?", (pitch_id,))), None) if pitch_id is not None else None


def _many(rows: sqlite3.Connection, statement: str, values: Sequence[object]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for id, text in rows.execute(statement, values):
        found[id].append(text)
    return found


def _sessions(rows: sqlite3.Connection, event_ids: Collection[int]) -> dict[int, list[AgendaItem]]:
    among = (json.dumps(list(event_ids)),)
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    for session_id, name, contact_id, external_id, about in rows.execute(_SPEAKERS, among):
        speakers[session_id].append(Speaker(name, contact_id, external_id, about))
    found: dict[int, list[AgendaItem]] = defaultdict(list)
    for (
        id, event_id, title, starts_at, ends_at, room, track, abstract, link, marked, notes, external_id, gone,
    ) in rows.execute(_SESSIONS, among):  # fmt: skip
        found[event_id].append(
            AgendaItem(
                id=id,
                event_id=event_id,
                title=title,
                starts_at=moment_of(starts_at),
                ends_at=moment_of(ends_at),
                room=room,
                track=track,
                abstract=abstract,
                link=link,
                marked=bool(marked),
                notes=notes,
                external_id=external_id,
                gone=bool(gone),
                speakers=tuple(speakers.get(id, ())),
            )
        )
    return found


def _speaking(rows: sqlite3.Connection, event_ids: Collection[int]) -> dict[tuple[int, int], list[AgendaItem]]:
    found: dict[tuple[int, int], list[AgendaItem]] = defaultdict(list)
    for event_id, items in _sessions(rows, event_ids).items():
        for item in items:
            for contact_id in dict.fromkeys(speaker.contact_id for speaker in item.speakers):
                if contact_id is not None:
                    found[event_id, contact_id].append(item)
    return found
