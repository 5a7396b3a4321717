"""The page Today, put together on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.errors import Invalid
from planner.events.records import EventDetails, EventKind, EventState
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.drafts import ExchangeDraft
from planner.relations.goals import GoalDraft
from planner.relations.records import Direction, ExchangeKind
from planner.store.tables import AcquaintanceTable
from planner.today.queries import quarter_of

Person = Callable[..., int]
TODAY = date(2027, 7, 8)


def event(planner: Planner, title: str, kind: EventKind, starts: datetime, days: float = 1, **more) -> int:  # type: ignore[no-untyped-def]
    return planner.events.add(EventDetails(title, kind, starts, starts + timedelta(days=days), **more)).new("event")


def test_a_new_book_is_new_and_a_first_person_ends_that(planner: Planner, person: Person) -> None:
    page = planner.today.get()
    assert page.is_new
    assert page.is_clear
    assert page.goal is None
    assert page.next_event is None
    person("Ada Ek")
    assert not planner.today.get().is_new


def test_what_is_due_late_and_drifting(planner: Planner, person: Person) -> None:
    ada, bo = person("Ada Ek", Role.PEER, quiet=200), person("Bo Quist", Role.PEER, quiet=200)
    for days in (-2, 0, 1, 30):
        due = TODAY + timedelta(days=days)
        planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, "Thank for the coffee", due, (ada,)))
    page = planner.today.get()
    assert [len(page.overdue), len(page.due), page.more_this_week, page.day_capacity] == [1, 1, 1, 5]
    assert page.due.entries[0].headline == "Thank Ada Ek for the coffee"
    assert [each.contact_id for each in page.drifting] == [bo], "who is on the list already does not drift"
    assert not page.is_clear


def test_the_next_event_and_the_meetings_of_the_week(planner: Planner, person: Person) -> None:
    dana = person("Dana")
    hour = timedelta(hours=1) / timedelta(days=1)
    past = event(planner, "1:1 with Dana", EventKind.ONE_TO_ONE, datetime(2027, 7, 6, 8, tzinfo=UTC), hour)
    planner.events.set_state([past], EventState.WRAPPED_UP)
    talk = event(planner, "Talk", EventKind.INFORMATIONAL_INTERVIEW, datetime(2027, 7, 8, 14, tzinfo=UTC), hour)
    conference = event(
        planner, "EuroPython", EventKind.CONFERENCE, datetime(2027, 7, 13, 22, tzinfo=UTC), 5, all_day=True
    )
    planner.events.people.add(conference, [dana])
    off = event(planner, "Off", EventKind.MEETUP, datetime(2027, 7, 9, 17, tzinfo=UTC), hour)
    planner.events.set_state([off], EventState.CALLED_OFF)
    page = planner.today.get()
    assert page.next_event is not None
    assert (page.next_event.file.event.id, page.next_event.days) == (conference, 6)
    assert [(each.id, each.wrapped_up) for each in page.meetings] == [(past, True), (talk, False)]
    assert page.meetings[1].starts_at is not None
    assert page.meetings[1].starts_at.hour == 16, "Berlin in summer"
    sunday_first = planner.today.get(week_start=6)
    assert [each.id for each in sunday_first.meetings] == [past, talk]


def test_give_and_take_counts_this_quarter(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    for on in (date(2027, 6, 30), date(2027, 7, 1), TODAY):
        draft = ExchangeDraft(Direction.GIVEN, ExchangeKind.RESOURCE, contact_id=ada, on=on)
        planner.relations.add_exchange(draft)
    assert planner.today.get().give_and_take.given == 2


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 3, 31), date(2027, 1, 1)),
        (date(2027, 12, 31), date(2027, 10, 1)),
    ],
)
def test_quarters(day: date, first: date) -> None:
    assert quarter_of(day) == first


def test_a_goal_knows_who_is_there_and_who_could_open_the_door(planner: Planner, person: Person) -> None:
    there = person("Ada Ek", field="Platform engineering")
    door, chosen = person("Bo Quist"), person("Cy Roe", organisation="Mirrus")
    person("Di Poe")
    with planner.store.write("note who knows whom") as work:
        work.session.add(AcquaintanceTable(contact_id=door, other_id=there))
    id = planner.goals.add(
        GoalDraft("Move into platform leadership", fields=("platform",), organisations=("mirrus",))
    ).new("goal")
    goal = planner.today.get().goal
    assert goal is not None
    assert (goal.there, goal.doors) == ((there, chosen), (door,))
    planner.goals.update(id, GoalDraft("Lead a platform team", contact_ids=(door,)))
    goal = planner.goals.current()
    assert goal is not None
    assert (goal.draft.title, goal.there, goal.doors) == ("Lead a platform team", (door,), (there,))
    planner.goals.close(id)
    assert planner.today.get().goal is None
    assert len(planner.goals.all()) == 1
    planner.history.undo()
    assert planner.today.get().goal is not None
    planner.goals.delete([id])
    assert planner.goals.all() == ()
    with pytest.raises(Invalid):
        planner.goals.add(GoalDraft("  "))


def test_the_page_moves_on_at_midnight(planner: Planner, person: Person, clock: FixedClock) -> None:
    planner.followups.add(FollowUpDetails(FollowUpKind.OTHER, "Tidy up", TODAY, (person("Ada Ek"),)))
    clock.advance(timedelta(hours=13, minutes=59, seconds=59))  # 23:59:59 in Berlin
    assert len(planner.today.get().due) == 1
    clock.advance(timedelta(seconds=1))
    page = planner.today.get()
    assert (len(page.overdue), len(page.due), page.day) == (1, 0, TODAY + timedelta(days=1))
