"""`rapport insights`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.app import Planner
from planner.paths import DataFolder
from planner.sample import fill
from tests.planner.cli.conftest import Ran


def test_insights_of_the_sample(rapport: Callable[..., Ran], data: Path) -> None:
    with Planner(DataFolder(data)) as planner:
        fill(planner)
    told = rapport("insights", "--all", "--json").json
    assert told["ties"]["strong"]
    assert told["ties"]["weak"] > 0
    assert {"kept", "count", "median_days"} == set(told["promises"])
    assert told["fields"]["groups"][0]["people"] > 0
    assert all(set(event["followed_up"]) <= set(event["met"]) for event in told["events"])
    assert any(event["led_people"] for event in told["events"])
    assert sum(month["given"] for month in told["months"]) >= len(told["gave_to"]) > 0
    assert told["received_from"]
    assert set(told["introductions"]) == {"made", "received"}
    assert told["fields"]["known"] + told["fields"]["unknown"] == len(told["ties"]["strong"]) + told["ties"]["weak"]
    lines = rapport("insights").out.splitlines()
    assert lines[0].startswith("Period\tLast 12 months\t")


def test_a_year_that_is_none(rapport: Callable[..., Ran]) -> None:
    assert rapport("insights", "--year", "26").code == 2
    assert rapport("insights", "--year", "2026", "--json").json["period"]["first"] == "2026-01-01"
