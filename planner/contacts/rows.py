"""Contacts as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.records import ContactRow, Role, Tie
from planner.followups.keeping_up import last_reached
from planner.followups.rules.rhythm import Silence, drifting, rhythm
from planner.store.tables import (
    AddressTable,
    EmailTable,
    FollowUpContactTable,
    FollowUpTable,
    PhoneTable,
    RoleTable,
    TagTable,
)

_EMAIL = (
    select(EmailTable.address)
    .where(EmailTable.contact_id == CONTACT.c.id)
    .order_by(EmailTable.preferred.desc(), EmailTable.position)
    .limit(1)
    .scalar_subquery()
)
_PHONE = (
    select(PhoneTable.number)
    .where(PhoneTable.contact_id == CONTACT.c.id)
    .order_by(PhoneTable.preferred.desc(), PhoneTable.position)
    .limit(1)
    .scalar_subquery()
)
_CITY = (
    select(AddressTable.city)
    .where(AddressTable.contact_id == CONTACT.c.id, AddressTable.city != "")
    .order_by(AddressTable.preferred.desc(), AddressTable.position)
    .limit(1)
    .scalar_subquery()
)
FIRST_DUE = (
    select(func.min(FollowUpTable.due_on))
    .join(FollowUpContactTable, FollowUpContactTable.followup_id == FollowUpTable.id)
    .where(FollowUpContactTable.contact_id == CONTACT.c.id, FollowUpTable.state == "open")
    .scalar_subquery()
)
_LINE = select(
    CONTACT.c.id,
    CONTACT.c.name,
    CONTACT.c.organisation,
    CONTACT.c.title,
    CONTACT.c.tie,
    CONTACT.c.matters,
    CONTACT.c.rhythm_days,
    CONTACT.c.longest_days,
    CONTACT.c.quiet_until,
    CONTACT.c.photo,
    SUMMARY.c.last_interaction_at,
    SUMMARY.c.interactions,
    _EMAIL.label("email"),
    _PHONE.label("phone"),
    _CITY.label("city"),
    FIRST_DUE.label("due_on"),
).outerjoin(SUMMARY, SUMMARY.c.id == CONTACT.c.id)
_ROLES = select(RoleTable.contact_id, RoleTable.role).order_by(RoleTable.id)
_TAGS = select(TagTable.contact_id, TagTable.tag).order_by(TagTable.id)


def read(session: Session, ids: Iterable[int], rhythms: Mapping[Role, int], clock: Clock) -> tuple[ContactRow, ...]:
    """The lines for these ids, in this order; ids that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    today = clock.today()
    found: dict[int, ContactRow] = {}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        roles: dict[int, list[Role]] = {}
        for contact_id, role in session.execute(_ROLES.where(RoleTable.contact_id.in_(batch))):
            roles.setdefault(contact_id, []).append(Role(role))
        tags: dict[int, list[str]] = {}
        for contact_id, tag in session.execute(_TAGS.where(TagTable.contact_id.in_(batch))):
            tags.setdefault(contact_id, []).append(tag)
        reached_at = last_reached(session, batch)
        for row in session.execute(_LINE.where(CONTACT.c.id.in_(batch))):
            held = tuple(roles.get(row.id, ()))
            days = rhythm(row.rhythm_days, held, rhythms)
            tie = None if row.tie is None else Tie(row.tie)
            moments = [at for at in (row.last_interaction_at, reached_at.get(row.id)) if at is not None]
            quiet = (today - clock.local(max(moments)).date()).days if moments else None
            found[row.id] = ContactRow(
                id=row.id,
                name=row.name,
                organisation=row.organisation,
                title=row.title,
                email=row.email or "",
                phone=row.phone or "",
                city=row.city or "",
                roles=held,
                tags=tuple(tags.get(row.id, ())),
                tie=tie,
                matters=row.matters,
                rhythm_days=days,
                last_interaction_at=row.last_interaction_at,
                interactions=row.interactions or 0,
                due_on=row.due_on,
                drifting=drifting(Silence(quiet, days, row.longest_days, tie, row.matters)),
                quiet_until=row.quiet_until,
                photo=row.photo,
            )
    return tuple(found[id] for id in wanted if id in found)
