"""How often one person may be asked to introduce you."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.relations.connectors import MONTH, Room, room, said

DAY = date(2027, 7, 10)


@pytest.mark.parametrize(
    ("ago", "most", "expected"),
    [
        ((), 2, Room(0, 2, DAY)),
        ((3,), 2, Room(1, 2, DAY)),
        ((3, 10), 2, Room(2, 2, DAY + timedelta(days=20))),
        ((30, 31), 2, Room(0, 2, DAY)),
        ((29, 3), 1, Room(2, 1, DAY + timedelta(days=27))),
        ((29, 10, 3), 2, Room(3, 2, DAY + timedelta(days=20))),
    ],
)
def test_room(ago: tuple[int, ...], most: int, expected: Room) -> None:
    assert room([DAY - timedelta(days=days) for days in ago], DAY, most) == expected


@given(st.lists(st.integers(0, 90), max_size=8), st.integers(1, 4))
def test_there_is_room_on_the_day_it_says_and_none_the_day_before(ago: list[int], most: int) -> None:
    asked = [DAY - timedelta(days=days) for days in ago]
    found = room(asked, DAY, most)
    assert found.is_full == (found.free_on > DAY)
    assert not room(asked, found.free_on, most).is_full
    if found.is_full:
        assert room(asked, found.free_on - timedelta(days=1), most).is_full
        assert found.free_on <= DAY + MONTH


def test_it_is_said_kindly() -> None:
    assert said("Anjali Patel", Room(2, 2, DAY), "3 August") == (
        "You asked Anjali Patel twice this month. There is room again from 3 August."
    )
