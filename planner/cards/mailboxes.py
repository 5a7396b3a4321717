"""A name that was read without its spaces, or with letters the reader does not know, put right by the mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.cards import names
from planner.cards.spelling import letters, spellings
from planner.cards.words import plain, section
from planner.folding import fold

#: A line may differ from its mailbox in one letter of as many.
_LETTERS_TO_ONE = 4


@dataclass(frozen=True, slots=True)
class Respelled:
    """A name as it should be read, and how much it is one, 0 to 1."""

    name: str
    score: float


def respelled(text: str, mailboxes: Sequence[str]) -> Respelled | None:
    """The name that a line must be by one of the card's mailboxes, None if it is none of them.

    "KatarzynaNowak" with "katarzyna.nowak@…" is "Katarzyna Nowak"; of a line with letters that could not be read only
    the mailbox says how it is spelled, without its accents.
    """
    bare = " ".join(text.split())
    if not 4 <= len(bare) <= 60 or re.search(r"\d{2}|[@/\\]", bare) or _says_else(bare):
        return None
    for mailbox in mailboxes:
        pieces = [piece for piece in re.split(r"[._\-]+", fold(mailbox)) if piece.isalpha()]
        if len(pieces) < 2 or max(len(piece) for piece in pieces) < 4 or any(len(piece) < 2 for piece in pieces):
            continue
        for order in (pieces, pieces[::-1]):
            if " " not in bare and (parts := _cut(bare, order)):
                return Respelled(names.tidy(" ".join(part[:1].upper() + part[1:] for part in parts)), 0.7)
        if found := _nearly(bare, pieces):
            return Respelled(found, 0.6)
    return _at_capitals(bare)


def _says_else(text: str) -> bool:
    """Whether a line's words are those of a title, a firm or a part of one."""
    return any(set(plain(text)) & section(name) for name in ("title", "department", "organisation", "legal"))


def _cut(word: str, pieces: Sequence[str]) -> list[str]:
    """One word in the parts that the pieces of a mailbox say, [] if they do not."""
    parts, at = [], 0
    for piece in pieces:
        length = next(
            (n for n in range(len(piece), max(1, len(piece) - 3), -1) if piece in spellings(word[at : at + n])), 0
        )
        if not length:
            return []
        parts.append(word[at : at + length])
        at += len(parts[-1])
    return parts if at == len(word) else []


def _nearly(text: str, pieces: Sequence[str]) -> str:
    """The name that a line has some letters of, as the mailbox spells it, with the titles of the line."""
    from rapidfuzz.distance import OSA

    words = text.replace(",", " , ").split()
    around = [_is_around(word) for word in words]
    core = [word for word, aside in zip(words, around, strict=True) if not aside]
    mine, whole = letters(fold("".join(core))), "".join(pieces)
    apart = OSA.distance(mine, whole)
    # A line that says the same as the mailbox is read as any other.
    if len(whole) < 8 or not core or not 0 < apart <= len(whole) // _LETTERS_TO_ONE:
        return ""
    bones = [letters(fold(word)) for word in core]
    if not any(len(piece) > 4 and (piece in mine or min(OSA.distance(piece, one) for one in bones) < 2)
               for piece in pieces):  # fmt: skip
        return ""
    made = " ".join(_spelled(piece, core) for piece in pieces)
    first = next((at for at, aside in enumerate(around) if not aside), 0)
    last = len(words) - next((at for at, aside in enumerate(reversed(around)) if not aside), 0)
    return " ".join([*words[:first], made, *words[last:]]).replace(" ,", ",")


def _spelled(piece: str, words: Sequence[str]) -> str:
    """A piece as the line spells it where it does, else with a capital."""
    return next((names.tidy(word) for word in words if piece in spellings(word)), piece.capitalize())


def _is_around(word: str) -> bool:
    plain = fold(word).strip(".,")
    prefixes, suffixes = section("prefix"), section("suffix")
    return word == "," or plain in prefixes or f"{plain}." in prefixes or plain in suffixes or f"{plain}." in suffixes


def _at_capitals(word: str) -> Respelled | None:
    """ "KatarzynaNowak" cut before its second capital, if it begins with a first name."""
    parts = list(_humps(word))
    if " " in word or not 2 <= len(parts) <= 3 or any(len(part) < 3 for part in parts):
        return None
    return Respelled(" ".join(parts), 0.55) if fold(parts[0]) in section("given") else None


def _humps(word: str) -> Iterator[str]:
    if re.fullmatch(r"(?:[^\W\d_a-z][^\W\d_A-Z]+)+", word):
        yield from re.findall(r"[^\W\d_a-z][^\W\d_A-Z]*", word)
