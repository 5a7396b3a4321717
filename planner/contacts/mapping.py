"""Between a contact's record and its rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from planner.contacts.keys import email_key, link_key, phone_key, sort_key
from planner.contacts.records import (
    Address,
    Boundary,
    Contact,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    Tie,
    VCardProperty,
)
from planner.store.tables import (
    AddressTable,
    Base,
    ContactSummaryTable,
    ContactTable,
    DateTable,
    EmailTable,
    LinkTable,
    PhoneTable,
    PropertyTable,
    RoleTable,
    TagTable,
)

#: Columns of the contact's own row that hold the field of the same name.
PLAIN = (
    "prefix",
    "given",
    "additional",
    "family",
    "suffix",
    "nickname",
    "phonetic",
    "pronouns",
    "organisation",
    "department",
    "title",
    "field",
    "tie",
    "rhythm_days",
    "longest_days",
    "matters",
    "time_zone",
    "notes",
    "remember",
    "research",
    "looking_for",
    "can_offer",
    "photo",
)
BOUNDARY = (
    "preferred_channel",
    "hours_from",
    "hours_to",
    "quiet_until",
    "topics_off",
    "no_asks",
    "expectations",
)

Values = dict[str, Any]


class Part(NamedTuple):
    """A table of what a contact has several of, and the field it holds."""

    field: str
    table: Table


def _table(mapped: type[Base]) -> Table:
    table = mapped.__table__
    assert isinstance(table, Table)
    return table


CONTACT = _table(ContactTable)
SUMMARY = _table(ContactSummaryTable)
PARTS = (
    Part("emails", _table(EmailTable)),
    Part("phones", _table(PhoneTable)),
    Part("addresses", _table(AddressTable)),
    Part("links", _table(LinkTable)),
    Part("dates", _table(DateTable)),
    Part("roles", _table(RoleTable)),
    Part("tags", _table(TagTable)),
    Part("extras", _table(PropertyTable)),
)


def own_values(details: ContactDetails) -> Values:
    """The columns of the contact's own row."""
    values = {name: getattr(details, name) for name in PLAIN}
    values["tie"] = None if details.tie is None else details.tie.value
    values |= {name: getattr(details.boundary, name) for name in BOUNDARY}
    values["name"] = details.shown_name
    values["sort_key"] = sort_key(details)
    return values


def part_values(field: str, items: Sequence[Any], region: str = "") -> list[Values]:
    """The rows of one part, in order and without the contact's id. `region` is where bare phone numbers are dialled."""
    match field:
        case "emails":
            return [
                {
                    "position": place,
                    "address": item.address,
                    "address_key": email_key(item.address),
                    "label": item.label,
                    "preferred": item.preferred,
                }
                for place, item in enumerate(items)
            ]
        case "phones":
            return [
                {
                    "position": place,
                    "number": item.number,
                    "e164": phone_key(item.number, region),
                    "label": item.label,
                    "preferred": item.preferred,
                }
                for place, item in enumerate(items)
            ]
        case "links":
            return [
                {"position": place, "url": item.url, "url_key": link_key(item.url), "label": item.label}
                for place, item in enumerate(items)
            ]
        case "addresses":
            return [
                {"position": place, **{name: getattr(item, name) for name in _ADDRESS}}
                for place, item in enumerate(items)
            ]
        case "dates":
            return [
                {
                    "position": place,
                    "kind": item.kind.value,
                    "year": item.year,
                    "month": item.month,
                    "day": item.day,
                    "label": item.label,
                }
                for place, item in enumerate(items)
            ]
        case "roles":
            return [{"role": item.value} for item in items]
        case "tags":
            return [{"tag": item} for item in items]
        case _:
            return [
                {
                    "position": place,
                    "group": item.group,
                    "name": item.name,
                    "params": json.dumps(item.params, ensure_ascii=False) if item.params else "",
                    "value": item.value,
                }
                for place, item in enumerate(items)
            ]


_ADDRESS = ("po_box", "extended", "street", "city", "region", "postcode", "country", "label", "preferred")


def _item(field: str, row: Any) -> Any:
    match field:
        case "emails":
            return Email(row.address, row.label, row.preferred)
        case "phones":
            return Phone(row.number, row.label, row.preferred)
        case "links":
            return Link(row.url, row.label)
        case "addresses":
            return Address(**{name: getattr(row, name) for name in _ADDRESS})
        case "dates":
            return PartialDate(DateKind(row.kind), row.year, row.month, row.day, row.label)
        case "roles":
            return Role(row.role)
        case "tags":
            return row.tag
        case _:
            params = tuple((name, tuple(values)) for name, values in json.loads(row.params)) if row.params else ()
            return VCardProperty(row.name, row.value, params, row.group)


def read_contacts(connection: Connection, ids: Iterable[int]) -> dict[int, Contact]:
    """The contacts with these ids, in the order asked for; ids that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Contact] = {}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        parts: dict[int, dict[str, list[Any]]] = {id: {} for id in batch}
        for field, table in PARTS:
            order = (table.c.position, table.c.id) if "position" in table.c else (table.c.id,)
            rows = connection.execute(select(table).where(table.c.contact_id.in_(batch)).order_by(*order))
            for row in rows:
                parts[row.contact_id].setdefault(field, []).append(_item(field, row))
        statement = (
            select(CONTACT, SUMMARY.c.last_interaction_at, SUMMARY.c.interactions)
            .outerjoin(SUMMARY, SUMMARY.c.id == CONTACT.c.id)
            .where(CONTACT.c.id.in_(batch))
        )
        rows_by_id = {row.id: row for row in connection.execute(statement)}
        for id in batch:
            if own := rows_by_id.get(id):
                found[id] = _contact(own, {field: tuple(items) for field, items in parts[id].items()})
    return found


def _contact(row: Any, parts: Mapping[str, Any]) -> Contact:
    values = {name: getattr(row, name) for name in PLAIN}
    values["tie"] = None if row.tie is None else Tie(row.tie)
    details = ContactDetails(**values, boundary=Boundary(**{name: getattr(row, name) for name in BOUNDARY}), **parts)
    # A name that only repeats its parts is left to them, so that it follows when they change.
    if details.shown_name != row.name:
        details = replace(details, name=row.name)
    return Contact(
        id=row.id,
        uid=row.uid,
        details=details,
        created_at=row.created_at,
        updated_at=row.updated_at,
        last_interaction_at=row.last_interaction_at,
        interactions=row.interactions or 0,
    )
