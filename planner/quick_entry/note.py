"""What stays of a sentence once its parts are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.quick_entry.records import Span

_MARKS = " \t\n,;:.!?–—-·&+/()"
#: What joined the last words to a part that was taken out: "Lunch and", before "promised to call".
_DANGLING = re.compile(r"(?<=\w)\s+(?:and|but|then)$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+(?:@|://)\S")


def note(sentence: str, taken: Iterable[Span]) -> str:
    """The words that no span covers, in order, with the punctuation that still fits, and a capital first."""
    pieces: list[str] = []
    start = 0
    for span in sorted(taken):
        if span.start > start:
            pieces.append(sentence[start : span.start])
        start = max(start, span.end)
    pieces.append(sentence[start:])
    text = ""
    for piece in pieces:
        # Line breaks inside the note are the person's own.
        piece = re.sub(r"[ \t]+", " ", piece)
        if not piece.strip(_MARKS):
            ending = piece.strip(" \t,;:–—-·&+/()\n")
            if ending and text and text[-1] not in ".!?":
                text = text.rstrip(" ,;:–—-·&+/") + ending[0]
            elif "\n" in piece and text:
                text = text.rstrip(" ") + "\n"
            continue
        piece = piece.strip(" ")
        if not text:
            piece = piece.lstrip(_MARKS.replace("(", "").replace("\n", "")).lstrip("\n")
            text = piece
        elif piece[0] in ".,;:!?)":
            text = text.rstrip(" ,;:–—-·&+/") + piece
        else:
            text = f"{text}{'' if text.endswith(chr(10)) else ' '}{piece}"
    text = text.strip().rstrip(" ,;:–—-·&+/(")
    text = _DANGLING.sub("", re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", text))
    # An address is written as it is written.
    return text if _ADDRESS.match(text) else text[:1].upper() + text[1:]
