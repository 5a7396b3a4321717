"""What fits into the minutes there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.contacts.records import Boundary, ContactDetails, Role
from planner.errors import Invalid
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.followups.rules.minutes import ENOUGH, MOST, USUAL, Item, estimate, pick
from planner.followups.rules.rhythm import longest
from planner.relations.records import InteractionKind

TODAY = date(2027, 7, 8)
CALL, THANK = FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU


def item(id: int, minutes: int, score: float = 1.0, **more: object) -> Item:
    return Item(id, minutes, score, TODAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("items", "minutes", "ids"),
    [
        ([item(1, 10, 5), item(2, 10, 9)], 10, (2,)),  # the weightier one
        ([item(1, 30, 9), item(2, 10, 5), item(3, 10, 4)], 40, (1, 2)),  # not the three small ones instead
        ([item(1, 50, 9), item(2, 10, 5)], 40, (2,)),  # too long for now: what still fits comes in
        ([item(1, 10, 9), item(2, 10, 1, matters=True)], 10, (2,)),  # who matters most comes first
        ([item(1, 10, 9, hindered="it is 03:00 for Ada"), item(2, 10, 5)], 40, (2,)),
        ([], 40, ()),
        ([item(1, 10, 5), item(2, 10, 5)], 20, (1, 2)),  # all the same: the older
    ],
)
def test_what_is_picked(items: list[Item], minutes: int, ids: tuple[int, ...]) -> None:
    picked = pick(items, minutes)
    assert picked.ids == ids
    assert set(picked.left_out) | set(picked.ids) | set(picked.hindered or ()) == {each.id for each in items}


ITEMS = st.lists(
    st.builds(Item, st.integers(1, 10_000), st.integers(1, 90), st.floats(0, 100), st.dates(), st.booleans()),
    max_size=25,
    unique_by=lambda each: each.id,
)


@given(ITEMS, st.integers(1, 300))
def test_it_never_takes_longer_and_leaves_nothing_that_would_still_fit(items: list[Item], minutes: int) -> None:
    by_id = {each.id: each for each in items}
    picked = pick(items, minutes)
    assert picked.minutes == sum(by_id[id].minutes for id in picked.ids) <= minutes
    assert len(picked.ids) <= MOST
    if len(picked.ids) < MOST:
        assert all(by_id[id].minutes > minutes - picked.minutes for id in picked.left_out)
    fitting = [each for each in items if each.minutes <= minutes]
    if fitting:
        best = min(fitting, key=lambda one: (not one.matters, -one.score, one.due_on, one.id))
        assert picked.ids[0] == best.id


@given(ITEMS, st.integers(1, 300))
def test_the_order_things_came_in_does_not_matter(items: list[Item], minutes: int) -> None:
    assert pick(items, minutes) == pick(list(reversed(items)), minutes)


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_minutes_that_no_day_has(minutes: int) -> None:
    with pytest.raises(Invalid):
        pick([], minutes)


def test_an_estimate_is_what_was_chosen_then_what_was_usual_for_you_then_what_is_usual() -> None:
    assert estimate(CALL, {}) == USUAL[CALL]
    assert estimate(CALL, {}, [30] * (ENOUGH - 1)) == USUAL[CALL]
    assert estimate(CALL, {}, [20, 25, 180]) == 25
    assert estimate(CALL, {CALL: 7}, [20, 25, 180]) == 7
    assert set(USUAL) == set(FollowUpKind)


def test_the_longest_silence_is_ones_own_else_the_shortest_of_the_roles() -> None:
    by_role = {Role.MENTOR: 60, Role.PEER: 120}
    assert longest(None, (Role.PEER, Role.MENTOR), by_role) == 60
    assert longest(90, (Role.MENTOR,), by_role) == 90
    assert longest(None, (Role.CLIENT,), by_role) is None


# --- on a real file


def todo(planner: Planner, title: str, *ids: int, days: int = 0, kind: FollowUpKind = THANK) -> int:
    details = FollowUpDetails(kind, title, planner.clock.today() + timedelta(days=days), ids)
    return planner.followups.add(details).new("followup")


def test_forty_minutes_are_filled_and_the_rest_moves_in_one_step(planner: Planner, person: Callable[..., int]) -> None:
    ada, bo = person("Ada Ek"), person("Bo Quist", matters=True)
    late = todo(planner, "Send the deck", ada, days=-3, kind=FollowUpKind.PROMISE)
    first = todo(planner, "Thank for lunch", bo)
    work = todo(planner, "Prepare", ada, kind=FollowUpKind.PREPARE)
    soon = todo(planner, "Say hello", ada, days=1)
    todo(planner, "Much later", ada, days=40)
    having = planner.followup_queries.having(40)
    assert having.ids == (first, late, soon)
    assert having.minutes == 30
    assert having.rest == (work,)
    assert having.chosen[0].why.startswith("matters most to you · due today")
    assert "3 days late" in having.chosen[1].why
    changes = planner.followups.move_on(having.rest)
    assert changes.label == "move “Prepare” to the next days"
    moved = planner.followup_queries.get(work)
    assert (moved.details.due_on > planner.clock.today(), moved.snoozes) == (True, 0)
    planner.history.undo()
    assert planner.followup_queries.get(work).details.due_on == planner.clock.today()


def test_nobody_is_called_in_the_night(planner: Planner) -> None:
    there = ContactDetails(
        given="Ada",
        family="Ek",
        time_zone="America/Los_Angeles",  # where it is one in the morning
        boundary=Boundary(preferred_channel="phone", hours_from="09:00", hours_to="17:00"),
    )
    ada = planner.contacts.add(there).new("contact")
    call = todo(planner, "Check in", ada, kind=CALL)
    having = planner.followup_queries.having(40)
    assert (having.ids, having.rest) == ((), (call,))
    ((entry, why),) = having.passed_over
    assert (entry.id, why) == (call, "it is 01:00 for Ada Ek, outside the hours to call")


def test_what_it_took_before_is_remembered(planner: Planner, person: Callable[..., int]) -> None:
    ada = person("Ada Ek")
    for _ in range(ENOUGH):
        id = todo(planner, "Check in", ada, kind=CALL)
        planner.followups.done((id,), "Called, 35 min")
    (newest, *_) = planner.relation_queries.interactions(ada)
    assert (newest.kind, newest.minutes) == (InteractionKind.CALL, 35)
    todo(planner, "Check in", ada, kind=CALL)
    assert [each.minutes for each in planner.followup_queries.having(60).chosen] == [35]
    planner.settings.change(minutes={CALL: 12})
    assert [each.minutes for each in planner.followup_queries.having(60).chosen] == [12]


def test_a_longest_silence_by_role_makes_somebody_drift(planner: Planner, person: Callable[..., int]) -> None:
    ada = person("Ada Ek", Role.RECRUITER, quiet=50)
    assert planner.followup_queries.drifting(5) == ()
    planner.settings.change(longest={Role.RECRUITER: 40})
    (drifter,) = planner.followup_queries.drifting(5)
    assert (drifter.contact_id, drifter.longest_days) == (ada, 40)
    assert planner.contact_queries.rows((ada,))[0].drifting
