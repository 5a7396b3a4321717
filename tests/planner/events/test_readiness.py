"""What lacks before a meeting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import Role
from planner.events import readiness
from planner.events.readiness import FEEDBACK, GROUND, QUESTIONS, RESEARCH, UPDATES
from planner.events.records import (
    Attendance,
    ChecklistItem,
    EventKind,
    Outcome,
    Part,
    PreparationItem,
    PreparationKind,
    Wish,
)

K = PreparationKind


def items(*kinds: PreparationKind) -> tuple[PreparationItem, ...]:
    return tuple(PreparationItem(number, kind, "something") for number, kind in enumerate(kinds))


@pytest.mark.parametrize(
    ("research", "kinds", "state", "missing"),
    [
        ("", (), "not started", (RESEARCH, GROUND, QUESTIONS)),
        ("  \n", (), "not started", (RESEARCH, GROUND, QUESTIONS)),
        ("Read the blog.", (), "started", (GROUND, QUESTIONS)),
        ("Read the blog.", (K.COMMON_GROUND,), "started", (QUESTIONS,)),
        ("Read the blog.", (K.TALKING_POINT,), "started", (QUESTIONS,)),
        ("", (K.TALKING_POINT, K.QUESTION), "started", (RESEARCH,)),
        ("Read the blog.", (K.TALKING_POINT, K.QUESTION), "ready", ()),
        ("Read the blog.", (K.COMMON_GROUND, K.QUESTION), "ready", ()),
    ],
)
def test_for_most_people(research: str, kinds: tuple[K, ...], state: str, missing: tuple[str, ...]) -> None:
    found = readiness.readiness(kind=EventKind.CONFERENCE, roles=(Role.MENTOR,), research=research, items=items(*kinds))
    assert (found.state, found.missing) == (state, missing)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MENTOR, Role.SPONSOR])
@pytest.mark.parametrize(
    ("kinds", "state", "missing"),
    [
        ((), "not started", (UPDATES, FEEDBACK, QUESTIONS)),
        ((K.UPDATE,), "started", (FEEDBACK, QUESTIONS)),
        ((K.UPDATE, K.FEEDBACK, K.QUESTION), "ready", ()),
        ((K.EXPECTATION,), "started", (UPDATES, FEEDBACK, QUESTIONS)),
    ],
)
def test_for_a_one_to_one_with_a_superior(
    role: Role, kinds: tuple[K, ...], state: str, missing: tuple[str, ...]
) -> None:
    found = readiness.readiness(kind=EventKind.ONE_TO_ONE, roles=(role,), research="", items=items(*kinds))
    assert (found.state, found.missing) == (state, missing)


def test_a_peer_has_no_standing_sections() -> None:
    assert not readiness.has_standing_sections(EventKind.ONE_TO_ONE, (Role.PEER,))
    assert K.UPDATE not in readiness.sections(EventKind.ONE_TO_ONE, (Role.PEER,))


def test_an_empty_line_prepares_nothing() -> None:
    blank = (PreparationItem(1, K.QUESTION, "   "),)
    found = readiness.readiness(kind=EventKind.MIXER, roles=(), research="x", items=blank)
    assert QUESTIONS in found.missing


@given(
    st.sampled_from(EventKind),
    st.frozensets(st.sampled_from(Role)),
    st.text(max_size=5),
    st.lists(st.sampled_from(K), max_size=6),
    st.sampled_from(K),
)
def test_more_preparation_never_makes_more_missing(
    kind: EventKind, roles: frozenset[Role], research: str, kinds: list[K], another: K
) -> None:
    before = readiness.readiness(kind=kind, roles=roles, research=research, items=items(*kinds))
    after = readiness.readiness(kind=kind, roles=roles, research=research, items=items(*kinds, another))
    assert set(after.missing) <= set(before.missing)
    assert (after.state == "ready") == after.ready == (not after.missing)


@given(st.sampled_from(EventKind), st.frozensets(st.sampled_from(Role)))
def test_what_makes_someone_ready_has_a_section_to_write_it_in(kind: EventKind, roles: frozenset[Role]) -> None:
    sections = readiness.sections(kind, roles)
    assert len(sections) == len(set(sections))
    assert readiness.readiness(kind=kind, roles=roles, research="x", items=items(*sections)).ready


def attendance(number: int, wish: Wish, *kinds: PreparationKind, research: str = "") -> Attendance:
    found = readiness.readiness(kind=EventKind.CONFERENCE, roles=(), research=research, items=items(*kinds))
    return Attendance(number, 1, number, f"Person {number}", "", "", wish, Part.ATTENDEE, Outcome.UNKNOWN, found)


def test_an_event_is_counted_over_the_people_to_meet() -> None:
    people = [
        attendance(1, Wish.MUST, K.TALKING_POINT, K.QUESTION, research="x"),
        attendance(2, Wish.WOULD, K.TALKING_POINT, research="x"),
        attendance(3, Wish.WOULD),
        attendance(4, Wish.NONE),
    ]
    found = readiness.event_readiness(people, [ChecklistItem(1, "Pack", True), ChecklistItem(2, "Go", False)], 34)
    assert str(found) == "2 of 3 people researched · pitch 34 s · 2 questions missing"
    assert (found.ready, found.people, found.checked, found.to_check) == (1, 3, 1, 2)
    assert found.share == pytest.approx(1 / 3)


def test_an_event_without_people_counts_what_is_to_be_done() -> None:
    found = readiness.event_readiness([], [ChecklistItem(1, "Pack", True), ChecklistItem(2, "Go", False)], None)
    assert (str(found), found.share) == ("1 of 2 things done", 0.5)
    assert str(readiness.event_readiness([], [], None)) == "Nothing prepared yet"
