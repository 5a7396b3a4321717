"""Times as schedules print them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CLOCK = re.compile(r"^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$")

_NUMBER = re.compile(r"^\s*\d{1,5}\s*$", re.ASCII)


def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name; None for "" and for names that are none."""
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(text: str) -> datetime | None:
    """An ISO 8601 date and time, aware or naive; None where there is none."""
    try:
        return datetime.fromisoformat(text.strip()) if "T" in text or " " in text.strip() else None
    except ValueError:
        return None


def day(text: str) -> date | None:
    """The date at the head of an ISO 8601 text."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def minutes(text: str) -> int | None:
    """A clock time or a length in minutes: "10:35" is 635, "00:25:00" is 25, "45" is 45. Hours may pass 24.

    None where there is none, or one longer than any session.
    """
    if found := _CLOCK.match(text):
        return int(found[1]) * 60 + int(found[2])
    return int(text) if _NUMBER.match(text) else None


def on_day(of: date, at: int, day_change: int, zone: tzinfo) -> datetime:
    """A minute of a conference day, in UTC.

    A conference day runs from its `day_change` (in minutes) to the next: at 01:30 with a change at 04:00, it is the
    calendar day after. 25:30 says the same in another way.
    """
    late = timedelta(days=1) if at < day_change else timedelta()
    midnight = datetime.combine(of, time(), tzinfo=zone)
    return (midnight + late + timedelta(minutes=at)).astimezone(UTC)


def utc(found: datetime, zone: tzinfo) -> datetime:
    """In UTC; a naive time is in the given zone."""
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
