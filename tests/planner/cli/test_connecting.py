"""`rapport introductions`, `rapport goals`, `rapport organisations`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.app import Planner
from planner.paths import DataFolder
from planner.sample import fill
from tests.planner.cli.conftest import Ran


def test_the_sample(rapport: Callable[..., Ran], data: Path) -> None:
    with Planner(DataFolder(data)) as planner:
        fill(planner)
    told = rapport("introductions", "--all", "--json").json["introductions"]
    assert {one["state"] for one in told} >= {"open", "closed"}
    assert any(one["introducer"] for one in told)
    assert any(one["stuck"] for one in told)
    under_way = rapport("introductions").out.splitlines()
    assert 0 < len(under_way) < len(told)
    assert "waiting" in under_way[0]
    suggested = rapport("introductions", "--suggest", "--json").json["suggestions"]
    assert all(one["reasons"] and one["a"]["id"] != one["b"]["id"] for one in suggested)
    (goal,) = rapport("goals", "--json").json["goals"]
    assert goal["ways"][0]["people"][-1]["name"]
    assert goal["next"]["kind"] == "introduction"
    assert {"there", "way", "next", "missing"} <= {line.split("\t")[1] for line in rapport("goals").out.splitlines()}
    found = rapport("organisations", "--json").json["organisations"]
    assert found[0]["mine"]
    assert found[0]["members"]
    assert any(one["meetings"] for one in found)
    assert "\tyou\t" in rapport("organisations").out


def test_nothing_yet(rapport: Callable[..., Ran]) -> None:
    for command in ("introductions", "goals", "organisations"):
        ran = rapport(command)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.strip()
    assert rapport("introductions", "--suggest").err.startswith("Nobody comes to mind")
    assert rapport("goals", "--json").json == {"goals": []}
