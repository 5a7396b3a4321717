"""Events and invitations out of .ics files: each event is new, changed, known or failed, and none is passed over.

An event is known by its UID (RFC 5545 section 3.8.4.7) and, in a series, by which occurrence it is. Whoever of its
people is among the contacts is put on it; nobody becomes a contact by being invited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.keys import email_key
from planner.errors import Cancelled, FileUnreadable, Invalid, UserError
from planner.events import matching, times, writing
from planner.events.records import EventDetails, EventKind, EventState, Part, Wish
from planner.events.schedule.plain_text import plain_text
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import EmailTable, EventTable, FollowUpTable

if TYPE_CHECKING:
    from planner.calendars.found import CalendarFile, FoundEvent, Invitee

#: What an event's source says when it came from a calendar file.
SOURCE = "calendar"
#: Larger files, in bytes, are refused.
LARGEST = 64 * 1024 * 1024
#: How far ahead the occurrences of a series are imported.
AHEAD = timedelta(days=366)
_KINDS = (
    (EventKind.INFORMATIONAL_INTERVIEW, r"informational interview|interview"),
    (EventKind.ONE_TO_ONE, r"1:1|1-1|1on1|one[- ](?:to|on)[- ]one|one2one|vier augen"),
    (EventKind.WORKSHOP, r"workshop|training|course|bootcamp|hackathon|seminar|webinar|tutorial"),
    (EventKind.CONFERENCE, r"conference|konferenz|congress|kongress|summit|symposium|convention|expo|fair|messe"),
    (EventKind.MIXER, r"mixer|reception|drinks|party|empfang|apéro|afterwork|after[- ]work|networking"),
    (EventKind.MEETUP, r"meet-?up|stammtisch|user group|treffen"),
    (EventKind.ORGANISATION_MEETING, r"board|committee|assembly|team|staff|stand-?up|all[- ]hands|agm|planning|review"),
)


class Outcome(StrEnum):
    """What became of an event in a file."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One event of a file. `reason` says in a short clause what to know of it; `id` is the event's number here."""

    source: str
    position: int
    title: str
    outcome: Outcome
    reason: str = ""
    id: int | None = None
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class EventImportReport:
    """A whole import: `changes` is the one undoable command it was."""

    changes: Changes
    items: tuple[ImportedEvent, ...]

    def of(self, outcome: Outcome) -> tuple[ImportedEvent, ...]:
        """The items that came out so."""
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def in_words(self) -> str:
        """ "3 events added, 1 already here, 1 could not be read"."""
        said = {
            Outcome.NEW: "added",
            Outcome.CHANGED: "updated",
            Outcome.KNOWN: "already here",
            Outcome.FAILED: "not imported",
        }
        counts = {outcome: len(self.of(outcome)) for outcome in said}
        parts = [f"{count:,} {said[outcome]}" for outcome, count in counts.items() if count]
        return ", ".join(parts) or "no events in it"


@dataclass
class NoCalendar(UserError):
    """A file that holds no calendar; `reason` is a short clause."""

    name: str
    reason: str

    what: ClassVar[str] = "“{name}” is no calendar that can be read: {reason}."
    safe: ClassVar[str] = "Nothing was imported, and nothing here was changed."
    advice: ClassVar[str] = "Export the calendar anew as iCalendar (.ics) from the program that made it."


