"""Commands by a few letters: pure ranking of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.folding import fold, words

#: It begins so; all words begin words of its name; of its name or hint; letters are only nearly right. Somebody of that
#: name fits with 100 and somebody whose name begins so with 95, which lies between the first two.
_BEGINS, _NAMED, _HINTED, _LIKE = 97.0, 92.0, 88.0, 70.0
_LEAST_LIKE = 80.0


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command's name, and further words it is found by."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CommandHit:
    """A command and how well it fits, 0 to 100."""

    id: str
    score: float


def rank(text: str, commands: Iterable[CommandWords]) -> list[CommandHit]:
    """The commands that fit, the best first, those that fit alike in their own order."""
    typed = words(text)
    if not typed:
        return []
    hits = [CommandHit(command.id, score) for command in commands if (score := _score(typed, command))]
    return sorted(hits, key=lambda hit: -hit.score)


def is_called(text: str, hits: Sequence[CommandHit]) -> bool:
    """Whether a text of several words is how the best of these commands begins: then it is hardly a person's name."""
    return len(words(text)) > 1 and bool(hits) and hits[0].score >= _BEGINS


_MINUTES = re.compile(r"(?:i(?:'ve| have)(?: got)? )?(?P<count>\d{1,4}) ?(?:m|min|mins|minutes?)", re.IGNORECASE)


def minutes_in(text: str) -> int | None:
    """The minutes that words such as "I have 40 minutes" or "40 min" say somebody has; None for anything else."""
    found = _MINUTES.fullmatch(" ".join(text.split()).replace("\u2019", "'").rstrip("."))
    count = int(found["count"]) if found else 0
    return count if 1 <= count <= 24 * 60 else None


def link_in(text: str) -> bool:
    """Whether a web address was pasted."""
    return re.search(r"https?://\S", text, re.IGNORECASE) is not None


def _score(typed: list[str], command: CommandWords) -> float:
    named, hinted = words(command.name), words(f"{command.name} {command.hint}")
    if all(any(word.startswith(each) for word in named) for each in typed):
        # "undo" before "undo to here": what is typed makes up more of it.
        fit = _BEGINS if named[0].startswith(typed[0]) else _NAMED
        return fit + min(1.9, sum(map(len, typed)) / max(1, sum(map(len, named))))
    if all(any(word.startswith(each) for word in hinted) for each in typed):
        return _HINTED
    joined = " ".join(typed)
    if len(joined) < 3:
        return 0.0
    initials = "".join(word[0] for word in named)
    if initials.startswith(joined):
        return _HINTED
    from rapidfuzz.fuzz import ratio

    likeness = max(ratio(joined, fold(command.name)), *(ratio(joined, word) for word in named), 0.0)
    return _LIKE * likeness / 100 if likeness >= _LEAST_LIKE else 0.0
