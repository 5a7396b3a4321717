"""Runs the benchmarks: `python -m tests.benchmarks [NAME...] [--rounds N]`. Ends with 1 if a limit is not kept."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys

# Before anything can import Qt, here and in the programs started from here.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("RAPPORT_DATA_DIR", None)
# A person's second start finds everything compiled; so must the programs that are measured.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from rich.console import Console
from rich.table import Table

import planner
from tests.benchmarks import (
    duplicates,
    exporting,
    history,
    importing,
    listing,
    panning,
    responding,
    starting,
    syncing,
    syncing_people,
)
from tests.benchmarks.cards import reading
from tests.benchmarks.people import ROOT
from tests.benchmarks.results import Result

BENCHMARKS = {
    "start": starting.run,
    "people": listing.run,
    "history": history.run,
    "export": exporting.run,
    "import": importing.run,
    "map": panning.run,
    "duplicates": duplicates.run,
    "sync": syncing.run,
    "window": responding.run,
    "sync-people": syncing_people.run,
}


def main() -> int:
    """Measure, print the table, and write build/bench.json."""
    parser = argparse.ArgumentParser(prog="bench", description="Measures speed and memory.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="only these")
    parser.add_argument("--rounds", type=int, default=7, help="how often each start is measured")
    parser.add_argument("--cards", action="store_true", help="also score how well photographed cards are read")
    arguments = parser.parse_args()
    results: list[Result] = []
    for name in arguments.names or BENCHMARKS:
        print(f"Measuring {name} …", file=sys.stderr)
        results += BENCHMARKS[name](arguments.rounds)
    table = Table("What", "Measured", "Baseline", "Ratio", "Limit", "")
    for result in results:
        table.add_row(*result.as_row(), style="" if result.good else "bold red")
    Console().print(table)
    if arguments.cards:
        print(reading.report())
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    found = {
        "version": planner.__version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "results": [result.as_json() for result in results],
    }
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
