"""Everything taken out: what is in the .zip, and that nothing is forgotten in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Email
from planner.errors import Cancelled, FileUnwritable
from planner.paths import DataFolder
from planner.store.tables import Base


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        opened.contacts.add(
            ContactDetails(name="Łukasz Čapek", emails=(Email("l@atelier.example"),), remember="Two kids")
        )
        said = opened.quick_entry.understand("coffee with Lukasz yesterday, promised to send the deck by Friday")
        opened.quick_entry.save(said)
        yield opened


def test_all_of_it_is_there(planner: Planner, tmp_path: Path) -> None:
    taken = planner.archive.save(tmp_path / planner.archive.name())
    assert taken.path.name == "rapport-2027-07-10.zip"
    assert (taken.contacts, taken.entries) == (1, 1)
    with zipfile.ZipFile(taken.path) as bundle:
        assert bundle.testzip() is None
        assert set(bundle.namelist()) == {"contacts.vcf", "calendar.ics", "rapport.json", "READ ME.txt"}
        cards = bundle.read("contacts.vcf").decode()
        calendar = bundle.read("calendar.ics").decode()
        records = json.loads(bundle.read("rapport.json"))
    assert "FN:Łukasz Čapek" in cards
    assert "Send the deck" in calendar
    assert records["tables"]["contact"][0]["remember"] == "Two kids"
    assert records["tables"]["promise"][0]["due_on"] == "2027-07-16"
    assert records["tables"]["interaction"][0]["text"] == "Coffee"
    assert sum(map(len, records["tables"].values())) == taken.records


def test_every_table_of_the_persons_own_is_in_it(planner: Planner, tmp_path: Path) -> None:
    planner.archive.save(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as bundle:
        there = set(json.loads(bundle.read("rapport.json"))["tables"])
    journalled = {table.name for table in Base.metadata.tables.values() if table.info.get("journal", True)}
    assert journalled - {"command", "command_row", "change_mark"} <= there


def test_the_calendar_does_not_count_as_given(planner: Planner, tmp_path: Path) -> None:
    before = planner.calendars.preview()
    planner.archive.save(tmp_path / "all.zip")
    assert planner.calendars.preview() == before


def test_stopped_or_unwritable_leaves_what_was_there(planner: Planner, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    target.write_bytes(b"before")
    with pytest.raises(Cancelled):
        planner.archive.save(target, cancelled=lambda: True)
    assert target.read_bytes() == b"before"
    with pytest.raises(FileUnwritable):
        planner.archive.save(tmp_path / "no" / "such" / "folder.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "data"]
