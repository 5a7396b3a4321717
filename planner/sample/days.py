"""On which day of the sample story something is first known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: One table of the story, as TOML gives it.
Told = Mapping[str, Any]


def first_days(people: Told, story: Told) -> dict[str, int]:
    """The day each person is first spoken of, by name."""
    days = {
        person["name"]: min((touch[0] for touch in person.get("touch", ())), default=person.get("added", -30))
        for person in people["person"]
    }

    def spoken_of(name: str, day: int) -> None:
        days[name] = min(days[name], day)

    for event in story["event"]:
        for person in event["people"]:
            spoken_of(person["name"], known_on(event))
    for told in (*story["exchange"], *story["milestone"]):
        spoken_of(told["with"], told["day"])
    for told in story["introduction"]:
        for part in ("a", "b", "through"):
            if part in told:
                spoken_of(told[part], told["planned"])
    for told in story["log"]:
        for name in told["with"]:
            spoken_of(name, told["day"])
    return days


def known_on(event: Told) -> int:
    """The day an event is put down: as told, else the morning it begins, or yesterday."""
    if "known" in event:
        return int(event["known"])
    return min(int(event["at"][0] if "at" in event else event["days"][0]), -1)


def event_of(name: str, day: int, events: Sequence[Told]) -> str:
    """The event that day at which you met someone, by its key, "" for none."""
    for event in events:
        first, last = event["days"] if "days" in event else (event["at"][0], event["at"][0])
        if first <= day <= last and any(person["name"] == name for person in event["people"]):
            return str(event["key"])
    return ""
