"""Several cards on one picture, told apart by the empty bands between them and by what stands on both sides.

A band alone proves nothing: cards have columns. Two cards are two only if each side names a person of its own and a way
to reach them, or has a contact code of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planner.cards import addresses, code_contents, names, numbers, scoring
from planner.cards.codes import Code
from planner.cards.records import Box, FieldKind, Line
from planner.folding import fold

#: More cards than this on one picture can't be told apart by a phone's camera.
MOST = 24

#: Directions, in degrees, across which an empty band is looked for, and bands that are tried.
_ANGLES = (0, 90, 15, 30, 45, 60, 75, 105, 120, 135, 150, 165)
_TRIED = 16
#: Degrees by which the lines of two cards differ at least, and those of one, seen from the side, do not.
_ASKEW = 12.0

_CONTACT_CODE = re.compile(r"(?i)\s*(?:BEGIN:VCARD|MECARD:|BIZCARD:)")


@dataclass(frozen=True, slots=True)
class Region:
    """One card's lines and codes, and the box they take."""

    lines: tuple[Line, ...]
    codes: tuple[Code, ...]

    @property
    def box(self) -> Box:
        """The upright box around them."""
        return Box.around([*(line.box for line in self.lines if line.box), *(code.box for code in self.codes)])


def is_contact(code: Code) -> bool:
    """Whether a code's text is a whole contact."""
    return bool(_CONTACT_CODE.match(code.text))


def regions(lines: Sequence[Line], codes: Sequence[Code]) -> tuple[Region, ...]:
    """The cards of a picture, from the top left on; one if there is no saying that there are more."""
    whole = Region(tuple(line for line in lines if line.box is not None), tuple(codes))
    if not whole.lines and len(codes) < 2:
        return (whole,) if whole.lines or whole.codes else ()
    parts = _parted(whole, 1)
    return tuple(sorted(parts, key=lambda region: (region.box.top // 200, region.box.left)))


def _parted(region: Region, depth: int) -> list[Region]:
    if depth > 6:
        return [region]
    for first, second in _cuts(region):
        if _apart(first, second):
            return [*_parted(first, depth + 1), *_parted(second, depth + 1)][:MOST]
    return [region]


def _cuts(region: Region) -> list[tuple[Region, Region]]:
    """Ways to divide a region along an empty band, the widest band first; along the picture's sides before askew."""
    boxes = [line.box for line in region.lines if line.box] + [code.box for code in region.codes]
    heights = [line.box.letters for line in region.lines if line.box]
    least = 1.2 * median(heights) if heights else 8
    found: list[tuple[bool, float, int, float]] = []
    for angle in _ANGLES:
        spans = sorted(_span(box, angle) for box in boxes)
        reached = spans[0][1]
        for start, end in spans[1:]:
            if start - reached > least:
                found.append((angle % 90 == 0, start - reached, angle, (start + reached) / 2))
            reached = max(reached, end)
    return [_sides(region, angle, at) for _, _, angle, at in sorted(found, reverse=True)[:_TRIED]]


def _span(box: Box, angle: int) -> tuple[float, float]:
    """From where to where a box reaches along a direction."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    places = [x * cos + y * sin for x, y in box.corners]
    return min(places), max(places)


def _sides(region: Region, angle: int, at: float) -> tuple[Region, Region]:
    def before(box: Box) -> bool:
        start, end = _span(box, angle)
        return (start + end) / 2 < at

    def part(wanted: bool) -> Region:
        return Region(
            tuple(line for line in region.lines if line.box and before(line.box) is wanted),
            tuple(code for code in region.codes if before(code.box) is wanted),
        )

    return part(True), part(False)


def _apart(first: Region, second: Region) -> bool:
    """Whether both sides of a band are cards of their own."""
    if _is_card(first) and _is_card(second):
        return not _same_person(first, second)
    # No name that we know: then their web addresses or the way they lie must tell them apart.
    if not all(len(side.lines) >= 4 and _reach(side) for side in (first, second)):
        return False
    ours, theirs = _owners(first), _owners(second)
    return (bool(ours and theirs) and not ours & theirs) or _askew(first, second)


def _is_card(region: Region) -> bool:
    """Whether a region has a person and a way to reach them."""
    if any(is_contact(code) for code in region.codes):
        return True
    return len(region.lines) >= 3 and _reach(region) and bool(_persons(region))


def _reach(region: Region) -> bool:
    return any(any(addresses.emails(line.text)) or any(numbers.found(line.text)) for line in region.lines)


def _owners(region: Region) -> set[str]:
    """The labels of the domains on it, mailbox providers aside."""
    emails = [email.value for line in region.lines for email in addresses.emails(line.text)]
    return set(scoring.around(emails, (), typed=False).domains)


def _askew(first: Region, second: Region) -> bool:
    """Whether the lines of two regions run in clearly different directions."""
    apart = abs(_angle(first) - _angle(second)) % 360
    return min(apart, 360 - apart) > _ASKEW


def _angle(region: Region) -> float:
    turns = []
    for line in region.lines:
        if line.box is not None and len(line.text) > 5:
            (ax, ay), (bx, by), *_ = line.box.corners
            turns.append(math.degrees(math.atan2(by - ay, bx - ax)))
    return median(turns) if turns else 0.0


def _persons(region: Region) -> set[str]:
    found = {fold(line.text) for line in region.lines if names.score(line.text) >= 0.65}
    mailboxes = {
        email.value.rpartition("@")[0].lower() for line in region.lines for email in addresses.emails(line.text)
    }
    found |= {
        fold(line.text)
        for line in region.lines
        for mailbox in mailboxes
        if names.score(line.text) > 0 and names.fits(line.text, mailbox) >= 0.75
    }
    coded = [code_contents.understood(code.text, "", 1) for code in region.codes if is_contact(code)]
    return found | {fold(name) for reading in coded for name in reading.values(FieldKind.NAME)}


def _same_person(first: Region, second: Region) -> bool:
    """Whether both sides name the same person, as the two languages of one card do, or one is the other's code."""
    ours, theirs = _persons(first), _persons(second)
    if ours & theirs:
        return True
    for side, other in ((first, second), (second, first)):
        if not side.lines and not any(is_contact(code) for code in other.codes):
            return True
    return False
