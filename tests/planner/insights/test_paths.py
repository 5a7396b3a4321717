"""Paths of introductions."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import Tie
from planner.insights.paths import COST, LONGEST, ME, Acquaintance, best_path

STRONG, MEDIUM, WEAK = Tie.STRONG, Tie.MEDIUM, Tie.WEAK


@pytest.mark.parametrize(
    ("known", "people", "strength"),
    [
        ([(ME, 1, STRONG), (1, 9, STRONG)], (1, 9), STRONG),
        ([(ME, 1, STRONG), (9, 1, WEAK)], (1, 9), WEAK),
        # Two strong ties are easier to ask than one weak tie of a stranger's friend.
        ([(ME, 1, STRONG), (1, 9, WEAK), (1, 2, STRONG), (2, 9, STRONG)], (1, 2, 9), STRONG),
        ([(ME, 1, WEAK), (ME, 2, MEDIUM), (1, 9, STRONG), (2, 9, STRONG)], (2, 9), MEDIUM),
        ([(ME, 1, None), (1, 9, STRONG)], (1, 9), WEAK),
        ([(ME, 9, STRONG)], (9,), STRONG),
    ],
)
def test_the_easiest_way_is_found(
    known: list[tuple[int, int, Tie | None]], people: tuple[int, ...], strength: Tie
) -> None:
    path = best_path([Acquaintance(*one) for one in known], 9)
    assert path is not None
    assert (path.people, path.strength) == (people, strength)


@pytest.mark.parametrize("known", [[], [(ME, 1, STRONG)], [(1, 9, STRONG)]])
def test_no_way_is_no_path(known: list[tuple[int, int, Tie]]) -> None:
    assert best_path([Acquaintance(*one) for one in known], 9) is None


def test_a_chain_nobody_would_ask_along_is_no_path() -> None:
    chain = [Acquaintance(n, n + 1, STRONG) for n in range(LONGEST + 1)]
    assert best_path(chain, LONGEST) is not None
    assert best_path(chain, LONGEST + 1) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(Tie)).filter(lambda edge: edge[0] != edge[1]),
        max_size=12,
    )
)
def test_no_other_way_is_easier(edges: list[tuple[int, int, Tie]]) -> None:
    costs: dict[frozenset[int], float] = {}
    for a, b, tie in edges:
        costs[frozenset((a, b))] = min(COST[tie], costs.get(frozenset((a, b)), 99))
    ways = [
        sum(costs[frozenset(step)] for step in zip((ME, *middle), (*middle, 5), strict=True))
        for length in range(LONGEST)
        for middle in permutations(range(1, 5), length)
        if all(frozenset(step) in costs for step in zip((ME, *middle), (*middle, 5), strict=True))
    ]
    path = best_path([Acquaintance(*edge) for edge in edges], 5)
    assert (path.cost if path else None) == (min(ways) if ways else None)
