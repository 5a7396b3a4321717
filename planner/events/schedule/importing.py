"""A published schedule becomes an event's agenda, and a later publication updates it in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.errors import Cancelled
from planner.events import matching, reading, times, writing
from planner.events.records import EventDetails, EventKind
from planner.events.records import Session as AgendaItem
from planner.events.schedule.identify import identify
from planner.events.schedule.read import NoSchedule
from planner.events.schedule.records import (
    PublishedSchedule,
    PublishedSession,
    PublishedSpeaker,
    ScheduleOutcome,
)
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import EventTable, PlanTable, SessionSpeakerTable, SessionTable

#: What an event's source says when its agenda came from a schedule.
SOURCE = "schedule"
Progress = Callable[[int, int], object]


class ScheduleImport:
    """Imports schedules. One import is one undoable command."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def run(
        self,
        published: PublishedSchedule,
        event_id: int | None = None,
        name: str = "",
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ScheduleOutcome:
        """Make an event of a schedule or, with `event_id`, update that event's agenda.

        What you put on a session stays: mark, notes, and whom you know among its speakers. A session that is no longer
        published is kept and flagged where it is marked, has notes, or somebody you want to meet speaks; else it goes.
        Sessions added by hand stay. `name` is the file's. Raises NoSchedule where no session could be read, NotFound,
        and Cancelled, with nothing changed.
        """
        if not published.sessions:
            raise NoSchedule(name or published.title or "schedule", "none of its sessions could be read")
        title = published.title or name.rpartition(".")[0] or "Schedule"
        label = f"import the schedule of {title}" if event_id is None else "update the agenda"
        with self._store.write(label, bulk=True) as work:
            session = work.session
            if event_id is None:
                event_id = self._new_event(session, published, title)
            event = writing.one(session, EventTable, event_id, "event")
            run = _Run(session, event_id, published, progress, cancelled)
            run.agenda()
            self._fit(event, published)
        return ScheduleOutcome(
            changes=work.changes,
            event_id=event_id,
            title=title,
            failed=published.failed,
            zone_assumed=published.zone_assumed,
            known_speakers=len(run.known),
            **run.counts,
        )

    def _new_event(self, session: Session, published: PublishedSchedule, title: str) -> int:
        zone = times.zone_named(published.time_zone, self._clock.zone)
        days = _days(published, zone)
        first, last = days if days else (self._clock.today(), self._clock.today())
        starts_at, ends_at = times.whole_days(first, last, zone)
        plan_id = next(
            (
                id
                for id, kinds in session.execute(select(PlanTable.id, PlanTable.event_kinds).order_by(PlanTable.id))
                if EventKind.CONFERENCE.value in (kind.strip() for kind in kinds.split(","))
            ),
            None,
        )
        details = EventDetails(
            title=title,
            kind=EventKind.CONFERENCE,
            starts_at=starts_at,
            ends_at=ends_at,
            all_day=True,
            time_zone=published.time_zone if published.time_zone == times.name_of(zone) else "",
            place=published.place,
            link=published.link,
            plan_id=plan_id,
            source=SOURCE,
        )
        return writing.add_event(session, details, self._clock.zone, self._clock.now())

    def _fit(self, event: EventTable, published: PublishedSchedule) -> None:
        """Bring dates and place of an event up to date that was made of a schedule; nobody's own words are replaced."""
        event.place = event.place or published.place
        event.link = event.link or published.link
        zone = times.zone_named(event.time_zone, self._clock.zone)
        days = _days(published, zone)
        if event.source == SOURCE and event.all_day and days:
            starts_at, ends_at = times.whole_days(*days, zone)
            event.starts_at, event.ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)


