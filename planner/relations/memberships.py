"""Who is a member of which professional organisation."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.relations.records import PersonRef
from planner.store.values import day_of


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """What a membership says: the part played there, since when, and what one does there without pay."""

    role: str = ""
    since: date | None = None
    volunteering: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """One stored membership. `contact` None: it is yours."""

    id: int
    organisation_id: int
    organisation: str
    contact: PersonRef | None
    draft: MembershipDraft


_MEMBERSHIPS = """
SELECT membership.id, organisation_id, organisation.name, contact_id, contact.name, role, since, volunteering
FROM membership JOIN organisation ON organisation.id = organisation_id LEFT JOIN contact ON contact.id = contact_id
"""


def read(rows: sqlite3.Connection, where: str = "1", values: Sequence[object] = ()) -> list[Membership]:
    """The memberships that meet a condition.

    In SQL over the driver's connection, as all that a person's page is made of: see `planner.store.plain`.
    """
    return [
        Membership(
            id,
            organisation_id,
            organisation,
            None if contact_id is None else PersonRef(contact_id, name or ""),
            MembershipDraft(role, day_of(since), volunteering),
        )
        for id, organisation_id, organisation, contact_id, name, role, since, volunteering in rows.execute(
            f"{_MEMBERSHIPS} WHERE {where} ORDER BY membership.id", values
        )
    ]
