"""Decides what a calendar needs to be told, from what it was given before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from planner.calendars.records import (
    CalendarEntry,
    Component,
    EntryKind,
    EntryState,
    Given,
    News,
    Outgoing,
    Scope,
)


def decide(
    entries: Iterable[CalendarEntry],
    given: Mapping[str, Given],
    now: datetime,
    scope: Scope = Scope.NEW,
) -> list[Outgoing]:
    """What goes into the file, each with its revision.

    The revision rises with every change of what the calendar shows, and only then. What was given and is no longer
    among the entries is cancelled, once. For Scope.SELECTION both hold what is selected alone.
    """
    outgoing = []
    live = set()
    for entry in entries:
        live.add(entry.uid)
        last = given.get(entry.uid)
        if scope is Scope.NEW and last and not last.cancelled:
            # What a calendar has as an event must not turn up there a second time, as a task.
            entry = replace(entry, component=Component(last.component))
        if last and last.cancelled and entry.state is EntryState.DONE:
            continue
        item = _revise(entry, last, now)
        if _belongs(item, scope):
            outgoing.append(item)
    for uid, last in given.items():
        if uid in live or last.cancelled:
            continue
        outgoing.append(_cancel(last, now))
    return outgoing


def _belongs(item: Outgoing, scope: Scope) -> bool:
    if scope is Scope.SELECTION:
        return True
    if item.news is News.NEW:
        # An appointment that is over needs no place in a calendar that never had it, unless everything is asked for.
        return item.entry.state is EntryState.OPEN and (scope is Scope.ALL or not item.entry.over)
    if item.news is News.SAME:
        return scope is Scope.ALL and item.entry.state is EntryState.OPEN
    return True


def _revise(entry: CalendarEntry, last: Given | None, now: datetime) -> Outgoing:
    content = to_text(entry)
    fingerprint = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    if last is None:
        return Outgoing(entry, News.NEW, 0, now, fingerprint, content)
    if last.fingerprint == fingerprint and not last.cancelled:
        return Outgoing(entry, News.SAME, last.sequence, last.given_at, fingerprint, content)
    return Outgoing(entry, News.CHANGED, last.sequence + 1, now, fingerprint, content)


def _cancel(last: Given, now: datetime) -> Outgoing:
    entry = replace(from_text(last.uid, last.content), state=EntryState.CANCELLED, alarm_minutes=None)
    return Outgoing(entry, News.CANCELLED, last.sequence + 1, now, last.fingerprint, last.content)


def to_text(entry: CalendarEntry) -> str:
    """What a calendar shows of an entry, as canonical JSON: kept to tell a change, and to cancel it when it is gone."""
    return json.dumps(
        {
            "kind": entry.kind.value,
            "component": entry.component.value,
            "summary": entry.summary,
            "starts": entry.starts.isoformat(),
            "ends": entry.ends.isoformat() if entry.ends else None,
            "zone": entry.zone,
            "description": entry.description,
            "location": entry.location,
            "url": entry.url,
            "categories": list(entry.categories),
            "alarm": entry.alarm_minutes,
            "busy": entry.busy,
            "state": entry.state.value,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(uid: str, text: str) -> CalendarEntry:
    """The entry behind a kept text."""
    kept: dict[str, Any] = json.loads(text)
    return CalendarEntry(
        kind=EntryKind(kept["kind"]),
        uid=uid,
        component=Component(kept["component"]),
        summary=kept["summary"],
        starts=_time(kept["starts"]),
        ends=_time(kept["ends"]) if kept["ends"] else None,
        zone=kept["zone"],
        description=kept["description"],
        location=kept["location"],
        url=kept["url"],
        categories=tuple(kept["categories"]),
        alarm_minutes=kept["alarm"],
        busy=kept["busy"],
        state=EntryState(kept["state"]),
    )


def _time(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