class _Run:
    """One event's agenda being brought up to date."""

    def __init__(
        self,
        session: Session,
        event_id: int,
        published: PublishedSchedule,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._session = session
        self._event_id = event_id
        self._published = published
        self._progress = progress
        self._cancelled = cancelled
        self._near = matching.people_at(session, event_id)
        names = (speaker.name for item in published.sessions for speaker in item.speakers)
        self._contacts = matching.contacts_named(session, names, self._near)
        self.known: set[int] = set()
        self.counts = dict.fromkeys(("new", "changed", "same", "gone", "removed", "missing"), 0)

    def agenda(self) -> None:
        """Match what is here with what is published, and write the difference."""
        here = reading.agenda_of(under(self._session), self._event_id)
        who = identify(here, self._published.sessions)
        rows = {
            row.id: row
            for row in self._session.scalars(select(SessionTable).where(SessionTable.event_id == self._event_id))
        }
        total = len(who.same) + len(who.new)
        for done, (item, found) in enumerate(who.same):
            self._step(done, total)
            self._update(rows[item.id], item, found)
        self._add(who.new, len(who.same), total)
        for item in who.gone:
            self._leave(rows[item.id], item)
        self._session.flush()

    def _step(self, done: int, total: int) -> None:
        if done % 50 == 0:
            if self._cancelled():
                raise Cancelled
            self._progress(done, total)

    def _update(self, row: SessionTable, item: AgendaItem, found: PublishedSession) -> None:
        changed = {key: value for key, value in _values(found).items() if getattr(row, key) != value}
        for key, value in changed.items():
            setattr(row, key, value)
        names = [speaker.name for speaker in item.speakers]
        if names != [speaker.name for speaker in found.speakers]:
            self._change_speakers(row.id, found.speakers)
            self.counts["changed"] += 1
        else:
            self.counts["changed" if changed.keys() - {"external_id"} else "same"] += 1
        self.known.update(speaker.contact_id for speaker in item.speakers if speaker.contact_id is not None)

    def _change_speakers(self, session_id: int, wanted: Iterable[PublishedSpeaker]) -> None:
        there = list(
            self._session.scalars(select(SessionSpeakerTable).where(SessionSpeakerTable.session_id == session_id))
        )
        by_id = {row.external_id: row for row in there if row.external_id}
        by_name = {row.name: row for row in there}
        kept = set()
        for position, speaker in enumerate(wanted):
            row = by_name.get(speaker.name) or by_id.get(speaker.external_id)
            if row is None or row.id in kept:
                self._session.add(SessionSpeakerTable(**self._speaker(session_id, position, speaker)))
                continue
            # A name that was printed anew is still the person it was linked to.
            kept.add(row.id)
            row.position, row.name, row.about = position, speaker.name, speaker.about or row.about
            row.contact_id = row.contact_id or self._contact(speaker.name)
        for row in there:
            if row.id not in kept:
                self._session.delete(row)

    def _add(self, new: Sequence[PublishedSession], done: int, total: int) -> None:
        """Put new sessions in, as bulk: a large conference has a thousand of them."""
        if not new:
            return
        rows = []
        for number, found in enumerate(new):
            self._step(done + number, total)
            rows.append({"event_id": self._event_id, "marked": False, "notes": "", **_values(found)})
        ids = self._session.scalars(
            insert(SessionTable).returning(SessionTable.id, sort_by_parameter_order=True), rows
        ).all()
        speakers = [
            self._speaker(id, position, speaker)
            for id, found in zip(ids, new, strict=True)
            for position, speaker in enumerate(found.speakers)
        ]
        if speakers:
            self._session.execute(insert(SessionSpeakerTable), speakers)
        self.counts["new"] += len(rows)

    def _speaker(self, session_id: int, position: int, speaker: PublishedSpeaker) -> dict[str, Any]:
        contact_id = self._contact(speaker.name)
        if contact_id is not None:
            self.known.add(contact_id)
        return {
            "session_id": session_id,
            "position": position,
            "name": speaker.name,
            "external_id": speaker.external_id,
            "about": speaker.about,
            "contact_id": contact_id,
        }

    def _contact(self, name: str) -> int | None:
        return self._contacts.get(name)

    def _leave(self, row: SessionTable, item: AgendaItem) -> None:
        """A session that is here and no longer published."""
        if not row.external_id:
            return  # added by hand
        if not self._published.complete:
            self.counts["missing"] += 1
        elif row.marked or row.notes.strip() or any(speaker.contact_id in self._near for speaker in item.speakers):
            row.gone = True
            self.counts["gone"] += 1
        else:
            self._session.delete(row)
            self.counts["removed"] += 1


def _values(found: PublishedSession) -> dict[str, Any]:
    """What a publication says of a session, by column."""
    return {
        "external_id": found.external_id or _made_id(found),
        "title": " ".join(found.title.split()),
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "room": " ".join(found.room.split()),
        "track": " ".join(found.track.split()),
        "abstract": found.abstract.strip(),
        "link": found.link.strip(),
        "gone": False,
    }


def _made_id(found: PublishedSession) -> str:
    """An id for a session whose publisher gives none: it tells it from those added by hand."""
    text = f"{found.title}\0{found.starts_at}\0{found.room}"
    return f"made-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def _days(published: PublishedSchedule, zone: tzinfo) -> tuple[date, date] | None:
    """First and last day: as published, stretched to the sessions; None where nothing tells."""
    days = [day for day in (published.first_day, published.last_day) if day is not None]
    days.extend(_before_dawn(item.starts_at.astimezone(zone)) for item in published.sessions if item.starts_at)
    return (min(days), max(days)) if days else None


def _before_dawn(local: datetime) -> date:
    # What begins in the small hours belongs to the evening before, as people count a conference's days.
    return (local - timedelta(hours=4)).date()
