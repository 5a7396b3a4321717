"""The parts of the search index: many after many changes, few when it was seen to, and the same people found."""

from __future__ import annotations

import pytest

from planner.clock import FixedClock
from planner.store import derived, upkeep
from planner.store.integrity import check
from planner.store.store import Store
from planner.store.upkeep import Upkeep
from tests.planner.store.conftest import add_contact

PEOPLE = 14


@pytest.fixture
def filled(store: Store, clock: FixedClock) -> Store:
    for number in range(PEOPLE):
        add_contact(store, clock, f"Vale{number} Ingrid", f"vale{number}@work.example")
    return store


def found(store: Store) -> list[int]:
    with store.snapshot() as rows:
        return [id for (id,) in rows.execute("SELECT rowid FROM contact_search WHERE contact_search MATCH 'vale*'")]


def test_many_parts_become_one_and_everybody_is_still_found(filled: Store) -> None:
    keeping = Upkeep(filled)
    assert keeping.parts() > upkeep.FEW_PARTS
    before = found(filled)
    assert len(before) == PEOPLE
    assert not keeping.merge_index()
    assert keeping.parts() == 1
    assert found(filled) == before
    assert check(filled).sound


def test_long_work_is_done_a_little_at_a_time(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "PAGES", 1)
    monkeypatch.setattr(upkeep, "STEPS", 1)
    keeping = Upkeep(filled)
    turns = 1
    while keeping.merge_index():
        turns += 1
        assert turns < 1_000
        assert len(found(filled)) == PEOPLE
    assert turns > 1
    assert keeping.parts() == 1


def test_few_parts_are_left_alone(store: Store, clock: FixedClock) -> None:
    add_contact(store, clock, "Ingrid Vale")
    keeping = Upkeep(store)
    before = keeping.parts()
    assert not keeping.merge_index()
    assert keeping.parts() == before


def test_after_very_many_came_at_once_the_index_is_as_before(filled: Store) -> None:
    def settings() -> dict[str, int]:
        with filled.snapshot() as rows:
            return dict(rows.execute("SELECT k, v FROM contact_search_config WHERE k IN ('automerge', 'crisismerge')"))

    with filled.transaction() as connection:
        derived.rebuild(connection)
    assert settings() == {"automerge": 4, "crisismerge": 16}  # SQLite, FTS5: what it does when nothing is said
