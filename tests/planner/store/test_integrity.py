"""The check finds what was broken on purpose, and puts right what can be made again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.store import integrity
from planner.store.history import History
from planner.store.integrity import Part
from planner.store.store import Store
from tests.planner.store.conftest import add_contact, dump


@pytest.fixture
def people(store: Store, clock: FixedClock) -> Store:
    for name in ("Ingrid Vale", "Kofi Danso", "Łukasz Čapek"):
        add_contact(store, clock, name, f"{name.split()[0]}@x.example")
    return store


def behind_its_back(path: Path, *statements: str) -> None:
    """Change the file as no command would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_database(people: Store) -> None:
    History(people).undo()
    report = integrity.check(people)
    assert report.sound
    assert report.findings == ()


@pytest.mark.parametrize(
    ("statement", "part", "text"),
    [
        ("UPDATE contact_search SET name = 'x' WHERE rowid = 1", Part.INDEX, "the search entry of contact 1"),
        ("DELETE FROM contact_search WHERE rowid = 2", Part.INDEX, "the search entry of contact 2"),
        ("INSERT INTO contact_search (rowid, name) VALUES (99, 'x')", Part.INDEX, "contact 99, who is not there"),
        ("UPDATE contact_summary SET interactions = 5 WHERE id = 3", Part.SUMMARY, "the summary of contact 3"),
        ("DELETE FROM contact_summary", Part.SUMMARY, "the summary of contact 1"),
        ("INSERT INTO contact_summary (id, interactions) VALUES (99, 0)", Part.SUMMARY, "contact 99, who is not there"),
        (
            "DELETE FROM contact_search_data WHERE id > 10 OR id = 1",
            Part.INDEX,
            "",
        ),
    ],
)
def test_what_is_derived_is_made_again(people: Store, path: Path, statement: str, part: Part, text: str) -> None:
    before = dump(people)
    behind_its_back(path, statement)
    report = integrity.check(people)
    assert not report.sound
    assert {finding.part for finding in report.findings} == {part}
    assert any(text in finding.text for finding in report.findings)
    mended = integrity.check(people, repair=True)
    assert mended.sound
    assert all(finding.repaired for finding in mended.findings)
    assert integrity.check(people).findings == ()
    assert dump(people) == before


@pytest.mark.parametrize(
    ("statements", "part", "text"),
    [
        (
            ["PRAGMA foreign_keys = OFF", "UPDATE contact_email SET contact_id = 77 WHERE id = 1"],
            Part.REFERENCES,
            "contact_email 1 belongs to a contact that is not there",
        ),
        (["UPDATE contact SET photo = 'abc' WHERE id = 2"], Part.PICTURES, "the picture of contact 2 is missing"),
        (["UPDATE contact SET notes = 'x' WHERE id = 2"], Part.JOURNAL, "contact 2 is not as its last change left it"),
        (["UPDATE command SET undone = 1 WHERE id = 1"], Part.JOURNAL, "command 2 comes after one that is undone"),
        (
            ["INSERT INTO command_row (command_id, table_name, op, row_id) VALUES (1, 'nonsense', 'D', 1)"],
            Part.JOURNAL,
            "there are notes on “nonsense”",
        ),
        (
            ["UPDATE command_row SET after = 'no json' WHERE table_name = 'contact' AND row_id = 1"],
            Part.JOURNAL,
            "contact 1 is not as its last change left it",
        ),
    ],
)
def test_what_only_a_backup_can_mend_is_told(
    people: Store, path: Path, statements: list[str], part: Part, text: str
) -> None:
    behind_its_back(path, *statements)
    for repair in (False, True):
        report = integrity.check(people, repair=repair)
        assert not report.sound
        assert any(finding.part is part and text in finding.text for finding in report.findings)


def test_many_findings_are_counted(store: Store, clock: FixedClock, path: Path) -> None:
    for number in range(30):
        add_contact(store, clock, f"Name {number}")
    behind_its_back(path, "DELETE FROM contact_summary")
    texts = [finding.text for finding in integrity.check(store).findings]
    assert len(texts) == 21
    assert texts[-1] == "and 10 more"


def test_damaged_pages_are_told(people: Store, path: Path, clock: FixedClock) -> None:
    people.close()
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact_email'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\x00" * 4096
    path.write_bytes(data)
    with closing(Store(path, clock)) as store:
        report = integrity.check(store, repair=False)
    assert not report.sound
    assert any(finding.part is Part.PAGES for finding in report.findings)
