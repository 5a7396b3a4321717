"""Photos of cards: opened within bounds, made upright, and freed of place, camera and thumbnail."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.contacts.records import Photo
from planner.errors import FileUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

#: No more pixels than this are unpacked: a file of a few kilobytes can claim to be a picture of gigabytes.
PIXELS = 80_000_000
#: The longest side text is read at, and the longest side of the picture that is kept with a card.
READ_SIDE, KEPT_SIDE = 4_096, 1_600
#: Pages of one scan that are read.
PAGES = 50

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"heif")
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"II+\0", b"MM\0+")


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture, whatever its name says."""
    if head.startswith(_HEADS):
        return True
    return (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[4:8] == b"ftyp" and _brand(head) is not None)


def pages(data: bytes) -> int:
    """How many pages a scan in one file has, at most PAGES; 1 for every other picture, also for one that moves."""
    from PIL import Image

    if not data.startswith(_TIFF):
        return 1
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
            return min(int(getattr(image, "n_frames", 1)), PAGES)
    # Whatever is wrong with it is said where it is opened.
    except Exception:  # noqa: BLE001 - what a decoder raises at a broken picture is nowhere listed
        return 1


def opened(data: bytes, source: Path, page: int = 0) -> Image:
    """The picture, upright, in RGB, at most 4,096 pixels a side. Raises FileUnreadable with the reason.

    `page` counts from 0. A picture with a transparent ground is laid on white.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, none of which is kept
        try:
            with _image(data) as image:
                if page:
                    image.seek(page)
                if image.width * image.height > PIXELS:
                    raise FileUnreadable(source, f"it is too large, {image.width:,} × {image.height:,} pixels")
                if min(image.size) < 8:
                    raise FileUnreadable(source, f"it is too small to read, {image.width} × {image.height} pixels")
                image.draft("RGB", (READ_SIDE, READ_SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((READ_SIDE, READ_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
                return _on_white(upright)
        except Image.DecompressionBombError as error:
            raise FileUnreadable(source, "it is too large, more pixels than any card needs") from error
        except UnidentifiedImageError as error:
            raise FileUnreadable(source, "it is no picture of a kind that can be read") from error
        except MemoryError as error:
            raise FileUnreadable(source, "it is too large for the memory") from error
        except FileUnreadable:
            raise
        # Pillow's readers raise these, and more, for files that were cut off or made to hurt.
        except Exception as error:
            raise FileUnreadable(source, "the picture is damaged") from error


def kept(image: Image) -> Photo:
    """The picture as it is kept beside a card: a JPEG of at most 1,600 pixels a side, without any metadata."""
    from PIL import Image as Images

    small = image.copy()
    small.thumbnail((KEPT_SIDE, KEPT_SIDE), Images.Resampling.LANCZOS, reducing_gap=3)
    small.info = {}
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85, optimize=True)
    return Photo(out.getvalue(), "image/jpeg")


def _image(data: bytes) -> Image:
    from PIL import Image

    if data[4:8] == b"ftyp" and _brand(data[:64]) in _HEIF_BRANDS:
        # 40 ms to import, and few cards come so. Opened by hand: its plug-in would change Pillow for everybody.
        import pillow_heif

        heif = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)
        if heif.size[0] * heif.size[1] > PIXELS:
            raise ValueError("too many pixels")
        return heif.to_pillow()
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def _brand(head: bytes) -> bytes | None:
    """The kind of an ISO media file (ISO/IEC 14496-12 section 4.3) if it is one of a still picture."""
    for brand in (head[8:12], *(head[at : at + 4] for at in range(16, min(len(head), 48), 4))):
        if brand in _HEIF_BRANDS or brand in (b"avif", b"avis"):
            return brand
    return None


def _on_white(image: Image) -> Image:
    from PIL import Image

    if image.mode in {"I", "I;16", "I;16B", "I;16L", "F"}:
        extremes: Any = image.convert("F").getextrema()  # one band: two numbers
        lowest, highest = extremes
        scale = 255 / max(highest - lowest, 1.0)
        image = image.convert("F").point(lambda value: (value - lowest) * scale).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        ground.alpha_composite(clear)
        image = ground
    plain = image.convert("RGB")
    plain.info = {}
    return plain
