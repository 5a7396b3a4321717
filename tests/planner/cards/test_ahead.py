"""Reading ahead: the same items in the same order, errors where they belong, and nothing left running."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cards.ahead import read_ahead, without_collecting


@given(st.lists(st.integers(), max_size=30), st.integers(1, 4))
def test_the_items_come_as_they_are(items: list[int], most: int) -> None:
    assert list(read_ahead(iter(items), most)) == items


def test_what_reading_raises_comes_after_what_was_read() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("torn page")

    items = read_ahead(broken())
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ValueError, match="torn page"):
        next(items)


def test_whoever_stops_early_stops_the_reading() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        number = 0
        try:
            while True:
                yield number
                number += 1
        finally:
            closed.set()

    before = threading.active_count()
    items = read_ahead(endless())
    assert [next(items), next(items)] == [0, 1]
    items.close()
    assert closed.is_set()
    assert threading.active_count() == before


def test_collecting_goes_on_as_before() -> None:
    was = gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled() is was
