"""Contacts with everything, as they are stored.

In SQL over the driver's connection, so that a person's page needn't wait until SQLAlchemy is imported and every table
mapped: see `planner.store.plain`. Writing them is `planner.contacts.mapping`'s.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

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
from planner.store.values import day_of, from_utc_text, moment_of

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
#: Columns of an address that hold the field of the same name.
ADDRESS = ("po_box", "extended", "street", "city", "region", "postcode", "country", "label", "preferred")

_AMONG = "IN (SELECT value FROM json_each(?))"
_OWN = f"""
SELECT contact.id, uid, name, created_at, updated_at, last_interaction_at, interactions, {", ".join(PLAIN)},
    {", ".join(BOUNDARY)}
FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id WHERE contact.id {_AMONG}
"""
#: What a contact has several of: the field, the table, and its columns as `_item` takes them.
_PARTS = (
    ("emails", "contact_email", "address, label, preferred"),
    ("phones", "contact_phone", "number, label, preferred"),
    ("addresses", "contact_address", ", ".join(ADDRESS)),
    ("links", "contact_link", "url, label"),
    ("dates", "contact_date", "kind, year, month, day, label"),
    ("roles", "contact_role", "role"),
    ("tags", "contact_tag", "tag"),
    ("extras", "contact_property", 'name, value, params, "group"'),
)
_UNPLACED = ("roles", "tags")


def _statement(field: str, table: str, columns: str) -> str:
    order = "id" if field in _UNPLACED else "position, id"
    return f"SELECT contact_id, {columns} FROM {table} WHERE contact_id {_AMONG} ORDER BY {order}"


_STATEMENTS = tuple((field, _statement(field, table, columns)) for field, table, columns in _PARTS)


def read_contacts(rows: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Contact]:
    """The contacts with these ids, in the order asked for; ids that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Contact] = {}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        among = (json.dumps(batch),)
        parts: dict[int, dict[str, list[Any]]] = {id: {} for id in batch}
        for field, statement in _STATEMENTS:
            for contact_id, *values in rows.execute(statement, among):
                parts[contact_id].setdefault(field, []).append(_item(field, values))
        own = {row[0]: row for row in rows.execute(_OWN, among)}
        for id in batch:
            if id in own:
                found[id] = _contact(own[id], {field: tuple(items) for field, items in parts[id].items()})
    return found


def _item(field: str, values: list[Any]) -> Any:
    match field:
        case "emails":
            address, label, preferred = values
            return Email(address, label, bool(preferred))
        case "phones":
            number, label, preferred = values
            return Phone(number, label, bool(preferred))
        case "links":
            return Link(*values)
        case "addresses":
            *lines, preferred = values
            return Address(**dict(zip(ADDRESS, (*lines, bool(preferred)), strict=True)))
        case "dates":
            kind, *rest = values
            return PartialDate(DateKind(kind), *rest)
        case "roles":
            return Role(values[0])
        case "tags":
            return values[0]
        case _:
            name, value, written, group = values
            params = tuple((name, tuple(given)) for name, given in json.loads(written)) if written else ()
            return VCardProperty(name, value, params, group)


def _contact(row: tuple[Any, ...], parts: Mapping[str, Any]) -> Contact:
    id, uid, name, created_at, updated_at, last_interaction_at, interactions, *rest = row
    plain = dict(zip(PLAIN, rest[: len(PLAIN)], strict=True))
    plain["tie"] = None if plain["tie"] is None else Tie(plain["tie"])
    plain["matters"] = bool(plain["matters"])
    bounds = dict(zip(BOUNDARY, rest[len(PLAIN) :], strict=True))
    bounds["quiet_until"], bounds["no_asks"] = day_of(bounds["quiet_until"]), bool(bounds["no_asks"])
    details = ContactDetails(**plain, boundary=Boundary(**bounds), **parts)
    # A name that only repeats its parts is left to them, so that it follows when they change.
    if details.shown_name != name:
        details = replace(details, name=name)
    return Contact(
        id=id,
        uid=uid,
        details=details,
        created_at=from_utc_text(created_at),
        updated_at=from_utc_text(updated_at),
        last_interaction_at=moment_of(last_interaction_at),
        interactions=interactions or 0,
    )
