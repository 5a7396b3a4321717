"""How well photographed cards are read: scores over a drawn set whose truth is known, and seconds a card.

`python -m tests.benchmarks.cards.reading [COUNT]` prints them; the set grows with COUNT and is the same every time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from planner.cards import codes
from planner.cards.ocr import TextReader, available
from planner.cards.reading import CardReader
from planner.cards.records import FieldKind, Reading
from tests.fixtures.cards import coded, drawing, phoned, photographing
from tests.fixtures.cards.drawing import Drawn
from tests.fixtures.cards.scores import Scores

COUNT = 60
#: The first two sets are what the rules were made on. The third was read once, after the last change of a rule.
SETS: dict[str, Callable[[int], Drawn]] = {
    "first": drawing.photographed,
    "second": photographing.taken,
    "third": phoned.taken,
}
SIZES = {"first": COUNT, "second": 48, "third": 16}


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
    return "\n\n".join([_codes(), *(_told(which, min(count, SIZES[which])) for which in SETS)])


def _codes(count: int = 57) -> str:
    """How many codes caught in passing are read, and how many of them wrong."""
    told = [([code.text for code in codes.scan(picture)], text) for picture, text in map(coded.taken, range(count))]
    right, wrong = sum(found == [text] for found, text in told), sum(found not in ([], [text]) for found, text in told)
    return f"{count} codes caught in passing: {right} read, {wrong} read wrong"


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
