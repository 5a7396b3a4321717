"""Everything a file says of someone is printed, whether a card's form has a place for it or not."""

from __future__ import annotations

import pytest

from planner.cards.contact_fields import from_contact
from planner.cards.printed import beyond_form, parts_of
from planner.cards.records import FieldKind, Reading, ReadingKind
from planner.contacts.records import ParsedContact
from planner.contacts.vcard import read_vcards

CARD = """BEGIN:VCARD
VERSION:3.0
N:Vale;Ingrid;Maria;Dr.;MBA
FN:Dr. Ingrid Maria Vale MBA
NICKNAME:Inga
X-PHONETIC-FIRST-NAME:Ingrit
ADR;TYPE=WORK:;Floor 2;Storgata 5;Bergen;Vestland;5003;Norway
EMAIL:ask at the desk
BDAY:--0412
item1.X-ABDATE:2012-07-02
item1.X-ABLabel:First met
CATEGORIES:energy,grid
UID:vale-1
NOTE:one\\, two\\nthree
X-SPOUSE:Per\\, of course
END:VCARD
"""


@pytest.fixture
def reading() -> Reading:
    """What the card above reads as."""
    (parsed,) = read_vcards(CARD.encode())
    assert isinstance(parsed, ParsedContact)
    return from_contact(parsed, "vale.vcf", ReadingKind.VCARD)


def test_each_value_is_there_under_its_name(reading: Reading) -> None:
    assert [(one.kind, one.value, one.label, one.sure) for one in beyond_form(reading)] == [
        ("nickname", "Inga", "", True),
        ("phonetic", "Ingrit", "", True),
        ("note", "one, two\nthree", "", True),
        ("birthday", "--04-12", "", True),
        ("date", "2012-07-02", "First met", True),
        ("tag", "energy", "", True),
        ("tag", "grid", "", True),
        ("uid", "vale-1", "", True),
        ("other", "ask at the desk", "EMAIL", False),
        ("other", "Per, of course", "X-SPOUSE", True),
    ]


def test_names_and_addresses_have_parts(reading: Reading) -> None:
    parts = {field.kind: parts_of(reading, field) for field in reading.fields}
    assert parts[FieldKind.NAME] == {
        "prefix": "Dr.", "given": "Ingrid", "additional": "Maria", "family": "Vale", "suffix": "MBA",
    }  # fmt: skip
    assert parts[FieldKind.ADDRESS] == {
        "extended": "Floor 2", "street": "Storgata 5", "city": "Bergen", "region": "Vestland", "postcode": "5003",
        "country": "Norway",
    }  # fmt: skip


def test_a_card_that_is_no_file_has_nothing_beyond() -> None:
    assert list(beyond_form(Reading("photo.jpg", ReadingKind.PHOTO))) == []
