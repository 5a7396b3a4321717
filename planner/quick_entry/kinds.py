"""Which words of a sentence say how you were in touch."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.quick_entry.lexicon import CHANNELS, NAME, OCCASIONS, PLAIN_KINDS, TAKEN
from planner.quick_entry.records import Span
from planner.relations.records import InteractionKind


@dataclass(frozen=True, slots=True)
class Found:
    """A kind, the words that say nothing else (`spoken`), and those that say more and stay in the note (`telling`)."""

    kind: InteractionKind
    spoken: tuple[Span, ...] = ()
    telling: tuple[Span, ...] = ()


def _any(
    table: Iterable[tuple[InteractionKind, str]], before: str = ""
) -> tuple[tuple[InteractionKind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"{before}(?<![\w'’-])(?:{words})(?![\w'’-])", re.IGNORECASE)) for kind, words in table
    )


_CHANNELS = _any(CHANNELS, r"\b(?:on|over|via|by|through|in|using)\s+(?:a\s+)?")
_PLAIN = _any(PLAIN_KINDS)
_OCCASIONS = _any(OCCASIONS)

# "had a", "we did another": goes with a kind that begins the sentence. An adjective says more, so then all of it stays.
_OPENING = re.compile(
    rf"(?:^|[.;!?,\n{TAKEN}{NAME}]|\s[–—-]\s)\s*(?P<filler>(?:and\s+)?(?:(?:i|we)\s+)?(?:had\s+|have\s+|did\s+|got\s+)?(?:just\s+)?(?:a\s+|an\s+|another\s+|the\s+|our\s+)?)$",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r"[.;!?](?=\s|$)|\n")


def find(left: str, kept: Collection[Span]) -> Found | None:
    """The kind, looked for in the first sentence and then in all of it. Words inside `kept` stay in the note."""
    stop = _FIRST_SENTENCE.search(left)
    ends = [stop.start(), len(left)] if stop else [len(left)]
    for end in ends:
        if (found := _in(left, end, kept)) is not None:
            return found
    return None


def _in(left: str, end: int, kept: Collection[Span]) -> Found | None:
    channel = _first(_CHANNELS, left, end)
    word = _first(_PLAIN, left, end)
    occasion = _first(_OCCASIONS, left, end)
    telling: list[Span] = []
    spoken: list[Span] = []
    kind = None
    if channel is not None:
        kind = channel[0]
        spoken.append(channel[1])
        if word is not None and word[1].overlaps(channel[1]):
            word = None
    if occasion is not None and (word is None or occasion[1].start < word[1].start):
        telling.append(occasion[1])
        opening = _OPENING.search(left, 0, occasion[1].start)
        if opening is not None and opening["filler"].strip():
            spoken.append(Span(*opening.span("filler")))
        kind = kind or occasion[0]
    elif word is not None:
        opening = _OPENING.search(left, 0, word[1].start)
        if opening is not None and not any(word[1].overlaps(span) for span in kept):
            spoken.append(Span(opening.start("filler"), word[1].end))
        else:
            telling.append(word[1])
        kind = kind or word[0]
    return None if kind is None else Found(kind, tuple(spoken), tuple(telling))


def _first(
    table: tuple[tuple[InteractionKind, re.Pattern[str]], ...], left: str, end: int
) -> tuple[InteractionKind, Span] | None:
    best: tuple[InteractionKind, Span] | None = None
    for kind, pattern in table:
        match = pattern.search(left, 0, end)
        if match is not None and (best is None or match.start() < best[1].start):
            best = kind, Span(*match.span())
    return best
