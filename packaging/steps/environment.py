"""Virtual environments that hold exactly what a lock file names, made once and found again by a stamp."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from steps import console, places, system_libraries

STAMP = "rapport-stamp.json"


def digest(*paths: Path) -> str:
    """A fingerprint of files' contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
        total.update(b"\0")
    return total.hexdigest()


def read_stamp(folder: Path) -> dict[str, str]:
    """What was done in a folder before; empty when nothing, or when the stamp cannot be read."""
    try:
        found = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(folder: Path, facts: Mapping[str, str]) -> None:
    """Remember what was done, replacing what was remembered before."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{STAMP}.new"
    fresh.write_text(json.dumps(dict(facts), indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(folder / STAMP)


def python_version() -> str:
    """The interpreter that runs this script, and so the environments it makes."""
    return f"{sys.implementation.name}-{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"


def ensure(venv: Path, locks: Iterable[Path], purpose: str) -> None:
    """Make `venv` hold every package of `locks`; nothing is done when it already does.

    An environment of another Python is made anew, but only when this script made it; somebody else's is never removed.
    """
    stamp = read_stamp(venv)
    if not places.python(venv).exists() or not _same_minor(stamp.get("python") or _version_of(venv)):
        _create(venv, ours="python" in stamp)
        stamp = {}
    stamp["python"] = python_version()
    for lock in locks:
        wanted = digest(lock)
        if stamp.get(lock.name) == wanted:
            continue
        count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
        console.say(
            f"Installing {purpose} ({count} packages, pinned in {lock.name}); the first time takes a few minutes."
        )
        install(venv, lock)
        stamp[lock.name] = wanted
        write_stamp(venv, stamp)
    if venv == places.VENV and stamp.get("root") != str(places.ROOT):
        _point_at_checkout(venv)
        stamp["root"] = str(places.ROOT)
        write_stamp(venv, stamp)


def install(venv: Path, lock: Path) -> None:
    """Install a lock file as it is: every file checked against its hash, ready-made packages only, nothing besides."""
    command: console.Command = [
        *(places.python(venv), "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"),
        *("--no-input", "--disable-pip-version-check", "--progress-bar", "off", "-r", lock),
    ]
    console.quietly(
        command,
        f"The packages in {lock.name} could not be installed. Nothing outside {venv} was touched.\n"
        "Check the network connection (or your pip settings) and the free disk space, then run the same command again.",
    )


def _same_minor(version: str) -> bool:
    return version.rpartition(".")[0] == python_version().rpartition(".")[0]


def _version_of(venv: Path) -> str:
    said = console.quietly(
        [places.python(venv), "-c", "import sys; print(sys.implementation.name, '%d.%d.%d' % sys.version_info[:3])"],
        f"The Python in {venv} does not start. Move that folder away and run the same command again.",
    )
    return said.strip().replace(" ", "-")


def _create(venv: Path, ours: bool) -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        system_libraries.install_venv_support()
    if venv.exists():
        if not ours and any(venv.iterdir()):
            raise console.Stop(
                f"{venv} is there, but is not an environment for Python {sys.version.split()[0]}, and was not made by "
                "this script. Move it away and run the same command again."
            )
        console.say(f"Making {venv.name} anew for Python {sys.version.split()[0]}.")
        try:
            shutil.rmtree(venv)
        except OSError as error:
            raise console.Stop(
                f"{venv} could not be removed ({error.strerror}). Close what uses it and try again."
            ) from None
    # Should this be interrupted, the next run knows the folder for its own and begins again.
    write_stamp(venv, {"python": "unfinished"})
    console.quietly(
        [sys.executable, "-m", "venv", venv],
        f"Python could not make a virtual environment in {venv}.\n"
        "Check that the folder may be written to and the disk has room.",
    )
    write_stamp(venv, {"python": python_version()})


def _point_at_checkout(venv: Path) -> None:
    """Let the environment import this checkout from any folder, and give it the `rapport` command."""
    site_packages = console.quietly(
        [places.python(venv), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        f"The Python in {venv} does not start. Remove that folder and run the same command again.",
    ).strip()
    Path(site_packages, "rapport-checkout.pth").write_text(f"{places.ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        launcher = places.scripts(venv) / "rapport.cmd"
        launcher.write_text(f'@"{places.python(venv)}" -P -m planner.cli %*\r\n', encoding="utf-8")
        return
    launcher = places.scripts(venv) / "rapport"
    launcher.write_text(f'#!/bin/sh\nexec "{places.python(venv)}" -P -m planner.cli "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)


def runtime() -> None:
    """What the program needs to run, in .venv."""
    # The development lock holds every package of the runtime lock at the same version.
    if read_stamp(places.VENV).get(places.DEV_LOCK.name) == digest(places.DEV_LOCK):
        development()
        return
    ensure(places.VENV, [places.RUNTIME_LOCK], "Rapport's packages into .venv")


def scan() -> None:
    """What reads the text of photographed cards, in .venv, beside what the program needs."""
    if read_stamp(places.VENV).get(places.DEV_LOCK.name) == digest(places.DEV_LOCK):
        development()  # it holds the text reader too
        return
    runtime()
    ensure(places.VENV, [places.SCAN_LOCK], "the reader of photographed cards into .venv")


def development() -> None:
    """What the program, its tests and checks need, in .venv."""
    ensure(places.VENV, [places.DEV_LOCK], "Rapport's packages and tools into .venv")
