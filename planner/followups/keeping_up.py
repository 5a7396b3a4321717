"""What rhythms and yearly dates ask for: check-ins and celebrations, found without being asked and made only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import DateKind, PartialDate, Role, Tie
from planner.followups import writing
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.followups.rules import capacity, celebrations, rhythm
from planner.followups.rules.rhythm import Silence
from planner.settings.records import Settings
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

#: Kinds that, once done, mean that you have been in touch.
OUTREACH = tuple(
    kind.value for kind in FollowUpKind if kind not in (FollowUpKind.PREPARE, FollowUpKind.REMINDER, FollowUpKind.OTHER)
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """What of a contact decides whether to be in touch. Days are the person's."""

    id: int
    name: str
    title: str
    organisation: str
    photo: str | None
    roles: tuple[Role, ...]
    rhythm_days: int | None
    longest_days: int | None
    tie: Tie | None
    matters: bool
    quiet_until: date | None
    added_on: date
    last_on: date | None  # last interaction, or done follow-up that reached out

    def silence(self, today: date) -> Silence:
        """The silence up to a day."""
        quiet = None if self.last_on is None else (today - self.last_on).days
        return Silence(quiet, self.rhythm_days, self.longest_days, self.tie, self.matters)


def relationships(session: Session, clock: Clock, settings: Settings) -> list[Relationship]:
    """Every contact of whom something is expected: with a rhythm, own or by role, a longest silence, or who matters."""
    by_role = {role: days for role, days in settings.rhythms.items() if days > 0}
    counting = {*by_role, *settings.longest}
    counted = select(RoleTable.contact_id).where(RoleTable.role.in_([role.value for role in counting]))
    expected = or_(
        ContactTable.rhythm_days > 0,
        ContactTable.longest_days > 0,
        ContactTable.matters.is_(True),
        ContactTable.tie == Tie.STRONG.value,
        ContactTable.id.in_(counted),
    )
    wanted = select(ContactTable.id).where(expected)
    roles: dict[int, list[Role]] = {}
    for contact_id, role in session.execute(
        select(RoleTable.contact_id, RoleTable.role).where(RoleTable.contact_id.in_(wanted)).order_by(RoleTable.id)
    ):
        roles.setdefault(contact_id, []).append(Role(role))
    reached = last_reached(session, wanted)
    day = _Days(clock)
    rows = session.execute(
        select(
            ContactTable.id,
            ContactTable.name,
            ContactTable.title,
            ContactTable.organisation,
            ContactTable.photo,
            ContactTable.rhythm_days,
            ContactTable.longest_days,
            ContactTable.tie,
            ContactTable.matters,
            ContactTable.quiet_until,
            ContactTable.created_at,
            ContactSummaryTable.last_interaction_at,
        )
        .outerjoin(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(expected)
    )
    found = []
    for id, name, title, organisation, photo, own, longest, tie, matters, quiet_until, created, last in rows:
        worn = tuple(roles.get(id, ()))
        moments = [moment for moment in (last, reached.get(id)) if moment is not None]
        found.append(
            Relationship(
                id=id,
                name=name,
                title=title,
                organisation=organisation,
                photo=photo,
                roles=worn,
                rhythm_days=rhythm.rhythm(own, worn, by_role),
                longest_days=rhythm.longest(longest, worn, settings.longest),
                tie=Tie(tie) if tie else None,
                matters=matters,
                quiet_until=quiet_until,
                added_on=day.of(created),
                last_on=day.of(max(moments)) if moments else None,
            )
        )
    return found


class _Days:
    """Moments as days in the person's zone, each moment reckoned once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[datetime, date] = {}

    def of(self, moment: datetime) -> date:
        if moment not in self._known:
            self._known[moment] = self._clock.local(moment).date()
        return self._known[moment]


def last_reached(session: Session, wanted: Any) -> dict[int, datetime]:
    """When the last follow-up that reached out to each contact was done.

    A check-in that a rhythm had made and that was closed because something was logged does not count: what was logged
    does.
    """
    rows = session.execute(
        select(FollowUpContactTable.contact_id, func.max(FollowUpTable.closed_at, type_=FollowUpTable.closed_at.type))
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(
            FollowUpTable.state == FollowUpState.DONE.value,
            FollowUpTable.kind.in_(OUTREACH),
            FollowUpTable.closed_at.is_not(None),
            ~FollowUpTable.origin_key.endswith(writing.ANSWERED),
            FollowUpContactTable.contact_id.in_(wanted),
        )
        .group_by(FollowUpContactTable.contact_id)
    )
    return {id: moment for id, moment in rows if moment is not None}


def check_ins(session: Session, clock: Clock, settings: Settings) -> list[FollowUpDetails]:
    """The check-ins that rhythms ask for by now and that are not there yet, each on a day with room."""
    today = clock.today()
    asked: list[tuple[date, date, Relationship]] = []
    busy = _open_with(session, today + timedelta(days=SOON_DAYS))
    skipped = _skipped(session, clock)
    for one in relationships(session, clock, settings):
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
    """Those whose origin key is not there yet, in any state."""
    keys = [each.origin_key for each in details]
    there: set[str] = set()
    for start in range(0, len(keys), 500):
        batch = keys[start : start + 500]
        found = session.scalars(select(FollowUpTable.origin_key).where(FollowUpTable.origin_key.in_(batch)))
        there.update(found)
        there.update(
            key.removesuffix(writing.ANSWERED)
            for key in session.scalars(
                select(FollowUpTable.origin_key).where(
                    FollowUpTable.origin_key.in_([key + writing.ANSWERED for key in batch])
                )
            )
        )
    return [each for each in details if each.origin_key not in there]


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


def planned(session: Session, contact_ids: Collection[int]) -> dict[int, date]:
    """The day of the next open follow-up with each of these contacts."""
    rows = session.execute(
        select(FollowUpContactTable.contact_id, func.min(FollowUpTable.due_on, type_=FollowUpTable.due_on.type))
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(FollowUpTable.state == FollowUpState.OPEN.value, FollowUpContactTable.contact_id.in_(list(contact_ids)))
        .group_by(FollowUpContactTable.contact_id)
    )
    return dict(rows.all())
