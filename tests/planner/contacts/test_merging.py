"""One record of two, field by field: nothing is lost unless someone says so."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.contacts.merging import MERGED_UID, Side, contained, fields, merged, uids_of, with_uids
from planner.contacts.records import (
    Address,
    Boundary,
    ContactDetails,
    Email,
    Link,
    Phone,
    Role,
    Tie,
    VCardProperty,
)

KEPT = ContactDetails(
    given="Anna",
    family="Berg",
    title="Engineer",
    emails=(Email("anna@corvo.example", "", True),),
    phones=(Phone("+49 30 1234567", "work"),),
    tags=("energy",),
    roles=(Role.PEER,),
    notes="Met in Oslo",
    boundary=Boundary(topics_off="Politics"),
    extras=(VCardProperty("X-ONE", "1", (), "item1"),),
)
OTHER = ContactDetails(
    given="Anne",
    family="Berg",
    organisation="Corvo",
    title="Director",
    emails=(Email("ANNA@corvo.example", "work"), Email("anna@home.example", "home", True)),
    phones=(Phone("030 1234567"),),
    links=(Link("https://anna.example/me"),),
    tags=("Energy", "rail"),
    roles=(Role.MENTOR,),
    tie=Tie.STRONG,
    matters=True,
    notes="Met in Oslo\n\nLikes rails",
    boundary=Boundary(topics_off="Politics", no_asks=True, hours_from="09:00", hours_to="12:00"),
    extras=(VCardProperty("X-TWO", "2", (), "item1"),),
)


def test_by_default_everything_stands_or_is_noted() -> None:
    one = merged(KEPT, OTHER, region="DE")
    assert one == replace(
        KEPT,
        organisation="Corvo",
        emails=(Email("anna@corvo.example", "work", True), Email("anna@home.example", "home")),
        links=OTHER.links,
        tags=("energy", "rail"),
        roles=(Role.PEER, Role.MENTOR),
        tie=Tie.STRONG,
        matters=True,
        notes="Met in Oslo\n\nLikes rails\n\nAlso: Anne Berg\n\nTitle: Director",
        boundary=Boundary(topics_off="Politics", no_asks=True, hours_from="09:00", hours_to="12:00"),
        extras=(VCardProperty("X-ONE", "1", (), "item1"), VCardProperty("X-TWO", "2", (), "item2")),
    )


def test_choices_hold_field_by_field() -> None:
    one = merged(
        KEPT,
        OTHER,
        {"name": Side.OTHER, "title": Side.OTHER, "emails": Side.OTHER, "tags": Side.KEPT, "notes": Side.KEPT},
        note_rest=False,
    )
    assert (one.given, one.title, one.emails, one.tags, one.notes) == (
        "Anne", "Director", OTHER.emails, KEPT.tags, "Met in Oslo",
    )  # fmt: skip


def test_lines_say_what_differs_and_what_stands() -> None:
    found = {line.key: line for line in fields(KEPT, OTHER, {"title": Side.OTHER}, region="DE")}
    assert found["name"].kept == "Anna Berg"
    assert (found["title"].side, found["title"].differs) == (Side.OTHER, True)
    assert (found["organisation"].side, found["organisation"].kept) == (Side.OTHER, "")
    assert (found["emails"].side, found["emails"].can_be_both) == (Side.BOTH, True)
    assert found["emails"].other == "ANNA@corvo.example (work)\nanna@home.example (home)"
    assert not found["phones"].differs
    assert "nickname" not in found
    assert found["extras"].other == "X-TWO"


def test_contained_is_strict() -> None:
    assert contained(KEPT, KEPT)
    assert contained(ContactDetails(given="Anna", family="Berg"), KEPT)
    for more in (
        {"phones": (Phone("+49 30 999999"),)},
        {"title": "Director"},
        {"notes": "Met"},
        {"tags": ("rail",)},
        {"matters": True},
        {"addresses": (Address(city="Oslo"),)},
        {"extras": (VCardProperty("X-THREE", "3"),)},
        {"given": "Anne"},
        {"photo": "a" * 64},
    ):
        assert not contained(replace(KEPT, **more), KEPT), more  # type: ignore[arg-type]


def test_uids_are_remembered_once() -> None:
    one = with_uids(with_uids(KEPT, ("a", "b")), ("b", "", "c"))
    assert uids_of(one) == ("a", "b", "c")
    assert MERGED_UID not in [line.kept for line in fields(one, one)]


TEXT = st.sampled_from(("", "Corvo", "Halden", "Engineer"))
MAILS = st.builds(Email, st.sampled_from(("a@x.example", "A@x.example", "b@x.example")))
DETAILS = st.builds(
    ContactDetails,
    given=st.sampled_from(("Anna", "Anne", "")),
    family=st.sampled_from(("Berg", "Vale", "")),
    organisation=TEXT,
    title=TEXT,
    emails=st.lists(MAILS, max_size=3).map(tuple),
    phones=st.lists(st.builds(Phone, st.sampled_from(("+49 30 1234567", "030 1234567", "17"))), max_size=2).map(tuple),
    tags=st.lists(st.sampled_from(("rail", "Rail", "energy")), max_size=2, unique_by=str.casefold).map(tuple),
    notes=st.sampled_from(("", "Tall", "Tall\n\nKind", "Tall and kind")),
    matters=st.booleans(),
    extras=st.lists(st.builds(VCardProperty, st.just("X-A"), TEXT), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(DETAILS, DETAILS)
def test_nothing_is_lost(kept: ContactDetails, other: ContactDetails) -> None:
    one = merged(kept, other, region="DE")
    for side in (kept, other):
        assert {email.address.casefold() for email in side.emails} <= {email.address.casefold() for email in one.emails}
        assert {tag.casefold() for tag in side.tags} <= {tag.casefold() for tag in one.tags}
        assert set(side.extras) <= set(one.extras)
        for part in side.notes.split("\n\n"):
            assert part in one.notes
        for text in (side.organisation, side.title):
            assert text in (one.organisation, one.title) or text in one.notes
    assert merged(kept, kept, region="DE") == kept
    assert contained(kept, kept, region="DE")
    if contained(other, kept, region="DE"):
        assert merged(kept, other, region="DE") == replace(kept, extras=one.extras, name=one.name)
