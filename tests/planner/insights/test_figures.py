"""The figures, by tables and properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.insights.diversity import diversity, diversity_of
from planner.insights.export import HEADER, to_csv
from planner.insights.figures import Known, Wanted, blind_spots, groups, led_to, month_balance, promises_kept
from planner.insights.periods import last_months, whole_year
from planner.insights.records import Insights, OwnPromise, PromisesKept, Rhythm, TieBalance
from planner.insights.review import to_html

TODAY = date(2027, 7, 10)
PERIOD = last_months(12, TODAY)
NOTHING = diversity([])


def days(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize(
    ("promise", "kept", "count"),
    [
        (OwnPromise(1, days(9), None, days(7), True), 1, 1),
        (OwnPromise(1, days(9), None, days(7), False), 0, 1),
        (OwnPromise(1, days(9), days(1), None, None), 0, 1),  # late
        (OwnPromise(1, days(9), days(0), None, None), 0, 0),  # due today is not late
        (OwnPromise(1, days(9), None, None, None), 0, 0),
        (OwnPromise(1, days(900), None, days(800), True), 0, 0),  # before the period
        (OwnPromise(1, days(900), days(800), None, None), 0, 0),
    ],
)
def test_which_promises_count(promise: OwnPromise, kept: int, count: int) -> None:
    found = promises_kept([promise], PERIOD, TODAY)
    assert (found.count_kept, found.count) == (kept, count)
    assert len(found.kept) + len(found.not_kept) == count


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_the_median_lies_within_what_was_measured(spans: list[int]) -> None:
    found = promises_kept([OwnPromise(1, days(span), None, TODAY, True) for span in spans], PERIOD, TODAY)
    assert found.median_days is not None
    assert min(spans) <= found.median_days <= max(spans)
    assert found.kept == (1,)


def test_months_without_anything_are_there_too() -> None:
    months = month_balance({(2026, 3): (4, 1), (2025, 3): (9, 9)}, whole_year(2026))
    assert [(each.given, each.received) for each in months] == [(0, 0), (0, 0), (4, 1), *[(0, 0)] * 9]


def spots(**more: object) -> list[str]:
    given: dict[str, object] = {
        "mentors": (), "sponsors": (), "wanted": (), "fields": NOTHING, "organisations": NOTHING, **more
    }  # fmt: skip
    return [f"{spot.strong}{spot.rest}: {spot.why}" for spot in blind_spots(**given)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"wanted": [Wanted("Product")]}, ["Nobody in Product yet: your goal leads there"]),
        ({"wanted": [Wanted("Product", {4, 5})]}, ["No sponsor in Product: you know 2 people there"]),
        ({"wanted": [Wanted("Product", {4}, {1, 2})]}, ["No sponsor in Product: 2 mentors know someone there"]),
        ({"wanted": [Wanted("Product", {4})], "sponsors": [Known(4, "product design", "")]}, []),
        (
            {"mentors": [Known(1, "", "Halden"), Known(2, "", "halden")]},
            ["All mentors are at Halden: another house sees other ways"],
        ),
        ({"mentors": [Known(1, "", "Halden")]}, []),
        ({"mentors": [Known(1, "", ""), Known(2, "", "")]}, []),
        (
            {"fields": diversity_of({"Energy": 18, "Law": 7})},
            ["72 % of your network is in one field, Energy: weak ties elsewhere bring the newest information"],
        ),
        ({"fields": diversity_of({"Energy": 5, "Law": 5})}, []),
        ({"fields": diversity_of({"Energy": 9})}, []),  # too few to tell
        (
            {"organisations": diversity_of({"Halden": 12, "": 3})},
            ["Nobody outside Halden: news from elsewhere reaches you last"],
        ),
    ],
)
def test_blind_spots(more: dict[str, object], expected: list[str]) -> None:
    assert spots(**more) == expected


def test_what_an_event_led_to() -> None:
    assert led_to(["introduction", "opportunity"], ["mentor", "mentor"]) == "1 intro, 1 offer, 2 mentors"
    assert led_to(["resource"], []) == "none yet"


def test_the_largest_groups_are_told_with_their_people() -> None:
    spread = diversity_of({name: number for number, name in enumerate("abcdefg", 1)})
    assert [(each.name, each.people) for each in groups(spread)] == [("g", 7), ("f", 6), ("e", 5), ("d", 4), ("c", 3)]


def some(**more: object) -> Insights:
    spread = diversity_of({"=cmd()": 3, "<b>Law": 1})
    values: dict[str, object] = {
        "period": PERIOD,
        "contacts": 4,
        "ties": TieBalance((1,), 3, (2,), 0, 0),
        "rhythm": Rhythm((1, 2), (3,)),
        "promises": PromisesKept((1,), (), 1, 1, 2.0),
        "blind_spots": (),
        "events": (),
        "months": month_balance({}, PERIOD),
        "gave_to": (),
        "received_from": (),
        "fields": spread,
        "field_groups": groups(spread),
        "organisations": NOTHING,
        "organisation_groups": (),
        **more,
    }
    return Insights(**values)  # type: ignore[arg-type]


def test_the_table_guards_what_a_spreadsheet_would_run() -> None:
    lines = to_csv(some()).decode("utf-8-sig").split("\r\n")
    assert lines[0] == ",".join(HEADER)
    assert "Field,'=cmd(),3,75 %" in lines
    assert "Keeping in touch,on time,67 %,1 late" in lines


def test_the_review_takes_names_for_text() -> None:
    page = to_html(some(), "Ada & Co")
    assert "<b>Law" not in page
    assert "&lt;b&gt;Law 25 %" in page
    assert "Ada &amp; Co" in page
    assert "1 of 1</b> kept, a median of 2 days each" in page
