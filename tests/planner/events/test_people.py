"""People of an event and what is prepared for them, at the event and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.errors import Invalid, NotFound
from planner.events.meetings import Met, WrapUp
from planner.events.records import (
    Attendance,
    EventKind,
    EventState,
    Outcome,
    Part,
    PreparationKind,
    SessionDetails,
    Wish,
)
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide
from planner.store.tables import ContactTable, FollowUpTable, InteractionTable, PromiseTable

AddEvent = Callable[..., int]
AddPerson = Callable[..., int]
K = PreparationKind


def attending(planner: Planner, event_id: int, name: str) -> Attendance:
    (found,) = [person for person in planner.event_queries.attendances(event_id) if person.name == name]
    return found


def texts(person: Attendance, kind: PreparationKind) -> list[str]:
    return [item.text for item in person.items if item.kind is kind]


def test_people_stand_in_the_order_of_the_wish(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ids = [person(name) for name in ("A", "B", "C")]
    event = conference(*ids)
    planner.events.people.update(
        (attending(planner, event, "C").id,), wish=Wish.MUST, part=Part.SPEAKER, note="keynote"
    )
    names = [row.name for row in planner.event_queries.attendances(event)]
    assert names == ["C", "A", "B"]
    planner.events.people.move(attending(planner, event, "B").id, 0)
    assert [row.name for row in planner.event_queries.attendances(event)] == ["C", "B", "A"]
    assert attending(planner, event, "C").part is Part.SPEAKER


def test_adding_twice_changes_nothing(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    event = conference(ingrid)
    before = planner.event_queries.attendances(event)
    planner.events.people.add(event, (ingrid,), Wish.MUST)
    assert planner.event_queries.attendances(event) == before


def test_adding_by_name_finds_or_makes_the_contact(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    event = conference()
    planner.events.people.add_named(event, "ingrid vale")
    changes = planner.events.people.add_named(event, " Samir  Bellamy ")
    assert changes.label == "add Samir Bellamy to Cells 2027"
    assert {row.name: row.contact_id for row in planner.event_queries.attendances(event)} == {
        "Ingrid Vale": ingrid,
        "Samir Bellamy": changes.new("contact"),
    }
    planner.history.undo()
    with planner.store.read() as session:
        assert session.get(ContactTable, changes.new("contact")) is None
    with pytest.raises(Invalid):
        planner.events.people.add_named(event, " ")


def test_removing_keeps_the_contact(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    event = conference(person("Ingrid Vale"))
    row = attending(planner, event, "Ingrid Vale")
    planner.events.people.add_item(row.id, K.QUESTION, "What next?")
    planner.events.people.remove((row.id,))
    assert planner.event_queries.attendances(event) == ()
    planner.history.undo()
    assert texts(attending(planner, event, "Ingrid Vale"), K.QUESTION) == ["What next?"]


def test_preparation_lines(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    event = conference(person("Ingrid Vale"))
    row = attending(planner, event, "Ingrid Vale")
    people = planner.events.people
    people.add_items(row.id, K.QUESTION, ("One", " Two  words ", "", "Three"))
    people.add_item(row.id, K.TALKING_POINT, "Point")
    one, two, three = (item for item in attending(planner, event, "Ingrid Vale").items if item.kind is K.QUESTION)
    people.move_item(three.id, 0)
    people.tick_items((two.id,))
    people.update_item(one.id, text="First", answer="Yes, gladly")
    row = attending(planner, event, "Ingrid Vale")
    assert texts(row, K.QUESTION) == ["Three", "First", "Two words"]
    assert [item.done for item in row.items if item.kind is K.QUESTION] == [False, False, True]
    assert texts(row, K.TALKING_POINT) == ["Point"]
    people.delete_items((one.id, two.id))
    planner.history.undo()
    assert attending(planner, event, "Ingrid Vale") == row
    with pytest.raises(Invalid):
        people.add_item(row.id, K.QUESTION, "  ")
    with pytest.raises(Invalid):
        people.update_item(one.id, text="")
    with pytest.raises(NotFound):
        people.update_item(999, text="x")


def test_research_lives_with_the_contact(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    first, second = conference(ingrid), conference(ingrid, title="Cells 2028")
    changes = planner.events.people.set_research(ingrid, "Led the move to **sodium**.\n")
    assert changes.label == "edit research on Ingrid Vale"
    for event in (first, second):
        assert attending(planner, event, "Ingrid Vale").research == "Led the move to **sodium**."
        assert planner.event_queries.readiness(event).researched == 1


# --- one-to-ones -----------------------------------------------------------------------------------------------------


def test_standing_sections_carry_over_what_is_not_done(planner: Planner, talk: AddEvent, person: AddPerson) -> None:
    dana = person("Dana Frost", Role.MANAGER)
    first = talk(dana, day=date(2027, 6, 28))
    row = attending(planner, first, "Dana Frost")
    assert row.wish is Wish.MUST
    people = planner.events.people
    people.add_items(row.id, K.UPDATE, ("Pilot is live", "Budget is late"))
    people.add_item(row.id, K.EXPECTATION, "Plan by August")
    people.add_item(row.id, K.QUESTION, "What matters most?")
    people.tick_items((attending(planner, first, "Dana Frost").items[0].id,))
    second = talk(dana, day=date(2027, 7, 12))
    carried = attending(planner, second, "Dana Frost")
    assert texts(carried, K.UPDATE) == ["Budget is late"]
    assert texts(carried, K.EXPECTATION) == ["Plan by August"]
    assert texts(carried, K.QUESTION) == ["What matters most?"]
    assert carried.readiness.missing == ("feedback to ask",)
    assert not any(item.done for item in carried.items)


def test_nothing_carries_over_from_a_later_talk_or_another_kind(
    planner: Planner, talk: AddEvent, conference: AddEvent, person: AddPerson
) -> None:
    dana = person("Dana Frost", Role.MANAGER)
    for event in (talk(dana, day=date(2027, 8, 2)), conference(dana, first=date(2027, 7, 1), last=date(2027, 7, 1))):
        planner.events.people.add_item(attending(planner, event, "Dana Frost").id, K.QUESTION, "What matters most?")
    assert attending(planner, talk(dana, day=date(2027, 7, 12)), "Dana Frost").items == ()


def test_the_question_bank_suits_kind_and_role(planner: Planner, talk: AddEvent, person: AddPerson) -> None:
    lucia = person("Lucía Ferrer", Role.PEER)
    event = talk(lucia, kind=EventKind.INFORMATIONAL_INTERVIEW)
    row = attending(planner, event, "Lucía Ferrer")
    planner.events.questions.add("How do you hire?", "peer")
    bank = planner.event_queries.question_bank(row.id)
    assert bank[0].role == "interview"
    assert {question.role for question in bank} == {"interview", "peer", ""}
    assert next(question.text for question in bank if question.role == "peer") == "How do you hire?"
    planner.events.people.add_item(row.id, K.QUESTION, bank[0].text.upper())
    assert bank[0] not in planner.event_queries.question_bank(row.id)
    own = next(question for question in bank if question.id is not None)
    assert own.id is not None
    planner.events.questions.delete(own.id)
    assert own not in planner.event_queries.question_bank(row.id)


# --- at the event ----------------------------------------------------------------------------------------------------


def test_logging_met_is_one_command(
    planner: Planner, clock: FixedClock, conference: AddEvent, person: AddPerson
) -> None:
    ingrid = person("Ingrid Vale")
    event = conference(ingrid)
    clock.advance(timedelta(days=5))
    changes = planner.events.meetings.log_met(
        Met(
            event,
            (ingrid,),
            ("Bo Ek",),
            said="Runs two pilots.",
            promises=(PromiseDraft(PromiseSide.MINE, "send the deck", date(2027, 7, 16), ingrid),),
        )
    )
    assert changes.label == "log meeting Ingrid Vale and Bo Ek at Cells 2027"
    met = attending(planner, event, "Ingrid Vale")
    assert (met.outcome, met.said) == (Outcome.MET, "Runs two pilots.")
    chance = attending(planner, event, "Bo Ek")
    assert (chance.outcome, chance.wish) == (Outcome.MET, Wish.NONE)
    with planner.store.read() as session:
        (interaction,) = session.query(InteractionTable).all()
        (promise,) = session.query(PromiseTable).all()
        (followup,) = session.query(FollowUpTable).all()
    assert (interaction.event_id, interaction.at, interaction.has_time) == (event, clock.now(), True)
    assert (promise.contact_id, promise.event_id, promise.interaction_id) == (ingrid, event, interaction.id)
    assert (followup.due_on, followup.promise_id) == (date(2027, 7, 16), promise.id)
    planner.history.undo()
    assert [row.name for row in planner.event_queries.attendances(event)] == ["Ingrid Vale"]
    assert attending(planner, event, "Ingrid Vale").outcome is Outcome.UNKNOWN
    with planner.store.read() as session:
        assert session.query(InteractionTable).count() == session.query(FollowUpTable).count() == 0


def test_a_second_talk_adds_to_what_was_said(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    event = conference(ingrid)
    for said in ("Runs two pilots.", "", "Hires in May."):
        planner.events.meetings.log_met(Met(event, (ingrid,), said=said))
    assert attending(planner, event, "Ingrid Vale").said == "Runs two pilots.\nHires in May."


@pytest.mark.parametrize(
    ("days_later", "at", "has_time"),
    [
        (0, datetime(2027, 7, 10, 8, tzinfo=UTC), False),
        (4, datetime(2027, 7, 14, 8, tzinfo=UTC), True),
        (30, datetime(2027, 7, 18, 21, 59, 59, tzinfo=UTC), False),
    ],
)
def test_when_a_meeting_was(
    planner: Planner,
    clock: FixedClock,
    conference: AddEvent,
    person: AddPerson,
    days_later: int,
    at: datetime,
    has_time: bool,
) -> None:
    ingrid = person("Ingrid Vale")
    event = conference(ingrid)
    clock.advance(timedelta(days=days_later))
    planner.events.meetings.log_met(Met(event, (ingrid,)))
    with planner.store.read() as session:
        (interaction,) = session.query(InteractionTable).all()
    assert (interaction.at, interaction.has_time) == (at, has_time)


def test_nobody_met_is_refused_and_nothing_is_kept(planner: Planner, conference: AddEvent) -> None:
    event = conference()
    with pytest.raises(Invalid, match="Who"):
        planner.events.meetings.log_met(Met(event, names=(" ",), said="x"))
    with pytest.raises(NotFound):
        planner.events.meetings.log_met(Met(event, (77,), said="x"))
    with pytest.raises(NotFound):
        planner.events.meetings.log_met(Met(99, names=("Bo Ek",)))
    assert planner.event_queries.attendances(event) == ()


# --- after it --------------------------------------------------------------------------------------------------------


def test_wrapping_up(planner: Planner, clock: FixedClock, conference: AddEvent, person: AddPerson) -> None:
    ids = [person(name) for name in ("Ingrid Vale", "Samir Bellamy", "Kofi Danso")]
    event = conference(*ids)
    clock.advance(timedelta(days=10))
    planner.events.meetings.set_outcome((attending(planner, event, "Ingrid Vale").id,), Outcome.MET)
    thanks = FollowUpDetails(FollowUpKind.THANK_YOU, "Thank for the talk", date(2027, 7, 21), (ids[0],))
    changes = planner.events.meetings.wrap_up(
        event, WrapUp("Two pilots to visit.", (attending(planner, event, "Samir Bellamy").id,), (thanks,))
    )
    assert changes.label == "wrap up Cells 2027"
    outcomes = {row.name: row.outcome for row in planner.event_queries.attendances(event)}
    assert outcomes == {"Ingrid Vale": Outcome.MET, "Samir Bellamy": Outcome.MET, "Kofi Danso": Outcome.MISSED}
    details = planner.event_queries.get(event).details
    assert (details.state, details.outcome) == (EventState.WRAPPED_UP, "Two pilots to visit.")
    with planner.store.read() as session:
        (followup,) = session.query(FollowUpTable).all()
    assert (followup.event_id, followup.due_on) == (event, date(2027, 7, 21))
    assert planner.event_queries.to_wrap_up() == ()
    (row,) = planner.event_queries.past()
    assert row.met == 2
    planner.history.undo()
    assert attending(planner, event, "Kofi Danso").outcome is Outcome.UNKNOWN
    assert planner.event_queries.get(event).details.state is EventState.PLANNED


def test_carrying_over_to_the_next_edition(
    planner: Planner, clock: FixedClock, conference: AddEvent, person: AddPerson
) -> None:
    ids = [person(name) for name in ("Ingrid Vale", "Samir Bellamy", "Kofi Danso", "Bo Ek")]
    event = conference(*ids)
    pitch_id = planner.events.pitches.add(text="I help plants.", event_id=event).new("pitch")
    must = tuple(attending(planner, event, name).id for name in ("Ingrid Vale", "Samir Bellamy"))
    planner.events.people.update(must, wish=Wish.MUST, note="board")
    planner.events.people.add_items(must[0], K.QUESTION, ("Asked", "Unasked"))
    planner.events.people.tick_items((attending(planner, event, "Ingrid Vale").items[0].id,))
    planner.events.agenda.add(event, SessionDetails("Talk"))
    clock.advance(timedelta(days=10))
    planner.events.meetings.set_outcome((must[1],), Outcome.MET)
    planner.events.meetings.wrap_up(event, WrapUp())
    proposal = planner.event_queries.next_edition(event)
    assert proposal.title == "Cells 2028"
    new = planner.events.meetings.carry_over(event, replace(proposal, place="Gdańsk")).new("event")
    file = planner.event_queries.file(new)
    assert [row.name for row in file.attendances] == ["Ingrid Vale"]
    assert (file.attendances[0].wish, file.attendances[0].note) == (Wish.MUST, "board")
    assert texts(file.attendances[0], K.QUESTION) == ["Unasked"]
    assert file.agenda == ()
    assert file.pitch is not None
    assert file.pitch.id == pitch_id
    assert file.event.first_day == date(2028, 7, 12)
    assert file.previous is not None
    assert file.previous.id == event
    following = planner.event_queries.file(event).following
    assert following is not None
    assert following.id == new


def test_many_people_are_read_in_a_few_questions(planner: Planner, conference: AddEvent) -> None:
    from sqlalchemy import event as listening

    from planner.contacts import writing as contacts
    from planner.contacts.records import ContactDetails

    with planner.store.write("add many") as work:
        ids = [contacts.add(work.session, ContactDetails(name=f"Person {n}"), planner.clock.now()) for n in range(200)]
    id = conference(*ids)
    asked = []
    with planner.store.read() as session:
        engine = session.get_bind()
    listening.listen(engine, "before_cursor_execute", lambda *_: asked.append(1))
    assert len(planner.event_queries.file(id).wanted) == 200
    assert len(asked) < 20


def test_a_plan_proposes_follow_ups_for_those_met(
    planner: Planner, clock: FixedClock, conference: AddEvent, person: AddPerson
) -> None:
    event = conference(person("Ingrid Vale"), person("Kofi Danso"))
    clock.advance(timedelta(days=9))
    met = attending(planner, event, "Ingrid Vale").id
    plan_id = planner.event_queries.get(event).details.plan_id
    proposals = planner.event_queries.proposals(event, (met,), plan_id)
    assert proposals
    assert {details.contact_ids for details in proposals} == {(attending(planner, event, "Ingrid Vale").contact_id,)}
    assert all(details.due_on >= clock.today() for details in proposals)
    later = planner.event_queries.proposals(event, (met,), plan_id, date(2027, 8, 2))
    assert later[0].due_on > proposals[0].due_on
    planner.events.meetings.wrap_up(event, WrapUp(met=(met,), followups=proposals[:1]))
    # What was made is not proposed again; what was left out is.
    assert planner.event_queries.proposals(event, (met,), plan_id) == proposals[1:]
    assert planner.event_queries.proposals(event, (), plan_id) == ()
    assert planner.event_queries.proposals(event, (met,), None) == ()


def test_what_was_promised_at_an_event(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    event = conference(ingrid)
    promise = PromiseDraft(PromiseSide.THEIRS, "the contract", date(2027, 7, 20))
    planner.events.meetings.log_met(Met(event, (ingrid,), promises=(promise,)))
    (found,) = planner.event_queries.promises(event)
    assert (found.contact.name, found.side, found.text) == ("Ingrid Vale", PromiseSide.THEIRS, "the contract")


def test_marking_as_met_logs_once_for_each(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid, kofi = person("Ingrid Vale"), person("Kofi Danso")
    event = conference(ingrid, kofi)
    meetings = planner.events.meetings
    meetings.log_met(Met(event, (ingrid,), said="Runs two pilots."))
    meetings.set_outcome((attending(planner, event, "Ingrid Vale").id,), Outcome.MISSED)
    assert meetings.mark_met(event, (ingrid, kofi)).label == "mark Ingrid Vale and Kofi Danso as met at Cells 2027"
    assert {row.outcome for row in planner.event_queries.attendances(event)} == {Outcome.MET}
    with planner.store.read() as session:
        assert session.query(InteractionTable).count() == 2
    planner.history.undo()
    assert attending(planner, event, "Ingrid Vale").outcome is Outcome.MISSED
