"""The independent readers do read, and do refuse."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

pytestmark = pytest.mark.reader

EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:one@rapport.example
DTSTAMP:20261122T080000Z
DTSTART{zone}:20261201T090000
DTEND{zone}:20261201T093000
SUMMARY:Coffee with Ada
END:VEVENT
END:VCALENDAR
"""
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Example\r\nEND:VCARD\r\n"


def ics(tmp_path: Path, zone: str = "") -> Path:
    path = tmp_path / "one.ics"
    path.write_bytes(EVENT.format(zone=zone).replace("\n", "\r\n").encode())
    return path


def test_ical_js_reads_a_calendar(icaljs: Any, tmp_path: Path) -> None:
    [[name, _, [[event, properties, _]]]] = icaljs.parse_ics(ics(tmp_path))
    assert (name, event) == ("vcalendar", "vevent")
    assert ["summary", {}, "text", "Coffee with Ada"] in properties


def test_ical_js_reads_cards(icaljs: Any, tmp_path: Path) -> None:
    path = tmp_path / "two.vcf"
    path.write_bytes((CARD * 2).encode())
    assert [card[0] for card in icaljs.parse_vcf(path)] == ["vcard", "vcard"]


def test_ical_js_refuses_a_zone_that_is_not_defined(icaljs: Any, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Europe/Oslo"):
        icaljs.parse_ics(ics(tmp_path, ";TZID=Europe/Oslo"))


def test_ical_js_refuses_half_a_file(icaljs: Any, tmp_path: Path) -> None:
    path = ics(tmp_path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(AssertionError, match="refused one"):
        icaljs.parse_ics(path)


def test_khal_starts(run_reader: Callable[..., CompletedProcess[str]]) -> None:
    done = run_reader("khal", "--version")
    assert done.returncode == 0, done.stderr
    assert "khal" in done.stdout
