"""The page that the window opens with is there before anything heavy is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from planner.app import Planner
from planner.paths import DataFolder
from planner.sample import fill

ROOT = Path(__file__).parents[3]

_SCRIPT = """
import os, sys
import ui
from planner.app import Planner
from ui.__main__ import main
from ui.today.page import TodayPage

show = TodayPage._show

def shown(self, today):
    heavy = sorted({"sqlalchemy", "alembic", "icalendar", "jinja2", "phonenumbers", "httpx"} & set(sys.modules))
    show(self, today)
    print(self.model.rowCount() > 3, heavy, flush=True)
    os._exit(0)

TodayPage._show = shown
main(["--data-dir", sys.argv[1]])
"""


def test_today_is_filled_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    with Planner(DataFolder(tmp_path / "data"), durable=False) as planner:
        fill(planner)
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "data")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "True []"), done.stderr
