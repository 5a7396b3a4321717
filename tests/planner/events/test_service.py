"""Events, their checklist, agenda and pitch, on a real file, done and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.errors import Invalid, NotFound
from planner.events.records import EventDetails, EventKind, EventState, Pitch, SessionDetails

AddEvent = Callable[..., int]
AddPerson = Callable[..., int]


def test_a_conference_comes_with_its_days_zone_and_checklist(planner: Planner, conference: AddEvent) -> None:
    id = conference()
    file = planner.event_queries.file(id)
    assert (file.event.first_day, file.event.last_day) == (date(2027, 7, 14), date(2027, 7, 18))
    assert str(file.zone) == "Europe/Warsaw"
    assert [item.text for item in file.checklist][-1] == "Print or send the brief"
    assert str(file.readiness) == "0 of 5 things done"


def test_whole_days_get_the_persons_zone(planner: Planner) -> None:
    start = datetime(2027, 7, 13, 22, tzinfo=UTC)
    details = replace(_meetup(start), ends_at=start + timedelta(days=1), all_day=True)
    kept = planner.event_queries.get(planner.events.add(details).new("event"))
    assert kept.details.time_zone == "Europe/Berlin"
    assert (kept.first_day, kept.last_day) == (date(2027, 7, 14), date(2027, 7, 14))


def _meetup(start: datetime) -> EventDetails:
    return EventDetails("PyLadies", EventKind.MEETUP, start, start + timedelta(hours=2))


def test_editing_and_undoing(planner: Planner, conference: AddEvent) -> None:
    id = conference()
    before = planner.event_queries.get(id)
    changes = planner.events.update(id, replace(before.details, title="  Cells   2027 ", aim=" Listen. "))
    assert changes.label == "edit Cells 2027"
    assert changes.touches("event", id)
    assert planner.event_queries.get(id).details.aim == "Listen."
    planner.history.undo()
    assert planner.event_queries.get(id) == before


@pytest.mark.parametrize("title", ["", "  \n "])
def test_an_event_needs_a_name(planner: Planner, conference: AddEvent, title: str) -> None:
    id = conference()
    details = planner.event_queries.get(id).details
    with pytest.raises(Invalid, match="Title"):
        planner.events.update(id, replace(details, title=title))
    assert planner.event_queries.get(id).details == details


def test_called_off_events_are_listed_but_not_counted(planner: Planner, conference: AddEvent) -> None:
    id = conference()
    planner.events.set_state((id,), EventState.CALLED_OFF)
    assert [row.id for row in planner.event_queries.upcoming()] == [id]
    assert planner.event_queries.to_prepare() == 0
    assert planner.event_queries.next_event() is None
    assert planner.event_queries.between(date(2027, 7, 1), date(2027, 7, 31)) == ()
    planner.events.set_state((id,), EventState.PLANNED)
    assert planner.event_queries.to_prepare() == 1


def test_deleting_takes_all_of_it_and_undo_brings_all_of_it_back(
    planner: Planner, conference: AddEvent, person: AddPerson
) -> None:
    ingrid = person("Ingrid Vale")
    id = conference(ingrid)
    planner.events.agenda.add(id, SessionDetails("Batteries that last", speakers=("Ingrid Vale",)))
    planner.events.pitches.add(text="I help plants.", event_id=id)
    before = planner.event_queries.file(id)
    assert planner.events.delete((id,)).label == "delete Cells 2027"
    with pytest.raises(NotFound):
        planner.event_queries.file(id)
    assert planner.event_queries.for_contact(ingrid) == ()
    planner.history.undo()
    assert planner.event_queries.file(id) == before


def test_lists_by_time(planner: Planner, clock: FixedClock, conference: AddEvent, talk: AddEvent) -> None:
    later, sooner = conference(), talk()
    assert [row.id for row in planner.event_queries.upcoming()] == [sooner, later]
    assert [row.id for row in planner.event_queries.upcoming(1)] == [sooner]
    next_event = planner.event_queries.next_event()
    assert next_event is not None
    assert next_event.event.id == later
    assert [row.id for row in planner.event_queries.between(date(2027, 7, 12), date(2027, 7, 12))] == [sooner]
    clock.advance(timedelta(days=3))
    assert [row.id for row in planner.event_queries.past()] == [sooner]
    assert [row.id for row in planner.event_queries.to_wrap_up()] == [sooner]
    assert [row.id for row in planner.event_queries.upcoming()] == [later]


def test_an_event_of_last_night_is_found_on_its_day_alone(planner: Planner) -> None:
    # From 18:00 to midnight in Berlin: it does not reach into the day that begins then.
    start = datetime(2027, 7, 12, 16, tzinfo=UTC)
    planner.events.add(replace(_meetup(start), ends_at=start + timedelta(hours=6)))
    assert len(planner.event_queries.between(date(2027, 7, 12), date(2027, 7, 12))) == 1
    assert planner.event_queries.between(date(2027, 7, 13), date(2027, 7, 13)) == ()


def test_rows_name_the_first_people(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    people = [person(name) for name in ("Ingrid Vale", "Samir Bellamy", "Lucía Ferrer", "Kofi Danso")]
    conference(*people)
    (row,) = planner.event_queries.upcoming()
    assert (row.people, row.names) == (4, ("Ingrid Vale", "Samir Bellamy", "Lucía Ferrer"))


def test_an_event_may_be_added_with_names(planner: Planner, person: AddPerson) -> None:
    dana = person("Dana Frost")
    details = _meetup(datetime(2027, 7, 12, 16, tzinfo=UTC))
    changes = planner.events.add(details, names=("dana frost", " ", "Bo  Ek"))
    people = planner.event_queries.attendances(changes.new("event"))
    assert {each.name: each.contact_id for each in people} == {"Dana Frost": dana, "Bo Ek": changes.new("contact")}


def test_before_you_go(planner: Planner, conference: AddEvent) -> None:
    id = conference()
    planner.events.add_check(id, " Invite   Tomás along ")
    *_, last = planner.event_queries.file(id).checklist
    assert last.text == "Invite Tomás along"
    planner.events.tick_check((last.id,))
    planner.events.update_check(last.id, "Invite Tomás")
    assert planner.event_queries.file(id).readiness.checked == 1
    planner.events.move_check(last.id, 0)
    assert planner.event_queries.file(id).checklist[0].text == "Invite Tomás"
    planner.events.move_check(last.id, 99)
    planner.events.delete_check((last.id,))
    assert last.id not in {item.id for item in planner.event_queries.file(id).checklist}
    planner.history.undo()
    assert planner.event_queries.file(id).checklist[-1].done
    with pytest.raises(Invalid):
        planner.events.add_check(id, "  ")


# --- agenda ----------------------------------------------------------------------------------------------------------


def test_the_agenda_is_in_order_of_time_and_knows_its_speakers(
    planner: Planner, conference: AddEvent, person: AddPerson
) -> None:
    ingrid = person("Ingrid Vále")
    id = conference(ingrid)
    agenda = planner.events.agenda
    agenda.add(id, SessionDetails("Open space"))
    agenda.add(id, SessionDetails("From lab to line", _at(16, 11), speakers=("Kofi Danso", " ")))
    agenda.add(id, SessionDetails("Batteries that last", _at(15, 7), _at(15, 8), speakers=("VALE, Ingrid",)))
    first, second, third = planner.event_queries.agenda(id)
    assert [item.title for item in (first, second, third)] == [
        "Batteries that last",
        "From lab to line",
        "Open space",
    ]
    assert first.speakers[0].contact_id == ingrid
    assert [speaker.contact_id for speaker in second.speakers] == [None]
    (row,) = planner.event_queries.attendances(id)
    assert [item.title for item in row.sessions] == ["Batteries that last"]


def test_a_speaker_is_linked_once_they_are_added(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    id = conference()
    planner.events.agenda.add(id, SessionDetails("From lab to line", _at(16, 11), speakers=("Kofi Danso",)))
    kofi = person("Kofi Danso")
    planner.events.people.add(id, (kofi,))
    assert planner.event_queries.agenda(id)[0].speakers[0].contact_id == kofi


def test_two_people_of_a_name_are_not_guessed_between(
    planner: Planner, conference: AddEvent, person: AddPerson
) -> None:
    person("Anna Berg")
    here = person("Anna Berg")
    id = conference()
    planner.events.agenda.add(id, SessionDetails("Talk", speakers=("Anna Berg",)))
    assert planner.event_queries.agenda(id)[0].speakers[0].contact_id is None
    planner.events.people.add(id, (here,))
    # Of the two, only one is at the event.
    assert planner.event_queries.agenda(id)[0].speakers[0].contact_id == here


def test_editing_marking_and_deleting_a_session(planner: Planner, conference: AddEvent, person: AddPerson) -> None:
    ingrid = person("Ingrid Vale")
    id = conference()
    session_id = planner.events.agenda.add(id, SessionDetails("Talk", speakers=("Ingrid Vale", "Bo Ek"))).new("session")
    planner.events.agenda.update(session_id, SessionDetails("Keynote", _at(15, 7), room="A", speakers=("Ingrid Vale",)))
    (item,) = planner.event_queries.agenda(id)
    assert (item.title, item.room, item.speakers[0].contact_id, len(item.speakers)) == ("Keynote", "A", ingrid, 1)
    assert planner.events.agenda.mark((session_id,)).label == "mark an agenda item"
    assert planner.event_queries.agenda(id)[0].marked
    planner.events.agenda.delete((session_id,))
    assert planner.event_queries.agenda(id) == ()
    planner.history.undo()
    assert planner.event_queries.agenda(id)[0].speakers == item.speakers


@pytest.mark.parametrize(
    "details",
    [SessionDetails(" "), SessionDetails("x", datetime(2027, 7, 2, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC))],
)
def test_impossible_sessions_are_refused(planner: Planner, conference: AddEvent, details: SessionDetails) -> None:
    with pytest.raises(Invalid):
        planner.events.agenda.add(conference(), details)


def _at(day: int, hour: int) -> datetime:
    return datetime(2027, 7, day, hour, 15, tzinfo=UTC)


# --- pitch -----------------------------------------------------------------------------------------------------------


def test_a_pitch_keeps_its_earlier_texts(planner: Planner, clock: FixedClock, conference: AddEvent) -> None:
    id = conference()
    pitch_id = planner.events.pitches.add("for leaders", "I help plants.", 60, id).new("pitch")
    planner.events.pitches.update(pitch_id, text="I help plants cut scrap.")
    assert _pitch(planner, id).versions == ()
    clock.advance(timedelta(hours=1))
    planner.events.pitches.update(pitch_id, text="I help plants cut scrap!")
    clock.advance(timedelta(hours=1))
    planner.events.pitches.update(pitch_id, text="Plants throw away less with me.", target_seconds=30)
    pitch = _pitch(planner, id)
    assert [version.text for version in pitch.versions] == ["I help plants cut scrap!"]
    assert pitch.target_seconds == 30
    planner.events.pitches.restore(pitch.versions[0].id)
    pitch = _pitch(planner, id)
    assert pitch.text == "I help plants cut scrap!"
    assert "Plants throw away less with me." in {version.text for version in pitch.versions}
    planner.history.undo()
    assert _pitch(planner, id).text == "Plants throw away less with me."


def test_a_pitch_is_shared_and_proposed_for_the_next_event(
    planner: Planner, conference: AddEvent, talk: AddEvent
) -> None:
    first = conference()
    pitch_id = planner.events.pitches.add(text="I help plants. " * 5, event_id=first).new("pitch")
    second = conference(title="Cells 2028")
    assert _pitch(planner, second).id == pitch_id
    assert planner.event_queries.file(talk()).pitch is None
    planner.events.pitches.update(pitch_id, text="Less scrap.")
    assert _pitch(planner, first).text == "Less scrap."
    planner.events.pitches.choose(second, None)
    assert planner.event_queries.file(second).pitch is None
    planner.events.pitches.delete(pitch_id)
    assert planner.event_queries.file(first).pitch is None
    planner.history.undo()
    assert [pitch.text for pitch in planner.event_queries.pitches()] == ["Less scrap."]


def test_the_pace_is_a_setting(planner: Planner, conference: AddEvent) -> None:
    id = conference()
    planner.events.pitches.add(text="word " * 70, event_id=id)
    assert planner.event_queries.readiness(id).pitch_seconds == 30
    planner.settings.change(speaking_words_a_minute=70)
    assert planner.event_queries.readiness(id).pitch_seconds == 60


@pytest.mark.parametrize("seconds", [-1, 0, 4, 601])
def test_an_absurd_target_is_refused(planner: Planner, seconds: int) -> None:
    with pytest.raises(Invalid, match="Target"):
        planner.events.pitches.add(target_seconds=seconds)


def _pitch(planner: Planner, event_id: int) -> Pitch:
    pitch = planner.event_queries.file(event_id).pitch
    assert pitch is not None
    return pitch
