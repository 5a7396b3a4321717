"""Writing contacts inside a unit of work: plain functions over a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from planner.contacts import checking, pictures
from planner.contacts.mapping import CONTACT, PARTS, own_values, part_values
from planner.contacts.reading import read_contacts
from planner.contacts.records import ContactDetails, Photo, Role
from planner.errors import Invalid, NotFound
from planner.store.engine import raw
from planner.store.tables import ContactTable, RoleTable, TagTable


def add(
    session: Session,
    details: ContactDetails,
    now: datetime,
    *,
    photo: Photo | None = None,
    uid: str = "",
    source: str = "",
    region: str = "",
) -> int:
    """Add a contact and return its id. `uid` keeps what a file calls it; `region` is where bare numbers are dialled.

    Raises Invalid for values that can't be kept, and for a `uid` that another contact has.
    """
    kept = checking.checked(details)
    if photo is not None:
        kept = replace(kept, photo=pictures.keep(session, pictures.prepared(photo)))
    check_photo(session, kept)
    if uid and by_uid(session, uid) is not None:
        raise Invalid("UID", "another contact has it already")
    row = {"uid": uid or str(uuid.uuid4()), "source": source, "created_at": now, "updated_at": now, **own_values(kept)}
    connection = session.connection()
    id = connection.execute(insert(CONTACT).values(row)).inserted_primary_key[0]  # type: ignore[index]  # one row
    for field, table in PARTS:
        if rows := part_values(field, getattr(kept, field), region):
            connection.execute(insert(table), [{"contact_id": id, **row} for row in rows])
    return int(id)


def change(
    session: Session, id: int, details: ContactDetails, now: datetime, *, region: str = "", today: date | None = None
) -> bool:
    """Replace what a contact's details say; only rows that differ are written. Returns whether anything did.

    A new title or organisation may be a reason to celebrate, and is proposed as one; `today` is the day for the
    person, the one in UTC where it is not given. Raises NotFound and Invalid.
    """
    kept = checking.checked(details)
    connection = session.connection()
    before = one(connection, id)
    if kept == before:
        return False
    if kept.photo != before.photo:
        check_photo(session, kept)
    for field, table in PARTS:
        if getattr(kept, field) != getattr(before, field):
            connection.execute(delete(table).where(table.c.contact_id == id))
            if rows := part_values(field, getattr(kept, field), region):
                connection.execute(insert(table), [{"contact_id": id, **row} for row in rows])
    connection.execute(update(CONTACT).where(CONTACT.c.id == id).values(updated_at=now, **own_values(kept)))
    if (kept.title, kept.organisation) != (before.title, before.organisation):
        from planner.relations import celebrations  # late: most changes are of other things

        moved = celebrations.CareerChange(id, before.title, kept.title, before.organisation, kept.organisation)
        celebrations.propose(session, (moved,), today or now.date())
    return True


def remove(session: Session, ids: Collection[int]) -> None:
    """Delete contacts and all that belongs to them alone."""
    wanted = existing(session, ids)
    for start in range(0, len(wanted), 500):
        session.execute(delete(ContactTable).where(ContactTable.id.in_(wanted[start : start + 500])))


def set_tags(session: Session, ids: Collection[int], add: Iterable[str], remove: Iterable[str], now: datetime) -> None:
    """Give tags to these contacts and take others away, whatever their case."""
    wearing = _worn(session, ids, TagTable.contact_id, TagTable.tag)
    gone = {tag.casefold() for tag in checking.tags(remove)}
    new = [tag for tag in checking.tags(add) if tag.casefold() not in gone]
    changed = set()
    for id, worn in wearing.items():
        for row_id, tag in worn:
            if tag.casefold() in gone:
                session.execute(delete(TagTable).where(TagTable.id == row_id))
                changed.add(id)
        has = {tag.casefold() for _, tag in worn}
        for tag in new:
            if tag.casefold() not in has:
                session.execute(insert(TagTable).values(contact_id=id, tag=tag))
                changed.add(id)
    _stamp(session, changed, now)


def set_roles(
    session: Session, ids: Collection[int], add: Iterable[Role], remove: Iterable[Role], now: datetime
) -> None:
    """Give roles to these contacts and take others away."""
    wearing = _worn(session, ids, RoleTable.contact_id, RoleTable.role)
    gone = {Role(role).value for role in remove}
    new = [Role(role).value for role in dict.fromkeys(add) if Role(role).value not in gone]
    changed = set()
    for id, worn in wearing.items():
        for row_id, role in worn:
            if role in gone:
                session.execute(delete(RoleTable).where(RoleTable.id == row_id))
                changed.add(id)
        for role in new:
            if role not in {held for _, held in worn}:
                session.execute(insert(RoleTable).values(contact_id=id, role=role))
                changed.add(id)
    _stamp(session, changed, now)


def set_columns(session: Session, ids: Collection[int], now: datetime, **values: Any) -> None:
    """Set columns of the contacts' own rows, where they differ."""
    differs = None
    for name, value in values.items():
        this = CONTACT.c[name].is_distinct_from(value)
        differs = this if differs is None else differs | this
    assert differs is not None
    wanted = existing(session, ids)
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        session.connection().execute(
            update(CONTACT).where(CONTACT.c.id.in_(batch) & differs).values(updated_at=now, **values)
        )


def one(connection: Connection, id: int) -> ContactDetails:
    """The stored details of one contact. Raises NotFound."""
    found = read_contacts(raw(connection), (id,))
    if id not in found:
        raise NotFound("contact", id)
    return found[id].details


def existing(session: Session, ids: Collection[int]) -> list[int]:
    """These ids, each once. Raises NotFound if one of them is gone."""
    wanted = list(dict.fromkeys(ids))
    found: set[int] = set()
    for start in range(0, len(wanted), 500):
        found |= set(session.scalars(select(ContactTable.id).where(ContactTable.id.in_(wanted[start : start + 500]))))
    for id in wanted:
        if id not in found:
            raise NotFound("contact", id)
    return wanted


def by_uid(session: Session, uid: str) -> int | None:
    """The id of the contact with that UID."""
    return session.scalar(select(ContactTable.id).where(ContactTable.uid == uid))


def in_words(session: Session, ids: Sequence[int]) -> str:
    """Contacts as a command's label names them: "Ingrid Vale", "Ingrid Vale and Tom Ek", "12 contacts"."""
    if len(ids) > 2:
        return f"{len(ids):,} contacts"
    rows = session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(ids)))
    names = dict(rows.all())
    return " and ".join(names.get(id) or "someone" for id in ids) or "nobody"


def check_photo(session: Session, details: ContactDetails) -> None:
    """Raise Invalid if the details name a picture that is not stored."""
    if details.photo is not None and pictures.find(session, details.photo) is None:
        raise Invalid("Photo", "the picture is not there")


def _worn(session: Session, ids: Collection[int], owner: Any, value: Any) -> dict[int, list[tuple[int, str]]]:
    wearing: dict[int, list[tuple[int, str]]] = {id: [] for id in existing(session, ids)}
    wanted = list(wearing)
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        for row in session.execute(select(owner, owner.class_.id, value).where(owner.in_(batch))):
            wearing[row[0]].append((row[1], row[2]))
    return wearing


def _stamp(session: Session, ids: Collection[int], now: datetime) -> None:
    changed = sorted(ids)
    for start in range(0, len(changed), 500):
        session.execute(
            update(ContactTable).where(ContactTable.id.in_(changed[start : start + 500])).values(updated_at=now)
        )
