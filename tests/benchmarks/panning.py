"""The network map of 2,000 people, moved by the mouse: what one frame costs. Runs in a child process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from tests.benchmarks.people import ROOT
from tests.benchmarks.results import Result, median

PEOPLE = 2_000
#: A map as large as it gets on a screen of 1920 x 1080.
WIDTH, HEIGHT = 1_300, 800
FRAMES = 240
#: 30 frames a second, in ms.
FRAME = 33.0


def child() -> None:
    """Drag the map far beyond its first picture, and print what each frame took of the processor, in ms."""
    import ui  # noqa: F401 - as in the program, before Qt

    # isort: split
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from ui.insights.network_map import NetworkMap
    from ui.insights.screens import crowd
    from ui.theme import Theme

    app = QApplication([])
    theme = Theme(app, "light")
    shown = NetworkMap()
    shown.resize(WIDTH, HEIGHT)
    shown.show_network(crowd(PEOPLE))
    image = QImage(shown.size(), QImage.Format.Format_ARGB32_Premultiplied)

    def frame() -> float:
        began = time.process_time()
        shown.render(image)
        return (time.process_time() - began) * 1000

    first = frame()
    moved: list[float] = []
    drawn: list[float] = []
    for turn in range(FRAMES):
        # To and fro, so that people stay in sight, and past the picture's edges again and again.
        way = 1 if turn // 60 % 2 == 0 else -1
        shown.pan(QPointF(19.0 * way, 8.0 * way))
        before = shown.redraws
        took = frame()
        (drawn if shown.redraws > before else moved).append(took)
    print(json.dumps({"first": first, "moved": moved, "drawn": drawn, "theme": theme.mode}))


def run(rounds: int) -> list[Result]:
    """Measure in a process that has nothing else to do."""
    found = []
    for _ in range(max(1, min(rounds, 3))):
        command = [sys.executable, "-c", "from tests.benchmarks.panning import child; child()"]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found.append(json.loads(done.stdout.strip().splitlines()[-1]))
    moved = [took for each in found for took in each["moved"]]
    # The slowest of a round: the least of them, for another program may have held the processor's caches.
    slowest = min(max([*each["moved"], *each["drawn"]]) for each in found)
    return [
        Result(f"Map of {PEOPLE:,} people: a frame while it is moved", "ms", median(moved), FRAME),
        Result(f"Map of {PEOPLE:,} people: the slowest frame of {FRAMES}", "ms", slowest, FRAME),
    ]
