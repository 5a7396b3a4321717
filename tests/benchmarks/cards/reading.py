"""How well photographed cards are read: scores over a drawn set whose truth is known, and seconds a card.

`python -m tests.benchmarks.cards.reading [COUNT]` prints them; the set grows with COUNT and is the same every time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from planner.cards.ocr import TextReader, available
from planner.cards.reading import CardReader
from planner.cards.records import FieldKind, Reading
from tests.fixtures.cards import drawing, photographing
from tests.fixtures.cards.drawing import Drawn
from tests.fixtures.cards.scores import Scores

COUNT = 60
#: The first set is what the rules were made on; the second, drawn otherwise and taken worse, was only looked at after.
SETS: dict[str, Callable[[int], Drawn]] = {"first": drawing.photographed, "second": photographing.taken}


def scores(count: int = COUNT, which: str = "first") -> tuple[Scores, float]:
    """The scores over `count` cards of a set, and the seconds that one card took on average."""
    text_reader = TextReader(timeout=120)
    reader = CardReader(text_reader)
    found = Scores()
    started = time.perf_counter()
    try:
        for seed in range(count):
            drawn = SETS[which](seed)
            items = reader.read(drawn.jpeg(), f"{seed}.jpg")
            fields = [field for item in items if isinstance(item, Reading) for field in item.fields]
            found.add(drawn.truth, fields, f"{seed} {drawn.how}")
    finally:
        text_reader.close()
    return found, (time.perf_counter() - started) / max(count, 1)


def report(count: int = COUNT) -> str:
    """The scores of both sets in words, or why there are none."""
    if not available():
        return "cards: the text reader (rapidocr and onnxruntime) is not installed"
    return "\n\n".join(_told(which, count) for which in SETS)


def _told(which: str, count: int) -> str:
    found, seconds = scores(count, which)
    hard = found.rate(FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK)
    lines = [
        f"{count} drawn cards, {which} set, {seconds:.1f} s a card",
        found.table(),
        f"emails, phones and links: {100 * hard:.1f} %; wrong ones shown as certain: {len(found.unmarked)}",
    ]
    return "\n".join(
        [*lines, *(f"  wrong and unmarked: {one}" for one in found.unmarked), *(f"  {one}" for one in found.missed)]
    )


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
