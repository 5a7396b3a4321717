"""Putting the page Today together.

It is what the window opens with. All it asks is in SQL over the driver's connection, here and where it asks others, so
that it is there before SQLAlchemy is: see `planner.store.plain`.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.clock import Clock
from planner.contacts.records import Photo
from planner.events.queries import EventQueries
from planner.events.records import EventRow, EventState
from planner.followups.queries import FollowUpQueries
from planner.followups.rules.due import Section, week_end
from planner.relations import balance, goal_reading
from planner.store.store import Store
from planner.today.records import Meeting, NextEvent, Today

#: More drifting people than this in one morning only discourage.
MOST_DRIFTING = 5


class TodayQueries:
    """Answers with one record for the whole page."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        followups: FollowUpQueries,
        events: EventQueries,
    ) -> None:
        self._store = store
        self._clock = clock
        self._followups = followups
        self._events = events

    def get(self, week_start: int = 0) -> Today:
        """The page at this moment. `week_start` is the locale's first day of the week, Monday being 0."""
        today = self._clock.today()
        queue = self._followups.queue(week_start)
        overdue, due = queue[Section.OVERDUE], queue[Section.TODAY]
        at_hand = [person.id for part in (overdue, due) for each in part.entries for person in each.followup.people]
        quarter = quarter_of(today)
        with self._store.snapshot() as rows:
            contacts = int(rows.execute("SELECT count(*) FROM contact").fetchone()[0])
            give_and_take = balance.give_and_take(rows, quarter, today + timedelta(days=1))
            goal = goal_reading.current(rows)
        return Today(
            day=today,
            contacts=contacts,
            overdue=overdue,
            due=due,
            day_capacity=queue.day_capacity,
            more_this_week=len(queue[Section.THIS_WEEK]),
            drifting=self._followups.drifting(MOST_DRIFTING, leave_out=at_hand),
            next_event=self._next_event(today),
            meetings=self._meetings(today, week_start),
            quarter=quarter,
            give_and_take=give_and_take,
            goal=goal,
        )

    def photo(self, digest: str) -> Photo | None:
        """The picture of that hash."""
        with self._store.snapshot() as rows:
            row = rows.execute("SELECT data, media_type FROM blob WHERE hash = ?", (digest,)).fetchone()
        return None if row is None else Photo(*row)

    def _next_event(self, today: date) -> NextEvent | None:
        file = self._events.next_event()
        return None if file is None else NextEvent(file, max(0, (file.event.first_day - today).days))

    def _meetings(self, today: date, week_start: int) -> tuple[Meeting, ...]:
        last = week_end(today, week_start)
        rows = self._events.between(last - timedelta(days=6), last)
        return tuple(self._meeting(row, today) for row in rows)

    def _meeting(self, row: EventRow, today: date) -> Meeting:
        details = row.details
        on = row.first_day <= today <= row.last_day
        try:
            zone = ZoneInfo(details.time_zone) if details.time_zone else self._clock.zone
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = self._clock.zone
        return Meeting(
            id=row.id,
            title=details.title,
            kind=details.kind,
            day=today if on else row.first_day,
            starts_at=None if details.all_day else details.starts_at.astimezone(zone),
            to_meet=row.people,
            names=row.names,
            wrapped_up=details.state is EventState.WRAPPED_UP,
        )


def quarter_of(day: date) -> date:
    """The first day of the quarter of the calendar year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
