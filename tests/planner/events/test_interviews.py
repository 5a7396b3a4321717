"""An informational interview from the request to the thank-you."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.errors import Invalid, NotFound
from planner.events.interview_steps import Interview, Step, is_done, next_step
from planner.events.records import EventDetails, EventKind, EventState, PreparationKind
from planner.followups.records import FollowUpKind
from planner.paths import DataFolder
from planner.relations.records import PersonRef

AT = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock):  # type: ignore[no-untyped-def]
    with Planner(DataFolder(tmp_path / "data"), clock) as opened:
        yield opened


def interview(planner: Planner, person: bool = True) -> int:
    ada = planner.contacts.add(ContactDetails(given="Ada", family="Ek")).new("contact")
    details = EventDetails("Talk with Ada", EventKind.INFORMATIONAL_INTERVIEW, AT, AT + timedelta(minutes=45))
    return planner.events.add(details, (ada,) if person else ()).new("event")


def queue(planner: Planner) -> list[tuple[FollowUpKind, str]]:
    entries = planner.followup_queries.queue().entries()
    return [(each.followup.details.kind, each.followup.details.title) for each in entries]


def test_the_whole_flow(planner: Planner, clock: FixedClock) -> None:
    id = interview(planner)
    assert next_step(planner.interviews.get(id)) is Step.ASK
    planner.interviews.plan_request(id)
    assert queue(planner) == [(FollowUpKind.REQUEST, "Ask for an informational interview")]
    request = planner.interviews.get(id).request_id
    assert request is not None
    assert "twenty minutes" in planner.followup_queries.message(request).body

    planner.followups.done((request,))  # asking is ticked off in the queue, or here
    now = planner.interviews.get(id)
    assert (now.asked_on, next_step(now)) == (clock.today(), Step.HEAR)
    assert queue(planner) == [(FollowUpKind.REQUEST, "Ask again about the interview")]

    moved = AT + timedelta(days=1)
    planner.interviews.answered(id, True, moved)
    assert queue(planner) == []
    event = planner.event_queries.get(id).details
    assert (event.starts_at, event.ends_at - event.starts_at) == (moved, timedelta(minutes=45))
    assert next_step(planner.interviews.get(id)) is Step.PREPARE

    (attendance,) = planner.event_queries.attendances(id)
    planner.events.people.add_item(attendance.id, PreparationKind.QUESTION, "What surprised you most?")
    assert next_step(planner.interviews.get(id)) is Step.TALK
    with pytest.raises(Invalid):
        planner.interviews.held(id)

    clock.advance(moved - clock.now() + timedelta(hours=2))
    planner.interviews.held(id, "Spoke of grids", 45)
    (talk,) = planner.relation_queries.interactions(attendance.contact_id)
    assert (talk.text, talk.minutes, talk.event_id) == ("Spoke of grids", 45, id)
    assert queue(planner) == [(FollowUpKind.THANK_YOU, "Thank for the interview")]
    planner.interviews.set_learned(id, "Small teams decide fast")
    thanks = planner.interviews.get(id).thanks_id
    assert thanks is not None
    planner.followups.done((thanks,), "Sent a note")
    end = planner.interviews.get(id)
    assert (end.thanked_on, next_step(end)) == (clock.today(), None)


def test_one_talk_is_thanked_for_once_whichever_way_round(planner: Planner, clock: FixedClock) -> None:
    plan = next(plan for plan in planner.followup_queries.plans() if "informational interview" in plan.event_kinds)
    for talk_first in (True, False):
        id = interview(planner)
        clock.advance(AT - clock.now() + timedelta(hours=1) if clock.now() < AT else timedelta())
        contact = planner.event_queries.attendances(id)[0].contact_id
        steps = [
            lambda id=id: planner.interviews.held(id),  # type: ignore[misc]
            lambda id=id, contact=contact: planner.followups.apply_plan(  # type: ignore[misc]
                plan.id, (contact,), clock.today(), id
            ),
        ]
        for step in steps if talk_first else reversed(steps):
            step()
        thanks = [one for one in planner.followup_queries.for_event(id) if one.details.kind is FollowUpKind.THANK_YOU]
        assert len(thanks) == 1
        assert planner.interviews.get(id).thanks_id == thanks[0].id


def test_a_no_ends_it_without_a_trace_in_the_queue_and_can_be_undone(planner: Planner) -> None:
    id = interview(planner)
    planner.interviews.asked(id)
    planner.interviews.answered(id, False)
    now = planner.interviews.get(id)
    assert (now.declined, next_step(now), queue(planner)) == (True, None, [])
    assert planner.event_queries.get(id).details.state is EventState.CALLED_OFF
    planner.history.undo()
    assert planner.event_queries.get(id).details.state is EventState.PLANNED
    assert queue(planner) == [(FollowUpKind.REQUEST, "Ask again about the interview")]


def test_whom_they_named_becomes_an_introduction_to_ask_for(planner: Planner) -> None:
    id = interview(planner)
    planner.interviews.name(id, "  Bo   Quist ", "runs the lab")
    (named,) = planner.interviews.get(id).named
    assert (named.name, named.contact_id, named.asked) == ("Bo Quist", None, False)
    planner.interviews.ask_introduction(named.id)
    (named,) = planner.interviews.get(id).named
    assert named.asked
    (introduction,) = planner.relation_queries.introductions()
    assert (introduction.a.name, introduction.b, introduction.reason) == ("Bo Quist", None, "runs the lab")
    assert introduction.introducer is not None
    assert introduction.introducer.name == "Ada Ek"
    planner.history.undo()
    assert planner.contact_queries.names("Bo Quist", 3) == ()
    planner.interviews.remove_named(named.id)
    assert planner.interviews.get(id).named == ()


def test_what_makes_no_sense_is_refused(planner: Planner) -> None:
    id = interview(planner, person=False)
    with pytest.raises(Invalid):
        planner.interviews.asked(id)
    with pytest.raises(Invalid):
        planner.interviews.name(id, " ")
    with pytest.raises(NotFound):
        planner.interviews.get(999)
    assert next_step(planner.interviews.get(id)) is Step.ASK
    assert [each.event_id for each in planner.interviews.all()] == [id]


INTERVIEWS = st.builds(
    Interview,
    event_id=st.just(1),
    title=st.just("Talk"),
    person=st.just(PersonRef(1, "Ada")),
    starts_at=st.just(AT),
    asked_on=st.none() | st.just(AT.date()),
    answer=st.sampled_from(("", "yes", "no")),
    questions=st.integers(0, 2),
    held=st.booleans(),
    learned=st.sampled_from(("", "Much")),
    thanked_on=st.none() | st.just(AT.date()),
)


@given(INTERVIEWS)
def test_steps_are_done_from_the_first_on_and_the_next_is_the_first_that_is_not(it: Interview) -> None:
    done = [is_done(it, step) for step in Step]
    assert done == sorted(done, reverse=True)
    expected = None if it.declined or all(done) else list(Step)[done.index(False)]
    assert next_step(it) is expected
    if it.thanked_on:
        assert next_step(it) is None
