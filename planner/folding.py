"""Text as search and comparison see it: without accents, case or letters a keyboard may lack."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and a mark, so that stripping marks is not enough.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŀ": "l", "ŧ": "t", "ŋ": "n",
        "ß": "ss", "þ": "th", "æ": "ae", "œ": "oe", "ĳ": "ij", "ə": "e", "’": "'",
    }
)  # fmt: skip

# Scripts written without spaces: each character becomes a word of its own, so that any part of a name is found.
_UNSPACED = re.compile("([\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def fold(text: str) -> str:
    """Lower case, no accents, one space between words: "Łukasz  Čapek" and "lukasz capek" are the same."""
    if not text:
        return text
    if text.isascii():
        return " ".join(text.lower().split())
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(char for char in lowered if not unicodedata.combining(char))
    return " ".join(lowered.split())


def words(text: str) -> list[str]:
    """The folded words of a text, split the way the search index splits them (letters and digits only)."""
    return re.findall(r"[^\W_]+", spaced(fold(text)))


def spaced(folded: str) -> str:
    """Folded text with the characters of unspaced scripts set apart."""
    return folded if folded.isascii() else _UNSPACED.sub(r" \1 ", folded)
