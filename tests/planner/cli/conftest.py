"""Runs the command line in this process, as a terminal would, with a data folder of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner.cli.__main__ import main


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object it printed."""
        data: dict[str, Any] = json.loads(self.out)
        return data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the environment names."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RAPPORT_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def rapport(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `rapport` with these arguments."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rapport", *map(str, arguments)])
        # The terminal's width must not decide what a test sees.
        monkeypatch.setenv("COLUMNS", "200")
        capsys.readouterr()
        code = main()
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture
def vcf(tmp_path: Path) -> Path:
    """A file with two contacts."""
    path = tmp_path / "two.vcf"
    path.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ingrid\r\nFN:Ingrid Vale\r\nN:Vale;Ingrid;;;\r\nORG:Norrvolt\r\n"
        "TITLE:CTO\r\nEMAIL:ingrid@norrvolt.example\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Łukasz Zieliński\r\nTEL:+44 7700 900129\r\nEND:VCARD\r\n",
        encoding="utf-8",
        newline="",
    )
    return path
