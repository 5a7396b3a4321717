"""Writes contacts as a table with the columns of Google Contacts, which most programs read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from planner.contacts.records import Contact, ContactDetails, DateKind, PartialDate

_EMAILS, _PHONES, _ADDRESSES, _LINKS, _EVENTS = 3, 4, 2, 3, 3
_SEVERAL = " ::: "
_NAME_COLUMNS = (
    ("First Name", "given"),
    ("Middle Name", "additional"),
    ("Last Name", "family"),
    ("Phonetic First Name", "phonetic"),
    ("Name Prefix", "prefix"),
    ("Name Suffix", "suffix"),
    ("Nickname", "nickname"),
    ("File As", "name"),
    ("Organization Name", "organisation"),
    ("Organization Title", "title"),
    ("Organization Department", "department"),
)
_ADDRESS_COLUMNS = (
    ("Street", "street"), ("City", "city"), ("PO Box", "po_box"), ("Region", "region"), ("Postal Code", "postcode"),
    ("Country", "country"), ("Extended Address", "extended"),
)  # fmt: skip
# Of these Google knows nothing; they come last.
_OWN_COLUMNS = (("Looking For", "looking_for"), ("Can Offer", "can_offer"))
# A cell that begins like this may be run as a formula; a plain number with a plus may not.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_NUMBER = re.compile(r"[+\-]?[\d\s().\-/]+")


def header() -> list[str]:
    """The columns, always the same ones."""
    return [
        *(name for name, _ in _NAME_COLUMNS),
        "Birthday",
        "Notes",
        "Labels",
        *_numbered("E-mail", _EMAILS, ("Label", "Value")),
        *_numbered("Phone", _PHONES, ("Label", "Value")),
        *_numbered("Address", _ADDRESSES, ("Label", *(name for name, _ in _ADDRESS_COLUMNS))),
        *_numbered("Website", _LINKS, ("Label", "Value")),
        *_numbered("Event", _EVENTS, ("Label", "Value")),
        *(name for name, _ in _OWN_COLUMNS),
    ]


def _numbered(thing: str, count: int, parts: tuple[str, ...]) -> Iterator[str]:
    return (f"{thing} {number} - {part}" for number in range(1, count + 1) for part in parts)


def write_csv(contacts: Iterable[Contact], stream: BinaryIO) -> int:
    """Writes contacts as UTF-8 with a byte order mark, and returns their number.

    Cells that a spreadsheet could take for a formula begin with an apostrophe. Private matters are not written.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header())
    count = 0
    for contact in contacts:
        writer.writerow([guarded(cell) for cell in _cells(contact.details)])
        count += 1
    text.detach()
    return count


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    if _FORMULA.match(cell) and _NUMBER.fullmatch(cell) is None:
        return f"'{cell}"
    return cell


def _cells(details: ContactDetails) -> Iterator[str]:
    for _, field in _NAME_COLUMNS:
        yield getattr(details, field)
    birthday = next((value for value in details.dates if value.kind is DateKind.BIRTHDAY), None)
    yield _date(birthday) if birthday is not None else ""
    yield details.notes
    yield _SEVERAL.join(details.tags)
    yield from _pairs([(_star(email.label, email.preferred), email.address) for email in details.emails], _EMAILS)
    yield from _pairs([(_star(phone.label, phone.preferred), phone.number) for phone in details.phones], _PHONES)
    rows = [
        (_star(address.label, address.preferred), *(getattr(address, field) for _, field in _ADDRESS_COLUMNS))
        for address in details.addresses
    ]
    yield from _in_columns(rows, _ADDRESSES, len(_ADDRESS_COLUMNS) + 1)
    yield from _pairs([(link.label, link.url) for link in details.links], _LINKS)
    events = [value for value in details.dates if value is not birthday]
    yield from _pairs([(value.label or value.kind.value, _date(value)) for value in events], _EVENTS)
    for _, field in _OWN_COLUMNS:
        yield getattr(details, field)


def _star(label: str, preferred: bool) -> str:
    return f"* {label}".rstrip() if preferred else label


def _date(value: PartialDate) -> str:
    if value.year is not None and value.month and value.day:
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if value.month and value.day and value.year is None:
        return f"--{value.month:02d}-{value.day:02d}"
    return "-".join(f"{part:02d}" for part in (value.year, value.month) if part)


def _pairs(values: list[tuple[str, str]], count: int) -> Iterator[str]:
    return _in_columns(values, count, 2)


def _in_columns(rows: list[tuple[str, ...]] | list[tuple[str, str]], count: int, width: int) -> Iterator[str]:
    """The rows side by side; those beyond the last column share it, joined as Google joins them."""
    for number in range(count):
        taken = rows[number:] if number == count - 1 else rows[number : number + 1]
        for part in range(width):
            yield _SEVERAL.join(row[part] for row in taken) if any(row[part] for row in taken) else ""
