"""Making the queue: open follow-ups weighed, placed within capacity, and told why.

Read in SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from planner.clock import Clock
from planner.followups import reading, wording
from planner.followups.records import FollowUp, FollowUpKind
from planner.followups.rules import capacity, priority
from planner.followups.rules.capacity import Limits, Load, Moved
from planner.followups.rules.due import Section, section, week_end
from planner.followups.rules.priority import Priority, Standing, Weighed
from planner.followups.wording import Facts, SayDate
from planner.settings.records import Settings
from planner.store.values import day_of

#: Kinds that belong on their day: a birthday next week is no birthday.
_ON_THEIR_DAY = (FollowUpKind.PROMISE, FollowUpKind.CELEBRATE, FollowUpKind.PREPARE)


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A follow-up in its place. `day` is where it stands, which is later than its due day where `moved` says so.

    `days_late` counts from the due day. The words are made when they are asked for: most entries are never looked at.
    """

    followup: FollowUp
    section: Section
    day: date
    moved: Moved
    priority: Priority
    facts: Facts
    days_late: int = 0

    @property
    def id(self) -> int:
        """The follow-up's id."""
        return self.followup.id

    @property
    def headline(self) -> str:
        """The title with the person in it: "Introduce Kofi Danso to Ingrid Vale"."""
        details = self.followup.details
        names = [person.name for person in self.followup.people]
        return wording.headline(details.title, names, promised=details.kind is FollowUpKind.PROMISE)

    @property
    def clause(self) -> str:
        """Why now, in a few words: "you promised it at PyCon DE". "" where there is nothing to say."""
        return wording.clause(self.facts)

    @property
    def caution(self) -> str:
        """What to mind, such as a wish for no requests. "" if nothing."""
        return wording.caution(self.followup.details.kind, self.followup.people)

    def reason(self, say_date: SayDate = wording.plain_date) -> str:
        """Why this, and why now, in a sentence or two."""
        return wording.reason(self.facts, say_date)


@dataclass(frozen=True, slots=True)
class QueueSection:
    """A part of the queue. `note` says something about all of it, such as why things were moved here."""

    section: Section
    entries: tuple[QueueEntry, ...]
    note: str = ""

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class Queue:
    """Open follow-ups in the order that matters, in the four parts overdue, today, this week, later."""

    sections: tuple[QueueSection, ...]
    day_capacity: int
    week_capacity: int

    def __getitem__(self, wanted: Section) -> QueueSection:
        return next((each for each in self.sections if each.section is wanted), QueueSection(wanted, ()))

    def __len__(self) -> int:
        return sum(len(each) for each in self.sections)

    def entries(self) -> tuple[QueueEntry, ...]:
        """All entries, in order."""
        return tuple(entry for each in self.sections for entry in each.entries)

    def only(self, kinds: Collection[FollowUpKind]) -> Queue:
        """The same queue with these kinds alone; places stay as capacity gave them."""
        kept = tuple(
            QueueSection(each.section, tuple(e for e in each.entries if e.followup.details.kind in kinds), each.note)
            for each in self.sections
        )
        return Queue(kept, self.day_capacity, self.week_capacity)


@dataclass(frozen=True, slots=True)
class _Promise:
    made_on: date
    due_on: date | None
    mine: bool
    event_title: str


def build(rows: sqlite3.Connection, clock: Clock, settings: Settings, week_start: int = 0) -> Queue:
    """The queue of this moment."""
    today = clock.today()
    found = reading.followups(rows, settings.rhythms, reading.OPEN)
    promises = _promises(rows)
    quiet = {
        person.id: None
        if person.last_interaction_at is None
        else (today - clock.local(person.last_interaction_at).date()).days
        for person in {person.id: person for each in found for person in each.people}.values()
    }
    weighed = {each.id: weigh(each, today, quiet) for each in found}
    limits = Limits(settings.day_capacity, settings.week_capacity, settings.working_days, week_start)
    places = capacity.place([load(each, weighed[each.id].score) for each in found], today, limits)
    last = week_end(today, week_start)
    parts: dict[Section, list[QueueEntry]] = {each: [] for each in Section}
    for each in found:
        place = places[each.id]
        part = section(place.day, today, last)
        facts = _facts(each, promises, quiet, place.moved, settings)
        late = max(0, (today - each.details.due_on).days)
        parts[part].append(QueueEntry(each, part, place.day, place.moved, weighed[each.id], facts, late))
    for part, entries in parts.items():
        # Within a day's work what matters most comes first; further off, days go before weight.
        by_day = part in (Section.THIS_WEEK, Section.LATER)
        entries.sort(
            key=lambda e: (e.day if by_day else today, -e.priority.score, e.followup.details.due_on, e.followup.id)
        )
    return Queue(
        tuple(QueueSection(part, tuple(entries), _note(entries, settings)) for part, entries in parts.items()),
        settings.day_capacity,
        settings.week_capacity,
    )


