"""One row of a table becomes a contact; what fits no field stays with it under the column's name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from planner.contacts.csv_files import dates
from planner.contacts.csv_files.mapping import ADDRESS_PARTS, Column, ColumnMapping, Target
from planner.contacts.records import (
    Address,
    ContactDetails,
    DateKind,
    Email,
    FailedItem,
    Link,
    ParsedContact,
    PartialDate,
    Phone,
    VCardProperty,
)
from planner.folding import fold

_SEVERAL = " ::: "
_TEXTS = {
    Target.NAME: "name", Target.PREFIX: "prefix", Target.GIVEN: "given", Target.ADDITIONAL: "additional",
    Target.FAMILY: "family", Target.SUFFIX: "suffix", Target.NICKNAME: "nickname", Target.PRONOUNS: "pronouns",
    Target.ORGANISATION: "organisation", Target.DEPARTMENT: "department", Target.TITLE: "title", Target.FIELD: "field",
    Target.LOOKING_FOR: "looking_for", Target.CAN_OFFER: "can_offer",
}  # fmt: skip
_PARTS = {
    Target.STREET: "street", Target.EXTENDED: "extended", Target.CITY: "city", Target.REGION: "region",
    Target.POSTCODE: "postcode", Target.COUNTRY: "country", Target.PO_BOX: "po_box",
}  # fmt: skip
_LABELS = {
    "home page": "website", "homepage": "website", "cell": "mobile", "mobil": "mobile", "arbeit": "work",
    "privat": "home", "business": "work",
}  # fmt: skip
_KNOWN_LABELS = frozenset(
    "work|home|mobile|fax|work fax|home fax|pager|main|other|profile|blog|anniversary|work anniversary".split("|")
)
_SYSTEM_TAGS = frozenset(("mycontacts", "my contacts", "other contacts", "starred in android"))
# What people write into a cell that is to stay empty.
_NOTHING = frozenset(("n/a", "na", "none", "no", "nil", "null", "nan", "unknown", "tbd", "x", "false", "true", "keine"))
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_NAMED_EMAIL = re.compile(r"[^<>]*<([^<>\s]+@[^<>\s]+)>")
# Several of them in one cell, each of which is whole: an extension after a comma is none.
_LISTED = frozenset((Target.EMAIL, Target.PHONE))
_BETWEEN = re.compile(r"(?<!\s)[ \t]*+[;,|\n]\s*+")
_WHOLE_NUMBER = re.compile(r"\+?[(\d](?:[ ()./\-]*\d){5,}")
# Tried only where a run of blanks begins, and never taken back: cells of a hundred thousand blanks exist.
_BREAKS = re.compile(r"(?<!\s)[^\S\t\n\r\v\f\x85\u2028\u2029]*+[\t\n\r\v\f\x85\u2028\u2029]\s*+")
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_GUARDED = re.compile(r"'(?:\s*[=+\-@]|[\t\r])")
_BIRTH = ("year", "month", "day")
_SLUG = re.compile(r"[^A-Z0-9]+")


class SkippedItem(FailedItem):
    """A row that names nobody: listed so that it is not missed, but nothing is wrong with it."""


class _Building:
    """The fields of one row while its cells are read."""

    def __init__(self, mapping: ColumnMapping, headers: tuple[str, ...]) -> None:
        self._mapping = mapping
        self._headers = headers
        self.values: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.addresses: dict[str, list[dict[str, str]]] = {}
        self.address_labels: dict[str, str] = {}
        # A birthday in three columns: where each part stands, and what it says.
        self.birth: dict[str, tuple[int, str]] = {}
        self.phonetic: list[tuple[str, str]] = []
        self.extras: list[VCardProperty] = []
        self.doubts: dict[str, str] = {}
        self._labels: dict[str, list[str]] = {}

    def read(self, cells: list[str]) -> None:
        columns = self._mapping.columns
        for column, cell in zip(columns, cells, strict=False):
            if column.target is Target.LABEL:
                self._labels[column.group] = cell.split(_SEVERAL)
        for index, cell in enumerate(cells):
            text = _cleaned(cell)
            if text:
                self._cell(columns[index] if index < len(columns) else Column(Target.KEEP), index, text)

    def _cell(self, column: Column, index: int, text: str) -> None:
        target = column.target
        if target in _TEXTS:
            self._single(_TEXTS[target], index, text)
        elif target in ADDRESS_PARTS:
            self._address(column, text)
        elif target is Target.PHONETIC:
            self.phonetic.append((column.group, _line(text)))
        elif target is Target.NOTES:
            self.values["notes"] = f"{self.values['notes']}\n\n{text}" if "notes" in self.values else text
        elif target is Target.TAGS:
            self._tags(index, text)
        elif target is Target.KEEP or (target is Target.TIME_ZONE and not _is_zone(text)):
            self._keep(index, text)
        elif target is Target.TIME_ZONE:
            self._single("time_zone", index, text)
        elif target not in (Target.SKIP, Target.LABEL):
            for order, part in enumerate(_several(target, text)):
                if part.strip():
                    self._value(column, index, part.strip(), order)

    def _single(self, field: str, index: int, text: str) -> None:
        if self.values.get(field) == _line(text):
            return
        if field in self.values or len(text) > 2_000:
            self._keep(index, text)
        else:
            self.values[field] = _line(text)

    def _label(self, column: Column, order: int) -> tuple[str, bool]:
        """The label of a value and whether it is marked as preferred with Google's star."""
        labels = self._labels.get(column.group) if column.group else None
        if not labels:
            return column.label, False
        written = _line(_cleaned(labels[min(order, len(labels) - 1)]))[:200]
        preferred = written.startswith("*")
        written = written.lstrip("* ").strip()
        lowered = written.lower()
        known = _LABELS.get(lowered) or (lowered if lowered in _KNOWN_LABELS else written)
        return known or column.label, preferred and order == 0

    def _value(self, column: Column, index: int, text: str, order: int) -> None:
        label, preferred = self._label(column, order)
        one = _line(text)
        if column.target is Target.EMAIL and (named := _NAMED_EMAIL.fullmatch(one)) is not None:
            self._keep(index, one)
            one = named[1]
        match column.target:
            case Target.EMAIL if _EMAIL.fullmatch(one):
                self._add("emails", Email(one, label, preferred))
            case Target.PHONE if any(char.isdigit() for char in one) or (
                any(char.isalpha() for char in one) and fold(one) not in _NOTHING
            ):
                if not any(char.isdigit() for char in one):
                    self.doubts["phones"] = f"“{one[:60]}” has no number in it"
                self._add("phones", Phone(one, label, preferred))
            case Target.LINK if not re.search(r"\s", one):
                self._add("links", Link(one, label))
            case Target.BIRTHDAY if column.group in _BIRTH:
                self.birth[column.group] = (index, one)
            case Target.BIRTHDAY:
                self._date(index, one, DateKind.BIRTHDAY, "")
            case Target.ANNIVERSARY:
                self._date(index, one, DateKind.ANNIVERSARY, "")
            case Target.DATE:
                kind = DateKind.ANNIVERSARY if label.lower() == "anniversary" else DateKind.OTHER
                self._date(index, one, kind, "" if kind is DateKind.ANNIVERSARY else label)
            case _:
                field = {Target.EMAIL: "emails", Target.PHONE: "phones", Target.LINK: "links"}.get(column.target)
                if field is not None:
                    self.doubts[field] = f"“{one[:60]}” is none and was kept as it is"
                self._keep(index, text)

    def _add(self, field: str, value: object) -> None:
        found = self.lists.setdefault(field, [])
        if value not in found:
            found.append(value)

    def _date(self, index: int, text: str, kind: DateKind, label: str) -> None:
        if dates.is_empty(text):
            return
        found = dates.parse(text, kind, self._mapping.day_first)
        if found is None:
            self.doubts["dates"] = f"“{text[:40]}” could not be read as a date and was kept as it is"
            self._keep(index, text)
            return
        value, sure = found
        if not sure:
            self.doubts["dates"] = f"“{text[:40]}” can be read in more than one way"
        self._add("dates", PartialDate(kind, value.year, value.month, value.day, label))

    def _tags(self, index: int, text: str) -> None:
        parts = text.split(_SEVERAL) if _SEVERAL in text or text.startswith("* ") else re.split(r"[;,\n]", text)
        for part in parts:
            tag = " ".join(part.split())
            if tag.startswith("* ") or fold(tag) in _SYSTEM_TAGS:
                # Google's own groups are no one's tags, but they are what the file says.
                self._keep(index, tag)
            elif tag and len(tag) <= 100:
                self._add("tags", tag)
            elif tag:
                self._keep(index, tag)

    def _address(self, column: Column, text: str) -> None:
        places = self.addresses.setdefault(column.group, [])
        label, preferred = self._label(column, 0)
        self.address_labels[column.group] = f"{'*' if preferred else ''}{label}"
        for order, part in enumerate(text.split(_SEVERAL)):
            if order >= len(places):
                places.append({})
            name = _PARTS.get(column.target, "formatted")
            place = places[order]
            part = part.strip() if name in ("street", "formatted") else _line(part)
            if part:
                place[name] = f"{place[name]}\n{part}" if name in place else part

    def _keep(self, index: int, text: str) -> None:
        header = self._headers[index] if index < len(self._headers) else f"Column {index + 1}"
        name = _SLUG.sub("-", fold(header).upper()).strip("-")[:60] or f"COLUMN-{index + 1}"
        value = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        self.extras.append(VCardProperty(f"X-{name}", value, (("X-COLUMN", (header,)),)))

    def _birthday(self) -> None:
        parts = {name: text for name, (_, text) in self.birth.items()}
        numbers = {
            name: int(text) for name, text in parts.items() if text.isascii() and text.isdigit() and len(text) < 5
        }
        year, month, day = (numbers.get(name) or None for name in _BIRTH)
        value = PartialDate(DateKind.BIRTHDAY, year, month, day)
        whole = f"{year or 2000:04d}-{month or 1:02d}-{day or 1:02d}"
        if len(numbers) == len(parts) and (month or year) and dates.parse(whole, value.kind, None) is not None:
            self._add("dates", value)
        else:
            for index, text in self.birth.values():
                self._keep(index, text)

    def details(self) -> ContactDetails:
        if self.birth:
            self._birthday()
        values = dict(self.values)
        if self.phonetic:
            values["phonetic"] = " ".join(text for _, text in sorted(self.phonetic))
        values.update({name: tuple(found) for name, found in self.lists.items()})
        addresses = [
            address
            for group, places in self.addresses.items()
            for place in places
            if (address := _address(place, self.address_labels.get(group, ""))) is not None
        ]
        if addresses:
            values["addresses"] = tuple(addresses)
        if self.extras:
            values["extras"] = tuple(self.extras)
        found = ContactDetails(**values)
        if found.name and replace(found, name="").shown_name == found.name:
            found = replace(found, name="")
        return found


