"""The words that cards are read by: titles, legal forms, first names and the like, from resources/cards/words.txt."""

from __future__ import annotations

import re
from functools import cache

from planner.folding import fold
from planner.paths import resource


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in resource("cards", "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return {name: frozenset(_entries(" ".join(lines))) for name, lines in found.items()}


def _entries(text: str) -> list[str]:
    """The words of a section, or where it has commas what stands between them, which may go on in the next line."""
    return [fold(part.strip()) for part in (text.split(",") if "," in text else text.split()) if part.strip()]


def section(name: str) -> frozenset[str]:
    """The folded words of one section."""
    return _sections()[name]


@cache
def phone_labels() -> dict[str, str]:
    """What stands before a number, folded, and the kind of number it means."""
    return {
        word.rstrip("."): kind
        for kind in ("pager", "home", "work", "fax", "mobile")
        for word in section(f"phone {kind}")
    }


def phone_kind(word: str) -> str:
    """The kind of number that a folded word announces, also with an i or a 1 for its l ("TIf.", "Te1"); "" for none."""
    labels = phone_labels()
    return labels.get(word) or labels.get(word.replace("i", "l").replace("1", "l"), "")


def plain(text: str) -> list[str]:
    """The folded words of a text without the punctuation around them; what stands inside stays ("co-founder")."""
    return [word for part in re.split(r"[\s,;/|]+", fold(text)) if (word := part.strip(".:()[]\"'&+*•·–—-"))]
