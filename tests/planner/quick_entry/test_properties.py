"""What must hold for every sentence."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from planner.quick_entry.records import (
    PartKind,
)
from planner.relations.records import InteractionKind
from tests.planner.quick_entry.known import read

WORDS = st.sampled_from(
    [
        "coffee", "with", "Anjali", "Patel", "and", "Ben", "yesterday", ",", ".", ";", "\n", "promised", "to", "send",
        "the deck", "by", "Friday", "she'll", "I owe", "at", "PyCon", "25 min", "14:30", "#energy", "remind me",
        "next week",
        "follow up", "introduced me to", "Mara's", "(", ")", "tomorrow", "on 31.2.", "29 Feb", "in 999 years", "Łukasz",
        "田中", "🎉", "https://x.example/a?b#c", "a@b.example", "İ", "’", "@", "call", "Jun", "12", "0", "ß", "\u00a0",
    ]
)  # fmt: skip
SENTENCES = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join))


@given(SENTENCES)
def test_never_raises_and_spans_lie_within(sentence: str) -> None:
    said = read(sentence)
    for part in said.parts:
        assert 0 <= part.span.start < part.span.end <= len(sentence)
    kept = [part for part in said.parts if part.kind is not PartKind.EXCHANGE]
    assert all(part.span.of(sentence).strip() for part in kept)


#: Words that only join a part to the rest.
_JOINTS = {"with", "w", "to", "from", "and", "a", "an", "the", "our", "had", "i", "we", "just"}


@given(SENTENCES)
def test_nothing_is_lost(sentence: str) -> None:
    """Every word is in a part or in the note."""
    said = read(sentence)
    outside = list(sentence)
    for part in said.parts:
        if not part.kept:
            outside[part.span.start : part.span.end] = " " * (part.span.end - part.span.start)
    there = [word.casefold() for word in re.findall(r"\w+", said.text)]
    for word in re.findall(r"\w+", "".join(outside)):
        if word.casefold() in there:
            there.remove(word.casefold())
        else:
            assert word.casefold() in _JOINTS


def test_a_long_note_stays_whole() -> None:
    long = "call with Mara yesterday. " + "She spoke of many things. " * 400
    said = read(long)
    assert said.kind is InteractionKind.CALL
    assert len(said.text) > len(long) - 60
