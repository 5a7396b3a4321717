"""Looking for duplicates among very many people: the time it takes, and that time and memory grow with their number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.benchmarks.people import ROOT, folder_with
from tests.benchmarks.results import Result

FEW, MANY = 10_000, 100_000
#: Twice what growing with their number gives: what fewer need in any case may be little or much.
LINEAR = 2 * MANY / FEW

_SCRIPT = """
import json, sys, time
from planner.app import Planner
from planner.paths import DataFolder
from pathlib import Path
from tests.benchmarks.child import peak
with Planner(DataFolder(Path(sys.argv[1])), durable=False) as planner:
    planner.contact_queries.count()
    before, start = peak() / 1024, time.perf_counter()
    groups = planner.duplicates.find()
    print(json.dumps({"seconds": time.perf_counter() - start, "memory": peak() / 1024 - before, "groups": len(groups)}))
"""


def measure(number: int) -> dict[str, Any]:
    """One search in a fresh process: seconds, and MB more than before."""
    command = [sys.executable, "-P", "-c", _SCRIPT, str(folder_with(number).root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["groups"]
    return found


def run(rounds: int) -> list[Result]:
    """The best of a few searches, few and many people."""
    times = max(1, min(rounds, 3))
    few = min((measure(FEW) for _ in range(times)), key=lambda one: float(one["seconds"]))
    many = min((measure(MANY) for _ in range(times)), key=lambda one: float(one["seconds"]))
    return [
        Result(f"looking for duplicates, {MANY:,} contacts", "s", many["seconds"], 10),
        Result(
            f"the same, growth from {FEW:,} contacts", "s", many["seconds"], LINEAR, few["seconds"], f"{FEW:,} contacts"
        ),
        Result("memory while looking", "MB", many["memory"], 250),
    ]
