"""Promises and things to do later, found in a sentence whose names are masked (see `planner.quick_entry.mentions`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from planner.followups.records import FollowUpKind
from planner.quick_entry import when
from planner.quick_entry.lexicon import DOING, LATER, NAME, SUBJECT, TAKEN, WHO
from planner.quick_entry.records import Span
from planner.quick_entry.when import Lean
from planner.relations.records import PromiseSide

#: Proposed where no day was named: soon enough to be remembered, late enough to have happened.
DAYS_UNTIL_REMINDER = 1
DAYS_UNTIL_FOLLOW_UP = 7


@dataclass(frozen=True, slots=True)
class Clause:
    """A promise (`side`) or something to do (`kind`): where it stands, where its own words do, and its day.

    `trigger` is how it begins ("I owe NAME"), which names whose promise it is.
    """

    span: Span
    trigger: Span
    words: tuple[Span, ...]
    side: PromiseSide | None
    kind: FollowUpKind | None
    due_on: date | None
    due_time: time | None

    def text(self, sentence: str) -> str:
        """What is owed or to be done, in the sentence's own words."""
        return joined(sentence, self.words)


def joined(sentence: str, spans: tuple[Span, ...]) -> str:
    """Stretches of the sentence as one phrase."""
    return " ".join(" ".join(span.of(sentence) for span in spans).split()).strip(" ,;:-–—")


_I = r"(?:i|we)"
_WOULD = r"(?:['’]d|['’]ll|\s+would|\s+will)"
_GOING = r"(?:['’]m|['’]re|['’]s|\s+am|\s+are|\s+is)\s+going\s+to"
_ALSO = r"(?:also\s+|then\s+)?"

#: Support that can be offered as a thing: "offered help with the slides". A job or a seat is an opportunity instead.
_HELP = r"(?:(?:my|our|some|any|an?)\s+)?(?:\w+\s+)?(?:help|support|advice|feedback|review|hand|intro(?:duction)?)\b"

#: How a clause begins, and whose promise it is. What the match covers is not part of what is owed.
_MINE = (
    rf"(?:{_I}(?:['’]ve|\s+have)?\s+)?{_ALSO}promised?\s+(?:{WHO}\s+)?(?:to\s+|(?:that\s+)?i{_WOULD}\s+|(?=(?:a|an|the|my)\s))",
    rf"(?:{_I}\s+)?{_ALSO}(?:still\s+)?owe\s+(?:{WHO}\s+)?",
    rf"{_I}{_WOULD}\s+{_ALSO}(?={DOING})",
    rf"{_I}{_GOING}\s+(?={DOING})",
    rf"{_I}\s+(?:said|told\s+{WHO})\s+(?:that\s+)?i{_WOULD}\s+(?={DOING})",
    rf"(?:{_I}\s+)?agreed\s+to\s+(?={DOING})",
    rf"will\s+(?={DOING})",
)
_THEIRS = (
    (
        rf"{SUBJECT}(?:\s+(?:has|have)|['’](?:s|ve))?\s+{_ALSO}promised\s+(?:me\s+)?"
        rf"(?:to\s+|(?:that\s+)?{SUBJECT}{_WOULD}\s+|(?=(?:a|an|the|his|her|their)\s))"
    ),
    rf"{SUBJECT}\s+{_ALSO}(?:still\s+)?owes?\s+me\s+",
    rf"{SUBJECT}(?:['’]ll|\s+will)\s+{_ALSO}(?={DOING})",
    rf"{SUBJECT}{_GOING}\s+(?={DOING})",
    rf"{SUBJECT}\s+(?:said|told\s+me)\s+(?:that\s+)?{SUBJECT}{_WOULD}\s+(?={DOING})",
    rf"{SUBJECT}\s+(?:agreed|offered)\s+to\s+(?={DOING})",
    r"promised\s+me\s+(?:to\s+|(?=(?:a|an|the|his|her|their)\s))",
)
#: What I offered is no promise: it waits to be taken up, and is seen through as an offer of support.
_OFFERS = (
    (
        rf"(?:{_I}(?:['’]ve|\s+have)?\s+)?{_ALSO}offered\s+(?:{WHO}\s+)?"
        rf"(?:to\s+(?={DOING})|(?:that\s+)?i{_WOULD}\s+(?={DOING})|(?={_HELP}))"
    ),
)
_REMIND = (
    r"(?:please\s+)?remind\s+me\s+",
    r"(?:and\s+)?(?:remember|don['’]t\s+forget)\s+to\s+",
    r"(?:to[\s-]?do|next\s+steps?|next|action(?:\s+item)?)\s*:\s*",
    rf"(?:{_I}\s+)?(?:should|must|need\s+to|have\s+to|want\s+to)\s+(?={DOING}|{LATER})",
)

