"""Pasted text: the end of an email or an address block, read by the rules for cards."""

from __future__ import annotations

import re

from planner.cards.fields import Understood, understood
from planner.cards.records import Line, Note
from planner.cards.words import section
from planner.folding import fold

#: Longer texts are letters, not signatures; what is below is looked at.
LINES, LONGEST = 60, 160

_NO_PART = re.compile(
    r"^(?:sent from my|von meinem \w+ gesendet|envoyé de mon|get outlook for|diese (?:e-?mail|nachricht)|"
    r"this (?:e-?mail|message)|please consider the environment|confidential|disclaimer|>|on .{5,80} wrote:|"
    r"am .{5,80} schrieb)",
    re.IGNORECASE,
)


def read(text: str, region: str = "") -> Understood:
    """The fields of a signature or an address block; every other line is a note.

    Of a whole letter only what follows the closing words ("Kind regards,") is read. `region` is where bare numbers are
    dialled.
    """
    lines = [" ".join(line.split("\t")).strip(" \u200b\ufeff") for line in text.replace("\r\n", "\n").split("\n")]
    start = 0
    for at, line in enumerate(lines):
        if line.strip() in ("--", "—", "__") or _closes(line):
            start = at + 1
    before, block = lines[:start], lines[start:]
    if not any(line.strip() for line in block):
        before, block = [], lines
    end = next((at for at, line in enumerate(block) if at and _NO_PART.match(line)), len(block))
    kept, after = block[:end][:LINES], block[:end][LINES:] + block[end:]
    aside = [line for line in kept if len(line) > LONGEST]
    found = understood([Line(line if len(line) <= LONGEST else "") for line in kept], region, typed=True)
    said = [line for line in before if line.strip() and not _closes(line) and line.strip("-—_ ")]
    rest = [*said, *aside, *(line for line in after if line.strip())]
    return Understood(found.fields, (*found.notes, *(Note(line) for line in rest)))


def _closes(line: str) -> bool:
    """Whether a line says goodbye; what follows it is the signature."""
    words = re.sub(r"[^\w ]+", " ", fold(line)).split()
    said = " ".join(words)
    return said in section("closing") or (" aus " in said and said.partition(" aus ")[0] in section("closing"))
