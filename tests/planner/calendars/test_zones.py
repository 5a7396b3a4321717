"""A VTIMEZONE says the same as the time zone database, or is not written at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.zones import vtimezone

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",  # winter time is the odd one out there
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",  # moves by half an hour
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Africa/Lagos",
    "America/Sao_Paulo",
)


def minutes(text: str) -> int:
    sign = -1 if text[0] == "-" else 1
    return sign * (int(text[1:3]) * 60 + int(text[3:5]))


@given(
    zone=st.sampled_from(ZONES),
    at=st.datetimes(datetime.fromisoformat("2027-01-01T00:00"), datetime.fromisoformat("2031-12-31T00:00")),
)
def test_offsets_agree(zone: str, at: datetime) -> None:
    component = vtimezone(zone, 2027, 2031)
    assert component is not None
    moment = at.replace(tzinfo=UTC)
    assert offset(component, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("seconds", [-1, 0])
def test_the_turn_is_right_to_the_second(zone: str, seconds: int) -> None:
    component = vtimezone(zone, 2027, 2027)
    assert component is not None
    for turn in turns(component, 2027):
        moment = turn + timedelta(seconds=seconds)
        assert offset(component, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Asia/Gaza"])
def test_what_yearly_rules_cannot_say_is_not_said(zone: str) -> None:
    assert vtimezone(zone, 2027, 2028) is None


def test_a_zone_without_summer_time_has_one_observance() -> None:
    component = vtimezone("Asia/Kolkata", 2027, 2028)
    assert component is not None
    assert [part.name for part in component.subcomponents] == ["STANDARD"]


def onsets(component, year):  # type: ignore[no-untyped-def]
    """Every onset up to a year, read as RFC 5545 section 3.6.5 says: wall time under TZOFFSETFROM, then TZOFFSETTO."""
    from dateutil.rrule import rrulestr

    for part in component.subcomponents:
        before = timedelta(minutes=minutes(part["TZOFFSETFROM"].to_ical()))
        after = timedelta(minutes=minutes(part["TZOFFSETTO"].to_ical()))
        first = part["DTSTART"].dt
        starts = [first]
        if "RRULE" in part:
            rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=first)
            starts = list(
                rule.between(
                    datetime.fromisoformat("1900-01-01T00:00"), datetime.fromisoformat(f"{year + 1}-01-01"), inc=True
                )
            )
        for start in starts:
            yield (start - before).replace(tzinfo=UTC), after


def offset(component, moment):  # type: ignore[no-untyped-def]
    return max((at, after) for at, after in onsets(component, moment.year) if at <= moment)[1]


def turns(component, year):  # type: ignore[no-untyped-def]
    return [at for at, _ in onsets(component, year) if at.year == year]
