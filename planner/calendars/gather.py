"""Reads what belongs into a calendar from the store, in bulk: open follow-ups, events, and marked sessions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Select, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.calendars import wording
from planner.calendars.records import CalendarEntry, Chosen, Component, EntryKind, EntryState, Selection
from planner.events.records import EventState, PreparationKind, Wish
from planner.followups.origins import MILESTONE, RHYTHM
from planner.followups.records import FollowUpState
from planner.settings.records import Settings
from planner.store.tables import (
    AttendanceTable,
    CalendarItemTable,
    CollectionItemTable,
    ContactTable,
    EmailTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    PhoneTable,
    PreparationItemTable,
    SessionSpeakerTable,
    SessionTable,
)


def link_to(kind: EntryKind, uid: str) -> str:
    """What one of our records is linked by from outside."""
    return f"rapport:{kind.value}/{quote(uid, safe='')}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What entries depend on besides the records: settings, the person's zone and day, and if follow-ups are tasks."""

    settings: Settings
    zone: tzinfo
    today: date
    as_task: bool

    @property
    def zone_name(self) -> str:
        """The person's zone as an IANA name, "" (UTC) where the system tells only an offset."""
        return getattr(self.zone, "key", "") or ""


@dataclass(frozen=True, slots=True)
class _Known:
    people: Mapping[int, wording.Person]
    prepared: Mapping[int, Mapping[int, _Prepared]]  # by event and contact, in the order of the event's page


@dataclass(frozen=True, slots=True)
class _Prepared:
    talking_points: tuple[str, ...]
    questions: tuple[str, ...]


_NOTHING = _Prepared((), ())

_ANY: ColumnElement[bool] = true()

#: The origins of what is made without being asked.
_MADE = (RHYTHM, MILESTONE)


def entries(
    session: Session, conditions: Conditions, held: Select[str], only: Selection | None = None
) -> Iterator[CalendarEntry]:
    """What the calendar should show as things are: what is open, and what is done and was given to it or selected.

    What was dropped, called off, unmarked or deleted is not among them. `held` selects the uids the calendar has been
    given (see `in_file`, `in_collection`); `only` narrows it to some records.
    """
    if only is None:
        done = (FollowUpTable.state == FollowUpState.DONE.value) & FollowUpTable.uid.in_(held)
        followups = (FollowUpTable.state == FollowUpState.OPEN.value) | done
        events = sessions = _ANY
    else:
        followups = (FollowUpTable.state != FollowUpState.DROPPED.value) & among(FollowUpTable.id, only.followup_ids)
        events, sessions = among(EventTable.id, only.event_ids), among(SessionTable.id, only.session_ids)
    known = _known(session, followups, events)
    yield from _followups(session, followups, known, conditions)
    yield from _events(session, events, known, conditions)
    yield from _sessions(session, sessions, conditions)


def closed(session: Session, conditions: Conditions, uids: Iterable[str]) -> Iterator[CalendarEntry]:
    """Those of these uids that are follow-ups done or dropped here: their times and states, without words."""
    nobody = _Known({}, {})
    for row in session.execute(
        select(*FollowUpTable.__table__.columns, literal("").label("event_title")).where(
            FollowUpTable.state != FollowUpState.OPEN.value, among(FollowUpTable.uid, uids)
        )
    ):
        entry = _followup(row, [], nobody, conditions)
        dropped = row.state == FollowUpState.DROPPED.value
        yield replace(entry, state=EntryState.CANCELLED) if dropped else entry


def in_file(target: str) -> Select[str]:
    """The uids that files for this target have held."""
    return select(CalendarItemTable.uid).where(CalendarItemTable.target == target)


def in_collection(collection_id: int) -> Select[str]:
    """The uids that are in this calendar on a server."""
    return select(CollectionItemTable.uid).where(CollectionItemTable.collection_id == collection_id)


def among(column: InstrumentedAttribute[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """That a column is one of these, however many there are."""
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))


def _known(session: Session, followups: ColumnElement[bool], events: ColumnElement[bool]) -> _Known:
    """Everyone who is in one of these follow-ups or at one of these events, and what is prepared."""
    involved = (
        select(FollowUpContactTable.contact_id)
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(followups)
        .union(
            select(AttendanceTable.contact_id).join(EventTable, EventTable.id == AttendanceTable.event_id).where(events)
        )
    )
    emails: dict[int, str] = {}
    for contact_id, address in session.execute(
        select(EmailTable.contact_id, EmailTable.address)
        .where(EmailTable.contact_id.in_(involved))
        .order_by(EmailTable.preferred.desc(), EmailTable.position, EmailTable.id)
    ):
        emails.setdefault(contact_id, address)
    phones: dict[int, str] = {}
    for contact_id, number, e164 in session.execute(
        select(PhoneTable.contact_id, PhoneTable.number, PhoneTable.e164)
        .where(PhoneTable.contact_id.in_(involved), PhoneTable.label.not_in(("fax", "pager")))
        .order_by(PhoneTable.preferred.desc(), PhoneTable.position, PhoneTable.id)
    ):
        phones.setdefault(contact_id, e164 or number)
    people = {
        id: wording.Person(name, title, organisation, emails.get(id, ""), phones.get(id, ""))
        for id, name, title, organisation in session.execute(
            select(ContactTable.id, ContactTable.name, ContactTable.title, ContactTable.organisation).where(
                ContactTable.id.in_(involved)
            )
        )
    }
    return _Known(people, _prepared(session))


