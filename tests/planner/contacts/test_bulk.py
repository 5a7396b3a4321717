"""Adding contacts by the thousand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.contacts import bulk, service
from planner.contacts.checking import checked
from planner.contacts.records import ContactDetails, Email, ParsedContact, Role
from planner.errors import Cancelled
from planner.store import derived
from tests.planner.contacts.conftest import People
from tests.planner.contacts.test_service import FULL
from tests.planner.contacts.vcard.details_strategy import private_details


def parsed(count: int) -> list[ParsedContact]:
    return [
        ParsedContact(
            ContactDetails(
                given=f"Given{number}",
                family=f"Family{number}",
                emails=(Email(f"p{number}@many.example"),),
                roles=(Role.PEER,),
                tags=("imported",),
            ),
            uid=f"uid-{number}",
            position=number + 1,
            source_text=f"card {number}",
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("many", [10_000, 0])
def test_many_are_added_found_and_undone_in_one_step(
    people: People, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(service, "_MANY", many)  # both ways of noting
    monkeypatch.setattr(bulk, "BATCH", 7)
    before = people.add("Anna Berg")
    heard: list[tuple[int, int]] = []
    changes, added = people.contacts.add_many(parsed(20), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(7, 20), (14, 20), (20, 20)]
    assert changes
    assert sorted(added.ids) == list(range(1, 21))
    assert added.failed == ()
    assert people.queries.count("tag:imported") == 20
    assert people.names("family7") == ["Given7 Family7"]
    assert people.queries.get(added.ids[8]).uid == "uid-7"
    assert people.history.undo().label == "add 20 contacts"
    assert people.queries.find("") == [before]
    people.history.redo()
    assert people.names("family7") == ["Given7 Family7"]
    assert people.queries.get(added.ids[8]).details.emails == (Email("p7@many.example"),)


def test_many_hold_the_same_as_one(people: People) -> None:
    _, added = people.contacts.add_many([ParsedContact(FULL, uid="u")])
    alone = people.contacts.add(FULL).new("contact")
    assert people.queries.get(added.ids[1]).details == people.queries.get(alone).details == FULL
    rows = people.queries.rows([added.ids[1], alone])
    assert rows[0].name == rows[1].name


def test_a_bad_one_is_listed_and_costs_the_others_nothing(people: People) -> None:
    people.contacts.add(ContactDetails(name="There"), uid="uid-2")
    items = parsed(4)
    items[1] = ParsedContact(ContactDetails(), position=2, source_text="empty")
    items[3] = ParsedContact(ContactDetails(name="Twin"), uid="uid-0", position=4, source_text="twin")
    _, added = people.contacts.add_many(items)
    assert sorted(added.ids) == [1]
    assert [(one.position, one.source_text) for one in added.failed] == [(2, "empty"), (3, "card 2"), (4, "twin")]
    assert people.queries.count() == 2


def test_a_stop_adds_nothing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 5)
    with pytest.raises(Cancelled):
        people.contacts.add_many(parsed(20), stop=lambda: True)
    assert people.queries.count() == 0
    assert people.history.next_undo() is None


def test_nothing_to_add(people: People) -> None:
    changes, added = people.contacts.add_many([])
    assert not changes
    assert added.ids == {}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(private_details, min_size=1, max_size=4))
def test_who_is_indexed_from_memory_is_found_by_the_same_as_when_read_back(
    people: People, found: list[ContactDetails]
) -> None:
    with people.store.write("add some") as work:
        rows = bulk.Rows(work.connection, people.clock.now(), region="DE", indexed=True)
        first = rows.new_id()
        for id, details in enumerate(found, first):
            rows.add(id, checked(replace(details, name=details.shown_name or "Anna", photo=None)))
        rows.write()
        rows.index()
        kept = work.connection.exec_driver_sql(
            f"SELECT rowid, name, work, rest FROM contact_search WHERE rowid >= {first}"
        )
        assert list(map(tuple, kept)) == list(derived.documents(work.connection, f"WHERE contact.id >= {first}"))
