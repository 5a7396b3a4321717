"""What Rapport knows about a person beyond an address book: written only when asked, as X-RAPPORT properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from planner.contacts.records import Boundary, Channel, ContactDetails, Role, Tie
from planner.contacts.vcard.values import escape, lines, listed, unescape

PREFIX = "X-RAPPORT-"
_DAYS = re.compile(r"\d{1,4}", re.ASCII)
_MOST_DAYS = 3_650
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_BOUNDARY_TEXTS = {
    "X-RAPPORT-CHANNEL": "preferred_channel",
    "X-RAPPORT-TOPICS-OFF": "topics_off",
    "X-RAPPORT-EXPECTATIONS": "expectations",
    "X-RAPPORT-HOURS-FROM": "hours_from",
    "X-RAPPORT-HOURS-TO": "hours_to",
}
_HOURS = ("X-RAPPORT-HOURS-FROM", "X-RAPPORT-HOURS-TO")
_TEXTS = {
    "X-RAPPORT-REMEMBER": "remember",
    "X-RAPPORT-RESEARCH": "research",
    "X-RAPPORT-LOOKING-FOR": "looking_for",
    "X-RAPPORT-CAN-OFFER": "can_offer",
}
_NUMBERS = {"X-RAPPORT-RHYTHM": "rhythm_days", "X-RAPPORT-LONGEST": "longest_days"}

NAMES = frozenset(
    (*_BOUNDARY_TEXTS, *_TEXTS, *_NUMBERS, "X-RAPPORT-ROLES", "X-RAPPORT-TIE", "X-RAPPORT-MATTERS", "X-RAPPORT-NO-ASKS")
) | {"X-RAPPORT-QUIET-UNTIL"}


def parse(name: str, raw: str) -> object | None:
    """The value of an X-RAPPORT property; None where it can't be one."""
    text = unescape(raw)
    if name in _TEXTS or name in _BOUNDARY_TEXTS:
        text = lines(text)[0]
        if "HOURS" in name:
            return text if _HOUR.fullmatch(text) else None
        if name == "X-RAPPORT-CHANNEL":
            return text if text in tuple(Channel) else None
        return text if text.strip() else None
    if name in _NUMBERS:
        least = 1 if name == "X-RAPPORT-LONGEST" else 0
        return int(text) if _DAYS.fullmatch(text) and least <= int(text) <= _MOST_DAYS else None
    if name in ("X-RAPPORT-MATTERS", "X-RAPPORT-NO-ASKS"):
        return True if text == "1" else None
    try:
        if name == "X-RAPPORT-TIE":
            return Tie(text)
        if name == "X-RAPPORT-QUIET-UNTIL":
            return date.fromisoformat(text)
        return tuple(Role(role) for role in listed(raw)) or None
    except ValueError:
        return None


def apply(found: dict[str, object], values: dict[str, object]) -> list[str]:
    """Puts the X-RAPPORT values of a card where `ContactDetails` has them; returns the names of those it can't hold."""
    boundary: dict[str, object] = {}
    alone = [name for name, other in (_HOURS, _HOURS[::-1]) if name in found and other not in found]
    found = {name: value for name, value in found.items() if name not in alone}
    for name, value in found.items():
        if name in _BOUNDARY_TEXTS:
            boundary[_BOUNDARY_TEXTS[name]] = value
        elif name == "X-RAPPORT-NO-ASKS":
            boundary["no_asks"] = True
        elif name == "X-RAPPORT-QUIET-UNTIL":
            boundary["quiet_until"] = value
        else:
            slot = _TEXTS.get(name) or _NUMBERS.get(name) or name.removeprefix(PREFIX).lower()
            values[slot] = value
    if boundary:
        values["boundary"] = replace(Boundary(), **boundary)  # type: ignore[arg-type]  # by name
    return alone


def content_lines(details: ContactDetails) -> Iterator[tuple[str, str]]:
    """Name and raw value of each X-RAPPORT property that says something."""
    if details.roles:
        yield "X-RAPPORT-ROLES", ",".join(escape(role.value) for role in details.roles)
    if details.tie is not None:
        yield "X-RAPPORT-TIE", details.tie.value
    if details.matters:
        yield "X-RAPPORT-MATTERS", "1"
    for name, slot in _NUMBERS.items():
        if (days := getattr(details, slot)) is not None:
            yield name, str(days)
    for name, slot in _TEXTS.items():
        if text := getattr(details, slot):
            yield name, escape(text)
    boundary = details.boundary
    for name, slot in _BOUNDARY_TEXTS.items():
        if text := getattr(boundary, slot):
            yield name, escape(text)
    if boundary.no_asks:
        yield "X-RAPPORT-NO-ASKS", "1"
    if boundary.quiet_until is not None:
        yield "X-RAPPORT-QUIET-UNTIL", boundary.quiet_until.isoformat()


assert len(fields(Boundary)) == len(_BOUNDARY_TEXTS) + 2, "a boundary has a field that no X-RAPPORT property holds"
