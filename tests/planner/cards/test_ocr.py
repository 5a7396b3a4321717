"""The child process that reads text: asked, waited for, killed, ended. A small stand-in speaks as the real one does."""

from __future__ import annotations

import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from planner.cards import ocr
from planner.cards.ocr import TextReader, TextReaderMissing, TextUnreadable
from planner.errors import Cancelled

PICTURE = Image.new("RGB", (40, 30), "white")
ANSWER = (
    """{"turn": 90, "lines": [{"text": " Ingrid ", "again": null, "score": 0.9, "box": [[1,2],[9,2],[9,8],[1,8]]}]}"""
)


def child(tmp_path: Path, body: str) -> tuple[str, ...]:
    script = tmp_path / "child.py"
    loop = """
    import json, sys, time
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        pixels = sys.stdin.buffer.read(asked["width"] * asked["height"] * 3)
        assert len(pixels) == asked["width"] * asked["height"] * 3
    """
    script.write_text(textwrap.dedent(loop) + textwrap.indent(textwrap.dedent(body), "    "))
    return (sys.executable, str(script))


def test_lines_come_with_boxes_and_turn(tmp_path: Path) -> None:
    reader = TextReader(command=child(tmp_path, f"print({ANSWER!r}, flush=True)"))
    text = reader.read(PICTURE)
    assert text.turn == 90
    assert [(line.text, line.box.left, line.box.height) for line in text.lines if line.box] == [("Ingrid", 1, 6)]
    assert reader.running
    reader.close()
    assert not reader.running


def test_one_that_does_not_answer_is_killed_and_the_next_picture_is_read(tmp_path: Path) -> None:
    reader = TextReader(timeout=0.3, command=child(tmp_path, "time.sleep(60)"))
    with pytest.raises(TextUnreadable):
        reader.read(PICTURE)
    assert not reader.running
    reader._command = child(tmp_path, f"print({ANSWER!r}, flush=True)")
    reader._timeout = 20
    assert reader.read(PICTURE).lines
    reader.close()


@pytest.mark.parametrize(
    "body", ["sys.exit(3)", "print('nonsense', flush=True)", "print(json.dumps({'error': 'x'}), flush=True)"]
)
def test_one_that_fails_says_so(tmp_path: Path, body: str) -> None:
    reader = TextReader(command=child(tmp_path, body))
    with pytest.raises(TextUnreadable):
        reader.read(PICTURE)
    reader.close()


def test_cancel_ends_it(tmp_path: Path) -> None:
    reader = TextReader(command=child(tmp_path, "time.sleep(60)"))
    wanted = threading.Event()
    threading.Timer(0.2, wanted.set).start()
    with pytest.raises(Cancelled):
        reader.read(PICTURE, wanted.is_set)
    assert not reader.running


def test_it_ends_when_idle(tmp_path: Path) -> None:
    reader = TextReader(idle=0.1, command=child(tmp_path, f"print({ANSWER!r}, flush=True)"))
    reader.read(PICTURE)
    for _ in range(200):
        if not reader.running:
            break
        time.sleep(0.02)
    assert not reader.running


def test_without_the_addition_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(TextReaderMissing) as told:
        TextReader().read(PICTURE)
    assert "packaging/dev.py scan" in str(told.value)
    assert "QR codes" in told.value.explain().safe
