"""How soon the first frame is there, and how soon Today is filled."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict

from tests.benchmarks.people import ROOT, folder_with
from tests.benchmarks.results import Result, median

CONTACTS = 10_000


def times(*arguments: str) -> dict[str, float]:
    """Milliseconds from starting a child program until each of its words arrives; memory in kilobytes."""
    began = time.perf_counter()
    heard: dict[str, float] = {}
    script = (
        f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv[1:] = {list(arguments)!r}; "
        "runpy.run_module('tests.benchmarks.child', run_name='__main__')"
    )
    command = [sys.executable, "-P", "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            word, _, number = line.strip().partition(" ")
            heard[word] = float(number) if number else (time.perf_counter() - began) * 1000
    return heard


def run(rounds: int) -> list[Result]:
    """Start both in turn, so that a busy moment falls on both."""
    folder = str(folder_with(CONTACTS).root)
    times("bare")
    times("start", folder)
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        found["bare"].append(times("bare")["frame"])
        ours = times("start", folder)
        found["frame"].append(ours["frame"])
        found["today"].append(ours["today"])
    stalls = [times("start", folder, "watch")["stall"] for _ in range(max(2, rounds // 2))]
    bare = median(found["bare"])
    return [
        Result("first frame", "ms", median(found["frame"]), 1.5, bare, "bare window"),
        Result(f"Today filled, {CONTACTS:,} contacts", "ms", median(found["today"]), 4.0, bare, "bare window"),
        Result("a key waits in the seconds after, at most", "ms", median(stalls), 50),
    ]
