"""What one event of a foreign calendar file says: its times, its texts, its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from planner.calendars.cutting import Cut
from planner.calendars.found import FoundEvent, Invitee
from planner.calendars.series import NONSENSE, Component, order
from planner.contacts.records import FailedItem

#: Times outside these years are a slip of the program that wrote them.
YEARS = range(1900, 2200)
#: How much of an item's own text is kept to look at, in characters.
KEPT = 20_000


def said(piece: Cut, event: Component, uid: str, occurrence: str, note: str) -> FoundEvent | FailedItem:
    """An event as it is understood, or why it is not."""
    try:
        starts, ends = span_of(event)
        return FoundEvent(
            position=piece.position,
            uid=uid,
            summary=line_of(event.get("SUMMARY")),
            starts=starts,
            ends=ends,
            occurrence=occurrence,
            zone=getattr(getattr(starts, "tzinfo", None), "key", "") or "",
            description=_first_text(event.get("DESCRIPTION")) or _first_text(event.get("X-ALT-DESC")),
            location=line_of(event.get("LOCATION")),
            url=line_of(event.get("URL")),
            categories=_categories(event.get("CATEGORIES")),
            people=tuple(_people(event)),
            cancelled=piece.method == "CANCEL" or line_of(event.get("STATUS")).upper() == "CANCELLED",
            busy=line_of(event.get("TRANSP")).upper() != "TRANSPARENT",
            answer=piece.method in ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"),
            note="; ".join(part for part in (note, _end_told(event)) if part),
            source_text=piece.text[:KEPT],
        )
    except NONSENSE as error:
        return FailedItem(piece.position, f"it can't be understood ({short(error)})", piece.text[:KEPT])


def span_of(event: Component) -> tuple[datetime | date, datetime | date]:
    """Start and end (RFC 5545 section 3.6.1): by DTEND, by DURATION, else a day or nothing. Never reversed."""
    starts = event["DTSTART"].dt
    ends = event["DTEND"].dt if "DTEND" in event and not isinstance(event["DTEND"], list) else None
    length = getattr(event.get("DURATION"), "dt", None)
    if isinstance(starts, datetime) != isinstance(ends, datetime):
        ends = None
    if ends is None and isinstance(length, timedelta):
        if isinstance(starts, datetime):
            ends = (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)
        else:
            ends = starts + timedelta(days=length.days)
    if isinstance(starts, datetime):
        ends = starts if ends is None or ends < starts else ends
    else:
        ends = starts + timedelta(days=1) if ends is None or ends <= starts else ends
    if ends.year not in YEARS:
        raise ValueError("its end is out of range")
    return starts, ends


def _end_told(event: Component) -> str:
    """Why an end that is given was not taken, "" where it was."""
    starts, ends = event["DTSTART"].dt, getattr(event.get("DTEND"), "dt", None)
    length = getattr(event.get("DURATION"), "dt", None)
    if ends is not None and isinstance(starts, datetime) != isinstance(ends, datetime):
        return "its end is left out, being of another kind than its start"
    if (ends is not None and order(ends) < order(starts)) or (
        ends is None and isinstance(length, timedelta) and length < timedelta()
    ):
        return "its end is left out, being before its start"
    return ""


def line_of(value: Any) -> str:
    """A text in one line; of several, the first."""
    return " ".join(_first_text(value).split())


def _first_text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _categories(value: Any) -> tuple[str, ...]:
    found: list[str] = []
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        found += [str(name).strip() for name in getattr(each, "cats", [each])]
    return tuple(dict.fromkeys(name for name in found if name))


def _people(event: Component) -> Iterator[Invitee]:
    seen: set[str] = set()
    for name in ("ORGANIZER", "ATTENDEE"):
        held = event.get(name)
        for value in held if isinstance(held, list) else [held] if held is not None else []:
            email = str(value).strip()
            email = email[7:] if email.lower().startswith("mailto:") else "" if "@" not in email else email
            params = getattr(value, "params", {})
            if str(params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE", "GROUP"):
                continue
            called = " ".join(str(params.get("CN", "")).strip("\"' ").split())
            called = "" if called.lower() == email.lower() else called
            key = (email or called).lower()
            if key and key not in seen:
                seen.add(key)
                said = str(params.get("PARTSTAT", "")).lower()
                answer = said if said in ("accepted", "tentative", "declined") else ""
                yield Invitee(called, email, name == "ORGANIZER", answer)


def short(error: Exception) -> str:
    """What an error says, short enough for a list."""
    return " ".join(str(error).split())[:80] or type(error).__name__
