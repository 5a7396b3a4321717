"""A planner over a real file, and pictures made on the spot."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image

from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


def code_picture(text: str, scale: int = 4) -> Image.Image:
    """A QR code on white."""
    out = io.BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=scale)
    return Image.open(out).convert("RGB")


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()
