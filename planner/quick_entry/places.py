"""How long it took, at which event, and where."""

from __future__ import annotations

import re
from datetime import date

from planner.quick_entry.lexicon import NAME, TAKEN
from planner.quick_entry.records import FoundEvent, Lookups, Span

_LENGTHS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (
        re.compile(
            rf"(?<![\w.:,])(?:(?:for|about|some|ca\.?|~)\s*)*(?:{pattern})(?![\w:])"
            r"(?!\s+(?:ago|late|early|later|before|after|from))",
            re.IGNORECASE,
        ),
        factor,
    )
    for pattern, factor in (
        (r"(?P<hours>[0-3])h(?P<rest>[0-5]\d)", 0),
        (r"(?P<count>\d{1,3})\s?(?:minutes?|mins?|['′])", 1),
        (r"(?P<count>\d{1,2}(?:[.,]\d)?)\s?(?:hours?|hrs?|h)", 60),
        (r"(?:a\s+)?quarter\s+of\s+an\s+hour", 15),
        (r"half\s+an\s+hour|a\s+half\s+hour", 30),
        (r"(?:an|one)\s+hour\s+and\s+a\s+half", 90),
        (r"(?:an|one)\s+hour", 60),
        (r"two\s+hours", 120),
    )
)  # fmt: skip
_MOST_MINUTES = 24 * 60


def find_minutes(left: str) -> tuple[Span, int] | None:
    """How many minutes it took: "25 min", "1.5 h", "half an hour". "In 2 hours" is no length."""
    for pattern, factor in _LENGTHS:
        for match in pattern.finditer(left):
            if re.search(r"\b(?:in|within)\s+$", left[: match.start()], re.IGNORECASE):
                continue
            groups = match.groupdict()
            if groups.get("hours"):
                minutes = int(groups["hours"]) * 60 + int(groups["rest"])
            elif groups.get("count"):
                minutes = round(float(groups["count"].replace(",", ".")) * factor)
            else:
                minutes = factor
            if 0 < minutes <= _MOST_MINUTES:
                return Span(*match.span()), minutes
    return None


_AT = re.compile(r"(?<!\w)(?:at|@|during)\s*(?:the\s+|this\s+year['’]s\s+)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*")
_LONGEST = 6


def find_event(left: str, sentence: str, lookups: Lookups, day: date) -> tuple[Span, FoundEvent] | None:
    """The event named after "at"; of several that fit, the one nearest to the day it was."""
    for link in _AT.finditer(left):
        words: list[re.Match[str]] = []
        end = link.end()
        for match in _WORD.finditer(left, link.end()):
            if left[end : match.start()].strip(" ") or len(words) == _LONGEST:
                break
            words.append(match)
            end = match.end()
        if not words or words[0].start() != link.end() or (link.end() == link.start() + 2 and link.group() != "@ "):
            continue
        for length in range(len(words), 0, -1):
            stop = words[length - 1].end()
            if events := lookups.events(sentence[link.end() : stop], 20):
                return Span(link.start(), stop), min(events, key=lambda event: _distance(event, day))
    return None


def _distance(event: FoundEvent, day: date) -> tuple[int, int]:
    """Days between; one that has not begun comes after any that has."""
    if event.first_day > day:
        return 1, (event.first_day - day).days
    return 0, max(0, (day - event.last_day).days)


_PLACE = re.compile(
    rf"(?:(?<=[{TAKEN}{NAME}])|\b(?:coffee|lunch|dinner|breakfast|brunch|drinks?|beers?|tea|walk|supper))\s*,?\s*"
    r"(?P<link>at|in|@)\s*(?P<place>(?:(?:the|her|his|their|our|my)\s+)?[^\W\d_][\w'’&.-]*"
    r"(?:\s+(?!(?:and|with|about|on|for|to|in|at|she|he|they|we|i|yesterday|today)\b)[\w'’&.-]+){0,4})",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:the|her|his|their|our|my)\s+", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"(?:the\s+)?(?:end|start|beginning|moment|same|first|last|least|all|once|meantime|a)\b", re.IGNORECASE
)
#: A name goes as far as its capitals do.
_CAPITALS = re.compile(r"[^\W\d_][\w'’&.-]*(?:\s+(?:(?:de|du|la|of|the|am|an|der)\s+)?[A-Z0-9À-Þ][\w'’&.-]*)*")


def find_place(left: str, sentence: str) -> tuple[Span, str] | None:
    """Where it was, if that follows what happened, with whom or when: "in Porto", "at the office"."""
    for match in _PLACE.finditer(left):
        span = Span(*match.span("place"))
        if NAME in span.of(left) or TAKEN in span.of(left) or _NO_PLACE.match(span.of(sentence)):
            continue
        words = span.of(sentence)
        own = _OWN.match(words)
        if own is None and not words[0].isupper():
            continue
        if own is None:
            capitals = _CAPITALS.match(words)
            words = capitals.group() if capitals else words
            if town := re.match(r"\s+in\s+[A-ZÀ-Þ][\w'’-]*", left[span.start + len(words) :]):
                words = sentence[span.start : span.start + len(words) + town.end()]
        words = words.rstrip(".,;-")
        span = Span(match.start("link"), span.start + len(words))
        shown = words[own.end() :] if own and own.group().lower().strip() == "the" else words
        return span, shown
    return None
