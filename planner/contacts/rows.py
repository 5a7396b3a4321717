"""Contacts as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from planner.clock import Clock
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.records import ContactRow, Role, Tie
from planner.contacts.rhythm import drifting, holding_rhythm
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


def read(
    connection: Connection, ids: Iterable[int], rhythms: Mapping[Role, int], clock: Clock
) -> tuple[ContactRow, ...]:
    """The lines for these ids, in this order; ids that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    today = clock.today()
    found: dict[int, ContactRow] = {}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        roles: dict[int, list[Role]] = {}
        for contact_id, role in connection.execute(_ROLES.where(RoleTable.contact_id.in_(batch))):
            roles.setdefault(contact_id, []).append(Role(role))
        tags: dict[int, list[str]] = {}
        for contact_id, tag in connection.execute(_TAGS.where(TagTable.contact_id.in_(batch))):
            tags.setdefault(contact_id, []).append(tag)
        for row in connection.execute(_LINE.where(CONTACT.c.id.in_(batch))):
            held = tuple(roles.get(row.id, ()))
            rhythm = holding_rhythm(row.rhythm_days, held, rhythms)
            last = None if row.last_interaction_at is None else clock.local(row.last_interaction_at).date()
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
                tie=None if row.tie is None else Tie(row.tie),
                matters=row.matters,
                rhythm_days=rhythm,
                last_interaction_at=row.last_interaction_at,
                interactions=row.interactions or 0,
                due_on=row.due_on,
                drifting=drifting(last, rhythm, row.longest_days, today),
                quiet_until=row.quiet_until,
                photo=row.photo,
            )
    return tuple(found[id] for id in wanted if id in found)
