"""QR codes and bar codes on a picture: their text, exactly as it was encoded, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.cards.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image

#: Codes of one picture at most, and pixels a side at which they are searched first.
MOST, SIDE = 64, 1_600
#: Rows that are freed of specks at once.
BAND = 48


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `format` is its kind ("QRCode", "Code128"), `box` where it stands on the picture."""

    text: str
    format: str
    box: Box


def scan(image: Image) -> tuple[Code, ...]:
    """The codes on a picture, from top to bottom.

    The picture is looked at as it is and, while nothing is found, in other ways: smaller, with stronger contrast,
    sharpened, and magnified.
    """
    import zxingcpp

    for look, factor in _looks(image):
        found = zxingcpp.read_barcodes(look(), text_mode=zxingcpp.TextMode.Plain)
        codes = {
            (code.text, code.box.centre): code
            for code in (_code(one, factor) for one in found[:MOST] if one.valid and one.text)
            if not _chance(code)
        }
        if codes:
            return tuple(sorted(codes.values(), key=lambda code: (code.box.top, code.box.left)))
    return ()


def _looks(image: Image) -> Iterator[tuple[Callable[[], Image], float]]:
    from PIL import Image as Images
    from PIL import ImageFilter, ImageOps

    grey = image.convert("L")
    side = max(grey.size)
    yield (lambda: grey), 1.0
    if side > SIDE:
        factor = side / SIDE
        small = grey.resize((round(grey.width / factor), round(grey.height / factor)), Images.Resampling.LANCZOS)
        yield (lambda: small), factor
    base, shrunk = (grey, 1.0) if side <= SIDE else (small, factor)
    yield (lambda: ImageOps.autocontrast(without_specks(base), cutoff=2)), shrunk
    # A blurred code is told by its edges, in that size in which they are some pixels wide.
    for size in (1.0, 0.5) if side > 900 else (1.0, 2.0) if side > 500 else (2.0, 3.0):
        resized = base.resize((round(base.width * size), round(base.height * size)), Images.Resampling.BICUBIC)
        if size > 1.0:
            yield (lambda resized=resized: resized), shrunk / size  # type: ignore[misc]  # a default
        yield (lambda resized=resized: resized.filter(ImageFilter.UnsharpMask(4, 200, 0))), shrunk / size  # type: ignore[misc]  # a default


def without_specks(image: Image) -> Image:
    """Each pixel the middle one of the nine around it, as by Pillow's own filter, which lets no other thread work
    until it is through: band by band nobody waits for it."""
    from PIL import Image as Images
    from PIL import ImageFilter

    whole = Images.new(image.mode, image.size)
    for top in range(0, image.height, BAND):
        bottom = min(image.height, top + BAND)
        first, last = max(0, top - 1), min(image.height, bottom + 1)
        band = image.crop((0, first, image.width, last)).filter(ImageFilter.MedianFilter(3))
        whole.paste(band.crop((0, top - first, image.width, bottom - first)), (0, top))
    return whole


def _code(found: Any, factor: float) -> Code:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    a, b, c, d = ((round(point.x * factor), round(point.y * factor)) for point in corners)
    return Code(found.text, str(found.format).rpartition(".")[2], Box((a, b, c, d)))


def _chance(code: Code) -> bool:
    """Whether stripes of print may have been taken for a code: short, and of a kind that has no check digit."""
    plain = code.format.replace(" ", "").lower()
    return plain.startswith(("itf", "codabar", "databar", "code39", "code93", "dxfilm")) and len(code.text) < 8
