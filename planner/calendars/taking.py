"""One import of calendar files into the database: who is here already, who is known, and what is new.

Reading and writing is done for all events together: asked one by one, a calendar of ten years takes minutes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.calendars.found import FoundEvent, Invitee
from planner.calendars.invitation_rows import answered_in_file
from planner.calendars.outcomes import ImportedEvent, Outcome
from planner.calendars.series import when_text
from planner.clock import Clock
from planner.contacts.keys import email_key
from planner.errors import Invalid
from planner.events import defaults, matching, times, writing
from planner.events.records import EventDetails, EventKind, EventState, Part, Wish
from planner.events.schedule.plain_text import plain_text
from planner.settings.service import SettingsService
from planner.store.tables import ChecklistItemTable, EmailTable, EventTable, FollowUpTable, InvitationTable

#: What an event's source says when it came from a calendar file.
SOURCE = "calendar"
#: How many values one query asks for.
_BATCH = 500
_KINDS = (
    (EventKind.INFORMATIONAL_INTERVIEW, r"informational interview|interview"),
    (EventKind.ONE_TO_ONE, r"1:1|1-1|1on1|one[- ](?:to|on)[- ]one|one2one|vier augen"),
    (EventKind.WORKSHOP, r"workshop|training|course|bootcamp|hackathon|seminar|webinar|tutorial"),
    (EventKind.CONFERENCE, r"conference|konferenz|congress|kongress|summit|symposium|convention|expo|fair|messe"),
    (EventKind.MIXER, r"mixer|reception|drinks|party|empfang|apéro|afterwork|after[- ]work|networking"),
    (EventKind.MEETUP, r"meet-?up|stammtisch|user group|treffen"),
    (EventKind.ORGANISATION_MEETING, r"board|committee|assembly|team|staff|stand-?up|all[- ]hands|agm|planning|review"),
)


@dataclass(slots=True)
class _New:
    """An event to be added once all are read; `item` is its place in the report."""

    item: int
    uid: str
    details: EventDetails
    people: list[tuple[int, Part]]


class Taking:
    """One import. `take` each event, then `finish`."""

    def __init__(
        self, session: Session, clock: Clock, settings: SettingsService, everybody: Iterable[Invitee] = ()
    ) -> None:
        self._session = session
        self._clock = clock
        self._now = clock.now()
        self._me = email_key(settings.get().me.email)
        self._ours = set(session.scalars(select(FollowUpTable.uid)))
        self._events = {uid: (id, source) for uid, id, source in session.execute(_KNOWN)}
        self._invitations = set(session.scalars(select(InvitationTable.uid)))
        self._people = _who_is_who(session, everybody)
        self._items: list[ImportedEvent] = []
        self._new: dict[str, _New] = {}

    @property
    def taken(self) -> int:
        """How many events were taken so far."""
        return len(self._items)

    def finish(self) -> list[ImportedEvent]:
        """Write what is new; what became of every event, in the order they were taken."""
        new = list(self._new.values())
        self._new = {}
        if not new:
            return self._items
        ids = self._session.scalars(
            insert(EventTable).returning(EventTable.id, sort_by_parameter_order=True),
            [self._row(one.uid, one.details) for one in new],
        ).all()
        lines = []
        for id, one in zip(ids, new, strict=True):
            self._items[one.item] = replace(self._items[one.item], id=id)
            if one.details.state is EventState.PLANNED:
                lines += [
                    {"event_id": id, "position": position, "text": text, "done": False}
                    for position, text in enumerate(defaults.CHECKLIST[one.details.kind])
                ]
            for contact_id, part in one.people:
                writing.attend(self._session, id, (contact_id,), Wish.WOULD, part)
        if lines:
            self._session.execute(insert(ChecklistItemTable), lines)
        self._events |= {one.uid: (id, SOURCE) for id, one in zip(ids, new, strict=True)}
        return self._items

    def take(self, source: str, found: FoundEvent) -> None:
        """Bring one event in."""
        outcome, reason, id = self._brought_in(found)
        told = "; ".join(part for part in (reason, found.note) if part)
        text = found.source_text if outcome is Outcome.FAILED else ""
        self._items.append(ImportedEvent(source, found.position, found.summary, outcome, told, id, text))

    def _brought_in(self, found: FoundEvent) -> tuple[Outcome, str, int | None]:
        if found.uid in self._ours or found.uid.rpartition("-session-")[0] in self._events:
            return Outcome.KNOWN, "it came from here", None
        if found.answer:
            return self._answered(found)
        if found.uid in self._invitations:
            return Outcome.KNOWN, "it came from here", None
        uid = found.uid if not found.occurrence else str(uuid5(NAMESPACE_URL, f"{found.uid}\n{found.occurrence}"))
        if uid in self._new:
            self.finish()  # the same again, in another file
        id, came_from = self._events.get(uid, (None, ""))
        if id is None and found.cancelled:
            return self._series_off(found)
        if id is not None and came_from != SOURCE:
            return Outcome.KNOWN, "it came from here", id
        try:
            details = self._details(found)
            if id is not None:
                return self._update(writing.one(self._session, EventTable, id, "event"), details, off=found.cancelled)
            return self._add(uid, details, found)
        except Invalid as error:
            return Outcome.FAILED, f"{error.field}: {error.reason}", None

    def _answered(self, found: FoundEvent) -> tuple[Outcome, str, int | None]:
        for person in found.people:
            if person.answer and (
                who := answered_in_file(self._session, found.uid, person.email, person.answer, self._clock)
            ):
                return Outcome.CHANGED, f"the answer of {who} is kept: {person.answer}", None
        return Outcome.KNOWN, "it is an answer to an invitation, and no event", None

    def _series_off(self, found: FoundEvent) -> tuple[Outcome, str, int | None]:
        """A series that is called off as a whole: its times that are still to come go by their own names here."""
        if not found.occurrence:
            rows = self._session.scalars(
                select(EventTable).where(
                    EventTable.source == SOURCE,
                    EventTable.ends_at >= self._now,
                    EventTable.state != EventState.CALLED_OFF.value,
                )
            )
            mine = [row for row in rows if row.uid in _names(found.uid, row)]
            for row in mine:
                row.state, row.updated_at = EventState.CALLED_OFF.value, self._now
            if mine:
                times_off = "1 time" if len(mine) == 1 else f"{len(mine)} times"
                return Outcome.CHANGED, f"it is called off, {times_off}", mine[0].id
        return Outcome.KNOWN, "it is called off and was not here", None

    def _details(self, found: FoundEvent) -> EventDetails:
        own = self._clock.zone
        zone = times.zone_named(found.zone, own)
        if isinstance(found.starts, datetime) and isinstance(found.ends, datetime):
            starts_at, ends_at, all_day = found.starts.astimezone(UTC), found.ends.astimezone(UTC), False
            ends_at = max(ends_at, starts_at)
        else:
            last = found.ends - timedelta(days=1)
            starts_at, ends_at = times.whole_days(found.starts, max(found.starts, last), zone)
            all_day = True
        return EventDetails(
            title=found.summary or "Untitled event",
            kind=_kind(found.summary, all_day, (ends_at - starts_at), len(self._others(found))),
            starts_at=starts_at,
            ends_at=ends_at,
            all_day=all_day,
            time_zone=found.zone if found.zone not in ("", "UTC") else "",
            place=found.location,
            link=found.url,
            notes=plain_text(found.description),
            state=EventState.WRAPPED_UP if ends_at < self._now else EventState.PLANNED,
            source=SOURCE,
        )

    def _add(self, uid: str, details: EventDetails, found: FoundEvent) -> tuple[Outcome, str, int | None]:
        # Checked now: nothing of an event that can't be kept may stay behind.
        times.normal(details, self._clock.zone)
        people: dict[int, Part] = {}
        unknown = []
        for person in self._others(found):
            contact_id = self._people.get(email_key(person.email)) or self._people.get(person.name)
            if contact_id is None:
                unknown.append(person.name or person.email)
            else:
                people.setdefault(contact_id, Part.HOST if person.organizer else Part.ATTENDEE)
        self._new[uid] = _New(len(self._items), uid, details, list(people.items()))
        few = ", ".join(unknown[:3]) + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")
        return Outcome.NEW, f"not among your contacts: {few}" if unknown else "", None

    def _row(self, uid: str, details: EventDetails) -> dict[str, Any]:
        """An event's columns, the way `writing.fill_event` fills them."""
        row = EventTable(uid=uid or str(uuid.uuid4()), created_at=self._now, updated_at=self._now)
        writing.fill_event(row, details, self._clock.zone)
        names = (column.key for column in EventTable.__table__.columns if column.key != "id")
        return {name: getattr(row, name) for name in names}

    def _update(self, row: EventTable, details: EventDetails, *, off: bool) -> tuple[Outcome, str, int | None]:
        if off:
            if row.state == EventState.CALLED_OFF.value:
                return Outcome.KNOWN, "", row.id
            row.state, row.updated_at = EventState.CALLED_OFF.value, self._now
            return Outcome.CHANGED, "it is called off", row.id
        starts_at, ends_at, _ = times.normal(details, self._clock.zone)
        fresh = {"title": " ".join(details.title.split()), "starts_at": starts_at, "ends_at": ends_at}
        fresh |= {"all_day": details.all_day, "place": details.place.strip()}
        if all(getattr(row, name) == value for name, value in fresh.items()):
            return Outcome.KNOWN, "", row.id
        for name, value in fresh.items():
            setattr(row, name, value)
        row.updated_at = self._now
        return Outcome.CHANGED, "", row.id

    def _others(self, found: FoundEvent) -> list[Invitee]:
        return [person for person in found.people if not self._me or email_key(person.email) != self._me]


