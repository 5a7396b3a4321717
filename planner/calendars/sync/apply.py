"""What was changed in the calendar becomes a change here: one undoable command for a whole run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.calendars.records import EntryState
from planner.calendars.sync.item import Facts
from planner.changes import Changes
from planner.clock import Clock
from planner.followups import doing
from planner.followups.records import FollowUpState
from planner.settings.records import Settings
from planner.store.store import Store
from planner.store.tables import EventTable, FollowUpTable

_STATES = {
    EntryState.OPEN: FollowUpState.OPEN,
    EntryState.DONE: FollowUpState.DONE,
    EntryState.CANCELLED: FollowUpState.DROPPED,
}


def take_over(
    store: Store,
    clock: Clock,
    settings: Settings,
    accepted: Mapping[str, Facts],
    deleted: Sequence[str],
) -> Changes:
    """Carry over what changed in the calendar, by uid: done is done here, moved is rescheduled, deleted is dropped.

    An event that was moved moves here too. A deleted or cancelled event stays: that it is off the calendar does not
    mean that it is off. Sessions keep the times their conference publishes.
    """
    count = len(accepted) + len(deleted)
    label = "take over a change from the calendar" if count == 1 else f"take over {count} changes from the calendar"
    now, today = clock.now(), clock.today()
    with store.write(label) as work:
        session = work.session
        for uid in deleted:
            if (row := _followup(session, uid)) is not None and row.state == FollowUpState.OPEN.value:
                doing.drop(session, row, today, now)
        for uid, facts in accepted.items():
            if (row := _followup(session, uid)) is not None:
                _followup_facts(session, row, facts, clock, settings)
            elif (event := session.scalar(select(EventTable).where(EventTable.uid == uid))) is not None:
                _move_event(event, facts, clock)
    return work.changes


def _followup(session: Session, uid: str) -> FollowUpTable | None:
    return session.scalar(select(FollowUpTable).where(FollowUpTable.uid == uid))


def _followup_facts(session: Session, row: FollowUpTable, facts: Facts, clock: Clock, settings: Settings) -> None:
    now, today = clock.now(), clock.today()
    _reschedule(row, facts.when, clock, settings)
    wanted = _STATES[facts.state]
    if row.state != wanted.value:
        if row.state != FollowUpState.OPEN.value:
            doing.reopen(session, row, now)
        if wanted is FollowUpState.DONE:
            doing.done(session, row, "", None, today, now, now)
        elif wanted is FollowUpState.DROPPED:
            doing.drop(session, row, today, now)
    row.updated_at = now


def _reschedule(row: FollowUpTable, when: datetime | date | None, clock: Clock, settings: Settings) -> None:
    if when is None:
        return
    if not isinstance(when, datetime):
        row.due_on, row.due_time = when, ""
        return
    local = when.astimezone(_zone(row.time_zone, clock))
    at = local.time().replace(second=0, microsecond=0)
    row.due_on = local.date()
    # One that had no time of its own, and still stands at the usual hour, has none now either.
    row.due_time = "" if not row.due_time and at == settings.reminder_hour else at.isoformat("minutes")


def _move_event(row: EventTable, facts: Facts, clock: Clock) -> None:
    if facts.when is None or facts.state is not EntryState.OPEN:
        return
    length = row.ends_at - row.starts_at
    if isinstance(facts.when, datetime):
        starts = facts.when.astimezone(UTC)
    else:
        starts = datetime.combine(facts.when, time(), tzinfo=_zone(row.time_zone, clock)).astimezone(UTC)
    row.all_day = not isinstance(facts.when, datetime)
    row.starts_at = starts
    row.ends_at = starts + max(length, timedelta(days=1) if row.all_day else timedelta())
    row.updated_at = clock.now()


def _zone(name: str, clock: Clock) -> ZoneInfo:
    own = name or getattr(clock.zone, "key", "UTC")
    try:
        return ZoneInfo(own)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
