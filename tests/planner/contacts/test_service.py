"""Commands on contacts, on a real database, with undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from planner.clock import FixedClock
from planner.contacts.checking import checked
from planner.contacts.queries import ContactQueries
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
from planner.contacts.service import ContactService
from planner.errors import Invalid, NotFound
from planner.paths import DataFolder
from planner.settings.records import Me
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import EmailTable, PhoneTable
from tests.planner.contacts.conftest import People
from tests.planner.contacts.vcard.details_strategy import private_details

FULL = ContactDetails(
    prefix="Dr.",
    given="Ingrid",
    additional="Maria",
    family="Vale",
    suffix="MSc",
    nickname="Inka",
    phonetic="ING-rid VAHL",
    pronouns="she/her",
    organisation="Northlight",
    department="Platform",
    title="Director of Engineering",
    field="infrastructure",
    emails=(Email("ingrid@northlight.example", "work", preferred=True), Email("inka@home.example", "home")),
    phones=(Phone("+351 21 123 4567", "work"), Phone("912 345 678", "mobile")),
    addresses=(Address(street="Rua 1\n2º esq.", city="Porto", postcode="4000-001", country="Portugal", label="home"),),
    links=(Link("https://northlight.example/ingrid", "website"),),
    dates=(PartialDate(DateKind.BIRTHDAY, None, 2, 29), PartialDate(DateKind.OTHER, 2019, None, None, "moved")),
    roles=(Role.MENTOR, Role.FRIEND),
    tags=("platform", "Lisbon move"),
    tie=Tie.STRONG,
    rhythm_days=28,
    longest_days=60,
    matters=True,
    time_zone="Europe/Lisbon",
    notes="Two lines\nof notes",
    remember="Prefers calls",
    research="# Talks\n- incident reviews",
    boundary=Boundary("phone", "17:00", "19:00", date(2027, 8, 1), "reorg gossip", True, "monthly call"),
    extras=(VCardProperty("X-HAIR", "red", (("TYPE", ("a", "b")),), "item1"),),
)


def test_every_field_comes_back(people: People) -> None:
    id = people.contacts.add(FULL, uid="urn:x:1").new("contact")
    contact = people.queries.get(id)
    assert contact.details == FULL
    assert contact.uid == "urn:x:1"
    assert contact.created_at == contact.updated_at == people.clock.now()
    assert people.queries.by_uid("urn:x:1") == contact
    assert people.queries.by_uid("urn:x:2") is None


@pytest.fixture(scope="module")
def shared() -> object:
    with TemporaryDirectory() as folder:
        clock = FixedClock()
        store = Store(DataFolder(Path(folder) / "data").prepare().database, clock)
        settings_service = SettingsService(store)
        yield ContactService(store, clock, settings_service), ContactQueries(store, clock, settings_service)
        store.close()


@settings(max_examples=25)
@given(details=private_details, changed=private_details)
def test_whatever_can_be_kept_comes_back(
    shared: tuple[ContactService, ContactQueries], details: ContactDetails, changed: ContactDetails
) -> None:
    contacts, queries = shared
    try:
        kept, kept_change = checked(details), checked(changed)
    except Invalid:
        return
    assert checked(kept) == kept
    id = contacts.add(details).new("contact")
    assert queries.get(id).details == kept
    contacts.update(id, changed)
    assert queries.get(id).details == kept_change
    assert queries.rows([id])[0].name == kept_change.shown_name


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (ContactDetails(), "Name"),
        (ContactDetails(name="  ", notes="who?"), "Name"),
        (ContactDetails(name="a\x00b"), "Name"),
        (ContactDetails(given="half \ud800"), "First name"),
        (ContactDetails(name="x" * 2001), "Name"),
        (ContactDetails(name="A", emails=(Email("not an address"),)), "Email"),
        (ContactDetails(name="A", emails=(Email("a@"),)), "Email"),
        (ContactDetails(name="A", emails=(Email(""),)), "Email"),
        (ContactDetails(name="A", phones=(Phone("--"),)), "Phone"),
        (ContactDetails(name="A", links=(Link("two words"),)), "Link"),
        (ContactDetails(name="A", addresses=(Address(label="home"),)), "Address"),
        (ContactDetails(name="A", dates=(PartialDate(DateKind.BIRTHDAY),)), "Date"),
        (ContactDetails(name="A", dates=(PartialDate(DateKind.BIRTHDAY, 2027, 2, 29),)), "Date"),
        (ContactDetails(name="A", dates=(PartialDate(DateKind.BIRTHDAY, None, 13, 1),)), "Date"),
        (ContactDetails(name="A", time_zone="Mars/Olympus"), "Time zone"),
        (ContactDetails(name="A", time_zone="../../etc/passwd"), "Time zone"),
        (ContactDetails(name="A", rhythm_days=-1), "Rhythm"),
        (ContactDetails(name="A", longest_days=0), "Longest silence"),
        (ContactDetails(name="A", boundary=Boundary(hours_from="25:00", hours_to="26:00")), "Hours from"),
        (ContactDetails(name="A", boundary=Boundary(hours_from="09:00")), "Hours to"),
        (ContactDetails(name="A", boundary=Boundary(preferred_channel="pigeon")), "Preferred channel"),
        (ContactDetails(name="A", tags=("x" * 101,)), "Tag"),
        (ContactDetails(name="A", photo="nowhere"), "Photo"),
        (ContactDetails(name="A", links=tuple(Link(f"a{i}.example") for i in range(501))), "Link"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(people: People, details: ContactDetails, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.contacts.add(details)
    assert refused.value.field == field
    assert people.queries.count() == 0
    assert people.history.next_undo() is None


def test_a_refused_change_changes_nothing(people: People) -> None:
    id = people.add("Ingrid Vale", tags=("platform",))
    with pytest.raises(Invalid):
        people.contacts.update(id, ContactDetails(name="Other", emails=(Email("no"),)))
    assert people.queries.get(id).details == ContactDetails(given="Ingrid", family="Vale", tags=("platform",))


def test_text_is_tidied_and_nothing_else(people: People) -> None:
    details = ContactDetails(
        name=" Ingrid\tVale\n", given="Ingrid", family="Vale ", tags=("a", " A ", "b  c"), notes="\r\nx\r\ny\r\n"
    )
    kept = people.queries.get(people.contacts.add(details).new("contact")).details
    assert kept == ContactDetails(given="Ingrid", family="Vale", tags=("a", "b c"), notes="x\ny")


def test_the_shown_name_follows_its_parts(people: People) -> None:
    id = people.contacts.add(ContactDetails(name="Ingrid Vale", given="Ingrid", family="Vale")).new("contact")
    people.contacts.update(id, replace(people.queries.get(id).details, family="Stone"))
    assert people.queries.get(id).name == "Ingrid Stone"
    assert people.queries.rows([id])[0].name == "Ingrid Stone"


def test_numbers_are_read_in_the_country_of_the_settings(people: People) -> None:
    people.settings.change(me=Me(country="DE"))
    people.add("Ingrid Vale", phones=(Phone("030 123456"),), emails=(Email("Ingrid@Vale.Example"),))
    with people.store.read() as session:
        assert session.query(PhoneTable.e164).scalar() == "+4930123456"
        assert session.query(EmailTable.address_key).scalar() == "ingrid@vale.example"


def test_a_change_writes_only_what_differs(people: People) -> None:
    id = people.contacts.add(FULL).new("contact")
    assert not people.contacts.update(id, FULL)
    with people.store.read() as session:
        before = [row.id for row in session.query(EmailTable)]
    changes = people.contacts.update(id, replace(FULL, title="Head of Engineering"))
    assert changes.touches("contact", id)
    assert changes.label == "change Dr. Ingrid Maria Vale MSc"
    with people.store.read() as session:
        assert [row.id for row in session.query(EmailTable)] == before


def test_update_of_someone_gone(people: People) -> None:
    with pytest.raises(NotFound):
        people.contacts.update(7, ContactDetails(name="A"))
    with pytest.raises(NotFound):
        people.contacts.delete([7])
    with pytest.raises(NotFound):
        people.contacts.tag([7], add=["x"])


def test_delete_and_undo_bring_everything_back(people: People) -> None:
    id, other = people.contacts.add(FULL).new("contact"), people.add("Tom Ek")
    people.talked(id, days_ago=3)
    before = people.queries.get(id)
    assert people.contacts.delete([id]).label == "delete Dr. Ingrid Maria Vale MSc"
    assert people.queries.find("") == [other]
    assert people.queries.find("northlight") == []
    people.history.undo()
    assert people.queries.get(id) == before
    assert people.queries.find("northlight") == [id]
    people.history.redo()
    assert people.queries.count() == 1


def test_tags_in_bulk(people: People) -> None:
    a, b, c = people.add("A One", tags=("Energy",)), people.add("B Two"), people.add("C Three", tags=("old",))
    label = people.contacts.tag([a, b, c], add=["energy", "solar"], remove=["OLD"]).label
    assert label == "add the tag “energy”, “solar” to 3 contacts and remove the tag “OLD”"
    assert people.queries.get(a).details.tags == ("Energy", "solar")
    assert people.queries.get(b).details.tags == ("energy", "solar")
    assert people.queries.get(c).details.tags == ("energy", "solar")
    assert [(one.tag, one.count) for one in people.queries.tags()] == [("solar", 3), ("energy", 2), ("Energy", 1)]
    assert people.names("tag:solar -tag:energy") == []
    people.history.undo()
    assert people.queries.get(c).details.tags == ("old",)


def test_roles_rhythm_tie_and_importance_in_bulk(people: People) -> None:
    ids = [people.add("A One", roles=(Role.PEER,)), people.add("B Two")]
    people.contacts.set_roles(ids, add=[Role.MENTOR], remove=[Role.PEER])
    people.contacts.set_rhythm(ids, 14)
    people.contacts.set_tie(ids, Tie.WEAK)
    people.contacts.set_matters(ids, True)
    for id in ids:
        details = people.queries.get(id).details
        assert (details.roles, details.rhythm_days, details.tie, details.matters) == (
            (Role.MENTOR,),
            14,
            Tie.WEAK,
            True,
        )
    assert people.queries.roles() == {Role.MENTOR: 2}
    people.clock.advance(timedelta(hours=1))
    assert not people.contacts.set_rhythm(ids, 14)
    assert people.queries.get(ids[0]).updated_at < people.clock.now()
    people.contacts.set_rhythm(ids, None)
    assert people.queries.get(ids[0]).details.rhythm_days is None
    with pytest.raises(Invalid):
        people.contacts.set_rhythm(ids, -3)


def test_two_contacts_cannot_have_one_uid(people: People) -> None:
    people.contacts.add(ContactDetails(name="A"), uid="u")
    with pytest.raises(Invalid):
        people.contacts.add(ContactDetails(name="B"), uid="u")
    assert people.queries.count() == 1


def test_saved_filters(people: People) -> None:
    first = people.contacts.save_filter("Quiet mentors", "role:mentor quiet:8w").new("saved_filter")
    people.contacts.save_filter("Solar", "tag:solar")
    people.contacts.save_filter("quiet MENTORS", "role:mentor quiet:4w")
    assert [(one.name, one.query) for one in people.queries.saved_filters()] == [
        ("quiet MENTORS", "role:mentor quiet:4w"),
        ("Solar", "tag:solar"),
    ]
    with pytest.raises(Invalid):
        people.contacts.rename_filter(first, "solar")
    people.contacts.rename_filter(first, "Mentors")
    people.contacts.delete_filter(first)
    assert [one.name for one in people.queries.saved_filters()] == ["Solar"]
    people.history.undo()
    assert [one.name for one in people.queries.saved_filters()] == ["Mentors", "Solar"]
    for name, query in (("", "x"), ("x", " ")):
        with pytest.raises(Invalid):
            people.contacts.save_filter(name, query)
    with pytest.raises(NotFound):
        people.contacts.delete_filter(99)


def test_editing_one_field_keeps_what_others_changed_meanwhile(people: People) -> None:
    id = people.add("Ingrid Vale")
    people.contacts.edit(id, title="Director")
    people.contacts.edit(id, organisation="Northlight")
    assert people.queries.get(id).details == ContactDetails(
        given="Ingrid", family="Vale", title="Director", organisation="Northlight"
    )
    with pytest.raises(Invalid):
        people.contacts.edit(id, time_zone="Mars")
    with pytest.raises(TypeError):
        people.contacts.edit(id, nothing="x")
