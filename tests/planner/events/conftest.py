"""A planner on a real file, with a clock that stands at Saturday 10 July 2027, 10:00 in Berlin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts import writing as contacts
from planner.contacts.records import ContactDetails, Role
from planner.events import defaults, times
from planner.events.records import EventDetails, EventKind
from planner.paths import DataFolder

KRAKOW = "Europe/Warsaw"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), clock) as planner:
        yield planner


@pytest.fixture
def person(planner: Planner) -> Callable[..., int]:
    """Add a contact by name; returns the id."""

    def add(name: str, *roles: Role, research: str = "", **details: str) -> int:
        with planner.store.write(f"add {name}") as work:
            values = ContactDetails(name=name, roles=roles, research=research, **details)
            return contacts.add(work.session, values, planner.clock.now())

    return add


@pytest.fixture
def conference(planner: Planner) -> Callable[..., int]:
    """Add a conference in Kraków, four days from now; returns the id."""

    def add(
        *people: int, title: str = "Cells 2027", first: date = date(2027, 7, 14), last: date = date(2027, 7, 18)
    ) -> int:
        starts_at, ends_at = times.whole_days(first, last, ZoneInfo(KRAKOW))
        details = EventDetails(
            title, EventKind.CONFERENCE, starts_at, ends_at, all_day=True, time_zone=KRAKOW, place="Kraków"
        )
        return planner.events.add(details, people).new("event")

    return add


@pytest.fixture
def talk(planner: Planner) -> Callable[..., int]:
    """Add a talk with one person; returns the id."""

    def add(
        *people: int, title: str = "1:1", kind: EventKind = EventKind.ONE_TO_ONE, day: date = date(2027, 7, 12)
    ) -> int:
        details = defaults.new_event(kind, title, day, planner.clock.zone)
        return planner.events.add(details, people).new("event")

    return add
