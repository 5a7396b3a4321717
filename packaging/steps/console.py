"""Talking to the person at the terminal, and starting other programs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# A program and its arguments.
Command = Sequence[str | Path]

TAIL = 25


class Stop(Exception):
    """The work cannot go on. The text is for the person: what happened and what to do; no traceback is shown."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    """Print a line at once, so that it stands before the output of the programs that follow."""
    print(text, flush=True)


def command_line(command: Command) -> str:
    """A command as one would type it."""
    words = [str(word) for word in command]
    if os.name == "nt":
        return subprocess.list2cmdline(words)
    import shlex

    return shlex.join(words)


def quietly(command: Command, failure: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a program and return what it printed. If it fails, stop with `failure` and the end of its output."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stop(f"{failure}\n\nCould not start {command[0]}: {error.strerror}.") from None
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        raise Stop("\n".join([failure, "", f"$ {command_line(command)}", *lines[-TAIL:]]))
    return done.stdout


def openly(command: Command, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a program whose output the person sees; returns its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.run([str(word) for word in command], env=env, cwd=cwd, check=False).returncode
    except OSError as error:
        raise Stop(f"Could not start {command[0]}: {error.strerror}.") from None


def become(command: Command, env: Mapping[str, str]) -> int:
    """Hand the terminal over to a program: signals reach it directly and this one takes no memory beside it."""
    sys.stdout.flush()
    if os.name == "nt":
        return openly(command, env=env)
    words = [str(word) for word in command]
    return os.execve(words[0], words, dict(env))  # noqa: S606 – without a shell on purpose
