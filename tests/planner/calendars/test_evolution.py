"""Evolution Data Server imports our files, where it is installed (Debian: evolution-data-server, gir1.2-ecal-2.0)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.planner.calendars.test_reference_files import told

SCRIPT = Path(__file__).with_name("evolution.py")
PYTHON = "/usr/bin/python3"

pytestmark = [pytest.mark.reader, pytest.mark.slow]


def imported(path: Path, kind: str, home: Path) -> dict[str, Any]:
    """What Evolution holds after importing a file into an empty calendar."""
    home.mkdir(mode=0o700)
    folders = {
        "XDG_RUNTIME_DIR": "run",
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
    }
    for name in folders.values():
        (home / name).mkdir(mode=0o700)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    environment |= {variable: str(home / name) for variable, name in folders.items()}
    done = subprocess.run(
        ["dbus-run-session", "--", PYTHON, str(SCRIPT), str(path), kind],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module", autouse=True)
def _evolution() -> None:
    if not shutil.which("dbus-run-session") or not Path(PYTHON).exists():
        pytest.skip("there is no session bus, or no Python of the system's own")
    probe = subprocess.run([PYTHON, str(SCRIPT)], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("Evolution Data Server is not installed with its introspection")


@pytest.mark.parametrize("kind", ["events", "tasks"])
def test_evolution_imports_our_files(full_desk: Any, tmp_path: Path, kind: str) -> None:
    found = imported(told(full_desk, tmp_path)[f"{kind}.ics"], kind, tmp_path / "home")
    paper = {
        "summary": "Send the retention paper · Mara Lindqvist",
        "when": "20270712T090000",
        "zone": "Europe/Berlin",
        "alarms": ["-PT15M"],
    }
    assert found["3f6f4f0e-paper"] == paper
    assert (found["9a-call"]["zone"], found["9a-call"]["when"]) == ("America/New_York", "20270712T163000")
    if kind == "events":
        assert (found["event-EuroPython 2027"]["when"], found["event-EuroPython 2027"]["zone"]) == ("20270714", "")
        assert found["event-EuroPython 2027-session-1"]["zone"] == "Europe/Warsaw"
    assert len(found) == (4 if kind == "events" else 2)
