"""Writes contacts as vCard 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Literal

from planner.contacts.records import Contact, ContactDetails, DateKind, Link, PartialDate, Photo, VCardProperty
from planner.contacts.vcard import private as private_properties
from planner.contacts.vcard.conversion import for_version
from planner.contacts.vcard.labels import to_apple, types_for
from planner.contacts.vcard.lines import Params, parameter_text
from planner.contacts.vcard.originals import Originals, free_groups
from planner.contacts.vcard.values import escape, format_date
from planner.contacts.vcard.ways import MESSENGER_SCHEMES

Version = Literal["3.0", "4.0"]

_NOT_NAME = re.compile(r"[^A-Za-z0-9\-]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]{1,30}):\S")


def write_vcard(
    details: ContactDetails,
    uid: str = "",
    version: Version = "3.0",
    *,
    photo: Photo | None = None,
    rev: datetime | None = None,
    private: bool = False,
) -> str:
    """One contact as a card with CRLF line ends, to be encoded in UTF-8.

    Properties read from other programs are written back. `rev` is the moment of the last change. Roles, tie, rhythm,
    boundaries, research and what to remember are written only with `private`.
    """
    card = _Card(details, version)
    card.identity(uid, rev)
    card.names()
    card.ways()
    card.about()
    card.picture(photo)
    if private:
        for name, value in private_properties.content_lines(details):
            card.line(name, value)
    card.others(with_rev=rev is None, with_uid=True)
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *card.lines, "END:VCARD", ""))


def write_vcards(
    contacts: Iterable[Contact],
    stream: BinaryIO,
    version: Version = "3.0",
    *,
    photo_of: Callable[[str], Photo | None] | None = None,
    private: bool = False,
) -> int:
    """Writes contacts to a stream one by one and returns their number. `photo_of` finds a picture by its hash."""
    count = 0
    for contact in contacts:
        details = contact.details
        photo = photo_of(details.photo) if photo_of is not None and details.photo else None
        card = write_vcard(details, contact.uid, version, photo=photo, rev=contact.updated_at, private=private)
        stream.write(card.encode("utf-8", "replace"))
        count += 1
    return count


def fold(line: str) -> str:
    """A line in pieces of at most 75 octets, never parting a character (RFC 6350 section 3.2)."""
    if len(line) <= 75 and (line.isascii() or len(line.encode()) <= 75):
        return line
    if line.isascii():
        return "\r\n ".join((line[:75], *(line[start : start + 74] for start in range(75, len(line), 74))))
    data = line.encode("utf-8", "replace")
    pieces: list[str] = []
    start, room = 0, 75
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end].decode())
        start, room = end, 74
    return "\r\n ".join(pieces)


class _Card:
    """The lines of one card while they are written."""

    def __init__(self, details: ContactDetails, version: Version) -> None:
        self.lines: list[str] = []
        self._details = details
        self._version: Version = version
        self._originals = Originals(details.extras)
        self._groups: Iterator[str] = free_groups(item.group for item in details.extras if item.group)

    def line(self, name: str, value: str, params: Params = (), group: str = "") -> None:
        """One property; `value` is escaped already."""
        head = "".join((f"{group}.{name}" if group else name, *(f";{parameter_text(*param)}" for param in params)))
        self.lines.append(fold(f"{head}:{value}"))

    def kept(self, item: VCardProperty) -> None:
        """A property as it was read, in the form this version wants."""
        item = for_version(item, self._version)
        value = item.value
        if "\n" in value or "\r" in value:
            value = value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
        params = tuple((_NOT_NAME.sub("-", name) or "X", values) for name, values in item.params)
        self.line(_NOT_NAME.sub("-", item.name) or "X", value, params, _NOT_NAME.sub("-", item.group))

    def _original(self, field: str, value: object) -> bool:
        """Writes what was read for a value, if it is still what it was."""
        found = self._originals.take(field, value)
        for item in found:
            self.kept(item)
        return bool(found)

    # --- the parts of a card ----------------------------------------------------------------------------------------

    def identity(self, uid: str, rev: datetime | None) -> None:
        if uid:
            self.line("UID", escape(uid))
        if rev is not None:
            moment = rev.astimezone(UTC) if rev.tzinfo is not None else rev.replace(tzinfo=UTC)
            self.line("REV", moment.strftime("%Y-%m-%dT%H:%M:%SZ" if self._version == "3.0" else "%Y%m%dT%H%M%SZ"))

    def names(self) -> None:
        details = self._details
        shown = details.name or details.shown_name
        if not self._original("name", shown):
            self.line("FN", escape(shown))
        parts = (details.family, details.given, details.additional, details.prefix, details.suffix)
        if not self._original("structured", parts) and (any(parts) or self._version == "3.0"):
            self.line("N", ";".join(map(escape, parts)))
        if details.nickname and not self._original("nickname", details.nickname):
            names = details.nickname.split(", ")
            listed = all(names) and all(name == name.strip() for name in names)
            self.line("NICKNAME", ",".join(map(escape, names)) if listed else escape(details.nickname))
        if details.phonetic and not self._original("phonetic", details.phonetic):
            self.line("X-PHONETIC-FIRST-NAME", escape(details.phonetic))
        self._text("pronouns", "PRONOUNS" if self._version == "4.0" else "X-PRONOUNS")
        organisation = (details.organisation, details.department)
        if any(organisation) and not self._original("organisation", organisation):
            self.line("ORG", ";".join(map(escape, organisation if details.department else organisation[:1])))
        self._text("title", "TITLE")
        self._text("field", "EXPERTISE" if self._version == "4.0" else "X-EXPERTISE")

    def _text(self, field: str, name: str, params: Params = ()) -> None:
        value = getattr(self._details, field)
        if value and not self._original(field, value):
            self.line(name, escape(value), params)

    def ways(self) -> None:
        """How to reach the person."""
        details = self._details
        for email in details.emails:
            if not self._original("emails", email):
                self._labelled("emails", "EMAIL", escape(email.address), email.label, preferred=email.preferred)
        for phone in details.phones:
            if not self._original("phones", phone):
                self._labelled("phones", "TEL", escape(phone.number), phone.label, preferred=phone.preferred)
        for address in details.addresses:
            if not self._original("addresses", address):
                parts = (
                    address.po_box, address.extended, address.street, address.city,
                    address.region, address.postcode, address.country,
                )  # fmt: skip
                value = ";".join(map(escape, parts))
                self._labelled("addresses", "ADR", value, address.label, preferred=address.preferred)
        for link in details.links:
            if not self._original("links", link):
                self._link(link)

    def _link(self, link: Link) -> None:
        # A URI is written as it is (RFC 6350 section 4.2); only a backslash would be read as the start of an escape.
        value = link.url.replace("\\", "\\\\")
        scheme = _SCHEME.match(link.url)
        if scheme is not None and scheme[1] == link.label and link.label in MESSENGER_SCHEMES:
            self.line("IMPP", value)
        else:
            self._labelled("links", "URL", value, link.label)

    def _labelled(self, field: str, name: str, value: str, label: str, *, preferred: bool = False) -> None:
        """A property with its label: as types where vCard has them, else in Apple's form, which most programs read."""
        known = types_for(field, label)
        types = list(known or ())
        params: list[tuple[str, tuple[str, ...]]] = []
        if self._version == "4.0":
            types = [word.lower() for word in types if word != "INTERNET"]
            if preferred:
                params.append(("PREF", ("1",)))
        elif preferred:
            types.append("PREF")
        if types:
            params.insert(0, ("TYPE", tuple(types)))
        group = next(self._groups) if known is None else ""
        self.line(name, value, tuple(params), group)
        if group:
            self.line("X-ABLabel", escape(to_apple(label)), group=group)

    def about(self) -> None:
        first: set[DateKind] = set()
        for value in self._details.dates:
            if not self._original("dates", value):
                self._date(value, is_first=value.kind not in first)
                first.add(value.kind)
        self._tags()
        zone_params: Params = (("VALUE", ("text",)),) if self._version == "3.0" else ()
        self._text("time_zone", "TZ", zone_params)
        self._text("notes", "NOTE")

    def _date(self, value: PartialDate, *, is_first: bool) -> None:
        written, apple = format_date(value, self._version)
        if not written:
            return
        params: list[tuple[str, tuple[str, ...]]] = [("X-APPLE-OMIT-YEAR", (written[:4],))] if apple else []
        name, label = "X-ABDATE", value.label
        if is_first and value.kind is DateKind.BIRTHDAY:
            name = "BDAY"
        elif is_first and value.kind is DateKind.ANNIVERSARY and self._version == "4.0":
            name = "ANNIVERSARY"
        elif value.kind is not DateKind.OTHER:
            if label:
                params.append(("TYPE", (value.kind.value.replace(" ", "-"),)))
            label = label or value.kind.value
        group = next(self._groups) if label else ""
        self.line(name, written, tuple(params), group)
        if group:
            self.line("X-ABLabel", escape(to_apple(label)), group=group)

    def _tags(self) -> None:
        wanted = set(self._details.tags)
        done: set[str] = set()
        for value, _ in self._originals.remaining("tags"):
            if isinstance(value, tuple) and wanted.issuperset(value):
                self._original("tags", value)
                done.update(value)
        if rest := [tag for tag in self._details.tags if tag not in done]:
            self.line("CATEGORIES", ",".join(map(escape, rest)))

    def picture(self, photo: Photo | None) -> None:
        if photo is None:
            return
        kept = self._originals.photo
        params = [param for param in (kept.params if kept is not None else ()) if param[0].startswith("X-")]
        data = b64encode(photo.data).decode("ascii")
        if self._version == "4.0":
            self.line("PHOTO", f"data:{photo.media_type};base64,{data}", tuple(params))
            return
        params.append(("ENCODING", ("b",)))
        kind, _, subtype = photo.media_type.partition("/")
        if kind == "image" and subtype:
            params.append(("TYPE", (subtype.upper(),)))
        self.line("PHOTO", data, tuple(params))

    def others(self, *, with_rev: bool, with_uid: bool) -> None:
        for item in self._originals.others:
            if (item.name == "REV" and not with_rev) or (item.name == "UID" and not with_uid):
                continue
            self.kept(item)
