"""What a dry run keeps beside the data comes back as it was, and is found by every key, the first ones first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from planner.cards.aside import Aside
from planner.contacts.records import (
    Address,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    VCardProperty,
)

WHOLE = ContactDetails(
    given="Ingrid",
    family="Vale",
    emails=(Email("ingrid@norrvolt.example", "work"),),
    phones=(Phone("+46 40 123 456", "mobile"),),
    links=(Link("https://norrvolt.example/ingrid", "profile"),),
    addresses=(Address("Storgatan 1", "Malmö", label="work"),),
    dates=(PartialDate(DateKind.BIRTHDAY, None, 2, 29),),
    roles=(Role.MENTOR,),
    extras=(VCardProperty("X-ODD", "a;b", (("TYPE", ("x",)),)),),
)


@pytest.fixture
def aside() -> Iterator[Aside]:
    with closing(Aside()) as made:
        yield made


def test_people_come_back_as_they_were_put_last(aside: Aside) -> None:
    aside.put({1 << 62: WHOLE, 7: ContactDetails(given="Tom")}, [])
    aside.put({7: ContactDetails(given="Tomas")}, [])
    assert aside.details([1 << 62, 7, 8]) == {1 << 62: WHOLE, 7: ContactDetails(given="Tomas")}


def test_each_key_finds_those_who_have_it(aside: Aside) -> None:
    aside.put(
        {}, [(3, (("email", "a"), ("phone", "1"))), (1, (("email", "a"), ("email", "a"))), (2, (("email", "a"),))]
    )
    assert dict(aside.having("email", ["a", "b", "1"], 2)) == {"a": "1,2", "b": None, "1": None}
    assert dict(aside.having("phone", ["1"], 9)) == {"1": "3"}
