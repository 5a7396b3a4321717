"""Questions asked of events. Answers are frozen records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from planner.clock import Clock
from planner.errors import NotFound
from planner.events import defaults, reading, speech, times
from planner.events import readiness as rules
from planner.events.records import (
    Attendance,
    BankQuestion,
    Edition,
    Event,
    EventDetails,
    EventFile,
    EventReadiness,
    EventRow,
    Outcome,
    Pitch,
    PreparationKind,
    Wish,
)
from planner.events.records import Session as AgendaItem
from planner.followups.records import FollowUpDetails
from planner.relations.records import Promise
from planner.relations.rows import promises
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.values import utc_text

_NAMES = 3


class EventQueries:
    """All questions about events. Days and "now" are the clock's; the pace of speech is the settings'."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    # --- lists -------------------------------------------------------------------------------------------------------

    def upcoming(self, limit: int | None = None) -> tuple[EventRow, ...]:
        """Events that are not over, soonest first, called-off ones among them, wrapped-up ones not."""
        return self._rows("ends_at > ? AND state != 'wrapped up'", (self._now(),), _SOONEST, limit)

    def past(self, limit: int | None = None) -> tuple[EventRow, ...]:
        """Events that are over or wrapped up, latest first."""
        return self._rows("(ends_at <= ? OR state = 'wrapped up')", (self._now(),), _LATEST, limit)

    def between(self, first: date, last: date) -> tuple[EventRow, ...]:
        """Events on these days (both included) of the person's zone, in order; called-off ones are left out."""
        begins, ends = (utc_text(moment) for moment in times.whole_days(first, last, self._clock.zone))
        on = "starts_at < ? AND (ends_at > ? OR starts_at >= ?) AND state != 'called off'"
        return self._rows(on, (ends, begins, begins), _SOONEST)

    def for_contact(self, contact_id: int) -> tuple[EventRow, ...]:
        """Events that a contact is at, latest first."""
        return self._rows("id IN (SELECT event_id FROM attendance WHERE contact_id = ?)", (contact_id,), _LATEST)

    def next_event(self) -> EventFile | None:
        """The event that Today shows: the one that is on or comes next, talks with one person aside."""
        personal = json.dumps([kind.value for kind in defaults.PERSONAL])
        coming = "ends_at > ? AND state = 'planned' AND kind NOT IN (SELECT value FROM json_each(?))"
        rows = self._rows(coming, (self._now(), personal), _SOONEST, 1)
        return self.file(rows[0].id) if rows else None

    def to_prepare(self) -> int:
        """How many planned events are still to come: the number beside Events."""
        coming = "SELECT count(*) FROM event WHERE ends_at > ? AND state = 'planned'"
        with self._store.snapshot() as rows:
            return int(rows.execute(coming, (self._now(),)).fetchone()[0])

    def to_wrap_up(self, limit: int | None = None) -> tuple[EventRow, ...]:
        """Events that are over and not wrapped up, latest first."""
        return self._rows("ends_at <= ? AND state = 'planned'", (self._now(),), _LATEST, limit)

    # --- one event ---------------------------------------------------------------------------------------------------

    def get(self, event_id: int) -> Event:
        """One event. Raises NotFound."""
        with self._store.snapshot() as rows:
            return _one(rows, event_id, self._clock)

    def file(self, event_id: int) -> EventFile:
        """One event with everything that is known of it. Raises NotFound."""
        pace = self._settings.get().speaking_words_a_minute
        with self._store.snapshot() as rows:
            event = _one(rows, event_id, self._clock)
            attendances = reading.attendances_at(rows, (event_id,)).get(event_id, ())
            checklist = reading.checklist_of(rows, event_id)
            pitch = reading.pitch_of(rows, event.details.pitch_id)
            return EventFile(
                event=event,
                zone=times.zone_named(event.details.time_zone, self._clock.zone),
                attendances=attendances,
                agenda=reading.agenda_of(rows, event_id),
                checklist=checklist,
                pitch=pitch,
                readiness=rules.event_readiness(attendances, checklist, _pitch_seconds(pitch, pace)),
                previous=_edition(rows, "id = ?", event.details.previous_id),
                following=_edition(rows, "previous_id = ? ORDER BY starts_at", event_id),
            )

    def attendances(self, event_id: int) -> tuple[Attendance, ...]:
        """The people of an event."""
        with self._store.snapshot() as rows:
            return reading.attendances_at(rows, (event_id,)).get(event_id, ())

    def agenda(self, event_id: int) -> tuple[AgendaItem, ...]:
        """The agenda of an event, in the order of time."""
        with self._store.snapshot() as rows:
            return reading.agenda_of(rows, event_id)

    def readiness(self, event_id: int) -> EventReadiness:
        """How well an event is prepared. Raises NotFound."""
        return self.file(event_id).readiness

    def proposals(
        self, event_id: int, attendance_ids: Sequence[int], plan_id: int | None, from_day: date | None = None
    ) -> tuple[FollowUpDetails, ...]:
        """The follow-ups that a plan proposes for people met at an event, counted from its last day or another.

        What the plan has made for them at this event already is left out. Empty without a plan. Raises NotFound.
        """
        if plan_id is None or not attendance_ids:
            return ()
        from planner.followups import plans
        from planner.store.engine import under

        event = self.get(event_id)
        working_days = self._settings.get().working_days
        with self._store.read() as session:
            wanted = "SELECT id, contact_id FROM attendance WHERE id IN (SELECT value FROM json_each(?))"
            contacts = dict(under(session).execute(wanted, (json.dumps(list(attendance_ids)),)).fetchall())
            return tuple(
                plans.proposed(
                    session,
                    plan_id,
                    [contacts[id] for id in attendance_ids if id in contacts],
                    from_day or event.last_day,
                    today=self._clock.today(),
                    working_days=working_days,
                    event_id=event_id,
                )
            )

    def carried_over(self, event_id: int) -> tuple[Attendance, ...]:
        """The people whom the next edition takes over: those you had to meet, and did not."""
        return tuple(
            person
            for person in self.attendances(event_id)
            if person.wish is Wish.MUST and person.outcome is not Outcome.MET
        )

    def promises(self, event_id: int) -> tuple[Promise, ...]:
        """What was promised at an event, either way, as it stands now; newest first."""
        with self._store.snapshot() as rows:
            return tuple(promises(rows, "event_id = ?", (event_id,), "ORDER BY promise.id DESC"))

    def next_edition(self, event_id: int) -> EventDetails:
        """A proposal for the next edition of an event. Raises NotFound."""
        return defaults.next_edition(self.get(event_id).details, self._clock.zone, self._clock.today())

    # --- pitches and questions ---------------------------------------------------------------------------------------

    def pitches(self) -> tuple[Pitch, ...]:
        """All pitches, the one written last first."""
        with self._store.snapshot() as rows:
            return reading.pitches(rows)

    def speaking_time(self, text: str, target_seconds: int = 60) -> speech.SpeakingTime:
        """How long a text takes at the pace of the settings."""
        return speech.speaking_time(text, target_seconds, self._settings.get().speaking_words_a_minute)

    def question_bank(self, attendance_id: int) -> tuple[BankQuestion, ...]:
        """Questions that suit a talk with someone and are not on their list yet; the most particular first."""
        from planner.events import questions  # late: only preparing a meeting has use for them
        from planner.store.engine import under

        with self._store.read() as session:
            rows = under(session)
            row = rows.execute("SELECT event_id FROM attendance WHERE id = ?", (attendance_id,)).fetchone()
            if row is None:
                raise NotFound("person", attendance_id)
            people = reading.attendances_at(rows, row)[row[0]]
            person = next(person for person in people if person.id == attendance_id)
            kind = _one(rows, row[0], self._clock).details.kind
            asked = [item.text for item in person.items if item.kind is PreparationKind.QUESTION]
            bank = (*questions.own(session), *questions.built_in())
            return questions.suited(bank, kind, person.roles, asked)

    # -----------------------------------------------------------------------------------------------------------------

    def _now(self) -> str:
        return utc_text(self._clock.now())

    def _rows(self, where: str, values: Sequence[object], order: str, limit: int | None = None) -> tuple[EventRow, ...]:
        most = -1 if limit is None else limit  # SQLite's word for all of them
        with self._store.snapshot() as rows:
            events = reading.events(rows, self._clock.zone, where, (*values, most), f"{order} LIMIT ?")
            among = (json.dumps([event.id for event in events]),)
            counts = {id: (people, must, met) for id, people, must, met in rows.execute(_COUNTS, among)}
            names: dict[int, list[str]] = {}
            for event_id, name in rows.execute(_FIRST_NAMES, among):
                names.setdefault(event_id, []).append(name)
            return tuple(
                EventRow(
                    event.id,
                    event.details,
                    event.first_day,
                    event.last_day,
                    *counts.get(event.id, (0, 0, 0)),
                    names=tuple(names.get(event.id, ())),
                )
                for event in events
            )


