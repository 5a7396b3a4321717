"""Several sources read as often as asked: the same each time, pictures once, and nothing of a file that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cards import ocr, pictures
from planner.cards.ocr import TextReader
from planner.cards.reading import CardReader
from planner.cards.records import Failed, FilePerson, Reading
from planner.cards.sources import Found, Sources
from planner.errors import Cancelled, FileUnreadable
from tests.planner.cards.conftest import as_bytes, code_picture


def vcards(*names: str) -> bytes:
    return "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n" for name in names).encode()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> CardReader:
    monkeypatch.setattr(ocr, "available", lambda: False)
    return CardReader(TextReader())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "fair"
    (made / "day 2").mkdir(parents=True)
    (made / "badge.png").write_bytes(as_bytes(code_picture("MECARD:N:Ek,Bo;EMAIL:bo@ek.example;;")))
    (made / "broken.vcf").write_bytes(b"")
    (made / "day 2" / "cards.vcf").write_bytes(vcards("Cy Holm", "Di Roe"))
    return made


def said(items: list[Found]) -> list[str]:
    return [
        f"{one.source}: {one.parsed.details.shown_name if isinstance(one, FilePerson) else _other(one)}"
        for one in items
    ]


def _other(one: Reading | Failed) -> str:
    return one.reason if isinstance(one, Failed) else one.name


def test_what_is_read_again_is_the_same_and_pictures_are_read_once(
    reader: CardReader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    before = pictures.read

    def counted(data: bytes, name: str, *rest: object):  # type: ignore[no-untyped-def]
        read.append(name)
        return before(data, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "read", counted)
    sources = Sources(reader, [folder, vcards("Ann Lee"), "Ola Berg\nola@berg.example"], "pasted")
    first = said(list(sources.items()))
    assert first == [
        "badge.png: Bo Ek",
        "broken.vcf: it is empty",
        f"{Path('day 2') / 'cards.vcf'}: Cy Holm",
        f"{Path('day 2') / 'cards.vcf'}: Di Roe",
        "pasted: Ann Lee",
        "pasted: Ola Berg",
    ]
    assert said(list(sources.items())) == first
    assert said(list(sources.chosen(bytes((1, 0, 0, 1, 0, 1))))) == [first[0], first[3], first[5]]
    assert read == ["badge.png"]


@pytest.mark.parametrize("change", ["longer", "gone"])
def test_a_file_that_changed_meanwhile_is_not_taken_for_what_it_was(
    reader: CardReader, tmp_path: Path, change: str
) -> None:
    path = tmp_path / "people.vcf"
    path.write_bytes(vcards("Cy Holm", "Di Roe"))
    sources = Sources(reader, [path])
    assert len(list(sources.items())) == 2
    if change == "longer":
        path.write_bytes(vcards("An Other", "Cy Holm", "Di Roe"))
    else:
        path.unlink()
    with pytest.raises(FileUnreadable, match="changed or moved"):
        list(sources.chosen(b"\1\1"))


def test_more_items_than_there_are_ticks_are_not_dropped_silently(reader: CardReader) -> None:
    sources = Sources(reader, [vcards("Cy Holm", "Di Roe")])
    with pytest.raises(FileUnreadable):
        list(sources.chosen(b"\1"))


def test_what_is_missing_says_so_each_time(reader: CardReader, tmp_path: Path) -> None:
    sources = Sources(reader, [tmp_path / "nowhere.vcf"])
    for _ in range(2):
        (item,) = sources.items()
        assert isinstance(item, Failed)


def test_it_can_be_stopped_while_pictures_are_read(reader: CardReader, folder: Path) -> None:
    with pytest.raises(Cancelled):
        Sources(reader, [folder]).read_pictures(lambda: True)


def test_only_tables_that_were_given_are_asked_about(reader: CardReader, tmp_path: Path) -> None:
    (tmp_path / "in a folder").mkdir()
    for path in (tmp_path / "leute.csv", tmp_path / "in a folder" / "leute.csv"):
        path.write_text("Wer;Mail\r\nIngrid Vale;ingrid@norrvolt.example\r\n", encoding="utf-8")
    assert Sources(reader, [tmp_path / "in a folder"]).unknown_table() is None
    found = Sources(reader, [vcards("Cy Holm"), tmp_path / "leute.csv"]).unknown_table()
    assert found is not None
    assert found[0] == tmp_path / "leute.csv"
