"""What rhythms and yearly dates ask for: check-ins and celebrations, found without being asked and made only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import DateKind, PartialDate
from planner.followups import writing
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.followups.relationships import Relationship, relationships
from planner.followups.rules import capacity, celebrations, rhythm
from planner.settings.records import Settings
from planner.store.engine import under
from planner.store.summaries import ANSWERED
from planner.store.tables import (
    ContactSummaryTable,
    ContactTable,
    DateTable,
    FollowUpContactTable,
    FollowUpTable,
    RoleTable,
)

#: A check-in enters the queue this many days before its rhythm is over, and none is made for somebody you are to be in
#: touch with anyhow within so many days.
AHEAD_DAYS = 7
SOON_DAYS = 14


def check_ins(session: Session, clock: Clock, settings: Settings) -> list[FollowUpDetails]:
    """The check-ins that rhythms ask for by now and that are not there yet, each on a day with room."""
    today = clock.today()
    asked: list[tuple[date, date, Relationship]] = []
    busy = _open_with(session, today + timedelta(days=SOON_DAYS))
    skipped = _skipped(session, clock)
    for one in relationships(under(session), clock, settings):
        if not one.rhythm_days or one.id in busy:
            continue
        since = max(one.last_on or one.added_on, skipped.get(one.id, date.min))
        due = rhythm.due_on(since, one.rhythm_days)
        due = capacity.quiet_day((one.quiet_until,), due)
        if due <= today + timedelta(days=AHEAD_DAYS):
            asked.append((due, since, one))
    asked.sort(key=lambda each: (each[0], each[2].id))
    limits = capacity.Limits(settings.day_capacity, settings.week_capacity, settings.working_days)
    room = capacity.Room(_open_days(session, today), limits)
    details = []
    for due, since, one in asked:
        details.append(
            FollowUpDetails(
                kind=FollowUpKind.CHECK_IN,
                title="Check in",
                due_on=room.take(max(due, today)),
                contact_ids=(one.id,),
                origin=writing.RHYTHM,
                origin_key=writing.rhythm_key(one.id, since, due),
            )
        )
    return _new(session, details)


def celebrate(session: Session, clock: Clock) -> list[FollowUpDetails]:
    """The birthdays and anniversaries of the coming days that have no follow-up yet.

    Of people you typed in or have to do with; the birthdays of a whole imported address book would drown the rest.
    """
    today = clock.today()
    days = [today + timedelta(days=ahead) for ahead in range(celebrations.AHEAD_DAYS + 1)]
    coming = {(day.month, day.day) for day in days}
    if (2, 28) in coming:
        coming.add((2, 29))
    related = or_(
        ContactTable.source == "",
        ContactTable.matters.is_(True),
        ContactTable.tie.is_not(None),
        ContactTable.rhythm_days > 0,
        ContactTable.id.in_(select(RoleTable.contact_id)),
        ContactSummaryTable.interactions > 0,
    )
    rows = session.execute(
        select(DateTable, ContactTable.organisation)
        .join(ContactTable, ContactTable.id == DateTable.contact_id)
        .outerjoin(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(or_(*[(DateTable.month == month) & (DateTable.day == day) for month, day in sorted(coming)]), related)
        .order_by(DateTable.id)
    )
    details = []
    for row, organisation in rows:
        kind = DateKind(row.kind) if row.kind in list(DateKind) else DateKind.OTHER
        marked = PartialDate(kind, row.year, row.month, row.day, row.label)
        on = celebrations.within(marked, today)
        if on is None:
            continue
        details.append(
            FollowUpDetails(
                kind=FollowUpKind.CELEBRATE,
                title=celebrations.title(marked, on, organisation),
                due_on=on,
                contact_ids=(row.contact_id,),
                why=celebrations.why(marked, on),
                origin=writing.MILESTONE,
                origin_key=f"{kind.value}:{row.contact_id}:{row.label}:{on.year}",
            )
        )
    return _new(session, details)


def _new(session: Session, details: Sequence[FollowUpDetails]) -> list[FollowUpDetails]:
    """Those whose origin key is not there yet, in any state, nor their uid: somebody may have been away meanwhile."""
    keys = [each.origin_key for each in details]
    there: set[str] = set()
    for start in range(0, len(keys), 500):
        batch = keys[start : start + 500]
        found = session.scalars(select(FollowUpTable.origin_key).where(FollowUpTable.origin_key.in_(batch)))
        there.update(found)
        there.update(
            key.removesuffix(ANSWERED)
            for key in session.scalars(
                select(FollowUpTable.origin_key).where(FollowUpTable.origin_key.in_([key + ANSWERED for key in batch]))
            )
        )
    uids = writing.made_uids(session, details)
    for start in range(0, len(uids), 500):
        there.update(session.scalars(select(FollowUpTable.uid).where(FollowUpTable.uid.in_(uids[start : start + 500]))))
    return [each for each, uid in zip(details, uids, strict=True) if each.origin_key not in there and uid not in there]


def _open_with(session: Session, until: date) -> set[int]:
    return set(
        session.scalars(
            select(FollowUpContactTable.contact_id)
            .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
            .where(
                FollowUpTable.state == FollowUpState.OPEN.value,
                or_(FollowUpTable.due_on <= until, FollowUpTable.origin == writing.RHYTHM),
            )
        )
    )


def _open_days(session: Session, today: date) -> Mapping[date, int]:
    rows = session.execute(
        select(FollowUpTable.due_on, func.count())
        .where(FollowUpTable.state == FollowUpState.OPEN.value)
        .group_by(FollowUpTable.due_on)
    )
    days: Counter[date] = Counter()
    for day, count in rows:
        days[max(day, today)] += count
    return days


def _skipped(session: Session, clock: Clock) -> dict[int, date]:
    """When the last check-in of each contact was dropped: the rhythm starts anew from there."""
    rows = session.execute(
        select(FollowUpContactTable.contact_id, func.max(FollowUpTable.closed_at, type_=FollowUpTable.closed_at.type))
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(
            FollowUpTable.state == FollowUpState.DROPPED.value,
            FollowUpTable.origin == writing.RHYTHM,
            FollowUpTable.closed_at.is_not(None),
        )
        .group_by(FollowUpContactTable.contact_id)
    )
    return {id: clock.local(moment).date() for id, moment in rows if moment is not None}
