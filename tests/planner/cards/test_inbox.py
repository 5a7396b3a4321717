"""Cards wait, are put right, saved with all that came of meeting, skipped, and every step can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from planner.app import Planner
from planner.cards.contact_fields import details_of
from planner.cards.reading import CardReader
from planner.cards.records import CardState, FieldKind, Meeting, Reading, ReadingKind
from planner.contacts.csv_files import preview
from planner.contacts.records import ContactDetails, Email, Photo, VCardProperty
from planner.errors import Invalid, NotFound
from planner.events.records import EventDetails, EventKind
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide
from tests.planner.cards.conftest import as_bytes, code_picture

SIGNATURE = "Ingrid Vale\nCTO\nNorrvolt AB\n+46 40 123 456\ningrid.vale@norrvolt.example\nSee you in Malmö!"

Put = Callable[[Reading], int]


@pytest.fixture
def put(planner: Planner) -> Put:
    return lambda reading: planner.cards.add((reading,)).new("card")


@pytest.fixture
def reading(planner: Planner) -> Reading:
    (found,) = CardReader(planner.text_reader).read(SIGNATURE)
    assert isinstance(found, Reading)
    return found


@pytest.fixture
def conference(planner: Planner) -> int:
    start = datetime(2027, 7, 7, 7, tzinfo=UTC)
    details = EventDetails(
        "EuroPower 2027", EventKind.CONFERENCE, start, start.replace(day=9), time_zone="Europe/Berlin"
    )
    return planner.events.add(details).new("event")


def test_a_reading_waits_as_it_was_read(planner: Planner, put: Put, reading: Reading) -> None:
    photo = Photo(as_bytes(code_picture("x"), "JPEG"), "image/jpeg")
    base = ContactDetails(given="Ingrid", family="Vale", extras=(VCardProperty("X-SHOE-SIZE", "39"),))
    whole = replace(reading, picture=photo, size=(132, 132), base=base, uid="abc", codes=("x",), kind=ReadingKind.PHOTO)
    card = planner.card_queries.get(put(whole))
    assert card.state is CardState.WAITING
    assert replace(card.reading, source_text="") == replace(whole, source_text="")
    (row,) = planner.card_queries.waiting()
    assert (row.name, row.about) == ("Ingrid Vale", "text · complete")
    assert planner.cards_waiting.count().waiting == 1


def test_the_same_card_waits_once(planner: Planner, put: Put, reading: Reading) -> None:
    put(reading)
    planner.cards.add((reading,))
    assert len(planner.card_queries.waiting()) == 1


def test_edited_fields_are_kept_and_certain(planner: Planner, put: Put, reading: Reading) -> None:
    id = put(reading)
    fields = tuple(
        field.corrected("Ingrid M. Vale") if field.kind is FieldKind.NAME else field for field in reading.fields
    )
    planner.cards.edit(id, fields)
    assert planner.card_queries.get(id).reading.fields == fields
    planner.history.undo()
    assert planner.card_queries.get(id).reading.fields == reading.fields


def test_the_plan_proposed_is_for_where_one_met(planner: Planner, conference: int) -> None:
    own = planner.card_queries.plan_for(conference)
    elsewhere = planner.card_queries.plan_for(None)
    assert own is not None
    assert elsewhere is not None
    assert "conference" in own.event_kinds
    assert elsewhere.event_kinds == ()
    planner.followups.book.delete_plans((elsewhere.id,))
    assert planner.card_queries.plan_for(None) is None
    assert planner.card_queries.plan_for(conference) == own


def test_saving_makes_the_contact_and_all_that_came_of_meeting(
    planner: Planner, put: Put, reading: Reading, conference: int
) -> None:
    id = put(reading)
    plan = planner.card_queries.plan_for(conference)
    assert plan is not None
    met = planner.card_queries.met_at()
    assert met is not None
    assert met.id == conference
    on = planner.card_queries.met_on(conference)
    steps = list(planner.card_queries.steps(plan, on))
    assert len(steps) >= 2
    meeting = Meeting(
        event_id=conference,
        where="hallway",
        said="Hiring in Malmö.",
        promises=(PromiseDraft(PromiseSide.MINE, "send the study", date(2027, 7, 12)),),
        plan_id=plan.id,
        steps=(steps[0].index,),
    )
    changes = planner.cards.accept(id, details_of(reading), meeting)
    contact = planner.contact_queries.get(changes.new("contact"))
    assert contact.name == "Ingrid Vale"
    assert contact.details.notes == "See you in Malmö!"
    (attendance,) = planner.event_queries.attendances(conference)
    assert attendance.outcome == "met"
    open_ = planner.followup_queries.for_contact(contact.id)
    assert {one.details.title for one in open_} >= {
        "Send the study",
        steps[0].title.replace("{event}", "EuroPower 2027"),
    }
    assert len(open_) == 2
    assert steps[0].due_on in {one.details.due_on for one in open_}
    (promise,) = planner.relation_queries.promises(contact.id)
    assert promise.text == "send the study"
    assert planner.card_queries.get(id).state is CardState.SAVED
    assert planner.card_queries.waiting() == ()
    assert planner.cards_waiting.count().done == 1
    planner.history.undo()
    assert planner.contact_queries.count() == 0
    assert planner.cards_waiting.count().waiting == 1


def test_a_card_added_to_someone_known_loses_nothing_of_either(planner: Planner, put: Put, reading: Reading) -> None:
    known = ContactDetails(
        given="Ingrid", family="Vale", title="Engineer", emails=(Email("ingrid@home.example"),), notes="Old friend"
    )
    there = planner.contacts.add(known).new("contact")
    id = put(reading)
    (row,) = planner.card_queries.waiting()
    assert row.like == there
    assert row.about.endswith("known to you?")
    planner.cards.accept(id, details_of(reading), into=there)
    details = planner.contact_queries.get(there).details
    assert [email.address for email in details.emails] == ["ingrid@home.example", "ingrid.vale@norrvolt.example"]
    assert (details.title, details.organisation) == ("Engineer", "Norrvolt AB")
    assert details.notes == "Old friend\n\nTitle: CTO\n\nSee you in Malmö!"
    assert planner.card_queries.get(id).contact_id == there


def test_skip_and_bring_back(planner: Planner, put: Put, reading: Reading) -> None:
    id = put(reading)
    planner.cards.skip((id,))
    assert planner.card_queries.waiting() == ()
    planner.cards.bring_back((id,))
    assert len(planner.card_queries.waiting()) == 1


def test_what_can_not_be_kept_is_refused_by_name_and_nothing_is_saved(
    planner: Planner, put: Put, reading: Reading
) -> None:
    id = put(reading)
    with pytest.raises(Invalid, match="Email"):
        planner.cards.accept(id, replace(details_of(reading), emails=(Email("nonsense"),)))
    assert planner.contact_queries.count() == 0
    assert planner.cards_waiting.count().waiting == 1
    with pytest.raises(NotFound):
        planner.cards.accept(id + 1, details_of(reading))


def test_how_a_table_is_read_is_remembered(planner: Planner) -> None:
    table = preview(b"Wer,Wo\r\nIngrid Vale,Norrvolt\r\n")
    assert planner.card_queries.mapping(table.key) is None
    planner.cards.remember_mapping(table.key, table.mapping)
    planner.cards.remember_mapping(table.key, table.mapping)
    assert planner.card_queries.mapping(table.key) == table.mapping


def test_a_card_is_kept_apart_from_somebody_alike(planner: Planner, put: Put, reading: Reading) -> None:
    known = planner.contacts.add(ContactDetails(given="Ingrid", family="Vale", organisation="Norrvolt AB")).new(
        "contact"
    )
    card_id = put(reading)
    assert [one.row.id for one in planner.card_queries.similar(planner.card_queries.get(card_id).reading)] == [known]
    assert planner.card_queries.waiting()[0].like == known

    planner.cards.keep_apart(card_id, known)
    there = planner.card_queries.get(card_id).reading
    assert planner.card_queries.similar(there) == ()
    assert planner.card_queries.waiting()[0].like is None

    new = planner.cards.accept(card_id, details_of(there)).new("contact")
    assert planner.contact_queries.similar(planner.contact_queries.get(new).details, but=new) == ()

    planner.history.undo()
    planner.history.undo()
    assert planner.card_queries.waiting()[0].like == known


def test_somebody_deleted_meanwhile_does_not_hinder_saving(planner: Planner, put: Put, reading: Reading) -> None:
    known = planner.contacts.add(ContactDetails(given="Ingrid", family="Vale")).new("contact")
    card_id = put(reading)
    planner.cards.keep_apart(card_id, known)
    planner.contacts.delete([known])
    planner.cards.accept(card_id, details_of(reading))
    assert planner.cards_waiting.count().waiting == 0
