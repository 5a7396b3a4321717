"""Talks as the API of pretalx lists them, a page at a time ("talks" and, since 2025, "submissions" with their slots).

Its documentation names the fields: docs.pretalx.org, "API", "Talks". Each talk is put into the words of the frab
format, which pretalx's own schedule.json is in, and read with those. A talk given twice is two sessions with one code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from planner.contacts.records import FailedItem
from planner.events.schedule.frab import schedule_of
from planner.events.schedule.records import PublishedSchedule

_STATES = ("accepted", "confirmed")  # the others are proposals, or were turned down or taken back
_WORDS = ("code", "title", "abstract", "description")


def is_page(tree: Any) -> bool:
    """Whether a JSON file is such a list."""
    results = tree.get("results") if isinstance(tree, dict) else None
    return isinstance(results, list) and all(isinstance(each, dict) and "title" in each for each in results)


def read_page(tree: Mapping[str, Any], zone: tzinfo) -> PublishedSchedule:
    """Read a page of talks. It names no conference. One page of several is told as such, and counts as incomplete.

    `zone` is that of times printed without one.
    """
    results = tree["results"]
    talks = [talk for talk in results if _is_in_programme(talk)]
    found = schedule_of({}, _events(talks), zone)
    failed = list(found.failed)
    for position, talk in enumerate(results, 1):
        if not _is_in_programme(talk):
            reason = f"“{talk['title']}” is {talk['state']}, so it is not in the programme"
            failed.append(FailedItem(position, reason, str(talk.get("code") or "")))
    count = tree.get("count")
    part = bool(tree.get("next") or tree.get("previous"))
    if part:
        of = f" of {count:,}" if isinstance(count, int) else ""
        reason = f"the file is one page of several, with {len(results):,}{of} talks"
        failed.append(FailedItem(len(results) + 1, reason, str(tree.get("next") or tree.get("previous"))))
    return replace(found, failed=tuple(failed), complete=found.complete and not part)


def _is_in_programme(talk: Mapping[str, Any]) -> bool:
    return str(talk.get("state") or "confirmed") in _STATES


def _events(talks: list[dict[str, Any]]) -> Iterator[tuple[date | None, Mapping[str, Any]]]:
    for talk in talks:
        common: dict[str, Any] = {word: talk.get(word) for word in _WORDS}
        common["track"] = _called(talk.get("track"))
        # A speaker that is only a code was not asked for by name.
        common["persons"] = [one for one in talk.get("speakers") or () if isinstance(one, dict)]
        for slot in _slots(talk):
            times = {"date": slot.get("start"), "end": slot.get("end")}
            yield None, {**common, **times, "room": _called(slot.get("room"))}


def _slots(talk: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Where and when a talk is given; one without a time where it has not been placed."""
    listed = talk.get("slots") if isinstance(talk.get("slots"), list) else [talk.get("slot")]
    return [each for each in listed or () if isinstance(each, dict)] or [{}]


def _called(value: Any) -> Any:
    """A name that may be translated, or lie in a record; None for a bare number."""
    if isinstance(value, dict) and "name" in value:
        value = value["name"]
    return value if isinstance(value, str | dict) else None
