"""Questions asked of events. Answers are frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

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
    EventKind,
    EventReadiness,
    EventRow,
    EventState,
    Outcome,
    Pitch,
    PreparationKind,
    Wish,
)
from planner.events.records import Session as AgendaItem
from planner.followups.records import FollowUpDetails
from planner.relations.records import PersonRef, Promise, PromiseSide, PromiseState
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import AttendanceTable, ContactTable, EventTable, PitchTable, PromiseTable

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
        return self._rows(
            (EventTable.ends_at > self._clock.now(), EventTable.state != EventState.WRAPPED_UP.value),
            (EventTable.starts_at, EventTable.id),
            limit,
        )

    def past(self, limit: int | None = None) -> tuple[EventRow, ...]:
        """Events that are over or wrapped up, latest first."""
        over = (EventTable.ends_at <= self._clock.now()) | (EventTable.state == EventState.WRAPPED_UP.value)
        return self._rows((over,), (EventTable.starts_at.desc(), EventTable.id.desc()), limit)

    def between(self, first: date, last: date) -> tuple[EventRow, ...]:
        """Events on these days (both included) of the person's zone, in order; called-off ones are left out."""
        begins, ends = times.whole_days(first, last, self._clock.zone)
        return self._rows(
            (
                EventTable.starts_at < ends,
                (EventTable.ends_at > begins) | (EventTable.starts_at >= begins),
                EventTable.state != EventState.CALLED_OFF.value,
            ),
            (EventTable.starts_at, EventTable.id),
        )

    def for_contact(self, contact_id: int) -> tuple[EventRow, ...]:
        """Events that a contact is at, latest first."""
        here = select(AttendanceTable.event_id).where(AttendanceTable.contact_id == contact_id)
        return self._rows((EventTable.id.in_(here),), (EventTable.starts_at.desc(), EventTable.id.desc()))

    def next_event(self) -> EventFile | None:
        """The event that Today shows: the one that is on or comes next, talks with one person aside."""
        personal = [kind.value for kind in defaults.PERSONAL]
        conditions = (
            EventTable.ends_at > self._clock.now(),
            EventTable.state == EventState.PLANNED.value,
            EventTable.kind.not_in(personal),
        )
        rows = self._rows(conditions, (EventTable.starts_at, EventTable.id), 1)
        return self.file(rows[0].id) if rows else None

    def to_prepare(self) -> int:
        """How many planned events are still to come: the number beside Events."""
        with self._store.read() as session:
            return (
                session.scalar(
                    select(func.count())
                    .select_from(EventTable)
                    .where(EventTable.ends_at > self._clock.now(), EventTable.state == EventState.PLANNED.value)
                )
                or 0
            )

    def to_wrap_up(self, limit: int | None = None) -> tuple[EventRow, ...]:
        """Events that are over and not wrapped up, latest first."""
        return self._rows(
            (EventTable.ends_at <= self._clock.now(), EventTable.state == EventState.PLANNED.value),
            (EventTable.starts_at.desc(), EventTable.id.desc()),
            limit,
        )

    # --- one event ---------------------------------------------------------------------------------------------------

    def get(self, event_id: int) -> Event:
        """One event. Raises NotFound."""
        with self._store.read() as session:
            return reading.event_of(_row(session, event_id), self._clock.zone)

    def file(self, event_id: int) -> EventFile:
        """One event with everything that is known of it. Raises NotFound."""
        pace = self._settings.get().speaking_words_a_minute
        with self._store.read() as session:
            row = _row(session, event_id)
            event = reading.event_of(row, self._clock.zone)
            attendances = reading.attendances_at(session, (event_id,)).get(event_id, ())
            checklist = reading.checklist_of(session, event_id)
            pitch = reading.pitch_of(session, row.pitch_id)
            following = session.scalars(
                select(EventTable).where(EventTable.previous_id == event_id).order_by(EventTable.starts_at).limit(1)
            ).first()
            before = None if row.previous_id is None else session.get(EventTable, row.previous_id)
            return EventFile(
                event=event,
                zone=times.zone_named(row.time_zone, self._clock.zone),
                attendances=attendances,
                agenda=reading.agenda_of(session, event_id),
                checklist=checklist,
                pitch=pitch,
                readiness=rules.event_readiness(attendances, checklist, _pitch_seconds(pitch, pace)),
                previous=None if before is None else Edition(before.id, before.title),
                following=None if following is None else Edition(following.id, following.title),
            )

    def attendances(self, event_id: int) -> tuple[Attendance, ...]:
        """The people of an event."""
        with self._store.read() as session:
            return reading.attendances_at(session, (event_id,)).get(event_id, ())

    def agenda(self, event_id: int) -> tuple[AgendaItem, ...]:
        """The agenda of an event, in the order of time."""
        with self._store.read() as session:
            return reading.agenda_of(session, event_id)

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

        event = self.get(event_id)
        working_days = self._settings.get().working_days
        with self._store.read() as session:
            rows = session.execute(
                select(AttendanceTable.id, AttendanceTable.contact_id).where(AttendanceTable.id.in_(attendance_ids))
            )
            contacts = {row.id: row.contact_id for row in rows}
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
        with self._store.read() as session:
            rows = session.execute(
                select(PromiseTable, ContactTable.name)
                .join(ContactTable, ContactTable.id == PromiseTable.contact_id)
                .where(PromiseTable.event_id == event_id)
                .order_by(PromiseTable.id.desc())
            )
            return tuple(
                Promise(
                    id=row.id,
                    contact=PersonRef(row.contact_id, name),
                    side=PromiseSide(row.direction),
                    text=row.text,
                    made_on=row.made_on,
                    due_on=row.due_on,
                    state=PromiseState(row.state),
                    closed_on=row.closed_on,
                    interaction_id=row.interaction_id,
                    event_id=row.event_id,
                )
                for row, name in rows
            )

    def next_edition(self, event_id: int) -> EventDetails:
        """A proposal for the next edition of an event. Raises NotFound."""
        return defaults.next_edition(self.get(event_id).details, self._clock.zone, self._clock.today())

    # --- pitches and questions ---------------------------------------------------------------------------------------

    def pitches(self) -> tuple[Pitch, ...]:
        """All pitches, the one written last first."""
        with self._store.read() as session:
            ids = session.scalars(select(PitchTable.id).order_by(PitchTable.updated_at.desc(), PitchTable.id.desc()))
            return tuple(pitch for id in ids.all() if (pitch := reading.pitch_of(session, id)))

    def speaking_time(self, text: str, target_seconds: int = 60) -> speech.SpeakingTime:
        """How long a text takes at the pace of the settings."""
        return speech.speaking_time(text, target_seconds, self._settings.get().speaking_words_a_minute)

    def question_bank(self, attendance_id: int) -> tuple[BankQuestion, ...]:
        """Questions that suit a talk with someone and are not on their list yet; the most particular first."""
        from planner.events import questions  # late: only preparing a meeting has use for them

        with self._store.read() as session:
            row = session.get(AttendanceTable, attendance_id)
            if row is None:
                raise NotFound("person", attendance_id)
            people = reading.attendances_at(session, (row.event_id,))[row.event_id]
            person = next(person for person in people if person.id == attendance_id)
            kind = EventKind(_row(session, row.event_id).kind)
            asked = [item.text for item in person.items if item.kind is PreparationKind.QUESTION]
            bank = (*questions.own(session), *questions.built_in())
            return questions.suited(bank, kind, person.roles, asked)

    # -----------------------------------------------------------------------------------------------------------------

    def _rows(self, conditions: Sequence[Any], order: Sequence[Any], limit: int | None = None) -> tuple[EventRow, ...]:
        with self._store.read() as session:
            events = session.scalars(select(EventTable).where(*conditions).order_by(*order).limit(limit)).all()
            ids = [event.id for event in events]
            counts = _counts(session, ids)
            names = _names(session, ids)
            return tuple(
                _event_row(event, self._clock.zone, counts.get(event.id, (0, 0, 0)), names.get(event.id, ()))
                for event in events
            )


