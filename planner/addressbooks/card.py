"""A card as it stands on a server: reading it, and writing into it without losing what others put there.

What Rapport has a field for is read into the field; everything else stays beside it, with its parameters and groups,
and is written back as it was. A value that no field can hold, such as an email address without an @, is left on the
card in the same way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from planner.addressbooks.fields import Fields, counted, digest, with_fields
from planner.contacts import checking, pictures
from planner.contacts.records import ContactDetails, ParsedContact, Photo, VCardProperty
from planner.contacts.vcard import Version, joined_extras, read_vcards, write_vcard
from planner.contacts.vcard.values import escape
from planner.errors import Invalid

_KIND = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
_MEMBER = ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
_VERSION = re.compile(r"^VERSION:(\d\.\d)\s*$", re.MULTILINE | re.IGNORECASE)
_RAW = {"emails": ("EMAIL", "address"), "phones": ("TEL", "number"), "links": ("URL", "url")}


class Unreadable(ValueError):
    """The card is not one we can read; the text says why. It is left alone."""


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card. `details.photo` is the hash of `photo`, the picture as Rapport keeps it.

    `own_photo` is the picture as it stands on the card, whatever its size.
    """

    path: str
    etag: str
    uid: str
    version: Version
    details: ContactDetails
    photo: Photo | None = None
    own_photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group, whose name is a tag on its members (RFC 6350 section 6.1.4, and Apple's form of it for 3.0).

    `members` are UIDs of cards, without "urn:uuid:".
    """

    path: str
    etag: str
    uid: str
    version: Version
    name: str
    members: frozenset[str]
    details: ContactDetails


def read(data: str, path: str = "", etag: str = "") -> Card | GroupCard:
    """The card in a text. Raises Unreadable."""
    found = next(iter(read_vcards(data.encode("utf-8", "replace"))), None)
    if not isinstance(found, ParsedContact):
        raise Unreadable(found.reason if found is not None else "there is no card in it")
    version: Version = "4.0" if (match := _VERSION.search(data)) and match[1] == "4.0" else "3.0"
    details = found.details
    if any(item.name in _KIND and item.value.strip().lower() == "group" for item in details.extras):
        members = frozenset(bare_uid(item.value) for item in details.extras if item.name in _MEMBER)
        name = next(iter(_tags((details.shown_name,))), "")
        if not name:
            raise Unreadable("it is a group without a name")
        return GroupCard(path, etag, found.uid, version, name, members, details)
    photo = None
    if found.photo is not None:
        try:
            photo = pictures.prepared(found.photo)
        except Invalid:
            photo = None  # it stays on the card as it is
    try:
        details = checking.checked(_held(details))
    except Invalid as error:
        raise Unreadable(f"{error.field}: {error.reason}") from error
    details = replace(details, photo=hashlib.sha256(photo.data).hexdigest() if photo else None)
    return Card(path, etag, found.uid, version, details, photo, found.photo)


def written(
    details: ContactDetails,
    uid: str,
    version: Version,
    photo: Photo | None,
    at: datetime,
) -> str:
    """A card's text. All that `details` says stands in it, so leave out what is not to be sent."""
    return write_vcard(details, uid, version, photo=photo, rev=at, private=True)


def changed(card: Card, values: Fields, extras: Iterable[VCardProperty]) -> ContactDetails:
    """What a card says once these values and properties stand in it.

    The extras are those of the other side; `values["extras"]` names by digest which of both sides' are to stand.
    """
    return replace(with_fields(card.details, values), extras=chosen_extras(card.details.extras, extras, values))


def chosen_extras(
    own: tuple[VCardProperty, ...], others: Iterable[VCardProperty], values: Fields
) -> tuple[VCardProperty, ...]:
    """The properties of one side, with those of the other that `values["extras"]` wants, and without those it omits."""
    if "extras" not in values:
        return own
    wanted = set(values["extras"])
    mine = {digest(item) for item in counted(own)}
    kept = tuple(item for item in own if item not in counted((item,)) or digest(item) in wanted)
    return joined_extras(kept, [item for item in counted(others) if digest(item) in wanted - mine])


def group_text(group: GroupCard, members: Iterable[str], at: datetime) -> str:
    """A group's text with these members; those who stay are written as they were."""
    wanted = set(members)
    name = "MEMBER" if group.version == "4.0" else "X-ADDRESSBOOKSERVER-MEMBER"
    kept = [item for item in group.details.extras if item.name not in _MEMBER or bare_uid(item.value) in wanted]
    new = [VCardProperty(name, f"urn:uuid:{escape(uid)}") for uid in sorted(wanted - group.members)]
    details = replace(group.details, extras=(*kept, *new))
    return write_vcard(details, group.uid, group.version, rev=at, private=True)


def bare_uid(uid: str) -> str:
    """A UID without the prefix that some programs set before it."""
    return uid.strip().removeprefix("urn:uuid:")


def file_name(uid: str) -> str:
    """A name for a card's address: the uid if it is plain, else a digest of it."""
    plain = uid.isascii() and all(char.isalnum() or char in "-_." for char in uid) and 0 < len(uid) <= 120
    stem = uid if plain and not uid.startswith(".") else hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()[:40]
    return f"{stem}.vcf"


def _tags(names: Iterable[str]) -> tuple[str, ...]:
    try:
        return checking.tags(names)
    except Invalid:
        return ()


def _held(details: ContactDetails) -> ContactDetails:
    """The details with the values that no field can hold among the properties instead."""
    changes: dict[str, object] = {}
    aside: list[VCardProperty] = []
    for field, (check, _) in checking.CHECKS.items():
        values = getattr(details, field)
        good = tuple(value for value in values if _passes(check, value))
        if len(good) == len(values):
            continue
        changes[field] = good
        if field in _RAW:
            name, attribute = _RAW[field]
            bad = [str(getattr(value, attribute)) for value in values if value not in good]
            aside += [VCardProperty(name, escape(text)) for text in bad if text.strip()]
    if not changes and not aside:
        return details
    held = replace(details, **cast("dict[str, tuple[VCardProperty, ...]]", changes))  # type: ignore[arg-type]  # by name
    return replace(held, extras=(*held.extras, *aside))


def _passes(check: object, value: object) -> bool:
    try:
        check(value)  # type: ignore[operator]  # one of the checks of checking.CHECKS
    except Invalid:
        return False
    return True
