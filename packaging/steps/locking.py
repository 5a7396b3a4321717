"""The lock files: every package with its version and the hashes of its files, for all platforms and Pythons at once.

Each begins with a fingerprint of what it was made from, so that a check without a network can tell when it is stale.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps import console, places

HEADER = "# Made by `python3 packaging/dev.py lock`; do not edit."
FINGERPRINT = "# made from: "
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("x86_64-manylinux_2_34", "aarch64-manylinux_2_39", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
_PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)")


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file and what it is made from: requirements, and the lock whose versions it must share."""

    path: Path
    requirements: tuple[str, ...]
    shares: Path | None = None
    # Platforms on which every package must be had ready-made.
    platforms: tuple[str, ...] = PLATFORMS
    # The oldest macOS it installs on.
    macos: str = "13.0"

    @property
    def fingerprint(self) -> str:
        """A digest of the requirements and of the Pythons the lock is for."""
        return hashlib.sha256(json.dumps([PYTHONS, sorted(self.requirements)]).encode()).hexdigest()


def locks(pyproject: dict[str, Any], readers: str) -> list[Lock]:
    """The five lock files, from a parsed pyproject.toml and the text of the readers' list."""
    runtime = tuple(pyproject["project"]["dependencies"])
    groups = pyproject["dependency-groups"]
    # The tests also read photographed cards.
    chosen = pyproject["project"].get("optional-dependencies", {})
    extras = tuple(name for extra in chosen.values() for name in extra)
    named = tuple(line.strip() for line in readers.splitlines() if line.strip() and not line.startswith("#"))
    return [
        Lock(places.RUNTIME_LOCK, runtime),
        Lock(places.SCAN_LOCK, tuple(chosen.get("scan", ())), shares=places.RUNTIME_LOCK, macos="14.0"),
        Lock(places.DEV_LOCK, (*runtime, *extras, *groups["dev"]), shares=places.RUNTIME_LOCK, macos="14.0"),
        Lock(places.BUILD_LOCK, tuple(groups["build"]), shares=places.RUNTIME_LOCK),
        # The readers' tests run on Linux alone, the rest of the suite everywhere.
        Lock(places.READERS_LOCK, named, platforms=PLATFORMS[:2]),
    ]


def current() -> list[Lock]:
    """The lock files as pyproject.toml now asks for them."""
    pyproject = tomllib.loads(places.PYPROJECT.read_text(encoding="utf-8"))
    return locks(pyproject, places.READERS_INPUT.read_text(encoding="utf-8"))


def packages(text: str) -> dict[str, str]:
    """Name and version of every package a lock file's text pins. A name with two versions keeps the last."""
    return {
        found[1].lower().replace("_", "-"): found[2] for line in text.splitlines() if (found := _PACKAGE.match(line))
    }


def without(text: str, names: set[str]) -> str:
    """The text of a lock file without some packages and their hashes."""
    kept: list[str] = []
    dropping = False
    for line in text.splitlines():
        if found := _PACKAGE.match(line):
            dropping = found[1].lower().replace("_", "-") in names
        if not dropping:
            kept.append(line)
    return "\n".join(kept) + "\n"


def _hashed(text: str) -> set[str]:
    """The packages of a lock file's text that carry at least one hash."""
    found: set[str] = set()
    name = ""
    for line in text.splitlines():
        if pin := _PACKAGE.match(line):
            name = pin[1].lower().replace("_", "-")
        elif "--hash=sha256:" in line:
            found.add(name)
    return found


def problems(lock: Lock, text: str, shared: str | None) -> list[str]:
    """What is wrong with a lock file's text, in words; nothing when it is as it should be."""
    name = lock.path.name
    found: list[str] = []
    if f"{FINGERPRINT}{lock.fingerprint}" not in text.splitlines():
        found.append(f"{name} is older than pyproject.toml: run `python3 packaging/dev.py lock`")
    if re.search(r"://|--(extra-)?index-url|--find-links|^-f ", text, re.MULTILINE):
        found.append(f"{name} names an address; a lock file says what to install, not where from")
    pins = packages(text)
    hashed = _hashed(text)
    found += [f"{name} has no hash for {pin}" for pin in pins if pin not in hashed]
    for pin, version in packages(shared or "").items():
        if pin in pins and pins[pin] != version:
            found.append(f"{name} has {pin} {pins[pin]}, {lock.shares.name if lock.shares else ''} has {version}")
    return found


def stale() -> list[str]:
    """What is wrong with the lock files of this checkout; needs no network."""
    found: list[str] = []
    for lock in current():
        if not lock.path.exists():
            found.append(f"{lock.path.name} is missing: run `python3 packaging/dev.py lock`")
            continue
        shared = lock.shares.read_text(encoding="utf-8") if lock.shares and lock.shares.exists() else None
        found += problems(lock, lock.path.read_text(encoding="utf-8"), shared)
    npm = (places.PACKAGING / "readers" / "package-lock.json").read_text(encoding="utf-8")
    if '"resolved"' in npm:
        found.append("readers/package-lock.json names an address; make it with --omit-lockfile-registry-resolved")
    return found


def rewrite(upgrade: bool) -> None:
    """Make the lock files anew and prove that they install everywhere; versions that fit stay, unless `upgrade`."""
    uv = _uv()
    for lock in current():
        work = places.BUILD / "lock"
        source, made = work / f"{lock.path.stem}.in", work / lock.path.name
        source.write_text("\n".join(lock.requirements) + "\n", encoding="utf-8")
        made.unlink(missing_ok=True)
        if lock.path.exists() and not upgrade:
            made.write_bytes(lock.path.read_bytes())
        command: list[str | Path] = [
            *(uv, "pip", "compile", source, "--universal", "--generate-hashes", "--python-version", PYTHONS[0]),
            *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--output-file", made),
        ]
        if lock.shares:
            command += ["--constraints", lock.shares]
        console.quietly(command, f"No set of versions fits {lock.path.name}.")
        body = made.read_text(encoding="utf-8")
        text = f"{HEADER}\n{FINGERPRINT}{lock.fingerprint}\n{body}"
        _prove(uv, lock, made)
        lock.path.write_text(text, encoding="utf-8", newline="\n")
        console.say(f"{lock.path.name}: {len(packages(text))} packages")
    if wrong := stale():
        raise console.Stop("\n".join(wrong))


def _prove(uv: Path, lock: Lock, made: Path) -> None:
    """Resolve the lock for every platform and Python as an installation would, ready-made packages only."""
    for platform in lock.platforms:
        for version in PYTHONS:
            console.quietly(
                [
                    *(uv, "pip", "install", "--dry-run", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
                    *("--target", places.BUILD / "lock" / "nowhere", "--python-platform", platform),
                    *("--python-version", version, "-r", made),
                ],
                f"{lock.path.name} cannot be installed on {platform} with Python {version}.",
                env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": lock.macos},
            )


def _uv() -> Path:
    venv = places.BUILD / "lock" / "venv"
    if not places.program(venv, "uv").exists():
        console.say("Installing uv into build/lock, to work out the lock files.")
        (places.BUILD / "lock").mkdir(parents=True, exist_ok=True)
        console.quietly([sys.executable, "-m", "venv", venv], f"No virtual environment could be made in {venv}.")
        env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        console.quietly([places.python(venv), "-m", "pip", "install", "uv>=0.8"], "uv could not be installed.", env=env)
    return places.program(venv, "uv")
