"""Insights from a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Role, Tie
from planner.insights.periods import all_time, last_months, whole_year
from planner.paths import DataFolder
from planner.relations.drafts import ExchangeDraft, InteractionDraft, PromiseDraft
from planner.relations.goals import GoalDraft
from planner.relations.records import Direction, ExchangeKind, InteractionKind, PromiseSide
from planner.sample import fill

TODAY = date(2027, 7, 10)
YEAR = last_months(12, TODAY)
Add = Callable[..., int]


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


@pytest.fixture
def person(planner: Planner) -> Add:
    def add(name: str, **more: object) -> int:
        return planner.contacts.add(ContactDetails(given=name, **more)).new("contact")  # type: ignore[arg-type]

    return add


def met(planner: Planner, *ids: int, ago: int = 1, kind: InteractionKind = InteractionKind.MET) -> None:
    at = planner.clock.now() - timedelta(days=ago)
    planner.relations.log(InteractionDraft(kind, at, True, ids))


def test_an_empty_book(planner: Planner) -> None:
    found = planner.insights.get(YEAR)
    assert (found.contacts, found.ties.strong, found.ties.weak, found.rhythm.percent) == (0, (), 0, None)
    assert planner.insights.network().nodes == ()
    assert planner.insights.years() == (2027,)


def test_a_tie_is_the_one_set_or_the_one_the_history_suggests(planner: Planner, person: Add) -> None:
    chosen, often, once, stranger = person("A", tie=Tie.STRONG), person("B"), person("C"), person("D")
    overruled = person("E", tie=Tie.WEAK)
    for ago in range(1, 120, 10):
        met(planner, often, ago=ago)
        met(planner, overruled, ago=ago)
    met(planner, once, ago=3)
    found = planner.insights.get(YEAR).ties
    assert found.strong == (chosen, often)
    assert (found.weak, found.suggested, found.not_yet) == (2, 1, 1)
    assert found.new_weak == (once,)  # the others were met before this quarter
    assert planner.insights.weak_ties() == (once, overruled)
    nodes = {node.id: (node.tie, node.suggested) for node in planner.insights.network().nodes}
    assert nodes[chosen] == (Tie.STRONG, False)
    assert nodes[often] == (Tie.STRONG, True)
    assert nodes[overruled] == (Tie.WEAK, False)
    assert stranger not in nodes


def test_rhythm_promises_and_give_and_take(planner: Planner, person: Add) -> None:
    kept, late = person("A", rhythm_days=30), person("B", rhythm_days=30)
    met(planner, kept, ago=10)
    met(planner, late, ago=40)
    promised = planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "the paper", TODAY, kept))
    planner.relations.keep_promise(promised.new("promise"))
    planner.relations.add_exchange(
        ExchangeDraft(Direction.GIVEN, ExchangeKind.RESOURCE, "a link", contact_id=late, on=date(2027, 6, 1))
    )
    found = planner.insights.get(YEAR)
    assert (found.rhythm.on_time, found.rhythm.late, found.rhythm.percent) == ((kept,), (late,), 50)
    assert (found.promises.count_kept, found.promises.count, found.promises.median_days) == (1, 1, 0)
    assert found.gave_to == (late,)
    assert [(each.month, each.given) for each in found.months if each.given] == [(6, 1)]
    earlier = planner.insights.get(whole_year(2026))
    assert (earlier.promises.count, earlier.gave_to) == (0, ())


def test_the_goal_asks_for_sponsors(planner: Planner, person: Add) -> None:
    person("A", roles=(Role.MENTOR,), tie=Tie.STRONG)
    there = person("B", field="Product", tie=Tie.WEAK)
    planner.goals.add(GoalDraft("Lead a product", fields=("Product",)))
    (spot,) = planner.insights.get(YEAR).blind_spots
    assert (spot.strong, spot.why, spot.people) == ("No sponsor", "you know 1 person there", (there,))


def test_groups_and_who_is_in_them(planner: Planner, person: Add) -> None:
    first = person("A", field="Energy", organisation="Halden", tie=Tie.WEAK)
    person("B", field="Law", tie=Tie.WEAK)
    person("C", field="Energy")  # nothing has happened yet
    found = planner.insights.get(YEAR)
    assert [(each.name, each.people) for each in found.field_groups] == [("Energy", 1), ("Law", 1)]
    assert planner.insights.in_field("Energy") == (first,)
    assert planner.insights.in_organisation("Halden") == (first,)


def test_people_met_together_know_each_other_on_the_map(planner: Planner, person: Add) -> None:
    a, b, c = person("A", field="X"), person("B", field="Y"), person("C")
    met(planner, a, b)
    met(planner, c, ago=400)
    network = planner.insights.network()
    ids = [node.id for node in network.nodes]
    assert {tuple(sorted((ids[one], ids[other]))) for one, other in network.edges} == {(a, b)}
    assert len(network.positions) == 3
    assert all(x * x + y * y <= 1.0001 for x, y in network.positions)
    assert network == planner.insights.network()
    assert planner.insights.network(most=1).left_out == 2
    assert planner.insights.years() == (2027, 2026)


def test_the_sample_shows_all_of_it_alive(planner: Planner) -> None:
    fill(planner)
    found = planner.insights.get(all_time(TODAY))
    assert found.ties.strong
    assert found.promises.count
    assert found.blind_spots
    assert any("intro" in event.led_to for event in found.events)
    for event in found.events:
        assert set(event.followed_up) <= set(event.met)
