"""What to respect before writing to somebody or calling: their hours, channel, quiet, topics, and wish for no requests.

Pure: it takes what is stored of a contact and a moment, and says it in words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.contacts.records import Boundary, Channel


class Weight(StrEnum):
    """How much a line weighs: to know, to mind, or to keep from."""

    KNOW = "know"
    MIND = "mind"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to respect, as a short sentence without a full stop."""

    text: str
    weight: Weight = Weight.KNOW


def zone_of(name: str) -> tzinfo | None:
    """The zone of that IANA name; None where there is none, or it is not known."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local_time(time_zone: str, now: datetime) -> datetime | None:
    """What the clock of somebody in that zone shows now; None where their zone is not known."""
    zone = zone_of(time_zone)
    return None if zone is None else now.astimezone(zone)


def within(hours_from: str, hours_to: str, at: time) -> bool:
    """Whether a time of day lies within hours (HH:MM, the end not included); hours may run over midnight.

    Without a beginning they begin at midnight, without an end they end there; the same twice means any time.
    """
    begin, end = _hour(hours_from) or time(0), _hour(hours_to) or time(0)
    plain = at.replace(tzinfo=None)
    if begin == end:
        return True
    if end == time(0):
        return plain >= begin
    if begin < end:
        return begin <= plain < end
    return plain >= begin or plain < end


def out_of_hours(boundary: Boundary, time_zone: str, now: datetime, own: tzinfo = UTC) -> bool:
    """Whether it is outside the hours somebody likes to be reached in. Without a zone of theirs, `own` counts."""
    if not (boundary.hours_from or boundary.hours_to):
        return False
    there = now.astimezone(zone_of(time_zone) or own)
    return not within(boundary.hours_from, boundary.hours_to, there.time())


def cautions(
    name: str,
    boundary: Boundary,
    time_zone: str,
    now: datetime,
    today: date,
    *,
    own: tzinfo = UTC,
    asking: bool = False,
    channels: Collection[Channel] = (),
) -> tuple[Caution, ...]:
    """What to respect, the weightiest first.

    `asking`: what you are about to write asks for something. `channels` are the ways it would go, if they are settled.
    """
    found: list[Caution] = []
    if boundary.quiet_until is not None and boundary.quiet_until > today:
        found.append(Caution(f"{name} wants quiet until {_day(boundary.quiet_until, today)}", Weight.STOP))
    if boundary.no_asks:
        text = f"{name} asked for no requests"
        found.append(Caution(text, Weight.STOP if asking else Weight.MIND))
    if boundary.topics_off.strip():
        found.append(Caution(f"Keep off: {' · '.join(boundary.topics_off.split(chr(10)))}", Weight.MIND))
    found += _hours(name, boundary, time_zone, now, own)
    channel = boundary.preferred_channel
    if channel:
        other = bool(channels) and channel not in {str(each) for each in channels}
        text = f"{name} prefers {_CHANNELS.get(channel, channel)}"
        found.append(Caution(text, Weight.MIND if other else Weight.KNOW))
    order = list(reversed(Weight))
    return tuple(sorted(found, key=lambda each: order.index(each.weight)))


_CHANNELS = {
    Channel.EMAIL.value: "email",
    Channel.PHONE.value: "a call",
    Channel.MESSAGE.value: "a message",
    Channel.VIDEO.value: "a video call",
    Channel.IN_PERSON.value: "to meet in person",
}


def _hours(name: str, boundary: Boundary, time_zone: str, now: datetime, own: tzinfo) -> list[Caution]:
    there = local_time(time_zone, now)
    said = f"{there:%H:%M} for {name} now" if there is not None else ""
    begin, end = boundary.hours_from, boundary.hours_to
    if not (begin or end):
        apart = there is not None and there.utcoffset() != now.astimezone(own).utcoffset()
        night = there is not None and not within("07:00", "22:00", there.time())
        return [Caution(said, Weight.MIND if night else Weight.KNOW)] if apart else []
    hours = f"{begin}–{end}" if begin and end else f"from {begin}" if begin else f"until {end}"
    wanted = f"reach {name} {hours}"
    outside = out_of_hours(boundary, time_zone, now, own)
    text = "; ".join(part for part in (said, wanted) if part)
    return [Caution(text[:1].upper() + text[1:], Weight.MIND if outside else Weight.KNOW)]


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _day(day: date, today: date) -> str:
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"
