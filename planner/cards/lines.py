"""Where lines stand on a card: pieces on the same level joined, rows gathered into blocks, all in reading order.

A card may lie askew or be photographed at an angle, so everything is measured along its own lines, not the picture's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from planner.cards.records import Box, Line
from planner.cards.words import phone_kind, section
from planner.folding import fold


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a card in its place.

    `height` is that of its letters over the card's usual one; rows that stand close share a `block`. `index` is its
    place in reading order. `agreed` is False where a second look read something else, `again`. `left` and `top` are
    measured along the card's own lines, in heights. `doubt` is why what it says may not be whole.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    again: str | None = None
    height: float = 1.0
    block: int = 0
    index: int = 0
    left: float = 0.0
    top: float = 0.0
    doubt: str = ""

    @property
    def agreed(self) -> bool:
        """Whether both looks read the same, spaces aside."""
        return self.again is None or _packed(self.again) == _packed(self.text)


@dataclass(slots=True)
class _Piece:
    text: str
    box: Box
    confidence: float
    again: str | None
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of a card in reading order. Lines without boxes stay as they come; a blank one ends a block."""
    placed = [line for line in lines if line.box is not None and line.text.strip()]
    if not placed:
        return _typed(lines)
    angle = _angle(placed)
    pieces = _joined([_piece(line, angle) for line in placed])
    usual = median(piece.height for piece in pieces) or 1.0
    found: list[Row] = []
    for block, members in enumerate(_blocks(pieces)):
        for piece in members:
            found.append(
                Row(
                    piece.text, piece.box, piece.confidence, piece.again, piece.height / usual, block, len(found),
                    piece.left / usual, piece.top / usual,
                )
            )  # fmt: skip
    return tuple(found)


def _typed(lines: Sequence[Line]) -> tuple[Row, ...]:
    found: list[Row] = []
    block = 0
    for line in lines:
        if not line.text.strip():
            block += 1
        else:
            found.append(Row(line.text.strip(), None, line.confidence, line.again, 1.0, block, len(found)))
    return tuple(replace(row, top=float(row.index)) for row in found)


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _best_text(line: Line) -> str:
    """The first look's text, with the spaces of the second where only they differ and it has more of them."""
    text, again = line.text.strip(), (line.again or "").strip()
    if again.count(" ") > text.count(" ") and _packed(again) == _packed(text) and "@" not in text:
        text = again
    # A capital I inside a lower-case word is an l; a full-width form is the plain character.
    text = text.translate(_WIDE)
    return text if "@" in text or "/" in text else re.sub(r"(?<=[a-zà-ÿ])I(?=[a-zà-ÿ])", "l", text)


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x201A: 0x2C}


def _angle(lines: Sequence[Line]) -> float:
    """The direction most letters run in, in radians."""
    turns: list[float] = []
    for line in lines:
        assert line.box is not None
        (ax, ay), (bx, by), *_ = line.box.corners
        if math.hypot(bx - ax, by - ay) > 0:
            turns += [math.atan2(by - ay, bx - ax)] * max(1, len(line.text) // 4)
    return median(turns) if turns else 0.0


def _piece(line: Line, angle: float) -> _Piece:
    assert line.box is not None
    cos, sin = math.cos(-angle), math.sin(-angle)
    turned = [(x * cos - y * sin, x * sin + y * cos) for x, y in line.box.corners]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = turned
    # The height of the letters, not of the box around a slanting line.
    height = (math.hypot(dx - ax, dy - ay) + math.hypot(cx - bx, cy - by)) / 2
    middle = (ay + by + cy + dy) / 4
    return _Piece(
        _best_text(line),
        line.box,
        line.confidence,
        line.again,
        min(ax, dx),
        max(bx, cx),
        middle - height / 2,
        middle + height / 2,
    )


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces on one level with no more than a space between them, and labels with what they stand before, made one."""
    left = sorted(pieces, key=lambda piece: (piece.left, piece.top))
    done: list[_Piece] = []
    while left:
        first = left.pop(0)
        while (follower := _follower(first, left)) is not None:
            left.remove(follower)
            again = None
            if first.again is not None or follower.again is not None:
                again = f"{first.again or first.text} {follower.again or follower.text}"
            first = _Piece(
                f"{first.text} {follower.text}",
                Box.around([first.box, follower.box])
                if not _level(first, follower)
                else _spanning(first.box, follower.box),
                min(first.confidence, follower.confidence),
                again,
                first.left,
                follower.right,
                min(first.top, follower.top),
                max(first.bottom, follower.bottom) if follower.height > first.height else first.bottom,
            )
        done.append(first)
    return done


def _level(a: _Piece, b: _Piece) -> bool:
    return abs(a.middle - b.middle) < 0.5 * min(a.height, b.height)


def _spanning(a: Box, b: Box) -> Box:
    return Box((a.corners[0], b.corners[1], b.corners[2], a.corners[3]))


def _follower(piece: _Piece, others: list[_Piece]) -> _Piece | None:
    label = is_label(piece.text)
    best: _Piece | None = None
    for other in others:
        gap = other.left - piece.right
        height = max(piece.height, other.height)
        if not _level(piece, other) or not -1.0 * height < gap < (8.0 if label else 0.9) * height:
            continue
        # A label or a way to reach someone begins a column of its own.
        if not label and _begins_anew(other.text) and not _begins_anew(piece.text):
            low = min(piece.height, other.height)
            if gap > 0.45 * low or height > 1.25 * low:
                continue
        # One letter announces a way to reach someone, or is a round of the logo.
        if len(piece.text) == 1 and not re.search(r"[\d@]|\w\.\w", other.text):
            continue
        if other.left < piece.left or (
            not label and max(piece.height, other.height) > 1.5 * min(piece.height, other.height)
        ):
            continue
        if best is None or other.left < best.left:
            best = other
    return best


def _begins_anew(text: str) -> bool:
    first = text.split(maxsplit=1)[0]
    return is_label(first) or bool(re.search(r"@|\d{3}|www\.|^[+(]", text))


def is_label(text: str) -> bool:
    """Whether a text only says what the next one is ("Tel.", "mob:", "E")."""
    word = fold(text).strip(" .:/|-–")
    if not word or len(word) > 16:
        return False
    return bool(phone_kind(word)) or word in section("email label") or word in section("link label")


def _blocks(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Rows that stand close above each other, gathered, from the top left on."""
    parents = list(range(len(pieces)))

    def root(at: int) -> int:
        while parents[at] != at:
            at = parents[at]
        return at

    for i, a in enumerate(pieces):
        for j in range(i + 1, len(pieces)):
            if _belong(a, pieces[j]):
                parents[root(j)] = root(i)
    groups: dict[int, list[_Piece]] = {}
    for at, piece in enumerate(pieces):
        groups.setdefault(root(at), []).append(piece)
    blocks = [sorted(group, key=lambda piece: (piece.middle, piece.left)) for group in groups.values()]
    return sorted(blocks, key=lambda block: (block[0].middle, block[0].left))


def _belong(a: _Piece, b: _Piece) -> bool:
    upper, lower = (a, b) if a.middle <= b.middle else (b, a)
    gap = lower.top - upper.bottom
    height = max(a.height, b.height)
    if not -0.6 * height < gap < 0.95 * height or height > 2.6 * min(a.height, b.height):
        return False
    overlap = min(a.right, b.right) - max(a.left, b.left)
    return overlap > 0.3 * min(a.right - a.left, b.right - b.left)
