"""Contacts in from files and out into files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.cards import importing
from planner.cards.importing import CardImport
from planner.cards.outcomes import ImportItem, Outcome, summary
from planner.cards.reading import CardReader
from planner.changes import Changes
from planner.contacts.exporting import ContactExport
from planner.contacts.names import file_name
from planner.contacts.records import ContactDetails, Email, Phone
from planner.contacts.salvaging import salvaged
from planner.errors import Cancelled, FileUnwritable
from tests.planner.contacts.conftest import People
from tests.planner.contacts.test_pictures import picture
from tests.planner.contacts.test_service import FULL

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:{0};;;;\r\n{1}END:VCARD\r\n"


Items = tuple[ImportItem, ...]


def come(people: People, *sources: Path | str, **heard: Any) -> tuple[Changes, Items]:
    reader = CardReader(None)  # type: ignore[arg-type]  # no photo is read
    found = (item for source in sources for item in reader.people(source))
    return CardImport(people.store, people.clock, people.settings).run(found, f"import {len(sources)} files", **heard)


def going(people: People) -> ContactExport:
    return ContactExport(people.store, people.settings)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_what_goes_out_comes_back(people: People, tmp_path: Path, version: str) -> None:
    id = people.contacts.add(FULL, photo=picture(), uid="urn:uuid:1").new("contact")
    before = people.queries.get(id)
    people.settings.change(vcard_version=version)
    path = tmp_path / "out.vcf"
    assert going(people).vcards([id], path, private=True) == 1
    assert f"VERSION:{version}" in path.read_text()
    people.contacts.delete([id])
    _, (item,) = come(people, path)
    assert item.outcome is Outcome.NEW
    after = people.queries.get(item.id or 0)
    extras = tuple(one for one in after.details.extras if one.name != "REV")
    assert replace(after.details, extras=extras) == before.details
    assert [item.outcome for item in come(people, path)[1]] == [Outcome.KNOWN]
    assert after.uid == before.uid


def test_what_is_private_stays_here_unless_asked_for(people: People, tmp_path: Path) -> None:
    id = people.contacts.add(FULL).new("contact")
    going(people).vcards([id], tmp_path / "out.vcf")
    written = (tmp_path / "out.vcf").read_text()
    assert "Ingrid" in written
    for private in ("mentor", "incident reviews", "Prefers calls", "reorg gossip"):
        assert private not in written


def test_each_item_is_accounted_for(people: People, tmp_path: Path) -> None:
    there = people.contacts.add(ContactDetails(name="Anna", family="Anna"), uid="u1").new("contact")
    path = tmp_path / "some.vcf"
    path.write_text(
        CARD.format("Anna", "UID:u1\r\n")
        + CARD.format("Anna Other", "UID:u1\r\n")
        + CARD.format("Bo", "UID:u2\r\nEMAIL:not an address\r\nTZ:nowhere\r\n")
        + CARD.format("Bo", "UID:u2\r\n")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n"
        + CARD.format("Carl", "")
        + CARD.format("Carl", "")
    )
    changes, items = come(people, path, tmp_path / "gone.vcf")
    states = [item.outcome.value for item in items]
    assert states == ["known", "doubtful", "new", "known", "doubtful", "new", "known", "failed"]
    assert items[0].id == items[1].id == there
    assert "same UID as Anna, but not all is the same" in items[1].reason
    assert "without a name" in items[4].reason
    assert (items[7].source, items[7].reason) == ("gone.vcf", "no such file or directory")
    assert summary(items) == "2 added, 3 already here, 2 to look at in Cards, 1 could not be read"
    assert changes.label == "import 2 files"
    bo = people.queries.get(items[2].id or 0).details
    assert bo.emails == ()
    assert "EMAIL:not an address" in going(people).text([items[2].id or 0])
    people.history.undo()
    assert people.queries.find("") == [there]


def test_importing_a_file_twice_adds_nothing(people: People, tmp_path: Path) -> None:
    path = tmp_path / "many.vcf"
    path.write_text("".join(CARD.format(f"Person {number}", "") for number in range(30)))
    come(people, path)
    changes, items = come(people, path)
    assert not changes
    assert {item.outcome for item in items} == {Outcome.KNOWN}
    assert people.queries.count() == 30


def test_pasted_text(people: People) -> None:
    _, (item,) = come(people, CARD.format("Ingrid Vale", "EMAIL:ingrid@vale.example\r\n"))
    assert (item.name, item.outcome, item.reason) == ("Ingrid Vale", Outcome.NEW, "")
    assert people.names("ingrid@vale") == ["Ingrid Vale"]
    assert [item.outcome for item in come(people, "nothing of the kind")[1]] == [Outcome.FAILED]


def test_a_stop_leaves_all_as_it_was(people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.vcf"
    path.write_text("".join(CARD.format(f"Person {number}", "") for number in range(30)))
    monkeypatch.setattr(importing, "BATCH", 10)
    heard: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        come(people, path, total=30, progress=lambda *told: heard.append(told), stop=lambda: (10, 30) in heard)
    assert people.queries.count() == 0
    ids = [item.id for item in come(people, path)[1] if item.id is not None]
    out = tmp_path / "out.vcf"
    out.write_text("mine")
    with pytest.raises(Cancelled):
        going(people).vcards(ids, out, stop=lambda: True)
    assert out.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "many.vcf", "out.vcf"]
    assert going(people).vcards(ids, out) == 30


def test_a_folder_that_cannot_be_written(people: People, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        going(people).vcards([people.add("A")], tmp_path / "nowhere" / "out.vcf")


def test_ical_js_reads_what_is_written(people: People, tmp_path: Path, icaljs: object) -> None:
    ids = [
        people.contacts.add(replace(FULL, given=name), photo=picture()).new("contact") for name in ("Ida", "Zoë 山田")
    ]
    going(people).vcards(ids, tmp_path / "out.vcf")
    cards = icaljs.parse_vcf(tmp_path / "out.vcf")  # type: ignore[attr-defined]
    names = [value[3] for card in cards for value in card[1] if value[0] == "fn"]
    assert names == ["Dr. Ida Maria Vale MSc", "Dr. Zoë 山田 Maria Vale MSc"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ingrid Vale", "Ingrid Vale.vcf"),
        ('a/b\\c:"*', "a b c.vcf"),
        ("..", "contact.vcf"),
        ("x" * 99, "x" * 80 + ".vcf"),
    ],
)
def test_file_names(name: str, file: str) -> None:
    assert file_name(name) == file


def test_salvage_keeps_what_is_good() -> None:
    details = ContactDetails(name="A", emails=(Email("a@b.example"), Email("no")), phones=(Phone("–"),), notes="old")
    kept, aside = salvaged(details)
    assert kept == ContactDetails(name="A", emails=(Email("a@b.example"),), notes="old\nEmail “no”\nPhone “–”")
    assert aside == ("Email “no”", "Phone “–”")


def test_text_for_the_clipboard(people: People) -> None:
    text = going(people).text([people.add("Ingrid Vale")])
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "FN:Ingrid Vale" in text
