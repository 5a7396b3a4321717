"""Applying a plan inside a unit of work: its steps become follow-ups, each only once for an event and a contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import NotFound
from planner.followups import origins, writing
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.followups.rules.due import working_day
from planner.store.tables import (
    ContactTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    PlanStepTable,
    PlanTable,
)


def apply(
    session: Session,
    plan_id: int,
    contact_ids: Sequence[int],
    from_day: date,
    now: datetime,
    *,
    today: date,
    working_days: Collection[int],
    event_id: int | None = None,
) -> list[int]:
    """Create the follow-ups that `proposed` tells; returns the ids of the new ones. Raises NotFound."""
    details = proposed(
        session, plan_id, contact_ids, from_day, today=today, working_days=working_days, event_id=event_id
    )
    return [writing.add(session, each, now) for each in details]


def proposed(
    session: Session,
    plan_id: int,
    contact_ids: Sequence[int],
    from_day: date,
    *,
    today: date,
    working_days: Collection[int],
    event_id: int | None = None,
) -> list[FollowUpDetails]:
    """The follow-ups of a plan for each contact, counted from a day, that are not there yet.

    They fall on working days, and none before today: what was to be done beforehand (a negative count of days) and is
    past is left out, the rest is due today. A request is left out for a contact who wants none. What this plan has
    made for the same event (or, without one, the same day) and contact is not made again, even when it was dropped
    since. Raises NotFound.
    """
    plan = session.get(PlanTable, plan_id)
    if plan is None:
        raise NotFound("plan", plan_id)
    contacts = list(dict.fromkeys(contact_ids))
    writing.check_contacts(session, contacts)
    steps = session.scalars(
        select(PlanStepTable).where(PlanStepTable.plan_id == plan_id).order_by(PlanStepTable.position)
    ).all()
    event = session.get(EventTable, event_id) if event_id is not None else None
    anchor = f"event {event_id}" if event_id is not None else from_day.isoformat()
    there = _keys(session, f"plan:{plan_id}:{anchor}:")
    no_asks = set(
        session.scalars(select(ContactTable.id).where(ContactTable.id.in_(contacts), ContactTable.no_asks.is_(True)))
    )
    thanked = _thanked(session, event_id)
    made = []
    for contact_id in contacts:
        for step in steps:
            key = f"plan:{plan_id}:{anchor}:{contact_id}:{step.kind}:{step.days}"
            day = from_day + timedelta(days=step.days)
            if key in there or (step.days < 0 and day < today):
                continue
            if step.kind == FollowUpKind.REQUEST.value and contact_id in no_asks:
                continue
            if step.kind == FollowUpKind.THANK_YOU.value and contact_id in thanked:
                continue
            there.add(key)
            details = FollowUpDetails(
                kind=FollowUpKind(step.kind),
                title=step.title.replace("{event}", event.title if event else "that day"),
                due_on=max(today, day) if step.days < 0 else working_day(max(today, day), working_days),
                contact_ids=(contact_id,),
                event_id=event_id,
                template_id=step.template_id,
                origin=origins.PLAN,
                origin_key=key,
            )
            made.append(details)
    return made


def _thanked(session: Session, event_id: int | None) -> set[int]:
    """Whom an interview's own flow thanks: nobody is to be thanked twice for one talk."""
    if event_id is None:
        return set()
    rows = session.scalars(
        select(FollowUpContactTable.contact_id)
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(FollowUpTable.origin == "interview", FollowUpTable.origin_key == f"interview:{event_id}:thank")
    )
    return set(rows)


def _keys(session: Session, prefix: str) -> set[str]:
    return set(
        session.scalars(
            select(FollowUpTable.origin_key).where(
                FollowUpTable.origin_key >= prefix, FollowUpTable.origin_key < prefix + "\uffff"
            )
        )
    )
