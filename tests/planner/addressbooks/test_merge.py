"""Three-way merging field by field: tables of what can have happened, and properties over random edits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.addressbooks.fields import Fields, fields_of, in_words, with_fields
from planner.addressbooks.merge import merge, says_no_more
from planner.addressbooks.records import BookOptions
from planner.contacts.records import (
    Address,
    Boundary,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    Tie,
    VCardProperty,
)

A, B, C = ["a@x.example", "work", False], ["b@x.example", "", False], ["c@x.example", "", False]
A_HOME, A_BARE = ["a@x.example", "home", False], ["a@x.example", "", False]


def fields(**values: Any) -> Fields:
    return fields_of(ContactDetails(given="Ann", family="Example"), BookOptions()) | values


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "base", "here", "there", "conflict"),
    [
        ("title", "Head", "Head", "Analyst", None, None, False),
        ("title", "Head", "Analyst", "Analyst", None, "Head", False),
        ("title", "Analyst", "Head", "Analyst", "Head", None, False),
        ("title", "", "Head", "Head", None, "", False),
        ("title", "Chief", "Head", "Analyst", None, None, True),
        ("title", "", "Head", "Analyst", None, None, True),
        ("notes", "One", "Two", "", None, None, True),
        ("photo", "abc", "", "abc", "", None, False),
        ("emails", [A, B], [A], [A], None, [A, B], False),
        ("emails", [A], [A, B], [A], [A, B], None, False),
        ("emails", [A, B], [A, C], [A], [A, B, C], [A, B, C], False),
        ("emails", [], [A, C], [A], [C], [C], False),
        ("emails", [A_HOME], [A, C], [A], [A_HOME, C], [A_HOME, C], False),
        ("emails", [], [A_HOME], [A], [A_HOME], None, False),  # changed wins over removed
        ("emails", [A_HOME], [A_BARE], [A], None, None, True),
        ("tags", ["choir"], ["work"], [], ["choir", "work"], ["choir", "work"], False),
        ("extras", ["1", "2"], ["1", "3"], ["1"], ["1", "2", "3"], ["1", "2", "3"], False),
        ("extras", [], ["1", "3"], ["1"], ["3"], ["3"], False),
        ("extras", ["1"], [], ["1"], [], None, False),
    ],
)
def test_each_case_of_one_field(
    name: str, ours: Any, theirs: Any, base: Any, here: Any, there: Any, conflict: bool
) -> None:
    known = fields(**{name: base})
    found = merge(fields(**{name: ours}), fields(**{name: theirs}), known, known)
    assert found.here == ({} if here is None else {name: here})
    assert found.there == ({} if there is None else {name: there})
    assert dict(found.conflicts) == ({name: (ours, theirs)} if conflict else {})


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "here", "there", "conflict"),
    [
        ("title", "", "Head", "Head", None, False),
        ("title", "Head", "", None, "Head", False),
        ("title", "Chief", "Head", None, None, True),
        ("emails", [A], [B], [A, B], [A, B], False),
        ("emails", [A_BARE], [A], [A], None, False),
        ("tags", ["Choir"], ["choir"], None, ["Choir"], False),
        ("extras", ["1"], ["2"], ["1", "2"], ["1", "2"], False),
    ],
)
def test_the_first_meeting_fills_and_unites(
    name: str, ours: Any, theirs: Any, here: Any, there: Any, conflict: bool
) -> None:
    found = merge(fields(**{name: ours}), fields(**{name: theirs}))
    assert (found.here.get(name), found.there.get(name), name in found.conflicts) == (here, there, conflict)


def test_only_one_of_two_preferred_addresses_stays_preferred() -> None:
    first, second = ["a@x.example", "", True], ["b@x.example", "", True]
    found = merge(fields(emails=[first]), fields(emails=[second]))
    assert found.here["emails"] == [first, ["b@x.example", "", False]]


def test_a_server_that_writes_in_its_own_way_has_changed_nothing() -> None:
    ours, theirs = fields(phones=[["+49 30 1", "boat", False]], photo="abc"), fields(phones=[["+49301", "", False]])
    assert not merge(ours, theirs, ours, theirs)
    added = theirs | {"phones": [["+49301", "", False], ["+4940999999", "", False]]}
    found = merge(ours, added, ours, theirs)
    assert found.here["phones"][0] == ["+49 30 1", "boat", False]
    assert "photo" not in found.here


def test_a_name_is_completed_by_its_parts_and_never_mixed() -> None:
    whole = fields(name=["Ann Example", "", "", "", "", ""])
    assert merge(whole, fields()).here["name"] == fields()["name"]
    assert "name" in merge(fields(name=["", "", "Anna", "", "Example", ""]), fields()).conflicts


@pytest.mark.parametrize(
    ("small", "large", "expected"),
    [
        ({}, {}, True),
        ({}, {"title": "Head"}, True),
        ({"title": "Head"}, {}, False),
        ({"title": "Head"}, {"title": "Chief"}, False),
        ({"emails": [A_BARE]}, {"emails": [A, B]}, True),
        ({"emails": [A_HOME]}, {"emails": [A]}, False),
        ({"emails": [A, B]}, {"emails": [A]}, False),
        ({"photo": "abc"}, {"photo": "def"}, False),
        ({"extras": ["1"]}, {}, True),
    ],
)
def test_one_record_says_no_more_than_another(small: Any, large: Any, expected: bool) -> None:
    assert says_no_more(fields(**small), fields(**large)) is expected


def test_another_name_says_something_else() -> None:
    assert not says_no_more(fields(), fields(name=["", "", "Bea", "", "Example", ""]))


def test_every_field_comes_back_as_it_was() -> None:
    details = ContactDetails(
        given="Ann", family="Example", nickname="An", organisation="Acme", department="Lab", title="Head",
        emails=(Email("a@x.example", "work", True),), phones=(Phone("+4930555", "mobile"),),
        addresses=(Address("Street 1", "Berlin", postcode="10115", country="DE", label="home"),),
        links=(Link("https://x.example", "website"),), dates=(PartialDate(DateKind.BIRTHDAY, None, 5, 9),),
        roles=(Role.MENTOR,), tags=("choir",), tie=Tie.STRONG, rhythm_days=30, matters=True, notes="N", remember="R",
        boundary=Boundary("email", "09:00", "17:00", no_asks=True), photo="abc",
        extras=(VCardProperty("X-FOO", "bar"),),
    )  # fmt: skip
    options = BookOptions(notes=True, private=True)
    values = fields_of(details, options)
    assert with_fields(ContactDetails(extras=details.extras), values) == details
    assert all(in_words(name, value) for name, value in values.items())


def test_private_data_and_notes_stay_here_unless_asked() -> None:
    details = ContactDetails(given="Ann", notes="N", remember="R", roles=(Role.MENTOR,), research="X")
    plain = fields_of(details, BookOptions(notes=False))
    assert not {"notes", "remember", "roles", "research", "tie", "boundary"} & plain.keys()
    assert "notes" in fields_of(details, BookOptions())
    assert BookOptions.from_text(BookOptions("choir", notes=False, private=True).to_text()) == BookOptions(
        "choir", notes=False, private=True
    )


values = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "Analyst", "Head"]),
        "emails": st.lists(st.sampled_from([A, B, C, A_HOME]), max_size=3, unique_by=lambda one: one[0]),
        "tags": st.lists(st.sampled_from(["choir", "work", "Zoo"]), unique=True).map(sorted),
        "extras": st.lists(st.sampled_from(["1", "2", "3"]), unique=True).map(sorted),
    }
)


@settings(max_examples=150, deadline=None)
@given(values, values, values)
def test_both_sides_agree_after_a_merge_but_for_conflicts(base: Any, ours: Any, theirs: Any) -> None:
    known, mine, yours = fields(**base), fields(**ours), fields(**theirs)
    found = merge(mine, yours, known, known)
    here, there = mine | found.here, yours | found.there
    for name in here:
        assert here[name] == there[name] or name in found.conflicts
        if mine[name] == yours[name]:
            assert name not in found.here
            assert name not in found.there
    for item in theirs["emails"]:
        if item not in base["emails"] and "emails" not in found.conflicts:
            assert item in here["emails"]  # nothing that was added is lost
    assert not merge(here, there, here, there)
    mirrored = merge(yours, mine, known, known)
    assert mirrored.conflicts.keys() == found.conflicts.keys()
