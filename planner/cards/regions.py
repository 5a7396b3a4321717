"""Several cards on one picture, told apart by the empty bands between them and by what stands on both sides.

A band alone proves nothing: cards have columns. Two cards are two only if each side names a person of its own and a way
to reach them, or has a contact code of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planner.cards import addresses, names, numbers
from planner.cards.codes import Code
from planner.cards.records import Box, Line
from planner.folding import fold

#: More cards than this on one picture can't be told apart by a phone's camera.
MOST = 24

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
        if _is_card(first) and _is_card(second) and not _same_person(first, second):
            return [*_parted(first, depth + 1), *_parted(second, depth + 1)][:MOST]
    return [region]


def _cuts(region: Region) -> list[tuple[Region, Region]]:
    """Ways to divide a region along an empty band, the widest band first."""
    boxes = [line.box for line in region.lines if line.box] + [code.box for code in region.codes]
    heights = [line.box.height for line in region.lines if line.box]
    least = 1.2 * median(heights) if heights else 8
    found: list[tuple[float, bool, float]] = []
    for across in (False, True):
        spans = sorted((box.top, box.top + box.height) if across else (box.left, box.left + box.width) for box in boxes)
        reached = spans[0][1]
        for start, end in spans[1:]:
            if start - reached > least:
                found.append((start - reached, across, (start + reached) / 2))
            reached = max(reached, end)
    cuts = []
    for _, across, at in sorted(found, reverse=True)[:8]:
        cuts.append((_side(region, across, at, before=True), _side(region, across, at, before=False)))
    return cuts


def _side(region: Region, across: bool, at: float, *, before: bool) -> Region:
    def here(box: Box) -> bool:
        return (box.centre[1 if across else 0] < at) is before

    return Region(
        tuple(line for line in region.lines if line.box and here(line.box)),
        tuple(code for code in region.codes if here(code.box)),
    )


def _is_card(region: Region) -> bool:
    """Whether a region has a person and a way to reach them."""
    if any(is_contact(code) for code in region.codes):
        return True
    if len(region.lines) < 3:
        return False
    reach = any(any(addresses.emails(line.text)) or any(numbers.found(line.text)) for line in region.lines)
    return reach and bool(_persons(region))


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
    return found


def _same_person(first: Region, second: Region) -> bool:
    """Whether both sides name the same person, as the two languages of one card do."""
    ours, theirs = _persons(first), _persons(second)
    return bool(ours & theirs)
