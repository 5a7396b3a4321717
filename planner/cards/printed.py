"""What a reading says beyond the fields of a card's form: for whoever reads a file without keeping anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cards.contact_fields import details_of
from planner.cards.records import FieldKind, ReadField, Reading
from planner.contacts.partial_dates import iso
from planner.contacts.records import Address, ContactDetails, DateKind
from planner.contacts.vcard import other_properties
from planner.contacts.vcard.values import unescape

_LINES = ("nickname", "phonetic", "pronouns", "field", "time_zone")
_NAME = ("prefix", "given", "additional", "family", "suffix")
_ADDRESS = ("po_box", "extended", "street", "city", "region", "postcode", "country")
# Properties that are kept under "other" only where their value is none that their field can hold.
_UNREAD = {"EMAIL": "email address", "BDAY": "date", "PHOTO": "picture", "URL": "link"}


@dataclass(frozen=True, slots=True)
class Beyond:
    """A value that stands in a file and on no card's form. `doubt` says why it may not be what its name says."""

    kind: str
    value: str
    label: str = ""
    doubt: str = ""

    @property
    def sure(self) -> bool:
        """Whether it may be shown as certain."""
        return not self.doubt

    @property
    def confidence(self) -> float:
        """As of the fields of a form."""
        return 1.0 if self.sure else 0.6


def parts_of(reading: Reading, field: ReadField) -> dict[str, str]:
    """The parts of a name or an address, those that say something; empty for every other field."""
    if field.kind not in (FieldKind.NAME, FieldKind.ADDRESS):
        return {}
    details = details_of(reading, (field,), notes=False)
    whole: ContactDetails | Address = details
    if field.kind is FieldKind.ADDRESS:
        whole = details.addresses[0]
    names = _NAME if field.kind is FieldKind.NAME else _ADDRESS
    return {name: text for name in names if (text := getattr(whole, name))}


def beyond_form(reading: Reading) -> Iterator[Beyond]:
    """What a file says of someone and the form of a card has no place for.

    A date is written as RFC 6350 does, with hyphens ("1980-03-22", "--04-12", "1985"). Properties without a field
    of their own are called "other", their name being the label.
    """
    details = reading.base
    if details is None:
        return
    for name in _LINES:
        if text := getattr(details, name):
            yield Beyond(name, text)
    if details.notes:
        yield Beyond("note", details.notes)
    for value in details.dates:
        yield Beyond("date" if value.kind is DateKind.OTHER else value.kind.value, iso(value), value.label)
    for tag in details.tags:
        yield Beyond("tag", tag)
    if reading.photo is not None:
        yield Beyond("photo", f"{reading.photo.media_type}, {len(reading.photo.data)} bytes")
    if reading.uid:
        yield Beyond("uid", reading.uid)
    for item in other_properties(details):
        meant = _UNREAD.get(item.name)
        linked = item.name == "PHOTO" and "://" in item.value
        doubt = f"it is not the form of a {meant}" if meant and not linked else ""
        yield Beyond("other", unescape(item.value), item.name, doubt)
