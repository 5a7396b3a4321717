"""What to respect before writing, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import Boundary, Channel
from planner.relations.boundaries import Weight, cautions, local_time, out_of_hours, within

NOW = datetime(2027, 7, 10, 5, 40, tzinfo=UTC)
TODAY = date(2027, 7, 10)


@pytest.mark.parametrize(
    ("hours_from", "hours_to", "at", "inside"),
    [
        ("09:00", "17:00", time(9), True),
        ("09:00", "17:00", time(17), False),
        ("09:00", "17:00", time(8, 59), False),
        ("22:00", "06:00", time(23), True),  # a night worker
        ("22:00", "06:00", time(6), False),
        ("", "12:00", time(3), True),
        ("14:00", "", time(13, 59), False),
        ("14:00", "", time(23, 59), True),
        ("", "", time(3), True),
    ],
)
def test_hours(hours_from: str, hours_to: str, at: time, inside: bool) -> None:
    assert within(hours_from, hours_to, at) is inside


def said(boundary: Boundary, zone: str = "", **more: object) -> list[tuple[str, Weight]]:
    found = cautions("Ada", boundary, zone, NOW, TODAY, **more)  # type: ignore[arg-type]
    return [(each.text, each.weight) for each in found]


def test_nothing_set_is_nothing_said() -> None:
    assert said(Boundary()) == []


def test_their_clock_is_told_with_their_hours() -> None:
    boundary = Boundary(hours_from="09:00", hours_to="17:00")
    assert said(boundary, "Europe/Helsinki") == [("08:40 for Ada now; reach Ada 09:00–17:00", Weight.MIND)]
    assert said(boundary, "Asia/Tokyo") == [("14:40 for Ada now; reach Ada 09:00–17:00", Weight.KNOW)]
    assert said(Boundary(hours_to="12:00")) == [("Reach Ada until 12:00", Weight.KNOW)]


def test_without_hours_only_another_clock_is_told_and_the_night_minded() -> None:
    assert said(Boundary(), "Europe/Berlin") == [("07:40 for Ada now", Weight.KNOW)]
    assert said(Boundary(), "America/New_York") == [("01:40 for Ada now", Weight.MIND)]
    assert said(Boundary(), "UTC") == []
    assert said(Boundary(), "No/Where") == []


def test_the_weightiest_comes_first() -> None:
    boundary = Boundary(
        preferred_channel=Channel.EMAIL,
        quiet_until=date(2027, 8, 2),
        topics_off="the merger\nfootball",
        no_asks=True,
    )
    assert said(boundary, asking=True) == [
        ("Ada wants quiet until 2 Aug", Weight.STOP),
        ("Ada asked for no requests", Weight.STOP),
        ("Keep off: the merger · football", Weight.MIND),
        ("Ada prefers email", Weight.KNOW),
    ]
    assert said(boundary, channels=(Channel.PHONE,))[-1] == ("Ada prefers email", Weight.MIND)
    assert ("Ada asked for no requests", Weight.MIND) in said(boundary)
    assert said(Boundary(quiet_until=TODAY)) == []


HOURS = st.sampled_from(["", "00:00", "06:30", "09:00", "17:00", "22:15", "not an hour"])
ZONES = st.sampled_from(["", "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Mars/Olympus", "../etc"])


@given(HOURS, HOURS, ZONES, st.datetimes(timezones=st.just(UTC), min_value=datetime(1980, 1, 1)))  # noqa: DTZ001 - bounds are naive
def test_whatever_is_stored_is_said_without_failing(begin: str, end: str, zone: str, now: datetime) -> None:
    boundary = Boundary(hours_from=begin, hours_to=end)
    found = cautions("Ada", boundary, zone, now, now.date())
    assert len(found) <= 1
    outside = out_of_hours(boundary, zone, now)
    if begin or end:
        assert found[0].weight is (Weight.MIND if outside else Weight.KNOW)
    there = local_time(zone, now)
    assert there is None or there == now


@given(HOURS, HOURS, st.times())
def test_hours_and_their_opposite_cover_the_day(begin: str, end: str, at: time) -> None:
    if begin and end and begin != end and "not" not in begin + end:
        assert within(begin, end, at) is not within(end, begin, at)