_SOONEST = "ORDER BY starts_at, id"
_LATEST = "ORDER BY starts_at DESC, id DESC"
# How many people each event has to meet, how many of them must be met, and how many people were met.
_COUNTS = """
SELECT event_id, sum(wish != ''), sum(wish = 'must'), sum(outcome = 'met')
FROM attendance WHERE event_id IN (SELECT value FROM json_each(?)) GROUP BY event_id
"""
# The first few names of each event, must-meets first.
_FIRST_NAMES = f"""
SELECT event_id, name FROM (
    SELECT event_id, contact.name AS name, row_number() OVER (
        PARTITION BY event_id
        ORDER BY CASE wish WHEN 'must' THEN 0 WHEN 'would' THEN 1 ELSE 2 END, attendance.position, attendance.id
    ) AS place
    FROM attendance JOIN contact ON contact.id = attendance.contact_id
    WHERE event_id IN (SELECT value FROM json_each(?))
)
WHERE place <= {_NAMES} ORDER BY event_id, place
"""


def _one(rows: sqlite3.Connection, event_id: int, clock: Clock) -> Event:
    found = reading.events(rows, clock.zone, "id = ?", (event_id,))
    if not found:
        raise NotFound("event", event_id)
    return found[0]


def _edition(rows: sqlite3.Connection, where: str, event_id: int | None) -> Edition | None:
    row = rows.execute(f"SELECT id, title FROM event WHERE {where} LIMIT 1", (event_id,)).fetchone()
    return None if row is None else Edition(*row)


def _pitch_seconds(pitch: Pitch | None, pace: int) -> int | None:
    if pitch is None or not pitch.text.strip():
        return None
    return speech.speaking_time(pitch.text, pitch.target_seconds, pace).seconds
