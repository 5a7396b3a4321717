"""Codes: exactly what was encoded, and what it says."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from planner.cards import codes
from planner.cards.code_contents import understood
from planner.cards.contact_fields import details_of
from planner.cards.profiles import address, network_of
from planner.cards.records import FieldKind
from planner.contacts.records import Address
from tests.fixtures.cards import coded
from tests.planner.cards.conftest import code_picture

TEXTS = (
    "MECARD:N:Vale,Ingrid;TEL:+4640123456;EMAIL:ingrid.vale@norrvolt.example;;",
    "BEGIN:VCARD\nVERSION:3.0\nFN:Jürgen Weißenborn\nN:Weißenborn;Jürgen;;;\nEND:VCARD",
    "https://www.linkedin.com/in/ingrid-vale",
    "ATT-2027-0042",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("turn", [0, 30, 90])
def test_codes_are_read_exactly(text: str, turn: int) -> None:
    picture = code_picture(text).rotate(turn, expand=True, fillcolor="white")
    (found,) = codes.scan(picture)
    assert found.text == text


@pytest.mark.parametrize("harm", ["small", "blurred", "inverted", "large"])
def test_codes_are_read_from_poor_pictures(harm: str) -> None:
    picture = code_picture(TEXTS[0], scale=8)
    if harm == "small":
        picture = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.LANCZOS)
    elif harm == "blurred":
        picture = picture.filter(ImageFilter.GaussianBlur(3))
    elif harm == "inverted":
        picture = picture.point(lambda value: 255 - value)
    else:
        table = Image.new("RGB", (4000, 3000), "grey")
        table.paste(picture, (2500, 1800))
        picture = table
    (found,) = codes.scan(picture)
    assert found.text == TEXTS[0]
    assert 0 <= found.box.left < picture.width


def test_several_codes_come_in_order() -> None:
    table = Image.new("RGB", (900, 900), "white")
    for at, text in enumerate(("one 1", "two 22", "three 333")):
        table.paste(code_picture(text), (100 * at, 300 * at))
    assert [code.text for code in codes.scan(table)] == ["one 1", "two 22", "three 333"]


MECARD = (
    r"MECARD:N:Vale,Ingrid;SOUND:Veil,Ingrid;TEL:+4640123456;TEL-AV:+4640999;EMAIL:i@n.example;EMAIL:v@n.example;"
    r"ORG:Norr\;volt;URL:https\://n.example;ADR:,,Stora Varvsgatan 6,Malmö,,21119,Sweden;BDAY:19800523;"
    r"NOTE:met\, twice;X:y;;"
)
BIZCARD = (
    "BIZCARD:N:Sean;X:Marlowe;T:Software Engineer;C:Norrvolt;A:76 9th Avenue, New York, NY 10011;B:+12125550142;"
    "E:sean@norrvolt.example;;"
)
CONTENTS = [
    (
        MECARD,
        {
            "given": "Ingrid",
            "family": "Vale",
            "organisation": "Norr;volt",
            "phonetic": "Veil Ingrid",
            "notes": "met, twice\n\nX: y",
        },
    ),
    (
        BIZCARD,
        {"given": "Sean", "family": "Marlowe", "title": "Software Engineer", "organisation": "Norrvolt"},
    ),
    ("MECARD:N:Norrvolt 411,;TEL:18665550177;;", {"name": "Norrvolt 411"}),
]


@pytest.mark.parametrize(("text", "expected"), CONTENTS)
def test_contact_codes(text: str, expected: dict[str, str]) -> None:
    details = details_of(understood(text, "card.png"))
    assert {name: getattr(details, name) for name in expected} == expected


def test_all_of_a_mecard() -> None:
    details = details_of(understood(CONTENTS[0][0], "card.png"))
    assert [(phone.number, phone.label) for phone in details.phones] == [("+4640123456", ""), ("+4640999", "video")]
    assert [email.address for email in details.emails] == ["i@n.example", "v@n.example"]
    assert details.links[0].url == "https://n.example"
    assert details.addresses == (
        Address(street="Stora Varvsgatan 6", city="Malmö", postcode="21119", country="Sweden"),
    )
    assert details.dates[0].year == 1980


@pytest.mark.parametrize(
    ("text", "kind", "value", "label"),
    [
        ("https://linkedin.com/in/ivale", FieldKind.LINK, "https://linkedin.com/in/ivale", "linkedin"),
        ("http://norrvolt.example", FieldKind.LINK, "http://norrvolt.example", "website"),
        ("www.norrvolt.example/team", FieldKind.LINK, "www.norrvolt.example/team", "website"),
        ("MEBKM:TITLE:Norrvolt;URL:http\\://norrvolt.example;;", FieldKind.LINK, "http://norrvolt.example", "website"),
        ("mailto:ingrid@norrvolt.example?subject=Hi", FieldKind.EMAIL, "ingrid@norrvolt.example", ""),
        ("MATMSG:TO:ingrid@norrvolt.example;SUB:Hi;BODY:there;;", FieldKind.EMAIL, "ingrid@norrvolt.example", ""),
        ("tel:+46-40-123456", FieldKind.PHONE, "+46-40-123456", ""),
        ("SMSTO:+4640123456:hello", FieldKind.PHONE, "+4640123456", "mobile"),
    ],
)  # fmt: skip
def test_single_things(text: str, kind: FieldKind, value: str, label: str) -> None:
    reading = understood(text, "card.png")
    (field,) = reading.fields
    assert (field.kind, field.value, field.label) == (kind, value, label)
    assert field.sure
    assert reading.codes == (text,)


def test_an_opaque_id_is_kept_as_read() -> None:
    reading = understood("ATT-2027-0042", "badge.png")
    assert reading.fields == ()
    assert [note.text for note in reading.notes] == ["ATT-2027-0042"]
    assert details_of(reading).notes == "ATT-2027-0042"


def test_a_vcard_in_a_code_keeps_all_it_says() -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nN:Vale;Ingrid;;;\nFN:Ingrid Vale\nX-SHOE-SIZE:39\nBDAY:1980-05-23\nEND:VCARD"
    details = details_of(understood(text, "card.png"))
    assert details.extras[-1].name == "X-SHOE-SIZE"
    assert details.dates[0].year == 1980


@given(st.text(max_size=80).map(lambda text: f"MECARD:{text}") | st.text(max_size=200))
def test_any_text_of_a_code_is_understood_somehow(text: str) -> None:
    reading = understood(text, "card.png")
    assert reading.codes == (text,)
    details_of(reading)


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://de.linkedin.com/in/x-y", "linkedin"),
        ("https://linkedin.com", ""),
        ("https://x.com/someone", "twitter"),
        ("https://notlinkedin.com/in/x", ""),
        ("https://hachyderm.io/@me", "mastodon"),
        ("https://norrvolt.example/in/x", ""),
    ],
)
def test_networks(url: str, network: str) -> None:
    assert network_of(url) == network


@pytest.mark.parametrize(
    ("value", "network", "page"),
    [
        ("@ingrid", "twitter", "https://x.com/ingrid"),
        ("@ingrid@fosstodon.example", "mastodon", "https://fosstodon.example/@ingrid"),
        ("in/ingrid-vale", "linkedin", "https://www.linkedin.com/in/ingrid-vale"),
        ("www.norrvolt.example", "website", "www.norrvolt.example"),
        ("linkedin.com/in/ingrid", "linkedin", "linkedin.com/in/ingrid"),
    ],
)
def test_pages_of_handles(value: str, network: str, page: str) -> None:
    assert address(value, network) == page


def test_codes_caught_in_passing() -> None:
    """At least nine of ten are read, and none is read wrong."""
    read = 0
    for seed in range(20):
        picture, text = coded.taken(seed)
        found = [code.text for code in codes.scan(picture)]
        assert found in ([], [text])
        read += bool(found)
    assert read >= 18


@pytest.mark.parametrize("size", [(60, 40), (31, codes.BAND), (20, 2 * codes.BAND + 1), (8, 3 * codes.BAND - 1)])
def test_specks_go_band_by_band_as_at_once(size: tuple[int, int]) -> None:
    noise = Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1]))
    assert codes.without_specks(noise).tobytes() == noise.filter(ImageFilter.MedianFilter(3)).tobytes()


@pytest.mark.parametrize(
    ("text", "phones", "emails", "links"),
    [
        ("MECARD:N:Doe,John\r\nTEL:+123456\r\nEMAIL:j@doe.example;;", ["+123456"], ["j@doe.example"], []),
        ("mecard:\nn:Doe,John;\ntel:+123456;\n", ["+123456"], [], []),
        ("SMTP:j@doe.example:Hello:how are you", [], ["j@doe.example"], []),
        ("URL:http://doe.example", [], [], ["http://doe.example"]),
        ("URLTO:My page:https://doe.example/x", [], [], ["https://doe.example/x"]),
        ("doe.com/john", [], [], ["doe.com/john"]),
        ("A17.B/4", [], [], []),
        ("MEMORY:met\r\nNAME1:Doe\r\nTEL1:+123456\r\nMAIL1:j@doe.example\r\n", ["+123456"], ["j@doe.example"], []),
    ],
)
def test_codes_in_odd_spelling(text: str, phones: list[str], emails: list[str], links: list[str]) -> None:
    found = understood(text, "code.png")
    details = details_of(found)
    assert [phone.number for phone in details.phones] == phones
    assert [email.address for email in details.emails] == emails
    assert [link.url for link in details.links] == links
    assert found.codes == (text,)


@pytest.mark.parametrize("text", ["MECARD:;;", "WIFI:T:WPA;S:hall;P:secret;;", "bitcoin:1abc?amount=1", "0042"])
def test_what_has_no_field_is_a_note_as_read(text: str) -> None:
    found = understood(text, "code.png")
    assert not found.fields
    assert [note.text for note in found.notes] == [text]


@pytest.mark.parametrize("sign", ["\n", " \n", ";\n", "\r\n ", "TEL:\n", "MEMORY\n", "; ", "http:"])
def test_endless_codes_are_read_soon(sign: str) -> None:
    begun = time.process_time()
    for scheme in ("MECARD:N:A;", "MATMSG:", "MEMORY:a\n", "URLTO:", ""):
        understood((scheme + sign * 20_000)[:19_000] + "x", "code.png")
    assert time.process_time() - begun < 5
