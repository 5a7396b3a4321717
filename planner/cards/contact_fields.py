"""From fields to the details of a contact, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planner.cards import postal, profiles
from planner.cards.records import FieldKind, FilePerson, Note, ReadField, Reading, ReadingKind
from planner.contacts.names import with_name
from planner.contacts.records import Address, ContactDetails, Email, Link, ParsedContact, Phone

_VERSION = re.compile(r"^VERSION[^:\n]*:\s*(\d\.\d)", re.IGNORECASE | re.MULTILINE)
_DOUBTED = {
    FieldKind.NAME: ("name", "given", "family", "encoding", "card"),
    FieldKind.ORGANISATION: ("organisation", "encoding"),
    FieldKind.TITLE: ("title", "encoding"),
    FieldKind.DEPARTMENT: ("department", "encoding"),
    FieldKind.EMAIL: ("emails",),
    FieldKind.PHONE: ("phones",),
    FieldKind.LINK: ("links",),
    FieldKind.ADDRESS: ("addresses", "encoding"),
}


def fields_of(details: ContactDetails, doubts: Mapping[str, str] | None = None) -> tuple[ReadField, ...]:
    """What a card's form shows of details that were given in so many words: certain, but for what is doubted."""
    found = [
        ReadField(FieldKind.NAME, details.shown_name if _has_name(details) else ""),
        ReadField(FieldKind.TITLE, details.title),
        ReadField(FieldKind.DEPARTMENT, details.department),
        ReadField(FieldKind.ORGANISATION, details.organisation),
        *(ReadField(FieldKind.EMAIL, email.address, label=email.label) for email in details.emails),
        *(ReadField(FieldKind.PHONE, phone.number, label=phone.label) for phone in details.phones),
        *(ReadField(FieldKind.LINK, link.url, label=link.label) for link in details.links),
        *(ReadField(FieldKind.ADDRESS, postal.shown(address), label=address.label) for address in details.addresses),
    ]
    doubted = doubts or {}
    return tuple(_doubted(field, doubted) for field in found if field.value.strip())


def as_reading(one: Reading | FilePerson) -> Reading:
    """Someone out of a file as a reading, with the fields a card's form shows."""
    return one if isinstance(one, Reading) else from_contact(one.parsed, one.source, one.kind, one.about)


def from_contact(parsed: ParsedContact, source: str, kind: ReadingKind, about: str = "") -> Reading:
    """A reading of someone who was read from a file."""
    if kind is ReadingKind.VCARD and not about:
        version = _VERSION.search(parsed.source_text[:2_000])
        about = f"vCard {version[1]}" if version else "vCard"
    return Reading(
        source=source,
        kind=kind,
        fields=fields_of(parsed.details, parsed.doubts),
        position=parsed.position,
        base=parsed.details,
        uid=parsed.uid,
        photo=parsed.photo,
        about=about,
        source_text=parsed.source_text,
    )


def details_of(reading: Reading, fields: Sequence[ReadField] | None = None, *, notes: bool = True) -> ContactDetails:
    """The details a card stands for, with these fields in place of those that were read.

    What the fields can't hold stays as in `base`. With `notes`, lines and codes without a field go into the notes.
    """
    shown = reading.fields if fields is None else tuple(fields)
    base = reading.base or ContactDetails()
    first = {field.kind: field.value.strip() for field in reversed(shown)}
    details = replace(
        _named(base, first.get(FieldKind.NAME, "")),
        title=_joined(shown, FieldKind.TITLE, ", "),
        department=_joined(shown, FieldKind.DEPARTMENT, ", "),
        organisation=_joined(shown, FieldKind.ORGANISATION, ", "),
        emails=_emails(base.emails, of(shown, FieldKind.EMAIL)),
        phones=_phones(base.phones, of(shown, FieldKind.PHONE)),
        links=_links(base.links, of(shown, FieldKind.LINK)),
        addresses=_addresses(base.addresses, of(shown, FieldKind.ADDRESS)),
    )
    if notes:
        details = replace(details, notes=with_notes(details.notes, reading.notes))
    return details


def of(fields: Iterable[ReadField], kind: FieldKind) -> list[ReadField]:
    """The fields of one kind that say something."""
    return [field for field in fields if field.kind is kind and field.value.strip()]


def with_notes(text: str, notes: Sequence[Note]) -> str:
    """Notes with the lines that found no field below, none twice."""
    there = set(text.splitlines())
    new = dict.fromkeys(line for note in notes if (line := note.text.strip()) and line not in there)
    below = "\n".join(new)
    return f"{text}\n\n{below}" if text and below else text or below


def _has_name(details: ContactDetails) -> bool:
    return any((details.name, details.prefix, details.given, details.additional, details.family, details.nickname))


def _doubted(field: ReadField, doubts: Mapping[str, str]) -> ReadField:
    reason = next((doubts[name] for name in _DOUBTED[field.kind] if name in doubts), "")
    return replace(field, confidence=0.6, doubt=reason) if reason else field


def _named(base: ContactDetails, name: str) -> ContactDetails:
    return base if name == (base.shown_name if _has_name(base) else "") else with_name(base, name)


def _joined(fields: Iterable[ReadField], kind: FieldKind, between: str) -> str:
    return between.join(field.value.strip() for field in of(fields, kind))


def _emails(base: tuple[Email, ...], fields: list[ReadField]) -> tuple[Email, ...]:
    there = {email.address: email for email in base}
    return tuple(
        replace(there[field.value], label=field.label)
        if field.value in there
        else Email(field.value.strip(), field.label)
        for field in fields
    )


def _phones(base: tuple[Phone, ...], fields: list[ReadField]) -> tuple[Phone, ...]:
    there = {phone.number: phone for phone in base}
    return tuple(
        replace(there[field.value], label=field.label)
        if field.value in there
        else Phone(field.value.strip(), field.label)
        for field in fields
    )


def _links(base: tuple[Link, ...], fields: list[ReadField]) -> tuple[Link, ...]:
    there = {link.url: link for link in base}
    return tuple(
        replace(there[field.value], label=field.label)
        if field.value in there
        else Link(profiles.address(field.value.strip(), field.label), field.label)
        for field in fields
    )


def _addresses(base: tuple[Address, ...], fields: list[ReadField]) -> tuple[Address, ...]:
    there = {postal.shown(address): address for address in base}
    return tuple(there[field.value] if field.value in there else postal.parts(field.value) for field in fields)