def _prepared(session: Session) -> dict[int, dict[int, _Prepared]]:
    lines: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for attendance_id, kind, text in session.execute(
        select(PreparationItemTable.attendance_id, PreparationItemTable.kind, PreparationItemTable.text)
        .where(
            PreparationItemTable.kind.in_((PreparationKind.TALKING_POINT.value, PreparationKind.QUESTION.value)),
            PreparationItemTable.done.is_(False),
        )
        .order_by(PreparationItemTable.position, PreparationItemTable.id)
    ):
        lines[attendance_id][kind].append(text)
    prepared: dict[int, dict[int, _Prepared]] = defaultdict(dict)
    for id, event_id, contact_id, wish in session.execute(
        select(AttendanceTable.id, AttendanceTable.event_id, AttendanceTable.contact_id, AttendanceTable.wish).order_by(
            AttendanceTable.wish != Wish.MUST.value, AttendanceTable.position, AttendanceTable.id
        )
    ):
        if wish or id in lines:
            prepared[event_id][contact_id] = _Prepared(
                tuple(lines[id][PreparationKind.TALKING_POINT.value]), tuple(lines[id][PreparationKind.QUESTION.value])
            )
    return prepared


def _followups(
    session: Session, wanted: ColumnElement[bool], known: _Known, conditions: Conditions
) -> Iterator[CalendarEntry]:
    contacts = defaultdict(list)
    for followup_id, contact_id in session.execute(
        select(FollowUpContactTable.followup_id, FollowUpContactTable.contact_id)
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(wanted)
        .order_by(FollowUpContactTable.position, FollowUpContactTable.id)
    ):
        contacts[followup_id].append(contact_id)
    for row in session.execute(
        select(*FollowUpTable.__table__.columns, EventTable.title.label("event_title"))
        .outerjoin(EventTable, EventTable.id == FollowUpTable.event_id)
        .where(wanted)
        .order_by(FollowUpTable.due_on, FollowUpTable.id)
    ):
        yield _followup(row, contacts.get(row.id, []), known, conditions)


def _followup(row: Any, contact_ids: list[int], known: _Known, conditions: Conditions) -> CalendarEntry:
    settings = conditions.settings
    zone = _zone_name(row.time_zone, conditions)
    at = time.fromisoformat(row.due_time) if row.due_time else settings.reminder_hour
    starts = datetime.combine(row.due_on, at)
    minutes = settings.reminder_minutes if row.remind_minutes is None else row.remind_minutes
    done = row.state == FollowUpState.DONE.value
    prepared = known.prepared.get(row.event_id, {})
    meetings = [_meeting(known.people[id], prepared.get(id, _NOTHING)) for id in contact_ids]
    link = link_to(EntryKind.FOLLOW_UP, row.uid)
    return CalendarEntry(
        kind=EntryKind.FOLLOW_UP,
        uid=row.uid,
        component=Component.TASK if conditions.as_task else Component.EVENT,
        summary=wording.followup_title(row.title, [meeting.person.name for meeting in meetings]),
        starts=starts,
        ends=_later(starts, settings.duration_minutes),
        zone=zone,
        description=wording.followup_text(
            why=row.why,
            subject=row.message_subject,
            message=row.message,
            meetings=meetings,
            link=link,
            event_title=row.event_title or "",
        ),
        url=link,
        categories=("Rapport", row.kind.capitalize()),
        alarm_minutes=None if done else max(0, minutes),
        state=EntryState.DONE if done else EntryState.OPEN,
        closed_at=row.closed_at if done else None,
        created_at=row.created_at,
        chosen=_chosen(row),
    )


def _chosen(row: Any) -> Chosen:
    made = row.origin in _MADE and row.updated_at == row.created_at
    return Chosen.NOTHING if made else Chosen.TIME if row.due_time else Chosen.DAY


def _meeting(person: wording.Person, prepared: _Prepared) -> wording.Meeting:
    return wording.Meeting(person, prepared.talking_points, prepared.questions)


def _events(
    session: Session, wanted: ColumnElement[bool], known: _Known, conditions: Conditions
) -> Iterator[CalendarEntry]:
    for row in session.execute(
        select(*EventTable.__table__.columns)
        .where(wanted, EventTable.state != EventState.CALLED_OFF.value)
        .order_by(EventTable.starts_at, EventTable.id)
    ):
        yield _event(row, known, conditions)


