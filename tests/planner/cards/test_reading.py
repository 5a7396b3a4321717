"""The front door: whatever comes in is read by what is in it, and nothing that is wrong with it gets out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cards import ocr
from planner.cards.contact_fields import details_of
from planner.cards.ocr import TextReader
from planner.cards.reading import CardReader
from planner.cards.records import Box, Failed, FieldKind, Line, Reading, ReadingKind
from planner.cards.regions import regions
from planner.errors import Cancelled
from tests.planner.cards.conftest import as_bytes, code_picture

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ingrid Vale\r\nN:Vale;Ingrid;;;\r\nEMAIL:ingrid@norrvolt.example\r\nEND:VCARD\r\n"
)
TABLE = "First Name,Last Name,E-mail Address,Company\r\nIngrid,Vale,ingrid@norrvolt.example,Norrvolt\r\n,,,\r\n"
MECARD = "MECARD:N:Vale,Ingrid;EMAIL:ingrid@norrvolt.example;;"
SIGNATURE = "Ingrid Vale\nCTO, Norrvolt AB\n+46 40 123 456\ningrid@norrvolt.example"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> CardReader:
    """A reader without the addition for photos' text."""
    monkeypatch.setattr(ocr, "available", lambda: False)
    return CardReader(TextReader())


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.vcf", VCARD.encode(), ReadingKind.VCARD),
        ("a.txt", VCARD.encode(), ReadingKind.VCARD),
        ("a.vcf", VCARD.encode("utf-16"), ReadingKind.VCARD),
        ("a.csv", TABLE.encode(), ReadingKind.CSV),
        ("a", TABLE.encode(), ReadingKind.CSV),
        ("a.txt", SIGNATURE.encode(), ReadingKind.TEXT),
        ("a.txt", MECARD.encode(), ReadingKind.TEXT),
        ("a.vcf", as_bytes(code_picture(MECARD)), ReadingKind.QR),
        ("a.jpg", as_bytes(code_picture(VCARD), "JPEG"), ReadingKind.QR),
    ],
)
def test_the_content_decides(reader: CardReader, name: str, data: bytes, kind: ReadingKind) -> None:
    first = reader.read(data, name)[0]
    assert isinstance(first, Reading)
    assert first.kind is kind
    assert first.name == "Ingrid Vale"
    assert first.values(FieldKind.EMAIL) == ["ingrid@norrvolt.example"]
    assert all(field.sure for field in first.fields if field.kind is FieldKind.EMAIL)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", b""),
        ("a.jpg", b"\xff\xd8\xff\xe0 not a picture"),
        ("a.pdf", b"%PDF-1.7 \x00\x01\x02"),
        ("a.bin", bytes(range(256)) * 20),
        ("a.txt", b"nothing here but words of no use"),
        ("a.vcf", b"this is a shopping list"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 40),
    ],
)
def test_what_can_not_be_read_is_a_failed_item_with_its_reason(reader: CardReader, name: str, data: bytes) -> None:
    (only,) = reader.read(data, name)
    assert isinstance(only, Failed)
    assert only.source == name
    assert only.reason


def test_a_folder_is_read_whole_and_hidden_files_are_left(reader: CardReader, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "a.vcf").write_text(VCARD)
    (tmp_path / "more" / "b.csv").write_text(TABLE)
    (tmp_path / "more" / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".DS_Store").write_bytes(b"\0\1")
    found = reader.read(tmp_path)
    assert [item.source for item in found] == ["a.vcf", "more/b.csv", "more/broken.jpg"]
    assert [isinstance(item, Failed) for item in found] == [False, False, True]
    (missing,) = reader.read(tmp_path / "no.vcf")
    assert isinstance(missing, Failed)


def test_a_photo_without_the_addition_is_kept_with_advice(reader: CardReader) -> None:
    (card,) = reader.read(as_bytes(code_picture("x").resize((300, 300)).point(lambda _: 200), "PNG"), "a.png")
    assert isinstance(card, Reading)
    assert card.picture is not None
    assert "packaging/dev.py scan" in card.advice


def test_cancel(reader: CardReader) -> None:
    with pytest.raises(Cancelled):
        list(reader.items((VCARD * 3).encode(), "a.vcf", lambda: True))


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_do_harm(data: bytes) -> None:
    reader = CardReader(TextReader(command=("/nonexistent/reader",)))
    for item in reader.items(data, "any"):
        assert isinstance(item, Reading | Failed)
        if isinstance(item, Reading):
            details_of(item)


@given(st.text(max_size=300))
def test_no_text_does_harm(text: str) -> None:
    reader = CardReader(TextReader(command=("/nonexistent/reader",)))
    assert list(reader.items(text))


def line(text: str, left: int, top: int, width: int = 300) -> Line:
    return Line(text, Box.upright(left, top, left + width, top + 20), 0.99)


def card_lines(name: str, left: int, top: int) -> list[Line]:
    mailbox = name.lower().replace(" ", ".")
    texts = (name, "Engineer", f"{mailbox}@norrvolt.example", "+46 40 123 456")
    return [line(text, left, top + 26 * at) for at, text in enumerate(texts)]


def test_cards_side_by_side_are_told_apart() -> None:
    lines = [*card_lines("Ingrid Vale", 0, 0), *card_lines("Tom Ekdahl", 600, 10), *card_lines("Saga Nyqvist", 20, 400)]
    found = regions(lines, ())
    assert [region.lines[0].text for region in found] == ["Ingrid Vale", "Tom Ekdahl", "Saga Nyqvist"]


def test_the_columns_of_one_card_are_not() -> None:
    left = [line("Ingrid Vale", 0, 0), line("Engineer", 0, 26)]
    right = [
        line("+46 40 123 456", 700, 0),
        line("ingrid.vale@norrvolt.example", 700, 26),
        line("Norrvolt AB", 700, 52),
    ]
    assert len(regions([*left, *right], ())) == 1


def test_two_languages_of_one_card_are_not() -> None:
    assert len(regions([*card_lines("Ingrid Vale", 0, 0), *card_lines("Ingrid Vale", 600, 0)], ())) == 1
