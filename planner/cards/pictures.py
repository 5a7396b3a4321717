"""Cards on a photo: its codes first, then its text, and one reading for each card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cards import codes, photos, regions
from planner.cards.codes import Code
from planner.cards.combining import combined
from planner.cards.fields import Understood, understood
from planner.cards.ocr import TextReader, TextReaderMissing, TextUnreadable
from planner.cards.records import Box, Line, Note, ReadField, Reading
from planner.errors import FileUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

#: Letters lower than this, in pixels of the size text is found at, are worth a second reading of their card alone.
_SMALL, _FOUND_AT = 24, 2_000
#: A code that takes this share of a picture leaves no room for text.
_ALL = 0.45


@dataclass(frozen=True)
class _Seen:
    image: Image
    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    advice: str = ""


def read(
    data: bytes, name: str, text_reader: TextReader, region: str, stop: Callable[[], bool] | None = None
) -> Iterator[Reading]:
    """The cards on a picture or a scan's pages, each with the part of the picture that shows it.

    Boxes are counted from the corner of that part, `region` says where it lies on the whole. Raises FileUnreadable
    where the picture can't be opened, or shows nothing and can't be read for its text either.
    """
    text_reader.warm()
    pages = photos.pages(data)
    position = 0
    wrong: FileUnreadable | None = None
    for page in range(pages):
        try:
            for reading in _page(data, name, page, text_reader, region, stop):
                position += 1
                yield replace(reading, position=position)
        except FileUnreadable as error:
            # A blank page between others is no fault.
            wrong = error
    if wrong is not None and not position:
        raise wrong


def _page(
    data: bytes, name: str, page: int, text_reader: TextReader, region: str, stop: Callable[[], bool] | None
) -> Iterator[Reading]:
    image = photos.opened(data, Path(name), page)
    found = codes.scan(image)
    if _fills(found, image):
        yield _reading(_Seen(image, (), found), name, 1, region, None)
        return
    seen = _seen(image, found, text_reader, stop)
    parts = regions.regions(seen.lines, seen.codes)
    if len(parts) < 2:
        yield _reading(_upright(seen), name, 1, region, None)
        return
    for position, part in enumerate(parts, 1):
        box = _with_margin(part.box, seen.image)
        alone = _upright(_cut(seen, part, box))
        if _is_small(part.lines, seen.image):
            again = _seen(alone.image, alone.codes, text_reader, stop)
            if len(again.lines) >= len(alone.lines) and again.image is alone.image:
                alone = again
        yield _reading(alone, name, position, region, box)


def _cut(seen: _Seen, part: regions.Region, box: Box) -> _Seen:
    """One card of several, with its boxes counted from the corner of its part."""
    crop = seen.image.crop((box.left, box.top, box.left + box.width, box.top + box.height))
    inside = tuple(replace(code, box=code.box.moved(-box.left, -box.top)) for code in part.codes)
    lines = tuple(replace(line, box=line.box and line.box.moved(-box.left, -box.top)) for line in part.lines)
    return _Seen(crop, lines, inside)


def _upright(seen: _Seen) -> _Seen:
    """A card that lies otherwise than most of the picture, turned so that its lines run to the right."""
    votes: Counter[int] = Counter()
    for line in seen.lines:
        if line.box is not None:
            votes[line.box.direction] += len(line.text)
    way = votes.most_common(1)[0][0] if votes else 0
    if way == 0:
        return seen
    size = seen.image.size
    return _Seen(
        seen.image.rotate(way, expand=True),
        tuple(replace(line, box=line.box and line.box.turned(360 - way, size)) for line in seen.lines),
        tuple(replace(code, box=code.box.turned(360 - way, size)) for code in seen.codes),
    )


def _fills(found: tuple[Code, ...], image: Image) -> bool:
    """Whether a picture shows a contact's code and hardly anything else, so that there is no text worth reading."""
    if len(found) != 1 or not regions.is_contact(found[0]):
        return False
    return found[0].box.width * found[0].box.height > _ALL * image.width * image.height


def _seen(image: Image, found: tuple[Code, ...], text_reader: TextReader, stop: Callable[[], bool] | None) -> _Seen:
    try:
        text = text_reader.read(image, stop)
    except TextReaderMissing as missing:
        told = missing.explain()
        return _Seen(image, (), found, f"{told.what} {told.advice}")
    except TextUnreadable as unreadable:
        return _Seen(image, (), found, unreadable.explain().what)
    if text.turn:
        image = image.rotate(-text.turn, expand=True)
        found = codes.scan(image) if found else ()
    more = f"It holds more text than a card; {text.left} lines of it were not read." if text.left else ""
    return _Seen(image, text.lines, found, more)


def _reading(seen: _Seen, name: str, position: int, region: str, part: Box | None) -> Reading:
    # The text inside a code's own box is the pattern of the code, misread.
    lines = [line for line in seen.lines if not any(_inside(line, code) for code in seen.codes)]
    printed = understood(lines, region) if lines else Understood((), ())
    card = combined(name, position, seen.codes, printed)
    if not card.fields and not card.notes and not seen.codes and not seen.advice:
        raise FileUnreadable(Path(name), "no text and no code was found on it")
    return replace(
        card,
        picture=photos.kept(seen.image),
        size=seen.image.size,
        region=part,
        advice=seen.advice,
        fields=tuple(_boxed(field, seen.image) for field in card.fields),
        notes=tuple(Note(note.text, note.box and _clipped(note.box, seen.image)) for note in card.notes),
    )


def _inside(line: Line, code: Code) -> bool:
    if line.box is None:
        return False
    x, y = line.box.centre
    return code.box.left <= x <= code.box.left + code.box.width and code.box.top <= y <= code.box.top + code.box.height


def _boxed(field: ReadField, image: Image) -> ReadField:
    return field if field.box is None else replace(field, box=_clipped(field.box, image))


def _clipped(box: Box, image: Image) -> Box:
    a, b, c, d = ((min(max(x, 0), image.width), min(max(y, 0), image.height)) for x, y in box.corners)
    return Box((a, b, c, d))


def _with_margin(box: Box, image: Image) -> Box:
    edge = max(12, min(box.width, box.height) // 12)
    return Box.upright(
        max(0, box.left - edge),
        max(0, box.top - edge),
        min(image.width, box.left + box.width + edge),
        min(image.height, box.top + box.height + edge),
    )


def _is_small(lines: tuple[Line, ...], image: Image) -> bool:
    heights = sorted(line.box.letters for line in lines if line.box)
    return bool(heights) and heights[len(heights) // 2] * min(1.0, _FOUND_AT / max(image.size)) < _SMALL
