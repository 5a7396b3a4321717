"""What dev.py can do, one function a verb. Each takes the arguments after the verb and returns an exit code."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

from steps import building, checks, console, environment, locking, places, readers, system_libraries

PROBE = """
import sys
try:
    from PySide6 import QtGui, QtNetwork, QtPrintSupport, QtSvg, QtWidgets
except ImportError as error:
    sys.exit(str(error))
"""
# Settings of the person's own desktop that would change what is drawn and measured.
DESKTOP = ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME")


def offscreen() -> dict[str, str]:
    """This process's variables, for a window that is drawn without a screen."""
    kept = {name: value for name, value in os.environ.items() if name not in DESKTOP}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def ensure_qt(with_screen: bool) -> None:
    """Make sure that Qt can be loaded, installing what it lacks where this may; else stop with the line that does."""
    name = "qt-on-screen" if with_screen else "qt"
    stamp = environment.read_stamp(places.VENV)
    if stamp.get(name) or stamp.get("qt-on-screen"):
        return
    line = system_libraries.ensure(with_screen)
    probe = subprocess.run([places.python(places.VENV), "-c", PROBE], capture_output=True, text=True, check=False)
    if probe.returncode:
        advice = f" Install what it needs, then run the same command again:\n\n    {line}" if line else ""
        raise console.Stop(f"Qt cannot be loaded: {probe.stderr.strip()}.{advice}")
    if line:
        console.say(f"Qt may need more to show a window here. Should none open, run:\n\n    {line}\n")
    else:
        environment.write_stamp(places.VENV, {**environment.read_stamp(places.VENV), name: "loads"})


def run(arguments: list[str]) -> int:
    """Open the window."""
    environment.runtime()
    ensure_qt(with_screen=os.environ.get("QT_QPA_PLATFORM") not in ("offscreen", "minimal"))
    # -P: a folder named ui where the person stands is not ours.
    return console.become([places.python(places.VENV), "-P", "-m", "ui", *arguments], env=os.environ)


def scan(arguments: list[str]) -> int:
    """Install what reads the text of photographed cards."""
    _none("scan", arguments)
    environment.scan()
    console.say("Rapport can read the text of photographed cards now. A window that is open finds it at the next card.")
    return 0


def test(arguments: list[str]) -> int:
    """Run every test, or those that the arguments name."""
    environment.development()
    ensure_qt(with_screen=False)
    system_libraries.install_for_tests()
    env = {**offscreen(), **readers.ensure()}
    command: console.Command = [
        places.python(places.VENV),
        "-m",
        "pytest",
        "-n",
        str(checks.cores()),
        "--dist",
        "worksteal",
        *arguments,
    ]
    return console.openly(command, env=env, cwd=places.ROOT)


def check(arguments: list[str]) -> int:
    """Run every check."""
    _none("check", arguments)
    environment.development()
    ensure_qt(with_screen=False)
    return checks.run_all()


def screens(arguments: list[str]) -> int:
    """Render every screen into a folder."""
    environment.runtime()
    ensure_qt(with_screen=False)
    folder = arguments or [str(places.BUILD / "screens")]
    return console.openly([places.python(places.VENV), "-P", "-m", "ui.screens", *folder], env=offscreen())


def bench(arguments: list[str]) -> int:
    """Measure."""
    environment.development()
    ensure_qt(with_screen=False)
    places.BUILD.mkdir(exist_ok=True)
    found = readers.ensure()  # Radicale and vdirsyncer, to measure against
    command: console.Command = [places.python(places.VENV), "-m", "tests.benchmarks", *arguments]
    return console.openly(command, env={**offscreen(), **found}, cwd=places.ROOT)


def _none(verb: str, arguments: list[str]) -> None:
    if arguments:
        raise console.Stop(f"{verb} takes no arguments; it was given: {' '.join(arguments)}", code=2)


def build(arguments: list[str]) -> int:
    """Make the program and its installers."""
    _none("build", arguments)
    if os.name == "posix":
        system_libraries.ensure(with_screen=False)
    return building.build()


def schema(arguments: list[str]) -> int:
    """Compare the newest schema with the models."""
    _none("schema", arguments)
    environment.development()
    return 0 if checks.schema() else 1


def lock(arguments: list[str]) -> int:
    """Rewrite the lock files."""
    if set(arguments) - {"--upgrade"}:
        raise console.Stop("lock knows one argument: --upgrade", code=2)
    locking.rewrite(upgrade="--upgrade" in arguments)
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "scan": scan,
    "test": test,
    "check": check,
    "screens": screens,
    "bench": bench,
    "build": build,
    "schema": schema,
    "lock": lock,
}
