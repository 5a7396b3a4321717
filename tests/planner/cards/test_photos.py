"""Photos: opened whatever they are, upright, clean, and never more than the memory holds."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from planner.cards import photos
from planner.errors import FileUnreadable
from tests.planner.cards.conftest import as_bytes

HERE = Path("card.jpg")


def picture() -> Image.Image:
    image = Image.new("RGB", (400, 240), "white")
    image.paste("black", (0, 0, 40, 24))
    return image


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(out, quality=90)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIC"])
def test_every_kind_opens(kind: str) -> None:
    data = heic() if kind == "HEIC" else as_bytes(picture(), kind)
    assert photos.is_picture(data[:64])
    image = photos.opened(data, HERE)
    assert (image.mode, image.size) == ("RGB", (400, 240))
    assert image.getpixel((5, 5))[0] < 60
    assert image.getpixel((300, 200))[0] > 200


@pytest.mark.parametrize(("orientation", "corner"), [(1, (5, 5)), (3, (395, 235)), (6, (235, 5)), (8, (5, 395))])
def test_a_picture_is_turned_as_the_camera_says(orientation: int, corner: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = photos.opened(as_bytes(picture(), "JPEG", exif=exif), HERE)
    assert image.getpixel(corner)[0] < 80


def test_what_is_kept_tells_nothing_but_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)  # GPS latitude
    data = as_bytes(picture(), "JPEG", exif=exif, comment=b"private")
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    kept = photos.kept(photos.opened(data, HERE))
    again = Image.open(io.BytesIO(kept.data))
    assert not again.getexif()
    assert b"Camera maker" not in kept.data
    assert b"private" not in kept.data


def test_a_large_picture_is_kept_small() -> None:
    kept = photos.kept(photos.opened(as_bytes(picture().resize((4000, 2400)), "JPEG"), HERE))
    assert max(Image.open(io.BytesIO(kept.data)).size) == photos.KEPT_SIDE


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK", "I;16"])
def test_every_mode_becomes_rgb_on_white(mode: str) -> None:
    image = Image.new(mode, (60, 60)) if mode in ("RGBA", "LA") else picture().convert("L").convert(mode)
    kind = "TIFF" if mode == "CMYK" else "PNG"
    opened = photos.opened(as_bytes(image, kind), HERE)
    assert opened.mode == "RGB"
    if mode in ("RGBA", "LA"):
        assert opened.getpixel((5, 5)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def test_a_picture_that_claims_gigabytes_is_refused() -> None:
    with pytest.raises(FileUnreadable, match="too large"):
        photos.opened(bomb(60_000, 60_000), HERE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@given(at=st.floats(0, 1), cut=st.floats(0.05, 1), byte=st.integers(0, 255))
def test_damaged_pictures_are_refused_or_opened(kind: str, at: float, cut: float, byte: int) -> None:
    data = bytearray(as_bytes(picture(), kind))
    data[int(at * (len(data) - 1))] = byte
    with suppress(FileUnreadable):
        assert photos.opened(bytes(data[: int(cut * len(data))]), HERE).mode == "RGB"
