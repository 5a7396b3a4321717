"""What came of events: whom you met, whom you followed up with, and what that led to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import Role
from planner.followups.records import FollowUpState
from planner.insights.figures import led_to
from planner.insights.periods import Period
from planner.insights.records import EventOutcome
from planner.relations.records import ExchangeKind
from planner.store.tables import (
    AttendanceTable,
    EventTable,
    ExchangeTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
    RoleTable,
)

#: Being in touch within this many days after an event counts as following it up.
FOLLOW_DAYS = 30
#: What happens within this many days after it may have come of it.
LEAD_DAYS = 180
#: Events shown; the newest.
MOST = 50

_LED = (ExchangeKind.OPPORTUNITY.value, ExchangeKind.REFERRAL.value, ExchangeKind.INTRODUCTION.value)


def outcomes(session: Session, clock: Clock, period: Period) -> tuple[EventOutcome, ...]:
    """The events of a period at which you met somebody, the newest first.

    "Followed up" are those met with whom something was logged, or a follow-up of the event was done, within 30 days.
    "Led to" counts introductions, offers and referrals with those met that name the event, or came within 180 days of
    first meeting them there; and mentors and sponsors first met there.
    """
    events = _events(session, clock, period)
    if not events:
        return ()
    met = _met(session, list(events))
    people = {id for those in met.values() for id in those}
    touched = _touches(session, clock, people, min(day for _, day, _ in events.values()))
    firsts = _first_days(session, clock, people)
    done = _done(session, list(events))
    led = _led(session, people)
    roles = _roles(session, people)
    found = []
    for event_id, (title, day, last) in events.items():
        here = met.get(event_id, ())
        if not here:
            continue
        until = last + timedelta(days=FOLLOW_DAYS)
        followed = tuple(
            id
            for id in here
            if id in done.get(event_id, ()) or any(last < touch <= until for touch in touched.get(id, ()))
        )
        new = {id for id in here if firsts.get(id, day) >= day}
        came = [
            (id, key, kind)
            for id in here
            for key, kind, on, named in led.get(id, ())
            if named == event_id or (named is None and id in new and day <= on <= last + timedelta(days=LEAD_DAYS))
        ]
        kinds = {key: kind for _, key, kind in came}
        worn = [(id, role) for id in here if id in new for role in roles.get(id, ())]
        words = led_to(kinds.values(), [role for _, role in worn])
        behind = tuple(sorted({id for id, *_ in came} | {id for id, _ in worn}))
        found.append(EventOutcome(event_id, title, day, here, followed, words, behind))
    return tuple(found)


def _events(session: Session, clock: Clock, period: Period) -> dict[int, tuple[str, date, date]]:
    rows = session.execute(
        select(EventTable)
        .where(
            EventTable.starts_at >= clock.at(period.first, time()),
            EventTable.starts_at < clock.at(period.last + timedelta(days=1), time()),
            EventTable.starts_at <= clock.now(),
            EventTable.id.in_(select(AttendanceTable.event_id).where(AttendanceTable.outcome == "met")),
        )
        .order_by(EventTable.starts_at.desc())
        .limit(MOST)
    ).scalars()
    return {
        row.id: (
            row.title,
            clock.local(row.starts_at).date(),
            clock.local(max(row.starts_at, row.ends_at - timedelta(seconds=1))).date(),
        )
        for row in rows
    }


def _met(session: Session, event_ids: list[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for event_id, contact_id in session.execute(
        select(AttendanceTable.event_id, AttendanceTable.contact_id)
        .where(AttendanceTable.event_id.in_(event_ids), AttendanceTable.outcome == "met")
        .order_by(AttendanceTable.contact_id)
    ):
        found[event_id].append(contact_id)
    return {event_id: tuple(ids) for event_id, ids in found.items()}


def _touches(session: Session, clock: Clock, people: set[int], since: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for contact_id, at in session.execute(
        select(InteractionContactTable.contact_id, InteractionTable.at)
        .join(InteractionTable, InteractionTable.id == InteractionContactTable.interaction_id)
        .where(InteractionContactTable.contact_id.in_(people), InteractionTable.at >= clock.at(since, time()))
    ):
        found[contact_id].append(clock.local(at).date())
    return found


def _first_days(session: Session, clock: Clock, people: set[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for contact_id, at in session.execute(
        select(InteractionContactTable.contact_id, InteractionTable.at)
        .join(InteractionTable, InteractionTable.id == InteractionContactTable.interaction_id)
        .where(InteractionContactTable.contact_id.in_(people))
        .order_by(InteractionTable.at)
    ):
        if contact_id not in found:
            found[contact_id] = clock.local(at).date()
    return found


def _done(session: Session, event_ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for event_id, contact_id in session.execute(
        select(FollowUpTable.event_id, FollowUpContactTable.contact_id)
        .join(FollowUpContactTable, FollowUpContactTable.followup_id == FollowUpTable.id)
        .where(FollowUpTable.event_id.in_(event_ids), FollowUpTable.state == FollowUpState.DONE.value)
    ):
        if event_id is not None:
            found[event_id].add(contact_id)
    return found


def _led(session: Session, people: set[int]) -> dict[int, list[tuple[str, str, date, int | None]]]:
    """For each contact: a key of its own for each thing, its kind, its day, the event it names."""
    found: dict[int, list[tuple[str, str, date, int | None]]] = defaultdict(list)
    for row in session.scalars(
        select(ExchangeTable).where(ExchangeTable.contact_id.in_(people), ExchangeTable.kind.in_(_LED))
    ):
        # An introduction gives to both sides, and is one all the same.
        key = f"i{row.introduction_id}" if row.introduction_id else f"x{row.id}"
        found[row.contact_id].append((key, row.kind, row.on, row.event_id))
    for made in session.scalars(
        select(IntroductionTable).where(
            IntroductionTable.made_on.is_not(None),
            or_(IntroductionTable.a_id.in_(people), IntroductionTable.introducer_id.in_(people)),
        )
    ):
        for id in {made.a_id, made.introducer_id} - {None}:
            if id in people and made.made_on is not None:
                found[id].append((f"i{made.id}", ExchangeKind.INTRODUCTION.value, made.made_on, None))
    return found


def _roles(session: Session, people: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for contact_id, role in session.execute(
        select(RoleTable.contact_id, RoleTable.role).where(
            RoleTable.contact_id.in_(people), RoleTable.role.in_([Role.MENTOR.value, Role.SPONSOR.value])
        )
    ):
        found[contact_id].append(role)
    return found
