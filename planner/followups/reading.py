"""Follow-ups as records, read from a session in a handful of queries however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.contacts.records import Role, Tie
from planner.followups.records import FollowUp, FollowUpDetails, FollowUpKind, FollowUpPerson, FollowUpState
from planner.followups.rules import rhythm
from planner.store.tables import (
    ContactSummaryTable,
    ContactTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    RoleTable,
)
from planner.store.types import from_utc_text

_COLUMNS = (
    FollowUpTable.id,
    FollowUpTable.uid,
    FollowUpTable.kind,
    FollowUpTable.title,
    FollowUpTable.state,
    FollowUpTable.due_on,
    FollowUpTable.due_time,
    FollowUpTable.time_zone,
    FollowUpTable.remind_minutes,
    FollowUpTable.why,
    FollowUpTable.message_subject,
    FollowUpTable.message,
    FollowUpTable.snoozes,
    FollowUpTable.origin,
    FollowUpTable.origin_key,
    FollowUpTable.event_id,
    FollowUpTable.promise_id,
    FollowUpTable.introduction_id,
    FollowUpTable.milestone_id,
    FollowUpTable.template_id,
    FollowUpTable.created_at,
    FollowUpTable.updated_at,
    FollowUpTable.closed_at,
    EventTable.title,
)


def followups(session: Session, by_role: Mapping[Role, int], *conditions: Any, order: Any = None) -> list[FollowUp]:
    """The follow-ups that meet the conditions, with their people. `by_role` are the rhythms of the settings."""
    statement = select(*_COLUMNS).outerjoin(EventTable, EventTable.id == FollowUpTable.event_id)
    statement = statement.where(*conditions).order_by(*(order if order is not None else (FollowUpTable.id,)))
    rows = session.execute(statement).all()
    wanted = select(FollowUpTable.id).where(*conditions)
    members: dict[int, list[int]] = {}
    for followup_id, contact_id in session.execute(
        select(FollowUpContactTable.followup_id, FollowUpContactTable.contact_id)
        .where(FollowUpContactTable.followup_id.in_(wanted))
        .order_by(FollowUpContactTable.followup_id, FollowUpContactTable.position, FollowUpContactTable.id)
    ):
        members.setdefault(followup_id, []).append(contact_id)
    known = people(
        session, select(FollowUpContactTable.contact_id).where(FollowUpContactTable.followup_id.in_(wanted)), by_role
    )
    return [_record(row, tuple(known[id] for id in members.get(row[0], ()))) for row in rows]


def people(
    session: Session, wanted: Select[int] | Collection[int], by_role: Mapping[Role, int]
) -> dict[int, FollowUpPerson]:
    """What the queue needs to know of these contacts, by id."""
    roles: dict[int, list[Role]] = {}
    for contact_id, role in session.execute(
        select(RoleTable.contact_id, RoleTable.role).where(RoleTable.contact_id.in_(wanted)).order_by(RoleTable.id)
    ):
        roles.setdefault(contact_id, []).append(Role(role))
    rows = session.execute(
        select(
            ContactTable.id,
            ContactTable.name,
            ContactTable.title,
            ContactTable.organisation,
            ContactTable.tie,
            ContactTable.matters,
            ContactTable.rhythm_days,
            ContactTable.quiet_until,
            ContactTable.no_asks,
            ContactTable.photo,
            ContactTable.preferred_channel,
            ContactSummaryTable.last_interaction_at,
        )
        .outerjoin(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(ContactTable.id.in_(wanted))
    )
    found = {}
    for id, name, title, organisation, tie, matters, own, quiet_until, no_asks, photo, channel, last in rows:
        worn = tuple(roles.get(id, ()))
        found[id] = FollowUpPerson(
            id=id,
            name=name,
            title=title,
            organisation=organisation,
            roles=worn,
            tie=Tie(tie) if tie else None,
            matters=matters,
            rhythm_days=rhythm.rhythm(own, worn, by_role),
            last_interaction_at=_moment(last),
            quiet_until=quiet_until,
            no_asks=no_asks,
            photo=photo,
            preferred_channel=channel,
        )
    return found


def _moment(value: datetime | str | None) -> datetime | None:
    return from_utc_text(value) if isinstance(value, str) else value


def _record(row: Sequence[Any], who: tuple[FollowUpPerson, ...]) -> FollowUp:
    (
        id, uid, kind, title, state, due_on, due_time, time_zone, remind_minutes, why, subject, message, snoozes,
        origin, origin_key, event_id, promise_id, introduction_id, milestone_id, template_id, created_at, updated_at,
        closed_at, event_title,
    ) = row  # fmt: skip
    details = FollowUpDetails(
        kind=FollowUpKind(kind),
        title=title,
        due_on=due_on,
        contact_ids=tuple(person.id for person in who),
        due_time=time.fromisoformat(due_time) if due_time else None,
        time_zone=time_zone,
        remind_minutes=remind_minutes,
        why=why,
        message_subject=subject,
        message=message,
        event_id=event_id,
        promise_id=promise_id,
        introduction_id=introduction_id,
        milestone_id=milestone_id,
        template_id=template_id,
        origin=origin,
        origin_key=origin_key,
    )
    return FollowUp(
        id=id,
        uid=uid,
        details=details,
        state=FollowUpState(state),
        people=who,
        snoozes=snoozes,
        created_at=created_at,
        updated_at=updated_at,
        closed_at=closed_at,
        event_title=event_title or "",
    )