_KNOWN = select(EventTable.uid, EventTable.id, EventTable.source)


def _names(series: str, row: EventTable) -> set[str]:
    """What a time of this series, at the start of this event, would be called here."""
    zone = times.zone_named(row.time_zone, UTC)
    starts = (when_text(row.starts_at), when_text(row.starts_at.astimezone(zone).date()))
    return {str(uuid5(NAMESPACE_URL, f"{series}\n{start}")) for start in starts}


def _who_is_who(session: Session, everybody: Iterable[Invitee]) -> dict[str, int]:
    """The contacts among these people, by the key of an address that is theirs alone, and by name."""
    people = list(everybody)
    keys = list(dict.fromkeys(email_key(person.email) for person in people if person.email))
    owners: dict[str, set[int]] = {}
    for first in range(0, len(keys), _BATCH):
        rows = session.execute(
            select(EmailTable.address_key, EmailTable.contact_id).where(
                EmailTable.address_key.in_(keys[first : first + _BATCH])
            )
        )
        for key, contact_id in rows:
            owners.setdefault(key, set()).add(contact_id)
    known = {key: min(ids) for key, ids in owners.items() if len(ids) == 1}
    unmatched = {person.name for person in people if person.name and email_key(person.email) not in known}
    return matching.contacts_named(session, unmatched) | known


def _kind(title: str, all_day: bool, length: timedelta, others: int) -> EventKind:
    """A guess: by the words of the title, by length, by how many are invited."""
    for kind, words in _KINDS:
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", title, re.IGNORECASE):
            return kind
    if all_day and length > timedelta(days=1):
        return EventKind.CONFERENCE
    if others == 1:
        return EventKind.ONE_TO_ONE
    return EventKind.ORGANISATION_MEETING if others > 1 else EventKind.MEETUP