def _event(row: Any, known: _Known, conditions: Conditions) -> CalendarEntry:
    zone = _zone_name(row.time_zone, conditions)
    link = link_to(EntryKind.EVENT, row.uid)
    meetings = [_meeting(known.people[id], prepared) for id, prepared in known.prepared.get(row.id, {}).items()]
    starts: datetime | date = _wall(row.starts_at, zone)
    ends: datetime | date = _wall(row.ends_at, zone)
    if row.all_day:
        starts, ends = _day(starts), max(_day(ends), _day(starts) + timedelta(days=1))
    return CalendarEntry(
        kind=EntryKind.EVENT,
        uid=row.uid,
        component=Component.EVENT,
        summary=row.title,
        starts=starts,
        ends=ends,
        zone="" if row.all_day else zone,
        description=wording.event_text(aim=row.aim, meetings=meetings, notes="", own_link=row.link, link=link),
        location=row.place,
        url=_web(row.link) or link,
        categories=("Rapport", row.kind.capitalize()),
        alarm_minutes=None if row.all_day else max(0, conditions.settings.reminder_minutes),
        busy=True,
        created_at=row.created_at,
        over=_wall(row.ends_at, conditions.zone_name).date() < conditions.today,
    )


def _sessions(session: Session, wanted: ColumnElement[bool], conditions: Conditions) -> Iterator[CalendarEntry]:
    marked = wanted & SessionTable.marked.is_(True) & SessionTable.gone.is_(False) & SessionTable.starts_at.is_not(None)
    speakers = defaultdict(list)
    for session_id, name in session.execute(
        select(SessionSpeakerTable.session_id, SessionSpeakerTable.name)
        .join(SessionTable, SessionTable.id == SessionSpeakerTable.session_id)
        .where(marked)
        .order_by(SessionSpeakerTable.position, SessionSpeakerTable.id)
    ):
        speakers[session_id].append(name)
    rows = session.execute(
        select(
            *SessionTable.__table__.columns,
            EventTable.uid,
            EventTable.title.label("event_title"),
            EventTable.place,
            EventTable.time_zone,
            EventTable.created_at,
        )
        .join(EventTable, EventTable.id == SessionTable.event_id)
        .where(marked, EventTable.state != EventState.CALLED_OFF.value)
        .order_by(SessionTable.starts_at, SessionTable.id)
    )
    for row in rows:
        zone = _zone_name(row.time_zone, conditions)
        who = ", ".join(wording.line(name) for name in speakers[row.id])
        aim = "\n".join(part for part in (f"At {wording.line(row.event_title)}", f"With {who}" if who else "") if part)
        ends = row.ends_at or row.starts_at
        yield CalendarEntry(
            kind=EntryKind.SESSION,
            uid=session_uid(row.uid, row.id),
            component=Component.EVENT,
            summary=row.title,
            starts=_wall(row.starts_at, zone),
            ends=_wall(ends, zone),
            zone=zone,
            description=wording.event_text(
                aim=aim,
                meetings=[],
                notes=row.abstract,
                own_link=row.link,
                link=link_to(EntryKind.EVENT, row.uid),
            ),
            location=", ".join(part for part in (row.room, row.place) if part.strip()),
            url=_web(row.link) or link_to(EntryKind.EVENT, row.uid),
            categories=("Rapport", "Session"),
            alarm_minutes=max(0, conditions.settings.reminder_minutes),
            created_at=row.created_at,
            over=_wall(ends, conditions.zone_name).date() < conditions.today,
        )


def session_uid(event_uid: str, session_id: int) -> str:
    """The UID of a session, which has none of its own; a session's number is never given to another."""
    return f"{event_uid}-session-{session_id}"


def uids(session: Session, selection: Selection) -> dict[str, tuple[int, str]]:
    """Number and title of every selected record by UID, whatever its state."""
    found: dict[str, tuple[int, str]] = {}
    for table, ids in ((FollowUpTable, selection.followup_ids), (EventTable, selection.event_ids)):
        for uid, id, title in session.execute(select(table.uid, table.id, table.title).where(among(table.id, ids))):
            found[uid] = id, title
    for event_uid, id, title in session.execute(
        select(EventTable.uid, SessionTable.id, SessionTable.title)
        .join(EventTable, EventTable.id == SessionTable.event_id)
        .where(among(SessionTable.id, selection.session_ids))
    ):
        found[session_uid(event_uid, id)] = id, title
    return found


def _zone_name(own: str, conditions: Conditions) -> str:
    """The record's zone where it names one that exists, else the person's."""
    if own:
        try:
            ZoneInfo(own)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return conditions.zone_name
        return own
    return conditions.zone_name


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone) if zone else UTC).replace(tzinfo=None)


def _day(wall: datetime | date) -> date:
    return wall.date() if isinstance(wall, datetime) else wall


def _later(wall: datetime, minutes: int) -> datetime:
    return wall + timedelta(minutes=max(0, minutes))


def _web(link: str) -> str:
    link = wording.line(link)
    return link if link.lower().startswith(("https://", "http://")) and " " not in link else ""
