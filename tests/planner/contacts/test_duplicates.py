"""Who is taken for the same person, and who is not; at scale, and after it was said who is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.contacts.duplicate_blocks import find_pairs
from planner.contacts.duplicate_groups import grouped
from planner.contacts.duplicate_scan import Duplicates
from planner.contacts.duplicates import LEAST, Group, Pair, Person, Shared, judged, person
from planner.contacts.records import ContactDetails, DateKind, Email, Link, PartialDate, Phone
from planner.errors import Cancelled
from tests.planner.contacts.conftest import People

# Two people (given, family, organisation), what they share, and the least score; 0: never shown.
TABLE = [
    # the same
    (("Anna", "Berg", ""), ("Anna", "Berg", ""), ("email",), 0.95, "same email address, same name"),
    (("Łukasz", "Čapek", ""), ("Lukasz", "Capek", ""), (), 0.7, "same name"),
    (("Anna", "Berg", "Northlight"), ("Berg", "Anna", "Northlight GmbH"), (), 0.9, "same name, same organisation"),
    (("Bill", "Pryce", "Corvo"), ("William", "Pryce", "Corvo"), (), 0.85, "same name"),
    (("Bob", "Holm", ""), ("Robert", "Holm", "Corvo"), (), 0.6, "same name, "),
    (("J.", "Okafor", "Halden"), ("Jane", "Okafor", "Halden"), (), 0.7, "same initial and last name, same org"),
    (("Anna Maria", "Berg", "Corvo"), ("Anna", "Berg", "Corvo"), (), 0.85, "same name, same organisation"),
    (("Ingrid", "Lindqvist", "Corvo"), ("Ingrid", "Lindkvist", "Corvo"), (), 0.8, "very similar name"),
    (("Dr. Anna", "Berg", ""), ("Anna", "Berg", ""), (), 0.7, "same name"),
    (("", "", ""), ("Anna", "Berg", ""), ("email",), 0.85, "same email address"),
    (("Kofi", "Danso", ""), ("Kofi", "Danso", ""), ("phone",), 0.9, "same phone number, same name"),
    (("Kofi", "Danso", ""), ("K.", "Danso", ""), ("link",), 0.9, "same link, same initial"),
    (("Mara", "Lindqvist", ""), ("Mara", "Ortega", ""), ("email",), 0.6, "same email address, but another name"),
    # perhaps: someone may have changed jobs
    (("Anna", "Berg", "Corvo"), ("Anna", "Berg", "Halden"), (), 0.55, "same name, another organisation"),
    # not the same
    (("Anna", "Berg", ""), ("Tom", "Berg", ""), ("phone",), 0, ""),
    (("Anna", "Berg", "Corvo"), ("Tom", "Berg", "Corvo"), (), 0, ""),
    (("Daniel", "Ferrer", "Corvo"), ("Daniela", "Ferrer", "Corvo"), (), 0, ""),
    (("Maria", "Ferrer", "Corvo"), ("Marta", "Ferrer", "Corvo"), (), 0, ""),
    (("Erik", "Holm", "Corvo"), ("Erika", "Holm", "Corvo"), (), 0, ""),
    (("Jan", "Holm", "Corvo"), ("Jun", "Holm", "Corvo"), (), 0, ""),
    (("Bill", "Pryce", "Corvo"), ("William", "Pryce", "Halden"), (), 0, ""),
    (("J.", "Okafor", "Halden"), ("Jane", "Okafor", ""), (), 0, ""),
    (("Anna", "", "Corvo"), ("Anna", "", "Corvo"), (), 0, ""),
    (("", "", "Corvo"), ("", "", "Corvo"), (), 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "sharing", "least", "reason"), TABLE)
def test_table(
    one: tuple[str, str, str], other: tuple[str, str, str], sharing: tuple[str, ...], least: float, reason: str
) -> None:
    a, b = (_person(id, *each) for id, each in enumerate((one, other), 1))
    for pair in (judged(a, b, sharing), judged(b, a, sharing)):
        if not least:
            assert pair is None
        else:
            assert pair is not None
            assert least <= pair.score <= 1
            assert pair.reason.startswith(reason), pair.reason
            assert (pair.a, pair.b) == (1, 2)


def _person(id: int, given: str, family: str, organisation: str = "") -> Person:
    return person(id, given, family, "", organisation)


def test_father_and_son_are_two() -> None:
    a, b = _person(1, "Hans", "Vogt", "Corvo"), _person(2, "Hans", "Vogt", "Corvo")
    a, b = replace(a, birthday=(1950, 3, 1)), replace(b, birthday=(1980, 3, 1))
    assert judged(a, b, ()) is None
    with_email = judged(a, b, ("email",))
    assert with_email is not None
    assert with_email.score <= 0.6
    senior, junior = replace(a, birthday=b.birthday, suffix="sr"), replace(b, suffix="jr")
    assert judged(senior, junior, ()) is None


def test_a_common_name_is_no_reason_by_itself() -> None:
    people = [_person(id, "Anna", "Berg", f"Firm {id}" if id < 8 else "Corvo") for id in range(1, 10)]
    assert [(pair.a, pair.b) for pair in find_pairs(people, Shared())] == [(8, 9)]


def test_a_switchboard_and_a_shared_mailbox_pair_nobody() -> None:
    given = "Anna Tom Ingrid Kofi Mara Jun Ruth".split()
    people = [_person(id, name, f"Holm{id}x", "Corvo") for id, name in enumerate(given, 1)]
    ids = [one.id for one in people]
    shared = Shared({"info@corvo.example": ids[:2]}, {}, {"+4930123456": ids})
    assert find_pairs(people, shared) == []
    # Two names much alike behind the same switchboard are worth a look.
    twins = [*people, _person(20, "Anna", "Vale"), _person(21, "Anne", "Vale")]
    found = find_pairs(twins, Shared({}, {}, {"+4930123456": [*ids, 20, 21]}))
    assert [(pair.a, pair.b, pair.address) for pair in found] == [(20, 21, False)]


WORD = st.sampled_from("Anna Anne Bill William Tom Berg Vale Lindqvist Lindkvist J Łukasz Lukasz 伊藤 Müller".split())
PERSON = st.tuples(WORD, WORD, st.sampled_from(("", "Corvo", "Halden")))


@settings(max_examples=80, deadline=None)
@given(st.lists(PERSON, max_size=8), st.randoms(use_true_random=False))
def test_pairs_do_not_hang_on_the_order(rows: list[tuple[str, str, str]], dice: object) -> None:
    people = [_person(id, *row) for id, row in enumerate(rows, 1)]
    shared = Shared({"a@corvo.example": [1, 2]}) if len(people) > 1 else Shared()
    found = find_pairs(people, shared)
    mixed = list(people)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert find_pairs(mixed, shared) == found
    assert len({(pair.a, pair.b) for pair in found}) == len(found)
    assert all(LEAST <= pair.score <= 1 and pair.a < pair.b and pair.reason for pair in found)
    never = [(pair.b, pair.a) for pair in found[:1]]
    assert find_pairs(people, shared, never) == found[1:]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.floats(0.5, 1)), max_size=20))
def test_groups_hold_every_pair_once_and_nobody_told_apart(rows: list[tuple[int, int, float]]) -> None:
    pairs = {(min(a, b), max(a, b)): Pair(min(a, b), max(a, b), score, "x") for a, b, score in rows if a != b}
    ordered = sorted(pairs.values(), key=lambda pair: (-pair.score, pair.a, pair.b))
    apart = [(a, b) for a in range(1, 5) for b in range(5, 10) if (a, b) not in pairs]
    groups = grouped(ordered, apart)
    assert {pair for each in groups for pair in each} == set(ordered)
    assert len([pair for each in groups for pair in each]) == len(ordered)
    for each in groups:
        there = {id for pair in each for id in (pair.a, pair.b)}
        assert not any(a in there and b in there for a, b in apart)


# --- over a database


def groups(people: People) -> tuple[Group, ...]:
    return Duplicates(people.store, people.settings).find()


def test_only_equal_and_contained_records_are_merged_unseen(people: People) -> None:
    serial = count(1)

    def twice(first: ContactDetails, second: ContactDetails) -> bool:
        name = f"Berg{next(serial)}{'abcdefghijkl'[next(serial) % 12]}"
        ids = [people.contacts.add(replace(each, family=name)).new("contact") for each in (first, second)]
        (group,) = [each for each in groups(people) if set(each.ids) == set(ids)]
        people.contacts.delete(ids)
        return group.automatic

    email, phone = (Email("anna@corvo.example", "work"),), (Phone("+49 30 1234567"),)
    anna = ContactDetails(given="Anna", organisation="Corvo", title="Engineer", emails=email)
    assert twice(anna, anna)
    assert twice(anna, ContactDetails(given="Anna", emails=(Email("ANNA@corvo.example"),)))
    assert twice(replace(anna, phones=phone, notes="Tall\n\nKind"), replace(anna, notes="Kind"))
    # Something differs, or something would be added.
    assert not twice(anna, replace(anna, title="Director"))
    assert not twice(anna, replace(anna, phones=phone, notes="Tall", title=""))
    assert not twice(anna, replace(anna, given="Anne"))
    assert not twice(replace(anna, given="A."), anna)
    # A mere name is not enough, though one record says all that the other does.
    assert not twice(anna, ContactDetails(given="Anna"))
    assert not twice(ContactDetails(given="Anna"), ContactDetails(given="Anna"))
    assert twice(replace(anna, emails=()), replace(anna, emails=()))


def test_scan_finds_by_each_kind_and_forgets_those_told_apart(people: People) -> None:
    by_email = [people.add(f"{name} Vale", emails=(Email(mail),)) for name, mail in
                (("Ingrid", "iv@corvo.example"), ("Inga", "IV@corvo.example"))]  # fmt: skip
    by_phone = [people.add("Kofi Danso", phones=(Phone(number),)) for number in ("+49 30 1234567", "+49-30-1234567")]
    by_link = [people.add(f"{name} Ek", links=(Link(url),)) for name, url in
               (("Tom", "https://www.linkedin.com/in/tomek/"), ("Thomas", "linkedin.com/in/tomek"))]  # fmt: skip
    for id, day in zip(by_phone, (1, 1), strict=True):
        people.contacts.edit(id, dates=(PartialDate(DateKind.BIRTHDAY, None, 5, day),))
    found = groups(people)
    assert {frozenset(each.ids) for each in found} == {frozenset(each) for each in (by_email, by_phone, by_link)}
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    people.contacts.tell_apart(by_phone)
    assert frozenset(by_phone) not in {frozenset(each.ids) for each in groups(people)}
    people.history.undo()
    assert frozenset(by_phone) in {frozenset(each.ids) for each in groups(people)}


def test_a_group_begins_with_the_fullest_record(people: People) -> None:
    email = (Email("anna@corvo.example"),)
    small = people.add("Anna Berg", emails=email)
    large = people.add("Anna Berg", emails=email, title="Engineer", tags=("energy",))
    third = people.add("Anna Berg", emails=email, title="Engineer")
    (group,) = groups(people)
    assert group.ids == (large, third, small)
    assert group.automatic
    assert group.reason == "same email address, same name"


def test_a_scan_can_be_stopped(people: People) -> None:
    people.add("Anna Berg")
    with pytest.raises(Cancelled):
        Duplicates(people.store, people.settings).find(stop=lambda: True)
    heard: list[tuple[int, int]] = []
    Duplicates(people.store, people.settings).find(lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1]
