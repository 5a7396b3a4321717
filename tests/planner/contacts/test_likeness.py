"""Warnings of duplicates, and completion of names."""

from __future__ import annotations

import pytest

from planner.contacts.likeness import name_likeness
from planner.contacts.records import ContactDetails, Email, Link, Phone
from planner.settings.records import Me
from planner.store.tables import NotSameTable
from tests.planner.contacts.conftest import People


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("anna berg", "berg anna", "same name"),
        ("anna maria berg", "anna berg", "same name"),
        ("bill gates", "william gates", "same name, William for Bill"),
        ("a berg", "anna berg", "same initial and last name"),
        ("katherine sorensen", "katherine soerensen", "very similar name"),
        ("catarina oliveira", "catarina olivera", "very similar name"),
        ("tim berg", "tom berg", ""),
        ("anna berg", "anna stone", ""),
        ("anna", "anna berg", ""),
        ("anna berg", "", ""),
    ],
)
def test_likeness_of_names(one: str, other: str, reason: str) -> None:
    assert name_likeness(one.split(), other.split())[1] == reason or (
        reason == "" and name_likeness(one.split(), other.split())[0] < 78
    )


def reasons(people: People, details: ContactDetails, **options: object) -> list[tuple[str, str]]:
    return [(one.row.name, one.reason) for one in people.queries.similar(details, **options)]  # type: ignore[arg-type]


def test_warns_of_the_same_addresses_names_and_links(people: People) -> None:
    people.settings.change(me=Me(country="DE"))
    people.add(
        "William Gates",
        organisation="Acme",
        emails=(Email("bill@acme.example"),),
        phones=(Phone("+49 30 123456"),),
        links=(Link("https://linkedin.com/in/bgates"), Link("https://acme.example")),
    )
    people.add("Anna Berg", links=(Link("acme.example"),))
    assert reasons(people, ContactDetails(emails=(Email("BILL@acme.example"),))) == [
        ("William Gates", "same email address")
    ]
    assert reasons(people, ContactDetails(phones=(Phone("030/123456"),))) == [("William Gates", "same phone number")]
    assert reasons(people, ContactDetails(links=(Link("www.linkedin.com/in/BGates/"),))) == [
        ("William Gates", "same link")
    ]
    assert reasons(people, ContactDetails(links=(Link("acme.example"),))) == []
    assert reasons(people, ContactDetails(given="Bill", family="Gates", organisation="ACME")) == [
        ("William Gates", "same name, William for Bill, same organisation")
    ]
    assert reasons(people, ContactDetails(name="Gates William")) == [("William Gates", "same name")]
    assert reasons(people, ContactDetails(given="W.", family="Gates")) == []
    assert reasons(people, ContactDetails(given="W.", family="Gates", organisation="Acme")) == [
        ("William Gates", "same initial and last name, same organisation")
    ]
    assert reasons(people, ContactDetails(given="Wiliam", family="Gates")) == [("William Gates", "very similar name")]
    assert reasons(people, ContactDetails(given="William")) == []
    assert reasons(people, ContactDetails(given='"; DROP', family="* ^ NEAR(")) == []


def test_accents_do_not_hide_anyone(people: People) -> None:
    people.add("Łukasz Sørensen")
    assert reasons(people, ContactDetails(given="Lukasz", family="Sorensen")) == [("Łukasz Sørensen", "same name")]


def test_a_nickname_counts_as_a_first_name(people: People) -> None:
    people.add("Margarethe Holm", nickname="Mago")
    assert reasons(people, ContactDetails(given="Mago", family="Holm")) == [("Margarethe Holm", "same name")]


def test_leaves_out_oneself_and_who_was_told_apart(people: People) -> None:
    me, twin = people.add("Anna Berg"), people.add("Anna Berg")
    details = people.queries.get(me).details
    assert [one.row.id for one in people.queries.similar(details, but=me)] == [twin]
    with people.store.write("tell two contacts apart") as work:
        work.session.add(NotSameTable(contact_id=twin, other_id=me))
    assert people.queries.similar(details, but=me) == ()


def test_completes_names(people: People) -> None:
    people.add("Anna Berg")
    late = people.add("Annika Bergström")
    people.add("Bert Anders")
    people.talked(late, days_ago=1)

    def names(text: str) -> list[str]:
        return [person.name for person in people.queries.names(text)]

    assert names("ann") == ["Annika Bergström", "Anna Berg"]
    assert names("berg an") == ["Annika Bergström", "Anna Berg"]
    assert names("an be") == ["Annika Bergström", "Bert Anders", "Anna Berg"]
    assert names("anika bergstrom") == ["Annika Bergström"]
    assert names("zz") == []
    assert names("")[0] == "Annika Bergström"
    assert len(people.queries.names("an", limit=1)) == 1
