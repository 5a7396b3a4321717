"""How long a text takes to say, and whether a pitch has become another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.folding import words

#: An unhurried talk has 130 to 150 words a minute; the settings choose a pace, a pitch is checked against both ends.
SLOW, FAST = 130, 150

#: A draft that is younger than this is still being written: it is no version of its own.
SETTLED = timedelta(minutes=10)

# A word may hold an apostrophe, a hyphen or a decimal point: "long-distance", "I'm" and "1.5" are said as one.
_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑][^\W_]+)*|%")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class SpeakingTime:
    """How long a text takes. Times in whole seconds; `share` is of the target and may pass 1."""

    words: int
    seconds: int
    target_seconds: int

    @property
    def share(self) -> float:
        """Seconds over target."""
        return self.seconds / self.target_seconds if self.target_seconds > 0 else 0.0

    @property
    def fits(self) -> bool:
        """It can be said within the target."""
        return self.seconds <= self.target_seconds

    def __str__(self) -> str:
        many = "word" if self.words == 1 else "words"
        return f"{self.seconds} s of {self.target_seconds} s · {self.words} {many}"


def count_words(text: str) -> int:
    """Spoken words. Two characters of a script without spaces count as one word."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def speaking_time(text: str, target_seconds: int, words_a_minute: int) -> SpeakingTime:
    """How long a text takes at a pace. Raises ValueError for a pace that is not positive."""
    if words_a_minute <= 0:
        raise ValueError("a pace is a positive number of words a minute")
    count = count_words(text)
    return SpeakingTime(count, round(count * 60 / words_a_minute), target_seconds)


def pace(words_spoken: int, elapsed: timedelta) -> int:
    """Words a minute so far; 0 before the first second is over."""
    seconds = elapsed.total_seconds()
    return round(words_spoken * 60 / seconds) if seconds >= 1 else 0


def is_another_text(old: str, new: str) -> bool:
    """Whether the words differ; case, accents, punctuation and spacing alone do not make another text."""
    return words(old) != words(new)


def keeps_version(old: str, new: str, written_at: datetime, now: datetime) -> bool:
    """Whether the old text deserves to be kept when the new one takes its place.

    It does when its words differ from the new ones and it had either settled, or most of it is about to be lost.
    """
    before = words(old)
    if not before or not is_another_text(old, new):
        return False
    kept = set(words(new))
    lost = sum(word not in kept for word in before) / len(before)
    return now - written_at >= SETTLED or (lost > 0.5 and len(before) >= 8)
