"""From a contact's record to its rows. The way back is `planner.contacts.reading`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Table

from planner.contacts.keys import email_key, link_key, phone_key, sort_key
from planner.contacts.reading import ADDRESS, BOUNDARY, PLAIN
from planner.contacts.records import Boundary, ContactDetails
from planner.store.derived import LONGEST_SEARCHED, NOT_SEARCHED
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

Values = dict[str, Any]
Rows = Sequence[tuple[Any, ...]]


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


#: The columns that `own_row` fills, in its order.
OWN = (*PLAIN, *BOUNDARY, "name", "sort_key")
_plain = attrgetter(*PLAIN)
_boundary = attrgetter(*BOUNDARY)
_TIE, _MATTERS = PLAIN.index("tie"), PLAIN.index("matters")
_NAME = OWN.index("name")
_NO_ASKS, _UNTIL = BOUNDARY.index("no_asks"), BOUNDARY.index("quiet_until")


def own_row(details: ContactDetails, sorted_by: str = "") -> list[Any]:
    """The values of the contact's own row, in the order of `OWN`, as the driver takes them.

    `sorted_by` is the contact's `sort_key` where it is known.
    """
    row = [*_plain(details), *_boundary_row(details.boundary), details.shown_name, sorted_by or sort_key(details)]
    row[_TIE] = None if details.tie is None else details.tie.value
    # The driver is slow on what is not exactly a number or a text.
    row[_MATTERS] = int(row[_MATTERS])
    return row


def _boundary_row(boundary: Boundary) -> Sequence[Any]:
    if boundary is _UNBOUND:
        return _UNBOUND_ROW
    row = list(_boundary(boundary))
    row[_NO_ASKS] = int(row[_NO_ASKS])
    row[_UNTIL] = None if row[_UNTIL] is None else row[_UNTIL].isoformat()
    return row


_UNBOUND = ContactDetails().boundary
_UNBOUND_ROW = tuple(value if value is not False else 0 for value in _boundary(_UNBOUND))


def own_values(details: ContactDetails) -> Values:
    """The columns of the contact's own row."""
    values = dict(zip(OWN, own_row(details), strict=True))
    values["matters"], values["no_asks"] = details.matters, details.boundary.no_asks
    values["quiet_until"] = details.boundary.quiet_until
    return values


#: The columns that `part_rows` fills after the contact's id, in its order.
PART_COLUMNS = {
    "emails": ("position", "address", "address_key", "label", "preferred"),
    "phones": ("position", "number", "e164", "label", "preferred"),
    "addresses": ("position", *ADDRESS),
    "links": ("position", "url", "url_key", "label"),
    "dates": ("position", "kind", "year", "month", "day", "label"),
    "roles": ("role",),
    "tags": ("tag",),
    "extras": ("position", "group", "name", "params", "value"),
}


def part_rows(field: str, id: int, items: Sequence[Any], region: str = "") -> list[tuple[Any, ...]]:
    """The rows of one part of a contact, in order: its id, then the values of `PART_COLUMNS`, as the driver takes them.

    `region` is where bare phone numbers are dialled.
    """
    return _ROWS[field](id, items, region)


@lru_cache(maxsize=1024)
def _params(params: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return json.dumps(params, ensure_ascii=False) if params else ""


_address = attrgetter(*ADDRESS[:-1])
_ROWS: dict[str, Callable[[int, Sequence[Any], str], list[tuple[Any, ...]]]] = {
    "emails": lambda id, items, _: [
        (id, at, x.address, email_key(x.address), x.label, int(x.preferred)) for at, x in enumerate(items)
    ],
    "phones": lambda id, items, region: [
        (id, at, x.number, phone_key(x.number, region), x.label, int(x.preferred)) for at, x in enumerate(items)
    ],
    "addresses": lambda id, items, _: [(id, at, *_address(x), int(x.preferred)) for at, x in enumerate(items)],
    "links": lambda id, items, _: [(id, at, x.url, link_key(x.url), x.label) for at, x in enumerate(items)],
    "dates": lambda id, items, _: [
        (id, at, x.kind.value, x.year, x.month, x.day, x.label) for at, x in enumerate(items)
    ],
    "roles": lambda id, items, _: [(id, x.value) for x in items],
    "tags": lambda id, items, _: [(id, x) for x in items],
    "extras": lambda id, items, _: [
        (id, at, x.group, x.name, _params(x.params), x.value) for at, x in enumerate(items)
    ],
}


def _phones(rows: Rows) -> Iterable[str]:
    return [_phone(row[2], row[3]) for row in rows]


def _phone(number: str, e164: str) -> str:
    digits = number.replace(" ", "").replace("-", "")
    whole = number if digits == number else f"{number} {digits}"
    return whole if e164 in ("", digits) else f"{whole} {e164}"


def _properties(rows: Rows) -> Iterable[str]:
    return [row[5] for row in rows if len(row[5]) < LONGEST_SEARCHED and row[3] not in NOT_SEARCHED]


#: What the search index holds of each part's rows, as `planner.store.derived` reads it back from their tables.
SEARCHED: dict[str, Callable[[Rows], Iterable[str]]] = {
    "emails": lambda rows: [row[2] for row in rows],
    "phones": _phones,
    "addresses": lambda rows: [" ".join((*row[4:9], *row[2:4])) for row in rows],
    "links": lambda rows: [row[2] for row in rows],
    "dates": lambda _: (),
    "roles": lambda rows: [row[1] for row in rows],
    "tags": lambda rows: [row[1] for row in rows],
    "extras": _properties,
}


def searched_of(details: ContactDetails, own: Sequence[Any]) -> tuple[str, str, str]:
    """Name, work and notes as the search index holds them, of a contact and its own row."""
    x, name = details, own[_NAME]
    among = f" {name} "
    given = "" if f" {x.given} " in among else x.given
    family = "" if f" {x.family} " in among else x.family
    return (
        f"{name} {x.nickname} {given} {family} {x.phonetic}",
        f"{x.organisation} {x.department} {x.title} {x.field}",
        f"{x.notes} {x.remember} {x.research} {x.looking_for} {x.can_offer}",
    )


def part_values(field: str, items: Sequence[Any], region: str = "") -> list[Values]:
    """The rows of one part, in order and without the contact's id."""
    columns = PART_COLUMNS[field]
    rows = [dict(zip(columns, row[1:], strict=True)) for row in part_rows(field, 0, items, region)]
    for row in rows:
        if "preferred" in row:
            row["preferred"] = bool(row["preferred"])
    return rows
