"""What every test relies on: no screen, no network, no touch of the person's own data, and the independent readers.

Nothing here imports Qt: the planner's tests also run where it is not installed.
"""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / "build" / "readers"

# Before anything can import Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples every time: a change must not fail for what it did not touch.
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True, print_blob=True, database=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))


@pytest.fixture(scope="session", autouse=True)
def own_data_out_of_reach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point the data folder at an empty place, so that a forgotten argument can never reach the person's own data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAPPORT_DATA_DIR", str(tmp_path_factory.mktemp("no-data-folder-given")))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(sock: socket.socket, address: Any) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]!r} over the network")
        connect(sock, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class IcalJs:
    """Reads files with ical.js, Thunderbird's parser, in a node process of its own.

    Both methods return jCal (RFC 7265) or jCard (RFC 7095) as plain lists: one component for each VCALENDAR or VCARD
    in the file. A file that ical.js refuses raises AssertionError with its message.
    """

    def __init__(self, node: str, script: Path, modules: Path) -> None:
        self._command = [node, str(script), str(modules)]

    def parse_ics(self, path: Path) -> list[Any]:
        """The calendars of an .ics file as jCal."""
        return self._parse("ics", path)

    def parse_vcf(self, path: Path) -> list[Any]:
        """The cards of a .vcf file as jCard."""
        return self._parse("vcf", path)

    def _parse(self, kind: str, path: Path) -> list[Any]:
        done = subprocess.run(
            [*self._command, kind, str(path)], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )
        assert done.returncode == 0, f"ical.js refused {path.name}:\n{done.stderr}"
        components: list[Any] = json.loads(done.stdout)
        return components


def _missing_reader(what: str) -> None:
    message = f"{what} is not installed; `python3 packaging/dev.py test` installs it"
    # dev.py has promised that the readers are there: then their absence is a failure, not a reason to look away.
    if os.environ.get("RAPPORT_READERS_REQUIRED"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def icaljs() -> IcalJs:
    """ical.js, an independent reader of calendar and contact files."""
    modules = Path(os.environ.get("RAPPORT_ICALJS") or READERS / "node_modules")
    node = os.environ.get("RAPPORT_NODE") or shutil.which("node")
    if not node or not (modules / "ical.js").is_dir():
        _missing_reader("ical.js")
    return IcalJs(str(node), ROOT / "packaging" / "readers" / "parse.mjs", modules)


@pytest.fixture(scope="session")
def readers_bin() -> Path:
    """The folder with the programs of other projects that read our files: khal, todoman, vdirsyncer, khard."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    folder = Path(os.environ.get("RAPPORT_READERS_BIN") or READERS / "venv" / scripts)
    if not (folder / ("khal.exe" if os.name == "nt" else "khal")).exists():
        _missing_reader("khal")
    return folder


@pytest.fixture
def run_reader(readers_bin: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run one of those programs with a home folder of its own; returns its completed process."""

    def run(program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        home = tmp_path / "reader-home"
        home.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local" / "share"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "PYTHONWARNINGS": "ignore",
        }
        return subprocess.run(
            [str(readers_bin / program), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=120,
            check=False,
            **options,
        )

    return run
