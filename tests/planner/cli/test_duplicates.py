"""`rapport duplicates`, and every word of `rapport import`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.app import Planner
from planner.contacts.records import ContactDetails, Email
from planner.paths import DataFolder
from tests.planner.cli.conftest import Ran

INGRID = ContactDetails(
    given="Ingrid", family="Vale", organisation="Norrvolt", emails=(Email("ingrid@norrvolt.example"),)
)


def test_pairs_with_score_and_reason(rapport: Callable[..., Ran], data: Path) -> None:
    assert rapport("duplicates", "--json").json == {"total": 0, "pairs": []}
    with Planner(DataFolder(data)) as planner:
        planner.contacts.add(INGRID)
        planner.contacts.add(ContactDetails(given="Ingrid", family="Vale", emails=INGRID.emails))
        for organisation in ("Quillstone", "Halden"):
            planner.contacts.add(ContactDetails(given="Noor", family="Osman", organisation=organisation))
    told = rapport("duplicates", "--json").json
    first = told["pairs"][0]
    assert told["total"] == len(told["pairs"])
    assert (first["score"], first["sure"]) == (0.98, True)
    assert "same email address" in first["reason"]
    assert [one["organisation"] for one in first["contacts"]] == ["Norrvolt", ""]
    assert told["total"] == 2
    assert rapport("duplicates", "--least", "0.9", "--json").json["total"] == 1
    assert "Ingrid Vale" in rapport("duplicates").out
    assert rapport("duplicates", "--least", "2").code == 2


def test_every_word_of_an_import(rapport: Callable[..., Ran], data: Path, tmp_path: Path) -> None:
    with Planner(DataFolder(data)) as planner:
        here = planner.contacts.add(INGRID, uid="vale").new("contact")
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nN:{}\n{}END:VCARD\n"
    mail = "EMAIL:ingrid@norrvolt.example\n"
    path = tmp_path / "five.vcf"
    path.write_text(
        card.format("Tom Ekdahl", "Ekdahl;Tom;;;", "")
        + card.format("Ingrid Vale", "Vale;Ingrid;;;", mail)
        + card.format("Ingrid Vale", "Vale;Ingrid;;;", mail + "TITLE:CTO\n")
        + card.format("Ingrid Vale", "Vale;Ingrid;;;", mail + "ORG:Quillstone\n")
        + "BEGIN:VCARD\nEND:VCARD\n"
    )
    dry = rapport("import", str(path), "--dry-run", "--json")
    done = rapport("import", str(path), "--json")
    assert dry.code == done.code == 1
    items = done.json["items"]
    assert [item["state"] for item in items] == ["new", "known", "merged", "doubtful", "failed"]
    assert [item["state"] for item in dry.json["items"]] == [item["state"] for item in items]
    assert [item["position"] for item in items] == [1, 2, 3, 4, 5]
    assert {item["source"] for item in items} == {"five.vcf"}
    assert [item["id"] for item in items[1:]] == [here, here, here, None]
    assert items[0]["id"] not in (None, here)
    assert items[4]["reason"] == "the card is empty"
    again = rapport("import", str(path), "--json").json
    assert [item["state"] for item in again["items"]] == ["known", "known", "known", "doubtful", "failed"]
