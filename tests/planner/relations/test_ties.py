"""The tie formula: examples a person would agree with, and what must hold for every history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import Tie
from planner.relations.records import Direction, InteractionKind
from planner.relations.ties import YEAR, Touch, judge, judged_tie, strong_for, suggest

TODAY = date(2027, 7, 10)
MET, CALL, EMAIL, SOCIAL = (
    InteractionKind.MET,
    InteractionKind.CALL,
    InteractionKind.EMAIL,
    InteractionKind.SOCIAL,
)
GAVE, GOT = Direction.GIVEN, Direction.RECEIVED


def ago(*days: int, kind: InteractionKind = MET) -> list[Touch]:
    return [Touch(TODAY - timedelta(days=n), kind) for n in days]


@pytest.mark.parametrize(
    ("touches", "exchanges", "tie"),
    [
        (ago(*range(10, 340, 28)), [GAVE, GOT, GAVE, GOT], Tie.STRONG),  # a mentor seen every four weeks
        (ago(*range(10, 340, 28), kind=CALL), [GOT, GAVE], Tie.STRONG),
        (ago(20, 110, 200), [GAVE], Tie.MEDIUM),  # a peer met three times a year
        (ago(*range(5, 200, 20), kind=EMAIL), [], Tie.MEDIUM),
        (ago(45), [], Tie.WEAK),  # met once: an acquaintance, however pleasant
        (ago(100), [], Tie.WEAK),  # met once at a conference, three months ago
        (ago(30, kind=EMAIL), [], Tie.WEAK),
        (ago(90, kind=SOCIAL), [], Tie.WEAK),
        (ago(800, 900, 1000), [GAVE, GOT], Tie.WEAK),  # once close, long quiet
    ],
)
def test_histories_are_judged_as_a_person_would(touches: list[Touch], exchanges: list[Direction], tie: Tie) -> None:
    suggestion = suggest(touches, exchanges, TODAY)
    assert suggestion is not None
    assert suggestion.tie is tie, suggestion


def test_the_reasons_say_what_was_counted() -> None:
    suggestion = suggest([*ago(21, 60), *ago(100, kind=EMAIL)], [GAVE, GOT], TODAY)
    assert suggestion is not None
    assert suggestion.reasons == (
        "in touch 3 times in 12 months",
        "last 3 weeks ago",
        "2 of 3 face to face or by voice",
        "help went both ways",
    )


def test_no_history_suggests_nothing() -> None:
    assert suggest([], [GAVE], TODAY) is None
    assert suggest([Touch(TODAY + timedelta(days=1), MET)], [], TODAY) is None


TOUCHES = st.lists(
    st.builds(
        lambda days, kind: Touch(TODAY - timedelta(days=days), kind),
        st.integers(0, 2000),
        st.sampled_from(InteractionKind),
    ),
    min_size=1,
    max_size=30,
)
EXCHANGES = st.lists(st.sampled_from(Direction), max_size=10)


@given(TOUCHES, EXCHANGES)
def test_every_part_lies_between_nothing_and_all(touches: list[Touch], exchanges: list[Direction]) -> None:
    suggestion = suggest(touches, exchanges, TODAY)
    assert suggestion is not None
    parts = (suggestion.frequency, suggestion.recency, suggestion.depth, suggestion.reciprocity, suggestion.score)
    assert all(0 <= part <= 1 for part in parts)
    assert suggestion.reasons


@given(TOUCHES, EXCHANGES, st.sampled_from(InteractionKind))
def test_being_in_touch_today_never_weakens_a_tie(
    touches: list[Touch], exchanges: list[Direction], kind: InteractionKind
) -> None:
    before = suggest(touches, exchanges, TODAY)
    after = suggest([*touches, Touch(TODAY, kind)], exchanges, TODAY)
    assert before is not None
    assert after is not None
    assert after.score >= before.score


@given(TOUCHES, EXCHANGES, st.integers(0, 400))
def test_silence_never_strengthens_a_tie(touches: list[Touch], exchanges: list[Direction], days: int) -> None:
    now = suggest(touches, exchanges, TODAY)
    later = suggest(touches, exchanges, TODAY + timedelta(days=days))
    assert now is not None
    assert later is not None
    assert later.score <= now.score + 1e-9


@given(
    st.dictionaries(st.sampled_from(list(InteractionKind)), st.integers(1, 30), min_size=1),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_how_long_a_tie_stays_strong(year: dict[InteractionKind, int], gave: int, got: int) -> None:
    last = strong_for(year, gave, got)
    for days in range(YEAR + 1):
        strong = judge(year, days, gave, got).tie is Tie.STRONG
        assert judged_tie(year, days, gave, got) is judge(year, days, gave, got).tie
        assert strong == (last is not None and days <= last)
