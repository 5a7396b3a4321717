"""Who should meet whom, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.relations.matching import Candidate, fits, matches, terms, why

KOFI = Candidate(1, "Kofi Danso", ("energy", "pilots"), "a test site, mentor", "battery recycling")
INGRID = Candidate(2, "Ingrid Vale", ("energy",), "", "test sites; lab time")
TOM = Candidate(3, "Tom Ek", ("pilots",), "battery recycling pilots", "")

words = st.sampled_from(["lab", "test site", "energy", "mentor", "data"])
people = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 9),
        st.just("Somebody"),
        st.frozensets(words, max_size=3),
        st.lists(words, max_size=2).map(", ".join),
        st.lists(words, max_size=2).map(", ".join),
    ),
    max_size=9,
    unique_by=lambda one: one.id,
)


@pytest.mark.parametrize(
    ("need", "offer", "met"),
    [
        ("a test site", "Test sites", True),
        ("battery recycling", "battery-recycling pilots", True),
        ("somebody for energy", "energy", True),
        ("marketing", "market access", False),
        ("a", "the", False),
        ("", "anything", False),
        ("Énergie", "energie", True),
    ],
)
def test_an_offer_meets_a_need(need: str, offer: str, met: bool) -> None:
    assert fits(need, offer) is met
    assert fits(offer, need) is met


def test_terms_are_parted() -> None:
    assert terms("a mentor, energy storage; lab time and  funds\na mentor") == (
        "a mentor", "energy storage", "lab time", "funds",
    )  # fmt: skip


def test_what_one_needs_and_the_other_has_comes_first() -> None:
    found = matches((KOFI, INGRID, TOM), ())
    assert [(one.a, one.b) for one in found] == [(1, 2), (3, 1)]
    assert found[0].reasons == ("Kofi Danso looks for a test site, Ingrid Vale can offer it", "both: energy")
    assert found[0].topic == "a test site"
    assert found[1].reasons[0] == "Tom Ek looks for battery recycling pilots, Kofi Danso can offer it"


def test_those_who_know_each_other_are_left_out() -> None:
    assert [(one.a, one.b) for one in matches((KOFI, INGRID, TOM), [(2, 1)])] == [(3, 1)]


def test_what_everybody_is_tagged_with_brings_nobody_together() -> None:
    crowd = [Candidate(id, f"Person {id}", ("met",)) for id in range(1, 60)]
    assert matches(crowd, ()) == ()


def test_a_reason_to_begin_with() -> None:
    assert why(INGRID, KOFI) == "a test site"
    assert why(Candidate(1, "A", ("tea",)), Candidate(2, "B", ("tea", "go"))) == "tea"
    assert why(Candidate(1, "A"), Candidate(2, "B")) == ""


@given(people, st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=4))
def test_each_pair_once_with_a_reason_and_never_those_acquainted(
    several: list[Candidate], known: list[tuple[int, int]]
) -> None:
    found = matches(several, known, 100)
    pairs = [frozenset((one.a, one.b)) for one in found]
    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 for pair in pairs)
    assert not set(pairs) & {frozenset(pair) for pair in known}
    assert all(one.reasons and one.topic for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert {frozenset((one.a, one.b)) for one in matches(several[::-1], known, 100)} == set(pairs)