_HEAD = r"(?:^|(?<=[.;!?\n,–—:(])|(?<=\s-)|(?<=\band)|(?<=\bthen)|(?<=\bbut)|(?<=" + TAKEN + r"))\s*"
_SPLIT = r"(?:(?<=^)|(?<=[\s.;!?,–—:(]))"

_TRIGGERS: tuple[tuple[re.Pattern[str], PromiseSide | None], ...] = (
    *((re.compile(_SPLIT + pattern, re.IGNORECASE), PromiseSide.THEIRS) for pattern in _THEIRS),
    *((re.compile(_SPLIT + pattern, re.IGNORECASE), None) for pattern in _OFFERS),
    *((re.compile((_HEAD if p.startswith("will") else _SPLIT) + p, re.IGNORECASE), PromiseSide.MINE) for p in _MINE),
    *((re.compile(_SPLIT + pattern, re.IGNORECASE), None) for pattern in _REMIND),
    (re.compile(rf"{_HEAD}(?=(?:and\s+|then\s+)?{LATER})", re.IGNORECASE), None),
)
_AND = re.compile(rf"\s*,?\s+and\s+{_ALSO}(?P<to>to\s+)?(?={DOING})", re.IGNORECASE)

_STOP = re.compile(
    rf"[.;!?](?=\s|$)|\n|{TAKEN}|\s+[–—]\s+|,\s*(?=(?:and\s+|but\s+|then\s+)?(?:i|we|{SUBJECT}|it|also|great|good|nice|lovely)\b)",
    re.IGNORECASE,
)
_OFFERED = re.compile(r"\boffered\b", re.IGNORECASE)
_JOIN = re.compile(r"(?:\s|[,;:–—-]|\band\b|\bthen\b|\bbut\b|\balso\b)+$", re.IGNORECASE)
_DUE = re.compile(
    r"(?:\s|,|\b(?:no\s+later\s+than|not\s+later\s+than|by|before|until|till|for|on|around)\b)+$", re.IGNORECASE
)
_LEAD = re.compile(r"(?:\s|[,:;–—-]|\b(?:to|that|about|of|and|then)\b)+", re.IGNORECASE)

_KINDS: tuple[tuple[FollowUpKind, str], ...] = (
    (FollowUpKind.THANK_YOU, r"thank|say\s+thank|send\s+(?:a\s+|my\s+)?thank"),
    (FollowUpKind.CELEBRATE, r"congratulat"),
    (FollowUpKind.INTRODUCTION, r"introduc|intro\b"),
    (FollowUpKind.CONNECT, r"connect|add\b.*\blinked"),
    (FollowUpKind.INVITE, r"invit"),
    (FollowUpKind.REQUEST, r"ask\b"),
    (FollowUpKind.RESOURCE, r"send|share|forward"),
    (FollowUpKind.PREPARE, r"prepare"),
    (
        FollowUpKind.CHECK_IN,
        r"follow|check|touch|circle|catch\s+up|reconnect|reach|ping|nudge|(?:call|phone|meet|talk|speak|write|message|see)\b",
    ),
)


