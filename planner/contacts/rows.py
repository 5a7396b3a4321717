"""Contacts as lines of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.records import ContactRow, Role, Tie
from planner.followups.relationships import last_reached
from planner.followups.rules.rhythm import Silence, drifting, longest, rhythm
from planner.settings.records import Settings
from planner.store.engine import under
from planner.store.tables import (
    AddressTable,
    Base,
    EmailTable,
    FollowUpContactTable,
    FollowUpTable,
    PhoneTable,
    RoleTable,
    TagTable,
)
from planner.store.types import from_utc_text

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
# Joined by a character that no role or tag can hold, as controls are refused.
_BETWEEN = "\x1f"


def _joined(table: type[Base], column: str) -> ScalarSelect[Any]:
    """All values of a contact in one text, in the order they were given."""
    rows = table.__table__
    inner = select(rows.c[column]).where(rows.c.contact_id == CONTACT.c.id).order_by(rows.c.id)
    ordered = inner.correlate(CONTACT).subquery()
    return select(func.group_concat(ordered.c[column], _BETWEEN)).correlate(CONTACT).scalar_subquery()


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
    _joined(RoleTable, "role").label("roles"),
    _joined(TagTable, "tag").label("tags"),
).outerjoin(SUMMARY, SUMMARY.c.id == CONTACT.c.id)


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """The statement as the driver takes it, and its values, None where the ids go as JSON.

    It is asked many times a second while someone scrolls, so it is worth not building it anew.
    """
    asked = func.json_each(bindparam("ids")).table_valued("value")
    compiled = _LINE.where(CONTACT.c.id.in_(select(asked.c.value))).compile(dialect=sqlite.dialect())
    values = compiled.construct_params({"ids": None})
    assert compiled.positiontup is not None
    return str(compiled), tuple(values[name] for name in compiled.positiontup)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def read(session: Session, ids: Iterable[int], settings: Settings, clock: Clock) -> tuple[ContactRow, ...]:
    """The lines for these ids, in this order; ids that are not there are left out. Rhythms by role are a setting."""
    rhythms = settings.rhythms
    wanted = list(dict.fromkeys(ids))
    connection = session.connection()
    today = clock.today()
    statement, values = _statement()
    found: dict[int, ContactRow] = {}
    drifters: dict[int, Silence] = {}
    for start in range(0, len(wanted), 500):
        among = json.dumps(wanted[start : start + 500])
        for row in connection.exec_driver_sql(statement, tuple(among if value is None else value for value in values)):
            roles = tuple(Role(role) for role in row.roles.split(_BETWEEN)) if row.roles else ()
            days = rhythm(row.rhythm_days, roles, rhythms)
            tie = None if row.tie is None else Tie(row.tie)
            last = None if row.last_interaction_at is None else from_utc_text(row.last_interaction_at)
            quiet = None if last is None else (today - clock.local(last).date()).days
            silence = Silence(quiet, days, longest(row.longest_days, roles, settings.longest), tie, bool(row.matters))
            if drifting(silence):
                drifters[row.id] = silence
            found[row.id] = ContactRow(
                id=row.id,
                name=row.name,
                organisation=row.organisation,
                title=row.title,
                email=row.email or "",
                phone=row.phone or "",
                city=row.city or "",
                roles=roles,
                tags=tuple(row.tags.split(_BETWEEN)) if row.tags else (),
                tie=tie,
                matters=bool(row.matters),
                rhythm_days=days,
                last_interaction_at=last,
                interactions=row.interactions or 0,
                due_on=_date(row.due_on),
                quiet_until=_date(row.quiet_until),
                photo=row.photo,
            )
    for id in _still_drifting(session, drifters, clock):
        found[id] = replace(found[id], drifting=True)
    return tuple(found[id] for id in wanted if id in found)


def _still_drifting(session: Session, drifters: Mapping[int, Silence], clock: Clock) -> list[int]:
    """Those who were not reached out to by a follow-up since the last interaction either."""
    if not drifters:
        return []
    today = clock.today()
    reached = last_reached(under(session), drifters)
    still = []
    for id, silence in drifters.items():
        moment = reached.get(id)
        since = None if moment is None else (today - clock.local(moment).date()).days
        quiet = silence.quiet_days if since is None else min(since, silence.quiet_days or since)
        if drifting(replace(silence, quiet_days=quiet)):
            still.append(id)
    return still
