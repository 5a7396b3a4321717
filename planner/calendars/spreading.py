"""The events under one UID of a calendar file: each as it is, or the occurrences of a series with its exceptions.

Every component of the file comes out somewhere: as an event, within its series, or with the reason why it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from planner.calendars.cutting import Cut
from planner.calendars.found import FoundEvent
from planner.calendars.patience import TookTooLong, within
from planner.calendars.saying import KEPT, said, short
from planner.calendars.series import NONSENSE, OCCURRENCES, Component, endless, occurrences, place_of, when_text
from planner.contacts.records import FailedItem

#: An event with its times settled, where it came from, and what of it could not be read.
Member = tuple[Cut, Component, str]


def settled(
    uid: str, members: list[Member], since: datetime, until: datetime, seconds: Callable[[], float]
) -> list[FoundEvent | FailedItem]:
    """The events under one UID between two moments; `seconds` says how long working them out may take."""
    try:
        return _apart(_found(uid, members, since, until, seconds))
    except NONSENSE as error:
        reason = f"it can't be understood ({short(error)})"
        return [FailedItem(piece.position, reason, piece.text[:KEPT]) for piece, _, _ in members]


def _found(
    uid: str, members: list[Member], since: datetime, until: datetime, seconds: Callable[[], float]
) -> Iterator[FoundEvent | FailedItem]:
    repeating = [member for member in members if _repeats(member)]
    if not repeating:
        yield from _single(uid, members)
        return
    first = next((member for member in repeating if "RECURRENCE-ID" not in member[1]), repeating[0])
    exceptions = [member for member in members if member is not first and "RECURRENCE-ID" in member[1]]
    yield from _series(uid, first, exceptions, since, until, seconds)
    # Others under the same UID are no exceptions of it: some publishers give one UID to all they have.
    for member in members:
        if member is not first and member not in exceptions:
            if _repeats(member):
                yield from _series(uid, member, [], since, until, seconds)
            else:
                piece, event, note = member
                yield said(piece, event, uid, when_text(event["DTSTART"].dt), note)


def _repeats(member: Member) -> bool:
    return "RRULE" in member[1] or "RDATE" in member[1]


def _apart(found: Iterable[FoundEvent | FailedItem]) -> list[FoundEvent | FailedItem]:
    """The same, each event with an occurrence of its own."""
    seen: dict[str, int] = {}
    apart: list[FoundEvent | FailedItem] = []
    for one in found:
        if isinstance(one, FoundEvent):
            seen[one.occurrence] = number = seen.get(one.occurrence, 0) + 1
            one = replace(one, occurrence=f"{one.occurrence}-{number}") if number > 1 else one
        apart.append(one)
    return apart


def _single(uid: str, members: list[Member]) -> Iterator[FoundEvent | FailedItem]:
    # The same again: sessions under one UID are told apart by their times.
    for piece, event, note in members:
        which = when_text(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else ""
        if len(members) > 1 and not which:
            which = when_text(event["DTSTART"].dt)
        yield said(piece, event, uid, which, note)


def _series(
    uid: str,
    first: Member,
    exceptions: list[Member],
    since: datetime,
    until: datetime,
    seconds: Callable[[], float],
) -> Iterator[FoundEvent | FailedItem]:
    piece, master, note = first
    exceptions, doubled = _once_each(exceptions)
    events = [master, *(event for _, event, _ in exceptions)]
    reason, found = endless(master), []
    if not reason:
        try:
            found = within(seconds(), lambda: occurrences(events, since, until))
        except TookTooLong:
            reason = "working the others out took too long"
        except NONSENSE as error:
            reason = f"how it repeats can't be read ({short(error)})"
    if reason or not found:
        told = f"only the first time: {reason or 'it is over'}"
        yield said(piece, master, uid, "", _joined(note, told))
        for other, event, remark in exceptions:
            yield said(other, event, uid, when_text(place_of(event)), remark)
        for other, event, remark in doubled:
            yield said(other, event, uid, when_text(place_of(event)), remark)
        return
    times = "1 time" if len(found) == 1 else f"{len(found)} times"
    more = f"it repeats: {times} until {until.date().isoformat()}"
    if len(found) > OCCURRENCES:
        more = f"it repeats: the first {OCCURRENCES} times"
    shown = found[:OCCURRENCES]
    places = {when_text(place_of(event)) for event in shown}
    asides = [f"item {other.position}: {remark}" for other, _, remark in exceptions if remark]
    asides += [
        f"item {other.position}, a change of another of its times, is left out"
        for other, event, _ in exceptions
        if when_text(place_of(event)) not in places
    ]
    asides += [f"item {other.position} is left out: it changes what a later one changes too" for other, _, _ in doubled]
    for number, event in enumerate(shown):
        one = said(piece, event, uid, when_text(place_of(event)), _joined(note, more, *asides))
        # What is to be told of a series is told once.
        yield replace(one, note="") if number and isinstance(one, FoundEvent) else one


def _once_each(exceptions: list[Member]) -> tuple[list[Member], list[Member]]:
    """Of several changes of one time the last revision holds (RFC 5545 section 3.8.7.4); those, and the others."""
    best: dict[tuple[str, str], Member] = {}
    for member in exceptions:
        place = member[1]["RECURRENCE-ID"]
        key = when_text(place.dt), str(place.params.get("RANGE", "")).upper()
        if key not in best or _revision(member) >= _revision(best[key]):
            best[key] = member
    kept = {id(member) for member in best.values()}
    return [one for one in exceptions if id(one) in kept], [one for one in exceptions if id(one) not in kept]


def _revision(member: Member) -> int:
    number = member[1].get("SEQUENCE", 0)
    return number if isinstance(number, int) else 0


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