def _row(session: Session, event_id: int) -> EventTable:
    row = session.get(EventTable, event_id)
    if row is None:
        raise NotFound("event", event_id)
    return row


def _event_row(row: EventTable, own: tzinfo, counts: tuple[int, int, int], names: Sequence[str]) -> EventRow:
    details = reading.details_of(row)
    return EventRow(row.id, details, *times.days_of(details, own), *counts, names=tuple(names))


def _counts(session: Session, event_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """How many people each event has to meet, how many of them must be met, and how many people were met."""
    rows = session.execute(
        select(
            AttendanceTable.event_id,
            func.sum(case((AttendanceTable.wish != Wish.NONE.value, 1), else_=0)),
            func.sum(case((AttendanceTable.wish == Wish.MUST.value, 1), else_=0)),
            func.sum(case((AttendanceTable.outcome == Outcome.MET.value, 1), else_=0)),
        )
        .where(AttendanceTable.event_id.in_(event_ids))
        .group_by(AttendanceTable.event_id)
    )
    return {id: (people, must, met) for id, people, must, met in rows}


def _names(session: Session, event_ids: Sequence[int]) -> dict[int, list[str]]:
    """The first few names of each event, must-meets first."""
    found: dict[int, list[str]] = {}
    order = case({wish.value: place for place, wish in enumerate(Wish)}, value=AttendanceTable.wish, else_=9)
    rank = func.row_number().over(
        partition_by=AttendanceTable.event_id, order_by=(order, AttendanceTable.position, AttendanceTable.id)
    )
    ranked = (
        select(AttendanceTable.event_id, ContactTable.name, rank.label("rank"))
        .join(ContactTable, ContactTable.id == AttendanceTable.contact_id)
        .where(AttendanceTable.event_id.in_(event_ids))
        .subquery()
    )
    rows = session.execute(select(ranked).where(ranked.c.rank <= _NAMES).order_by(ranked.c.event_id, ranked.c.rank))
    for event_id, name, _ in rows:
        found.setdefault(event_id, []).append(name)
    return found


def _pitch_seconds(pitch: Pitch | None, pace: int) -> int | None:
    if pitch is None or not pitch.text.strip():
        return None
    return speech.speaking_time(pitch.text, pitch.target_seconds, pace).seconds