def _address(parts: dict[str, str], label: str) -> Address | None:
    parts = dict(parts)
    formatted = parts.pop("formatted", "")
    if not parts and formatted:
        # All that is known is how it is written on a letter.
        parts["street"] = formatted
    if not parts:
        return None
    return Address(**parts, label=label.lstrip("*"), preferred=label.startswith("*"))


def contact_from(
    cells: list[str], text: str, position: int, mapping: ColumnMapping, headers: tuple[str, ...]
) -> ParsedContact | FailedItem:
    """The contact of a row, or a `SkippedItem` where the row names nobody."""
    building = _Building(mapping, headers)
    building.read(cells)
    details = building.details()
    if not details.shown_name and not details.links:
        return SkippedItem(position, "the row names nobody: no name, organisation, email address or phone number", text)
    return ParsedContact(details, position=position, source_text=text, doubts=building.doubts)


def _several(target: Target, text: str) -> list[str]:
    """The values of a cell: as Google parts them, or addresses and numbers set in a row."""
    parts = text.split(_SEVERAL)
    if len(parts) == 1 and target in _LISTED and len(text) <= 2_000 and len(found := _BETWEEN.split(text)) > 1:
        whole = _EMAIL if target is Target.EMAIL else _WHOLE_NUMBER
        if all(whole.fullmatch(one.strip()) for one in found if one.strip()):
            return found
    return parts


def _cleaned(cell: str) -> str:
    """A cell's text: never a formula, whatever it begins with. The mark that guards it on export is taken off."""
    if _GUARDED.match(cell):
        cell = cell[1:]
    return _UNSHOWABLE.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _is_zone(text: str) -> bool:
    from planner.contacts.checking import is_zone

    return is_zone(text)
