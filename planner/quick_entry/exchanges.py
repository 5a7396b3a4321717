"""Value that changed hands, found in a sentence whose names are masked (see `planner.quick_entry.mentions`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.quick_entry.lexicon import ADDRESS, CHANNELS, SUBJECT, TAKEN, WHO
from planner.quick_entry.records import Span
from planner.relations.records import Direction, ExchangeKind

_K, _IN, _OUT = ExchangeKind, Direction.RECEIVED, Direction.GIVEN


@dataclass(frozen=True, slots=True)
class Found:
    """An exchange: the stretch that says it, and the stretch that names what it was (empty if nothing is named)."""

    span: Span
    what: Span
    direction: Direction
    kind: ExchangeKind


_THEIR = r"(?:her|his|their)"
_SUBJECT = rf"(?:{SUBJECT}\s+)?(?:also\s+|kindly\s+)?"
_ADVICE = r"(?:some\s+|good\s+|great\s+|useful\s+|really\s+)*(?:advice|tips|pointers|guidance)"
_OPENING = (
    r"(?=(?:an?|the|his|her|their|my|our)?\s*(?:\w+\s+){0,3}"
    r"(?:job|opening|role|opportunity|position|vacancy|call\s+for|cfp|grant)\b)"
)

#: Direction, kind and how it is said; what is named follows the match.
_FORMS: tuple[tuple[Direction, ExchangeKind, str], ...] = (
    (_IN, _K.INTRODUCTION, rf"{_SUBJECT}(?:introduced|intro['’]?d|connected)\s+(?:me|us)\s+(?:to|with)\s+"),
    (_IN, _K.INTRODUCTION, r"(?:got|received)\s+an?\s+intro(?:duction)?\s+(?:to\s+)?"),
    (_OUT, _K.INTRODUCTION, rf"(?:introduced|intro['’]?d|connected)\s+{WHO}\s+(?:to|with)\s+"),
    (_IN, _K.ENDORSEMENT, rf"{_SUBJECT}(?:endorsed\s+me|wrote\s+me\s+a\s+(?:recommendation|reference))\s*(?:for\s+)?"),
    (_OUT, _K.ENDORSEMENT, rf"(?:endorsed\s+{WHO}|wrote\s+{WHO}\s+a\s+(?:recommendation|reference))\s*(?:for\s+)?"),
    (_IN, _K.REFERRAL, rf"{_SUBJECT}(?:referred\s+me|recommended\s+me)\s*(?:to\s+|for\s+)?"),
    (_OUT, _K.REFERRAL, rf"(?:referred|recommended)\s+{WHO}\s+(?:to|for)\s+"),
    (_IN, _K.REVIEW, rf"{_SUBJECT}(?:reviewed\s+(?=my\s|our\s)|gave\s+me\s+(?:\w+\s+)?feedback\s*(?:on\s+)?)"),
    (_IN, _K.REVIEW, r"got\s+(?:\w+\s+)?feedback\s*(?:on\s+)?"),
    (_OUT, _K.REVIEW, rf"(?:reviewed\s+(?={_THEIR}\s)|gave\s+{WHO}\s+(?:\w+\s+)?feedback\s*(?:on\s+)?)"),
    (_IN, _K.ADVICE, rf"{_SUBJECT}(?:(?:gave|offered)\s+me\s+{_ADVICE}|advised\s+me)\s*(?:(?:on|about|to)\s+)?"),
    (_IN, _K.ADVICE, rf"(?:got|received)\s+{_ADVICE}\s*(?:from\s+{WHO}\s*)?(?:(?:on|about)\s+)?"),
    (_OUT, _K.ADVICE, rf"(?:gave\s+{WHO}\s+{_ADVICE}|advised\s+{WHO})\s*(?:(?:on|about|to)\s+)?"),
    (_IN, _K.OPPORTUNITY, rf"{_SUBJECT}(?:told\s+me\s+(?:about|of)\s+{_OPENING}|offered\s+me\s+)"),
    (_OUT, _K.OPPORTUNITY, rf"(?:told\s+{WHO}\s+(?:about|of)\s+{_OPENING}|offered\s+{WHO}\s+)"),
    (_IN, _K.CONGRATULATION, rf"{_SUBJECT}congratulated\s+me\s*(?:on\s+|for\s+)?"),
    (_OUT, _K.CONGRATULATION, rf"congratulated\s+{WHO}\s*(?:on\s+|for\s+)?"),
    (_IN, _K.SUPPORT, rf"{_SUBJECT}(?:helped|supported)\s+me\s*(?:(?:with|to)\s+)?"),
    (_OUT, _K.SUPPORT, rf"(?:helped|supported)\s+{WHO}\s*(?:(?:with|to)\s+)?"),
    (_IN, _K.RESOURCE, rf"{_SUBJECT}(?:sent|gave|lent|forwarded|showed|e-?mailed|shared\s+with)\s+(?:me|us)\s+"),
    (_IN, _K.RESOURCE, rf"{_SUBJECT}(?:shared|lent|forwarded)\s+(?={_THEIR}\s)"),
    (
        _OUT,
        _K.RESOURCE,
        (
            rf"(?:sent|gave|lent|forwarded|e-?mailed|messaged)\s+{WHO}\s+"
            rf"(?=(?:a|an|the|my|our|some|two|three|that|this)\s|{ADDRESS})"
        ),
    ),
    (_OUT, _K.RESOURCE, r"(?:shared|forwarded|lent)\s+(?=(?:my|our|the|an?|some)\s)"),
)  # fmt: skip

_PATTERNS = tuple(
    (direction, kind, re.compile(rf"(?<![\w'’]){form}", re.IGNORECASE)) for direction, kind, form in _FORMS
)
_SHARED_WITH_ME = re.compile(r"\s+with\s+(?:me|us)\b", re.IGNORECASE)
_CHANNEL = "|".join(words for _, words in CHANNELS)
_END = re.compile(
    rf"[.;!?](?=\s|$)|[,\n{TAKEN}]|\s+[–—-]\s+"
    rf"|\s+(?:and|but|then)\s+(?=(?:i|we|{SUBJECT}|it|was|is)\b|\w+ed\b|sent\b|got\b|gave\b)"
    rf"|\s+(?:at|@)\s+(?=[A-Z])|\s+(?:on|over|via|by|through)\s+(?:{_CHANNEL})\b",
    re.IGNORECASE,
)


def find(masked: str) -> list[Found]:
    """Every exchange, in order, none overlapping another."""
    found: list[Found] = []
    for direction, kind, pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            stop = _END.search(masked, match.end())
            end = stop.start() if stop else len(masked)
            end = match.end() + len(masked[match.end() : end].rstrip())
            span = Span(match.start(), max(end, match.start() + len(match.group().rstrip())))
            if any(span.overlaps(other.span) for other in found):
                continue
            way = direction
            if direction is _OUT and _SHARED_WITH_ME.search(masked, match.end(), end):
                way = _IN
            found.append(Found(span, Span(min(match.end(), span.end), span.end), way, kind))
    return sorted(found, key=lambda item: item.span)
