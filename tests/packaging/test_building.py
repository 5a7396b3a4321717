"""The Debian package's papers, and the smoke test that every built program passes."""

import configparser
import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from steps import building, console, system_libraries

needs_shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


def stand_in(tmp_path: Path, body: str) -> Path:
    """A program that stands in for the frozen one."""
    path = tmp_path / "rapport"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


GOOD = """
if sys.argv[1:] == ["--version"]:
    print("rapport", VERSION)
elif sys.argv[1:] == ["check"]:
    assert os.path.isabs(os.environ["RAPPORT_DATA_DIR"])
else:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    time.sleep(30)
"""


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "STANDS", 0.5)


@needs_shell
def test_a_program_that_works_passes(tmp_path: Path) -> None:
    building.smoke(stand_in(tmp_path, f"VERSION = {building.version()!r}\n{GOOD}"))


@needs_shell
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"VERSION = '99.0'\n{GOOD}", "99.0"),
        ("sys.exit('no module named planner')", "no module named planner"),
        (f"VERSION = {building.version()!r}\n{GOOD}".replace("time.sleep(30)", "sys.exit('no Qt')"), "no Qt"),
        (f"VERSION = {building.version()!r}\n{GOOD}".replace("assert os.path", "sys.exit('damaged')"), "damaged"),
    ],
    ids=["wrong version", "does not start", "no window", "fails its check"],
)
def test_a_program_that_does_not_work_is_told(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(console.Stop, match=told):
        building.smoke(stand_in(tmp_path, body))


def test_the_package_needs_what_qt_needs() -> None:
    needed = building.depends()
    for library in system_libraries.WITHOUT_SCREEN + system_libraries.ON_SCREEN:
        assert library.debian in needed


def test_the_control_file_is_complete() -> None:
    lines = building.control("amd64", 12).splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Version"] == building.version()
    assert fields["Installed-Size"] == "12"
    assert {"Package", "Architecture", "Maintainer", "Depends", "Description"} <= fields.keys()


def test_the_desktop_file_names_the_program_and_its_icon() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(building.LINUX / "rapport.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"].split()[0] == "rapport"
    assert (building.ICON / f"{entry['Icon']}.svg").exists()
    assert (building.ICON / f"{entry['Icon']}.png").exists()
    assert entry["Categories"].endswith(";")


def test_the_newest_release_is_this_version() -> None:
    root = ElementTree.parse(building.LINUX / "rapport.metainfo.xml").getroot()
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == building.version()
