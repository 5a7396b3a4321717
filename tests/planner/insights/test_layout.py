"""The network map's layout."""

from __future__ import annotations

from itertools import combinations
from math import dist, hypot

from hypothesis import given
from hypothesis import strategies as st

from planner.insights.layout import Edge, layout


def test_nobody_is_an_empty_map() -> None:
    assert layout([], [], closeness=[]) == ()


def test_the_same_network_gives_the_same_picture() -> None:
    groups, wishes = ["a", "b"] * 10, [0.3, 0.9] * 10
    edges = [Edge(0, 2), Edge(1, 5, 0.5)]
    assert layout(groups, edges, closeness=wishes) == layout(groups, edges, closeness=wishes)


def test_a_close_tie_stands_nearer_the_middle() -> None:
    places = layout(["a"] * 30, [], closeness=[0.2] * 10 + [0.9] * 20)
    near = sum(hypot(*place) for place in places[:10]) / 10
    far = sum(hypot(*place) for place in places[10:]) / 20
    assert near < far - 0.2


def test_those_who_know_each_other_stand_nearer_than_those_who_do_not() -> None:
    edges = [Edge(0, n, 0.5) for n in range(1, 4)]
    tied = layout(["a"] * 20, edges, closeness=[0.6] * 20)
    loose = layout(["a"] * 20, [], closeness=[0.6] * 20)
    assert sum(dist(tied[0], tied[n]) for n in (1, 2, 3)) < sum(dist(loose[0], loose[n]) for n in (1, 2, 3))


def test_a_group_is_found_together() -> None:
    groups = ["a"] * 15 + ["b"] * 15
    places = layout(groups, [], closeness=[0.7] * 30)

    def spread(members: range) -> float:
        return sum(dist(places[m], places[n]) for m, n in combinations(members, 2)) / 105

    across = sum(dist(places[m], places[n]) for m in range(15) for n in range(15, 30)) / 225
    assert spread(range(15)) < across
    assert spread(range(15, 30)) < across


def test_it_stops_when_asked() -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 3

    assert len(layout(["a"] * 5, [], closeness=[0.5] * 5, cancelled=cancelled)) == 5
    assert len(asked) == 3


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), max_size=25), st.data())
def test_everybody_stands_inside_and_apart(people: list[tuple[str, float]], data: st.DataObject) -> None:
    count = len(people)
    ends = st.integers(0, max(0, count - 1))
    edges = [Edge(a, b) for a, b in data.draw(st.lists(st.tuples(ends, ends), max_size=20 if count else 0)) if a != b]
    places = layout([group for group, _ in people], edges, closeness=[wish for _, wish in people], steps=40)
    assert len(places) == count
    assert all(hypot(*place) <= 1 + 1e-9 for place in places)
    assert len(set(places)) == count
