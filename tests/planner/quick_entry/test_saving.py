"""Saving what was understood, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.errors import Invalid
from planner.events.records import EventDetails, EventKind, Outcome
from planner.paths import DataFolder
from planner.quick_entry.records import AS_READ, Context
from planner.relations.records import PersonRef


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


@pytest.fixture
def people(planner: Planner) -> dict[str, int]:
    names = {
        "Anjali Patel": "Northlight", "Anjali Rao": "Halden Labs", "Łukasz Čapek": "Atelier 9", "Ingrid Vale": "Sable",
    }  # fmt: skip
    return {
        name: planner.contacts.add(ContactDetails(name=name, organisation=organisation)).new("contact")
        for name, organisation in names.items()
    }


def save(planner: Planner, sentence: str, context: Context | None = None) -> object:
    said = planner.quick_entry.understand(sentence, context) if context else planner.quick_entry.understand(sentence)
    return planner.quick_entry.save(said)


def test_one_sentence_is_one_command(planner: Planner, people: dict[str, int]) -> None:
    before = planner.history.next_undo()
    save(
        planner,
        "coffee with Ingrid Vale yesterday 25 min, promised to send the deck by Friday, talked of batteries #energy",
    )
    record = planner.history.next_undo()
    assert record is not None
    assert record.label == "log meeting Ingrid Vale"
    ingrid = people["Ingrid Vale"]
    (entry,) = planner.relation_queries.story(ingrid)
    assert entry.text == "Coffee, talked of batteries"
    assert entry.on == date(2027, 7, 9)
    (promise,) = planner.relation_queries.promises(ingrid)
    assert (promise.text, promise.due_on, promise.made_on) == ("send the deck", date(2027, 7, 16), date(2027, 7, 9))
    assert planner.contact_queries.get(ingrid).details.tags == ("energy",)
    planner.history.undo()
    assert planner.relation_queries.story(ingrid) == ()
    assert planner.contact_queries.get(ingrid).details.tags == ()
    assert planner.history.next_undo() == before


def test_somebody_new(planner: Planner) -> None:
    changes = save(planner, "met Dana Cole from Acme yesterday; dana@acme.example")
    id = changes.new("contact")  # type: ignore[attr-defined]
    details = planner.contact_queries.get(id).details
    assert (details.given, details.family, details.organisation) == ("Dana", "Cole", "Acme")
    assert details.emails[0].address == "dana@acme.example"
    assert planner.contact_queries.get(id).name == "Dana Cole"
    assert len(planner.relation_queries.story(id)) == 1


def test_promise_without_a_meeting(planner: Planner, people: dict[str, int]) -> None:
    save(planner, "I owe Lukasz the deck by Tuesday")
    lukasz = people["Łukasz Čapek"]
    assert planner.relation_queries.story(lukasz) == () or planner.contact_queries.get(lukasz).interactions == 0
    (promise,) = planner.relation_queries.promises(lukasz)
    assert promise.due_on == date(2027, 7, 13)
    record = planner.history.next_undo()
    assert record is not None
    assert record.label == "note a promise with Łukasz Čapek"


def test_follow_up_alone(planner: Planner, people: dict[str, int]) -> None:
    changes = save(planner, "remind me to call Ingrid next week")
    assert set(changes.created) == {"followup"}  # type: ignore[attr-defined]


def test_follow_up_for_another(planner: Planner, people: dict[str, int]) -> None:
    changes = save(planner, "coffee with Ingrid, remind me to call Lukasz next week")
    assert people["Łukasz Čapek"] in changes.touched["contact"]  # type: ignore[attr-defined]
    assert planner.contact_queries.get(people["Łukasz Čapek"]).interactions == 0
    assert planner.contact_queries.get(people["Ingrid Vale"]).interactions == 1


def test_at_an_event_somebody_is_met(planner: Planner, people: dict[str, int]) -> None:
    starts, ends = datetime(2027, 7, 8, 7, tzinfo=UTC), datetime(2027, 7, 10, 16, tzinfo=UTC)
    event = planner.events.add(EventDetails("PyCon DE 2027", EventKind.CONFERENCE, starts, ends)).new("event")
    save(planner, "met Anjali Rao: asked about the pilot", planner.quick_entry.context(event_id=event))
    (attendance,) = planner.event_queries.attendances(event)
    assert (attendance.outcome, attendance.said) == (Outcome.MET, "Asked about the pilot")
    save(planner, "call with Ingrid about PyCon", planner.quick_entry.context(event_id=event))
    assert len(planner.event_queries.attendances(event)) == 1


def test_who_attends_is_likelier(planner: Planner, people: dict[str, int]) -> None:
    starts, ends = datetime(2027, 7, 8, 7, tzinfo=UTC), datetime(2027, 7, 10, 16, tzinfo=UTC)
    event = planner.events.add(EventDetails("PyCon DE 2027", EventKind.CONFERENCE, starts, ends)).new("event")
    save(planner, "met Anjali Rao", planner.quick_entry.context(event_id=event))
    said = planner.quick_entry.understand("met Anjali", planner.quick_entry.context(event_id=event))
    assert said.people[0].chosen == PersonRef(people["Anjali Rao"], "Anjali Rao")
    assert said.people[0].sure


def test_who_was_lately_in_touch_is_likelier(planner: Planner, people: dict[str, int]) -> None:
    for name in ("Anjali Rao", "Anjali Patel"):
        save(planner, f"call with {name} {'2 days ago' if name == 'Anjali Rao' else '9 days ago'}")
        said = planner.quick_entry.understand("call Anjali")
        assert said.people[0].name == "Anjali Rao"
        assert not said.people[0].sure


@pytest.mark.parametrize("sentence", ["", "Ingrid Vale", "just a note", "she promised to send the deck"])
def test_too_little_to_save(planner: Planner, people: dict[str, int], sentence: str) -> None:
    before = planner.history.recent()
    with pytest.raises(Invalid):
        save(planner, sentence)
    assert planner.history.recent() == before


def test_context_of_what_is_gone(planner: Planner, people: dict[str, int]) -> None:
    context = planner.quick_entry.context((people["Ingrid Vale"], 999), 77)
    assert context.people == (PersonRef(people["Ingrid Vale"], "Ingrid Vale"),)
    assert context.event is None


def test_correction_is_saved(planner: Planner, people: dict[str, int]) -> None:
    rao = PersonRef(people["Anjali Rao"], "Anjali Rao")
    said = planner.quick_entry.understand("call Anjali", corrections=AS_READ.choose("person:anjali", rao))
    planner.quick_entry.save(said)
    assert planner.contact_queries.get(rao.id).interactions == 1


def test_completion(planner: Planner, people: dict[str, int]) -> None:
    assert [person.name for person in planner.quick_entry.people("in")] == ["Ingrid Vale"]
    assert [person.name for person in planner.quick_entry.people("ingird")] == ["Ingrid Vale"]
