"""Rules from lines to fields, on typed lines: what is found, and what is only shown as doubtful."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cards.fields import understood
from planner.cards.records import Box, FieldKind, Line, ReadField
from planner.cards.signature import read


def fields_of(text: str, region: str = "") -> dict[FieldKind, list[ReadField]]:
    found: dict[FieldKind, list[ReadField]] = {}
    for field in understood([Line(line) for line in text.splitlines()], region).fields:
        found.setdefault(field.kind, []).append(field)
    return found


def values(text: str, kind: FieldKind, region: str = "") -> list[str]:
    return [field.value for field in fields_of(text, region).get(kind, [])]


BRIEF = (
    "Norrvolt AB\nIngrid Vale\nChief Technology Officer\n+46 40 123 456\ningrid.vale@norrvolt.example\n"
    "Stora Varvsgatan 6\n211 19 Malmö"
)
GERMAN = (
    "Dr.-Ing. Jürgen Weißenborn\nLeiter Entwicklung\nAbteilung Antriebe\nTarnwerk GmbH & Co. KG\nLindenallee 45\n"
    "D-10117 Berlin\nTelefon: 030 / 901 820-14\nMobil: 0171 2345678\njuergen.weissenborn@tarnwerk.example\n"
    "www.tarnwerk.example\nHRB 123456 B\nUSt-IdNr. DE123456789"
)
AMERICAN = (
    "SAVANNAH WHITAKER, PhD\nVice President, Operations | Quillstone Inc.\n4120 Elm Street, Suite 300\n"
    "Portland, OR 97204\nT (503) 555-0142  M 503.555.0187\nsavannah@quillstone.example | linkedin.com/in/swhitaker"
)
CARDS = [
    (
        BRIEF,
        {
            FieldKind.NAME: ["Ingrid Vale"],
            FieldKind.TITLE: ["Chief Technology Officer"],
            FieldKind.ORGANISATION: ["Norrvolt AB"],
            FieldKind.EMAIL: ["ingrid.vale@norrvolt.example"],
            FieldKind.PHONE: ["+46 40 123 456"],
            FieldKind.ADDRESS: ["Stora Varvsgatan 6, 211 19 Malmö"],
        },
    ),
    (
        GERMAN,
        {
            FieldKind.NAME: ["Dr.-Ing. Jürgen Weißenborn"],
            FieldKind.TITLE: ["Leiter Entwicklung"],
            FieldKind.DEPARTMENT: ["Abteilung Antriebe"],
            FieldKind.ORGANISATION: ["Tarnwerk GmbH & Co. KG"],
            FieldKind.EMAIL: ["juergen.weissenborn@tarnwerk.example"],
            FieldKind.PHONE: ["030 / 901 820-14", "0171 2345678"],
            FieldKind.LINK: ["www.tarnwerk.example"],
            FieldKind.ADDRESS: ["Lindenallee 45, D-10117 Berlin"],
        },
    ),
    (
        AMERICAN,
        {
            FieldKind.NAME: ["Savannah Whitaker, PhD"],
            FieldKind.TITLE: ["Vice President, Operations"],
            FieldKind.ORGANISATION: ["Quillstone Inc."],
            FieldKind.EMAIL: ["savannah@quillstone.example"],
            FieldKind.PHONE: ["(503) 555-0142", "503.555.0187"],
            FieldKind.LINK: ["linkedin.com/in/swhitaker"],
            FieldKind.ADDRESS: ["4120 Elm Street, Suite 300, Portland, OR 97204"],
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), CARDS)
def test_whole_cards(text: str, expected: dict[FieldKind, list[str]]) -> None:
    found = fields_of(text)
    assert {kind: [field.value for field in fields] for kind, fields in found.items()} == expected
    for kind in (FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION):
        assert all(field.sure for field in found[kind]), found[kind]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("jane.doe@brightwater.example", "jane.doe@brightwater.example"),
        ("E-Mail: jane.doe@brightwater.example", "jane.doe@brightwater.example"),
        ("jane.doe @ brightwater.example", "jane.doe@brightwater.example"),
        ("jane.doe@ brightwater. example", "jane.doe@brightwater.example"),
        ("jane,doe@brightwater,example", "jane.doe@brightwater.example"),
        ("jane.doe(at)brightwater.example", "jane.doe@brightwater.example"),
        ("jane.doe©brightwater.example", "jane.doe@brightwater.example"),
        ("jane.doe@brightwater.c0m", "jane.doe@brightwater.com"),
        ("jane.doe@brightwater.corn", "jane.doe@brightwater.com"),
    ],
)
def test_emails_are_found_however_they_were_read(line: str, expected: str) -> None:
    assert values(line, FieldKind.EMAIL) == [expected]


WHO = [
    ("Sarah Connor | Freelance Illustrator\nhello@sarahconnor.example", "Sarah Connor", "Freelance Illustrator", ""),
    ("CLAIRE WU\nUX Designer\nhi@clairewu.example\nSan Francisco, CA", "Claire Wu", "UX Designer", ""),
    ("Bäckerei Sonnenschein\nInh. Petra Vogt\nMarktplatz 7\n97070 Würzburg", "Petra Vogt", "", "Bäckerei Sonnenschein"),
    (
        "Kanzlei Müller & Partner mbB\nDr. Stefan Müller\nRechtsanwalt\nmueller@mueller-partner.example",
        "Dr. Stefan Müller",
        "Rechtsanwalt",
        "Kanzlei Müller & Partner mbB",
    ),
    (
        "Priya Sharma\nVice President – Engineering\nInfoTech Solutions Pvt. Ltd.\npriya.sharma@infotech.example",
        "Priya Sharma",
        "Vice President – Engineering",
        "InfoTech Solutions Pvt. Ltd.",
    ),
    ("Bob's Drains LLC\nBob Johnson\nOwner / Plumber", "Bob Johnson", "Owner / Plumber", "Bob's Drains LLC"),
    ("山田 太郎\n代表取締役社長\n株式会社サンプル", "山田 太郎", "代表取締役社長", "株式会社サンプル"),
    ("Ingrid Vale, CTO\nNorrvolt AB", "Ingrid Vale", "CTO", "Norrvolt AB"),
    ("Lars Andersen\nSeniorrådgiver\nNordlys AS\nl@nordlys.example", "Lars Andersen", "Seniorrådgiver", "Nordlys AS"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "title", "organisation"), WHO)
def test_who_does_what_where(text: str, name: str, title: str, organisation: str) -> None:
    found = fields_of(text)
    first = {kind: fields[0].value for kind, fields in found.items()}
    assert first.get(FieldKind.NAME) == name
    assert first.get(FieldKind.TITLE, "") == title
    assert first.get(FieldKind.ORGANISATION, "") == organisation
    assert all(field.sure for field in found.get(FieldKind.EMAIL, ()))


MISREAD = [
    ("Ingrid Vale\nNorrvolt AB\ningrid.vale@norrvo1t.example", FieldKind.EMAIL, "ingrid.vale@norrvolt.example"),
    ("Ingrid Vale\nNorrvolt AB\ningrid.va1e@norrvolt.example", FieldKind.EMAIL, "ingrid.vale@norrvolt.example"),
    ("Tom Turner\nFennimore Ltd\ntom.tumer@fennimore.example", FieldKind.EMAIL, "tom.turner@fennimore.example"),
    ("Ingrid Vale\nNorrvolt AB\nEingrid.vale@norrvolt.example", FieldKind.EMAIL, "ingrid.vale@norrvolt.example"),
    ("Ingrid Vale\nNorrvolt AB\ningrid.vale@norvolt.example", FieldKind.EMAIL, "ingrid.vale@norvolt.example"),
    ("Ingrid Vale\ni.vale@norrvolt.example\nwww.norrvo1t.example", FieldKind.LINK, "www.norrvolt.example"),
    ("Ingrid Vale\ningrid.vale@norrvolt.c0m", FieldKind.EMAIL, "ingrid.vale@norrvolt.com"),
    ("Ingrid Vale\ningrid.vale@norrvolt", FieldKind.EMAIL, "ingrid.vale@norrvolt"),
    ("Ingrid Vale\nTel +46 40 12", FieldKind.PHONE, "+46 40 12"),
    ("Ingrid Vale\nTel +46 4O 123 456", FieldKind.PHONE, "+46 40 123 456"),
]


@pytest.mark.parametrize(("text", "kind", "shown"), MISREAD)
def test_what_may_be_misread_is_never_shown_as_certain(text: str, kind: FieldKind, shown: str) -> None:
    (field,) = [field for field in fields_of(text)[kind] if field.label != "social"]
    assert not field.sure
    assert field.doubt
    if kind is not FieldKind.LINK:
        assert field.value == shown


def test_two_looks_that_differ_are_a_doubt() -> None:
    box = Box.upright(0, 0, 300, 20)
    lines = [Line("ingrid.vale@norrvolt.example", box, 0.99, "ingrid.va1e@norrvolt.example")]
    (email,) = understood(lines).fields[-1:]
    assert email.kind is FieldKind.EMAIL
    assert email.doubt == "two looks at it differ"
    same = understood([replace(lines[0], again="ingrid.vale@norrvolt.example")])
    assert next(field for field in same.fields if field.kind is FieldKind.EMAIL).sure


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Mobil +49 151 23456789", ["mobile"]),
        ("M +49 151 23456789  T +49 89 123456-0", ["mobile", "work"]),
        ("Tel./Fax 089 123456", ["work"]),
        ("Fax: +49 89 123456-9", ["fax"]),
        ("Privat 089 123456", ["home"]),
        ("+49 151 23456789", ["mobile"]),
        ("+49 89 123456-0", ["work"]),
        ("030 / 123 456 78 / 0171 234 56 78", ["work", "mobile"]),
    ],
)
def test_kinds_of_numbers(line: str, kinds: list[str]) -> None:
    assert [field.label for field in fields_of(line, "DE")[FieldKind.PHONE]] == kinds


OTHER_NUMBERS = ("HRB 12345678", "USt-IdNr. 123456789", "IBAN DE02 1203 0000 0000 2020 51", "10.30 - 12.45",
                 "1998 - 2024", "192.168.100.200", "DRE# 01234567", "Plot No. 1234567",
                 "〒100-0005 東京都")  # fmt: skip


@pytest.mark.parametrize("line", OTHER_NUMBERS)
def test_other_numbers_are_no_phones(line: str) -> None:
    assert FieldKind.PHONE not in fields_of(line)


@pytest.mark.parametrize(
    ("line", "value", "label"),
    [
        ("www.norrvolt.example", "www.norrvolt.example", "website"),
        ("https://norrvolt.example/team", "https://norrvolt.example/team", "website"),
        ("linkedin.com/in/ingrid-vale", "linkedin.com/in/ingrid-vale", "linkedin"),
        ("LinkedIn: in/ingrid-vale", "linkedin.com/in/ingrid-vale", "linkedin"),
        ("Twitter: @ingridvale", "@ingridvale", "twitter"),
        ("@ingrid@fosstodon.example", "@ingrid@fosstodon.example", "mastodon"),
        ("github.com/ingridvale", "github.com/ingridvale", "github"),
    ],
)
def test_links_and_handles(line: str, value: str, label: str) -> None:
    (link,) = fields_of(line)[FieldKind.LINK]
    assert (link.value, link.label) == (value, label)


@pytest.mark.parametrize(
    "block",
    [
        "14 Harbour Street\nBristol BS1 4QD",
        "Hauptstraße 12\n80331 München",
        "18 rue de la République\n69002 Lyon\nFrance",
        "Calle Mayor 15\n28013 Madrid",
        "Keizersgracht 112\n1015 CV Amsterdam",
        "1600 Juniper Blvd\nAustin, TX 78701",
        "Kungsgatan 44\n111 35 Stockholm\nSverige",
        "ul. Długa 5\n00-950 Warszawa",
        "Postfach 10 20 30\n20095 Hamburg",
    ],
)
def test_addresses(block: str) -> None:
    text = f"Ingrid Vale\nNorrvolt AB\n{block}\ningrid.vale@norrvolt.example"
    assert values(text, FieldKind.ADDRESS) == [block.replace("\n", ", ")]


def test_no_line_is_lost() -> None:
    text = "Ingrid Vale\nPower that stays.\nNorrvolt AB\nOpen Mondays\ningrid.vale@norrvolt.example\n★ 42 ★"
    found = understood([Line(line) for line in text.splitlines()])
    said = " ".join([*(field.value for field in found.fields), *(note.text for note in found.notes)])
    for word in ("Power that stays.", "Open Mondays", "42", "Ingrid Vale", "Norrvolt AB"):
        assert word in said


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_lines_can_be_read_and_keep_their_digits(lines: list[str]) -> None:
    found = understood([Line(line) for line in lines])
    assert all(0 <= field.confidence <= 1 for field in found.fields)
    assert all(field.value for field in found.fields)


LETTER = (
    "Dear Tom,\nthe deck is attached.\n\nMit freundlichen Grüßen\n\nUlrike Brückner\nGeschäftsführerin\n\n"
    "Blauwald AG | Seestrasse 104 | CH-6003 Luzern\nT +41 41 123 45 67 | ulrike.brueckner@blauwald.example\n\n"
    "This message may contain confidential information."
)
HOSTILE = (
    "a_aa_a",
    "a.",
    "a@",
    "@a.",
    "1 ",
    "1-",
    "(1",
    "A. ",
    "Aa ",
    "a at ",
    "www.",
    "in/a",
    "12345 ",
    "straße 1 ",
    "x",
)


@pytest.mark.parametrize("part", HOSTILE)
def test_no_line_takes_long(part: str) -> None:
    started = time.perf_counter()
    understood([Line((part * 400)[:length]) for length in (40, 199, 400)])
    assert time.perf_counter() - started < 2


SIGNATURES = [
    (
        LETTER,
        "Ulrike Brückner",
        "Geschäftsführerin",
        "Blauwald AG",
    ),
    (
        "--\nCallum Marlowe\nHead of Partnerships, Halcyon Grid Ltd\nm: +44 7700 900123\ncallum@halcyongrid.example",
        "Callum Marlowe",
        "Head of Partnerships",
        "Halcyon Grid Ltd",
    ),
]


@pytest.mark.parametrize(("text", "name", "title", "organisation"), SIGNATURES)
def test_signatures(text: str, name: str, title: str, organisation: str) -> None:
    found = read(text)
    first = {field.kind: field.value for field in reversed(found.fields)}
    assert first[FieldKind.NAME] == name
    assert first[FieldKind.TITLE] == title
    assert first[FieldKind.ORGANISATION] == organisation
    assert FieldKind.EMAIL in first
    assert FieldKind.PHONE in first


def test_of_a_letter_only_the_signature_is_read_and_the_rest_is_a_note() -> None:
    found = read(SIGNATURES[0][0])
    notes = [note.text for note in found.notes]
    assert "the deck is attached." in notes
    assert "This message may contain confidential information." in notes


def test_a_first_name_that_is_written_as_a_legal_form() -> None:
    assert values("Björkdal Konsult AB\nÅsa Lindqvist\nVD\nasa.lindqvist@bjorkdal.se", FieldKind.NAME) == [
        "Åsa Lindqvist"
    ]
