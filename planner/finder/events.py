"""Events by the words of their title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from planner.events.records import EventState
from planner.events.times import zone_named
from planner.folding import words
from planner.store.types import from_utc_text

#: Events are looked through from the latest back; nobody has more that matter.
_MOST = 3_000


@dataclass(frozen=True, slots=True)
class EventHit:
    """An event and its days in its own zone, both included."""

    id: int
    title: str
    place: str
    first_day: date
    last_day: date


def every(connection: Connection, own: tzinfo) -> Iterator[EventHit]:
    """All events that were not called off, the latest first."""
    rows = connection.exec_driver_sql(
        "SELECT id, title, place, starts_at, ends_at, time_zone FROM event WHERE state <> ? "
        "ORDER BY starts_at DESC LIMIT ?",
        (EventState.CALLED_OFF.value, _MOST),
    )
    for id, title, place, starts_at, ends_at, zone_name in rows:
        zone = zone_named(zone_name, own)
        starts, ends = from_utc_text(starts_at), from_utc_text(ends_at)
        yield EventHit(id, title, place, _day(starts, zone), _last(starts, ends, zone))


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _last(starts: datetime, ends: datetime, zone: tzinfo) -> date:
    return _day(max(starts, ends - timedelta(seconds=1)), zone)


def matches(text: str, title: str) -> bool:
    """Whether each word begins one of the title's, in order: "py de" is PyCon DE 2027, "de py" is not."""
    own = iter(words(title))
    typed = words(text)
    return bool(typed) and all(any(word.startswith(each) for word in own) for each in typed)
