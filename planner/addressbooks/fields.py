"""What of a person goes into an address book, as plain values that can be compared, merged and stored as JSON.

A name is one value: of "Ann Lee" changed to "Anna Lee" here and to "Ann Li" there, no third person is made up.
Properties of other programs are compared by digest; those that only repeat what a field says don't count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from planner.addressbooks.records import BookOptions
from planner.contacts import keys
from planner.contacts.records import (
    Address,
    Boundary,
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
from planner.contacts.vcard import other_properties
from planner.folding import fold

#: By name of the field; values are strings, numbers, truth values and lists of them.
Fields = dict[str, Any]

NAME = ("name", "prefix", "given", "additional", "family", "suffix")
TEXTS = ("nickname", "phonetic", "pronouns", "organisation", "department", "title", "field", "time_zone")
LISTS = ("emails", "phones", "addresses", "links", "dates", "tags")
PRIVATE = ("tie", "rhythm_days", "longest_days", "matters", "remember", "research", "looking_for", "can_offer")
_ADDRESS = ("street", "city", "region", "postcode", "country", "po_box", "extended", "label", "preferred")
_BOUNDARY = tuple(Boundary.__dataclass_fields__)

LABELS = {
    "name": "Name", "nickname": "Nickname", "phonetic": "Spoken as", "pronouns": "Pronouns",
    "organisation": "Organisation", "department": "Department", "title": "Title", "field": "Field",
    "time_zone": "Time zone", "emails": "Email", "phones": "Phone", "addresses": "Address", "links": "Links",
    "dates": "Dates", "tags": "Tags", "photo": "Photo", "notes": "Notes", "roles": "Roles", "tie": "Tie",
    "rhythm_days": "Rhythm", "longest_days": "Longest silence", "matters": "Important", "remember": "Remember",
    "research": "Research", "looking_for": "Looking for", "can_offer": "Can offer", "boundary": "Boundaries",
}  # fmt: skip

#: Says of a file when and by what it was written, nothing of a person.
_PASSING = frozenset(("REV", "PRODID", "X-PRODID", "UID", "VERSION"))


def fields_of(details: ContactDetails, options: BookOptions) -> Fields:
    """The values of a contact that go into an address book with these options."""
    found: Fields = {"name": [getattr(details, part) for part in NAME]}
    for name in TEXTS:
        found[name] = getattr(details, name)
    found["emails"] = [[one.address, one.label, one.preferred] for one in details.emails]
    found["phones"] = [[one.number, one.label, one.preferred] for one in details.phones]
    found["addresses"] = [[getattr(one, part) for part in _ADDRESS] for one in details.addresses]
    found["links"] = [[one.url, one.label] for one in details.links]
    found["dates"] = [[one.kind.value, one.year, one.month, one.day, one.label] for one in details.dates]
    found["tags"] = sorted(details.tags, key=lambda tag: (tag.casefold(), tag))
    found["photo"] = details.photo or ""
    if options.notes:
        found["notes"] = details.notes
    if options.private:
        found |= {name: getattr(details, name) for name in PRIVATE}
        found["tie"] = details.tie.value if details.tie else ""
        found["roles"] = sorted(role.value for role in details.roles)
        boundary = [getattr(details.boundary, part) for part in _BOUNDARY]
        found["boundary"] = [value.isoformat() if isinstance(value, date) else value for value in boundary]
    found["extras"] = sorted({digest(item) for item in counted(details.extras)})
    return found


def with_fields(details: ContactDetails, values: Fields) -> ContactDetails:
    """The details with these values; "extras" is left to the caller, who has the properties."""
    changed: dict[str, Any] = {}
    for name, value in values.items():
        if name == "name":
            changed |= dict(zip(NAME, value, strict=True))
        elif name in _MAKE:
            changed[name] = _MAKE[name](value)
        elif name != "extras":
            changed[name] = value
    return replace(details, **changed)


def counted(extras: Iterable[VCardProperty]) -> tuple[VCardProperty, ...]:
    """The properties that say something of their own."""
    kept = other_properties(ContactDetails(extras=tuple(extras)))
    return tuple(item for item in kept if item.name not in _PASSING)


def digest(item: VCardProperty) -> str:
    """A short name for a property: some hold pictures and keys."""
    text = json.dumps([item.group, item.name, item.params, item.value], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def shown_name(values: Fields) -> str:
    """The name of a person as it is shown."""
    return with_fields(
        ContactDetails(), {name: values[name] for name in ("name", "nickname", "organisation", "emails", "phones")}
    ).shown_name


def is_empty(value: Any) -> bool:
    """Whether a value says nothing."""
    return not value or (isinstance(value, list) and not any(value))


def key(name: str, item: Any, region: str = "") -> object:
    """What makes two items of a list the same, whatever their label."""
    match name:
        case "emails":
            return keys.email_key(item[0])
        case "phones":
            return keys.phone_key(item[0], region) or "".join(filter(str.isalnum, item[0]))
        case "links":
            return keys.link_key(item[0])
        case "addresses":
            return tuple(fold(part) for part in item[:7])
        case "dates":
            return tuple(item)
        case "tags":
            return item.casefold()
    return item


def in_words(name: str, value: Any) -> str:
    """A value as a person reads it."""
    if is_empty(value):
        return "nothing"
    match name:
        case "name":
            return shown_name({"name": value, "nickname": "", "organisation": "", "emails": [], "phones": []})
        case "photo":
            return "a photo"
        case "emails" | "phones" | "links":
            return ", ".join(item[0] for item in value)
        case "addresses":
            return "; ".join(", ".join(part.replace("\n", ", ") for part in item[:7] if part) for item in value)
        case "dates":
            return ", ".join("-".join(f"{part:02}" for part in item[1:4] if part) for item in value)
        case "tags" | "roles":
            return ", ".join(value)
        case "boundary":
            return ", ".join(str(part) for part in value if part)
    return str(value)


def _boundary(value: list[Any]) -> Boundary:
    parts = dict(zip(_BOUNDARY, value, strict=False))
    if parts.get("quiet_until"):
        parts["quiet_until"] = date.fromisoformat(parts["quiet_until"])
    return Boundary(**parts)


_MAKE: dict[str, Callable[[Any], Any]] = {
    "emails": lambda value: tuple(Email(*item) for item in value),
    "phones": lambda value: tuple(Phone(*item) for item in value),
    "addresses": lambda value: tuple(Address(**dict(zip(_ADDRESS, item, strict=True))) for item in value),
    "links": lambda value: tuple(Link(*item) for item in value),
    "dates": lambda value: tuple(PartialDate(DateKind(item[0]), *item[1:]) for item in value),
    "tags": tuple,
    "photo": lambda value: value or None,
    "tie": lambda value: Tie(value) if value else None,
    "roles": lambda value: tuple(Role(role) for role in value),
    "boundary": _boundary,
}
