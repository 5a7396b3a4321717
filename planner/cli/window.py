"""Opening the window from the command line, in a program of its own: this package does not know the window's."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import ClassVar

from planner.errors import UserError


class WindowNotInstalled(UserError):
    """Qt for Python is not there."""

    what: ClassVar[str] = "The window can't open because Qt for Python is not installed."
    safe: ClassVar[str] = "Your data is as it was; the other commands work."
    advice: ClassVar[str] = "In a checkout, this installs all it needs and opens it: python3 packaging/dev.py run"


def open_window(arguments: Sequence[str]) -> int:
    """Become the window, with these arguments of its own. Returns its exit code, where this process can't become it."""
    frozen = getattr(sys, "frozen", False)
    if not frozen and importlib.util.find_spec("PySide6") is None:
        sys.stderr.write(f"{WindowNotInstalled()}\n")
        return 2
    # -P: a folder named ui where the person stands is not ours.
    command = [sys.executable, *(() if frozen else ("-P",)), "-m", "ui", *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell
    return subprocess.call(command)  # noqa: S603 - likewise
