"""Diversity: known values, and what must hold for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.insights.diversity import diversity


@pytest.mark.parametrize(
    ("groups", "evenness"),
    [
        ([], 0.0),
        (["a"], 0.0),
        (["a", "a", "a"], 0.0),
        (["a", "b"], 1.0),
        (["a", "b", "c", "a", "b", "c"], 1.0),
        (["a", "a", "a", "b"], 0.75),
        (["", "", "a"], 0.0),
    ],
)
def test_known_networks(groups: list[str], evenness: float) -> None:
    assert diversity(groups).evenness == pytest.approx(evenness)


def test_the_largest_group_is_named_with_its_share() -> None:
    found = diversity(["platform"] * 72 + ["energy"] * 28 + [""] * 5)
    assert found.largest == ("platform", 0.72)
    assert (found.known, found.unknown) == (100, 5)


@given(st.lists(st.sampled_from(["", "a", "b", "c", "d"])))
def test_shares_add_up_and_evenness_stays_in_bounds(groups: list[str]) -> None:
    found = diversity(groups)
    assert 0 <= found.evenness <= 1
    assert found.known + found.unknown == len(groups)
    assert sum(share for _, share in found.shares) == pytest.approx(1 if found.known else 0)
