"""Where the parts of a checkout are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
PYPROJECT = ROOT / "pyproject.toml"

RUNTIME_LOCK = PACKAGING / "requirements.lock"
SCAN_LOCK = PACKAGING / "requirements-scan.lock"
DEV_LOCK = PACKAGING / "requirements-dev.lock"
BUILD_LOCK = PACKAGING / "requirements-build.lock"
READERS_LOCK = PACKAGING / "requirements-readers.lock"
READERS_INPUT = PACKAGING / "readers" / "requirements.in"


def scripts(venv: Path) -> Path:
    """The folder of a virtual environment's programs."""
    return venv / ("Scripts" if os.name == "nt" else "bin")


def python(venv: Path) -> Path:
    """A virtual environment's interpreter."""
    return scripts(venv) / ("python.exe" if os.name == "nt" else "python")


def program(venv: Path, name: str) -> Path:
    """A program installed into a virtual environment."""
    return scripts(venv) / (f"{name}.exe" if os.name == "nt" else name)
