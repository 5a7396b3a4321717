"""Speaking time, and which texts of a pitch are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.events import speech

WRITTEN = datetime(2027, 7, 10, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  —  …", 0),
        ("I'm looking for a third.", 5),
        ("long-distance rowing", 2),
        ("12 % less scrap", 4),
        ("It costs 1.5 million, give or take", 7),
        ("電池のことなら", 4),
        ("Ich heiße Łukasz", 3),
    ],
)
def test_words_are_counted_as_they_are_said(text: str, count: int) -> None:
    assert speech.count_words(text) == count


@pytest.mark.parametrize(("pace", "seconds"), [(130, 32), (140, 30), (150, 28)])
def test_speaking_time_follows_the_pace(pace: int, seconds: int) -> None:
    spoken = speech.speaking_time("word " * 70, 60, pace)
    assert (spoken.words, spoken.seconds, spoken.fits) == (70, seconds, True)


def test_speaking_time_in_words() -> None:
    assert str(speech.speaking_time("word " * 79, 60, 140)) == "34 s of 60 s · 79 words"
    assert str(speech.speaking_time("word", 60, 140)) == "0 s of 60 s · 1 word"


def test_a_pace_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="pace"):
        speech.speaking_time("word", 60, 0)


@given(st.text(max_size=200), st.integers(5, 600), st.integers(60, 300))
def test_more_text_never_takes_less_time(text: str, target: int, pace: int) -> None:
    shorter = speech.speaking_time(text, target, pace)
    longer = speech.speaking_time(f"{text} and more", target, pace)
    assert longer.seconds >= shorter.seconds
    assert shorter.fits == (shorter.share <= 1)


@pytest.mark.parametrize(
    ("old", "new", "after", "kept"),
    [
        ("I help plants", "I help plants", timedelta(hours=1), False),
        ("I help plants", "  i help plants!", timedelta(hours=1), False),
        ("I help plants", "I help farms", timedelta(hours=1), True),
        ("I help plants", "I help farms", timedelta(minutes=1), False),
        ("", "I help farms", timedelta(hours=1), False),
        ("one two three four five six seven eight", "something else", timedelta(minutes=1), True),
        ("one two three four five six seven eight", "", timedelta(minutes=1), True),
    ],
)
def test_which_text_is_kept(old: str, new: str, after: timedelta, kept: bool) -> None:
    assert speech.keeps_version(old, new, WRITTEN, WRITTEN + after) is kept


def test_pace_so_far() -> None:
    assert speech.pace(70, timedelta(seconds=30)) == 140
    assert speech.pace(70, timedelta(0)) == 0
