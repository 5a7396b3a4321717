"""Merging and telling apart inside a unit of work: plain functions over a session."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import combinations

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from planner.contacts import merge_rows, writing
from planner.contacts.mapping import CONTACT
from planner.contacts.merging import MERGED_UID, merged, uids_of, with_uids
from planner.contacts.reading import read_contacts
from planner.contacts.records import ContactDetails
from planner.store.engine import raw
from planner.store.tables import NotSameTable, PropertyTable


def merge(
    session: Session,
    keep_id: int,
    other_ids: Collection[int],
    now: datetime,
    details: ContactDetails | None = None,
    *,
    region: str = "",
) -> None:
    """Make several contacts one, and let all that refers to the others refer to it.

    Raises NotFound, and Invalid for details that can't be kept.
    """
    others = [id for id in dict.fromkeys(other_ids) if id != keep_id]
    if not others:
        return
    connection = session.connection()
    writing.existing(session, (keep_id, *others))
    here = read_contacts(raw(connection), (keep_id, *others))
    whole = here[keep_id].details if details is None else details
    if details is None:
        for id in others:
            whole = merged(whole, here[id].details, region=region)
    whole = with_uids(whole, (uid for id in others for uid in (here[id].uid, *uids_of(here[id].details))))
    whole = with_uids(whole, uids_of(here[keep_id].details))
    for id in others:
        merge_rows.move(connection, keep_id, id, now)
    session.expire_all()
    writing.change(session, keep_id, whole, now, region=region)
    connection.execute(
        update(CONTACT).where(CONTACT.c.id == keep_id).values(created_at=min(one.created_at for one in here.values()))
    )
    connection.execute(delete(CONTACT).where(CONTACT.c.id.in_(others)))


def tell_apart(session: Session, ids: Collection[int]) -> None:
    """Note for each two of these contacts that they are different people. Raises NotFound."""
    connection = session.connection()
    wanted = sorted(writing.existing(session, ids))
    for one, other in combinations(wanted, 2):
        either = or_(
            (NotSameTable.contact_id == one) & (NotSameTable.other_id == other),
            (NotSameTable.contact_id == other) & (NotSameTable.other_id == one),
        )
        if connection.scalar(select(NotSameTable.id).where(either).limit(1)) is None:
            connection.execute(insert(NotSameTable).values(contact_id=one, other_id=other))


def merged_uids(connection: Connection) -> dict[str, int]:
    """The UIDs of contacts that were merged into another, and the id of that one."""
    statement = select(PropertyTable.value, PropertyTable.contact_id).where(PropertyTable.name == MERGED_UID)
    return dict(connection.execute(statement).all())