def find(masked: str, today: date) -> list[Clause]:
    """Every promise and thing to do, in order, none overlapping another."""
    starts: list[tuple[int, int, PromiseSide | None]] = []
    for pattern, side in _TRIGGERS:
        for match in pattern.finditer(masked):
            if not any(start < match.end() + 1 and match.start() < end + 1 for start, end, _ in starts):
                starts.append((match.start(), match.end(), side))
    starts.sort()
    clauses: list[Clause] = []
    for index, (start, words, side) in enumerate(starts):
        limit = starts[index + 1][0] if index + 1 < len(starts) else len(masked)
        if clauses and start < clauses[-1].span.end:
            continue
        while True:
            stop = _STOP.search(masked, words, limit)
            end = stop.start() if stop else limit
            more = _another(masked, words, end, today)
            clause, rest = _read(masked, Span(start, words), more.start() if more else end, side, today)
            if clause is not None:
                clauses.append(clause)
            if more is None or rest < more.start():
                break
            start, words = more.start(), more.end()
    return clauses


def _another(masked: str, begin: int, end: int, today: date) -> re.Match[str] | None:
    """Where a second thing is owed: "and to …", or, once the first has its day, "and send …"."""
    for match in _AND.finditer(masked, begin, end):
        days = when.find(masked[begin : match.start()], today, Lean.FUTURE)
        if match["to"] or (days and begin + days[-1].span.end == match.start()):
            return match
    return None


def _read(masked: str, trigger: Span, end: int, side: PromiseSide | None, today: date) -> tuple[Clause | None, int]:
    """The clause from its trigger on, and where it really ends: a day followed by a comma ends it early."""
    begin = trigger.end
    days = when.find(masked[begin:end], today, Lean.FUTURE)
    due = None
    for day in days:
        if day.lean is Lean.PAST and side is None:
            return None, end  # "check in with Ben yesterday" has happened
        if day.lean is not Lean.PAST:
            due = day
            comma = re.compile(r"\s*,").match(masked, begin + day.span.end)
            # "Next week, send the deck": the comma only sets the day apart.
            if comma and comma.end() <= end and masked[begin : begin + day.span.start].strip():
                end = begin + day.span.end
                break
    tail = _JOIN.search(masked, begin, end)
    if tail:
        end = tail.start()
    spans = _own_words(masked, begin, end, due)
    if not any(char.isalnum() or char == NAME for span in spans for char in span.of(masked)):
        return None, end
    offered = side is None and _OFFERED.search(trigger.of(masked)) is not None
    kind = None if side else FollowUpKind.OFFER if offered else _kind(" ".join(span.of(masked) for span in spans))
    due_on = due.day if due else None
    if side is None and due_on is None:
        follows = kind in (FollowUpKind.CHECK_IN, FollowUpKind.OFFER)
        due_on = today + timedelta(DAYS_UNTIL_FOLLOW_UP if follows else DAYS_UNTIL_REMINDER)
    start = trigger.start + len(masked[trigger.start : end]) - len(masked[trigger.start : end].lstrip())
    return Clause(Span(start, end), trigger, spans, side, kind, due_on, due.at if due else None), end


def _own_words(masked: str, begin: int, end: int, due: when.When | None) -> tuple[Span, ...]:
    pieces = [Span(begin, end)]
    if due is not None:
        start, stop = begin + due.span.start, begin + due.span.end
        if joint := _DUE.search(masked, begin, start):
            start = joint.start()
        pieces = [Span(begin, start), Span(min(stop, end), end)]
    spans: list[Span] = []
    for piece in pieces:
        start = piece.start
        if not spans and (lead := _LEAD.match(masked, start, piece.end)):
            start = lead.end()
        if masked[start : piece.end].strip():
            spans.append(Span(start, piece.end))
    return tuple(spans)


def _kind(words: str) -> FollowUpKind:
    for kind, pattern in _KINDS:
        if re.match(rf"\W*(?:{pattern})", words, re.IGNORECASE):
            return kind
    return FollowUpKind.REMINDER