class EventImport:
    """Imports .ics files as events."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def files(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> EventImportReport:
        """Import files in one undoable command. Raises FileUnreadable and NoCalendar before anything is written."""
        contents = []
        for path in paths:
            try:
                if path.stat().st_size > LARGEST:
                    raise NoCalendar(path.name, "it is larger than any calendar")
                contents.append((path.name, path.read_bytes()))
            except OSError as error:
                raise FileUnreadable(path, error.strerror or str(error)) from error
        return self.contents(contents, progress, cancelled)

    def contents(
        self,
        contents: Sequence[tuple[str, bytes]],
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> EventImportReport:
        """Import calendars given as name and bytes. Raises NoCalendar, and Cancelled with nothing changed."""
        from planner.calendars import reading  # icalendar is slow to import, and most starts do without

        since = self._clock.now()
        read: list[tuple[str, CalendarFile]] = []
        for name, data in contents:
            try:
                read.append((name, reading.read(data, self._clock.zone, since, since + AHEAD)))
            except reading.NotACalendar as error:
                raise NoCalendar(name, str(error)) from error
        total = sum(len(file.events) for _, file in read)
        label = f"import events from “{contents[0][0]}”" if len(contents) == 1 else f"import {len(contents)} calendars"
        items: list[ImportedEvent] = []
        with self._store.write(label) as work:
            run = _Run(work.session, self._clock, self._settings)
            done = 0
            for name, file in read:
                for found in file.events:
                    if cancelled():
                        raise Cancelled
                    items.append(run.take(name, found, called_off=file.method == "CANCEL"))
                    done += 1
                    progress(done, total)
                items += [
                    ImportedEvent(name, item.position, "", Outcome.FAILED, item.reason, source_text=item.source_text)
                    for item in file.failed
                ]
        items.sort(key=lambda item: ([name for name, _ in contents].index(item.source), item.position))
        return EventImportReport(work.changes, tuple(items))


class _Run:
    """One import: what is here already, and who is known."""

    def __init__(self, session: Session, clock: Clock, settings: SettingsService) -> None:
        self._session = session
        self._clock = clock
        self._me = email_key(settings.get().me.email)
        self._ours = set(session.scalars(select(FollowUpTable.uid)))
        self._events = set(session.scalars(select(EventTable.uid)))

    def take(self, source: str, found: FoundEvent, *, called_off: bool) -> ImportedEvent:
        """Bring one event in."""

        def ends(outcome: Outcome, reason: str = "", id: int | None = None) -> ImportedEvent:
            told = "; ".join(part for part in (reason, found.note) if part)
            text = found.source_text if outcome is Outcome.FAILED else ""
            return ImportedEvent(source, found.position, found.summary, outcome, told, id, text)

        if found.uid in self._ours or found.uid.rpartition("-session-")[0] in self._events:
            return ends(Outcome.KNOWN, "it came from here")
        uid = found.uid if not found.occurrence else str(uuid5(NAMESPACE_URL, f"{found.uid}\n{found.occurrence}"))
        row = self._session.scalar(select(EventTable).where(EventTable.uid == uid))
        off = called_off or found.cancelled
        if row is None and off:
            return ends(Outcome.KNOWN, "it is called off and was not here")
        if row is not None and row.source != SOURCE:
            return ends(Outcome.KNOWN, "it came from here", row.id)
        try:
            details = self._details(found)
            if row is None:
                return self._add(uid, details, found, ends)
            return self._update(row, details, off=off, ends=ends)
        except Invalid as error:
            return ends(Outcome.FAILED, f"{error.field}: {error.reason}")

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
            state=EventState.WRAPPED_UP if ends_at < self._clock.now() else EventState.PLANNED,
            source=SOURCE,
        )

    def _add(
        self, uid: str, details: EventDetails, found: FoundEvent, ends: Callable[..., ImportedEvent]
    ) -> ImportedEvent:
        # Checked first: nothing of an event that can't be kept may stay behind.
        times.normal(details, self._clock.zone)
        id = writing.add_event(self._session, details, self._clock.zone, self._clock.now())
        writing.one(self._session, EventTable, id, "event").uid = uid
        unknown = []
        for person in self._others(found):
            contact_id = self._contact(person.email, person.name)
            if contact_id is None:
                unknown.append(person.name or person.email)
                continue
            part = Part.HOST if person.organizer else Part.ATTENDEE
            writing.attend(self._session, id, (contact_id,), Wish.WOULD, part)
        few = ", ".join(unknown[:3]) + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")
        return ends(Outcome.NEW, f"not among your contacts: {few}" if unknown else "", id)

    def _update(
        self, row: EventTable, details: EventDetails, *, off: bool, ends: Callable[..., ImportedEvent]
    ) -> ImportedEvent:
        if off:
            if row.state == EventState.CALLED_OFF.value:
                return ends(Outcome.KNOWN, "", row.id)
            row.state, row.updated_at = EventState.CALLED_OFF.value, self._clock.now()
            return ends(Outcome.CHANGED, "it is called off", row.id)
        starts_at, ends_at, _ = times.normal(details, self._clock.zone)
        fresh = {"title": " ".join(details.title.split()), "starts_at": starts_at, "ends_at": ends_at}
        fresh |= {"all_day": details.all_day, "place": details.place.strip()}
        if all(getattr(row, name) == value for name, value in fresh.items()):
            return ends(Outcome.KNOWN, "", row.id)
        for name, value in fresh.items():
            setattr(row, name, value)
        row.updated_at = self._clock.now()
        return ends(Outcome.CHANGED, "", row.id)

    def _others(self, found: FoundEvent) -> list[Invitee]:
        return [person for person in found.people if not self._me or email_key(person.email) != self._me]

    def _contact(self, email: str, name: str) -> int | None:
        if email:
            ids = set(
                self._session.scalars(select(EmailTable.contact_id).where(EmailTable.address_key == email_key(email)))
            )
            if len(ids) == 1:
                return ids.pop()
        return matching.contact_named(self._session, name) if name else None


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