def weigh(followup: FollowUp, today: date, quiet: dict[int, int | None]) -> Priority:
    """The priority of a follow-up; `quiet` are the days without contact by person."""
    details = followup.details
    return priority.weigh(
        Weighed(
            kind=details.kind,
            due_on=details.due_on,
            is_promise=details.kind is FollowUpKind.PROMISE,
            has_time=details.due_time is not None,
            snoozes=followup.snoozes,
            people=[
                Standing(one.roles, one.tie, one.matters, one.rhythm_days, quiet.get(one.id)) for one in followup.people
            ],
        ),
        today,
    )


def load(followup: FollowUp, score: float) -> Load:
    """What placing it needs to know. What has a time of day is agreed with somebody, so no wish for quiet moves it."""
    details = followup.details
    timed = details.due_time is not None
    until = max((one.quiet_until for one in followup.people if one.quiet_until is not None), default=None)
    return Load(
        followup.id,
        details.due_on,
        score,
        fixed=timed or details.kind in _ON_THEIR_DAY,
        quiet_until=None if timed or details.kind is FollowUpKind.PREPARE else until,
    )


def rest_of(rows: sqlite3.Connection, day: date, settings: Settings, clock: Clock) -> list[int]:
    """The open follow-ups due on a day or before it, without a time of day, the most important first."""
    until = f"{reading.OPEN} AND followup.due_on <= ? AND followup.due_time = ''"
    found = reading.followups(rows, settings.rhythms, until, (day.isoformat(),))
    today = clock.today()
    quiet: dict[int, int | None] = {
        person.id: (today - clock.local(person.last_interaction_at).date()).days
        for each in found
        for person in each.people
        if person.last_interaction_at is not None
    }
    found.sort(key=lambda each: (-weigh(each, today, quiet).score, each.details.due_on, each.id))
    return [each.id for each in found]


def room(
    rows: sqlite3.Connection, count: int, first: date, today: date, settings: Settings, leaving_out: Sequence[int] = ()
) -> list[date]:
    """So many days with room from a day on, counting what is open but for `leaving_out`; late ones count today."""
    taken: Counter[date] = Counter()
    out = set(leaving_out)
    for id, due_on in rows.execute(f"SELECT id, due_on FROM followup WHERE {reading.OPEN}"):
        if id not in out:
            taken[max(date.fromisoformat(due_on), today)] += 1
    limits = Limits(settings.day_capacity, settings.week_capacity, settings.working_days)
    return capacity.spread(count, first, taken, limits)


_PROMISES = f"""
SELECT promise.id, promise.made_on, promise.due_on, promise.direction, event.title
FROM promise LEFT JOIN event ON event.id = promise.event_id
WHERE promise.id IN (SELECT promise_id FROM followup WHERE {reading.OPEN})
"""


def _promises(rows: sqlite3.Connection) -> dict[int, _Promise]:
    return {
        id: _Promise(date.fromisoformat(made), day_of(due), side == "mine", title or "")
        for id, made, due, side, title in rows.execute(_PROMISES)
    }


def _facts(
    followup: FollowUp, promises: dict[int, _Promise], quiet: dict[int, int | None], moved: Moved, settings: Settings
) -> Facts:
    promise = promises.get(followup.details.promise_id) if followup.details.promise_id is not None else None
    return Facts(
        details=followup.details,
        people=followup.people,
        event_title=followup.event_title,
        snoozes=followup.snoozes,
        promised_on=promise.made_on if promise else None,
        promise_due=promise.due_on if promise else None,
        promise_event=promise.event_title if promise else "",
        mine=promise.mine if promise else True,
        quiet_days=quiet.get(followup.people[0].id) if followup.people else None,
        moved=moved,
        day_capacity=settings.day_capacity,
        week_capacity=settings.week_capacity,
    )


def _note(entries: Sequence[QueueEntry], settings: Settings) -> str:
    moved = {entry.moved for entry in entries}
    for cause in (Moved.DAY_FULL, Moved.WEEK_FULL):
        if cause in moved:
            return wording.moved_words(cause, settings.day_capacity, settings.week_capacity)
    return ""


def open_counts(rows: sqlite3.Connection, today: date) -> tuple[int, int]:
    """Open follow-ups in all, and those due by today."""
    counts = f"SELECT count(*), coalesce(sum(due_on <= ?), 0) FROM followup WHERE {reading.OPEN}"
    total, due = rows.execute(counts, (today.isoformat(),)).fetchone()
    return int(total), int(due)
