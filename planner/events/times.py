"""When an event is: zones, whole days, and the words for them.

Moments are kept in UTC. An event's zone is an IANA name, or "" for the person's own. Days run from midnight to midnight
in that zone, so a day of a clock change has 23 or 25 hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.errors import Invalid
from planner.events.records import EventDetails

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MIDNIGHT = time(0)


def zone_named(name: str, own: tzinfo) -> tzinfo:
    """The zone of that IANA name; the person's own for "" and for a name this computer does not know."""
    if not name:
        return own
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return own


def name_of(zone: tzinfo) -> str:
    """The IANA name of a zone, "" for one that has none, such as a bare offset."""
    return getattr(zone, "key", "") or ""


def checked_zone(name: str) -> str:
    """The name, if it is a zone. Raises Invalid."""
    if name:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Invalid("Time zone", f"“{name}” is not known here") from error
    return name


def at(day: date, hour: time, zone: tzinfo) -> datetime:
    """That hour of that day in a zone, as UTC.

    An hour that a clock change skips moves forward by the gap; of an hour that comes twice the first is meant
    (both as RFC 5545 section 3.3.5 reads local times).
    """
    return datetime.combine(day, hour.replace(fold=0), tzinfo=zone).astimezone(UTC)


def whole_days(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the start of the first day to the end of the last, as UTC. Raises Invalid where they are reversed."""
    if last < first:
        raise Invalid("Dates", "the last day is before the first")
    try:
        return at(first, _MIDNIGHT, zone), at(last + timedelta(days=1), _MIDNIGHT, zone)
    except OverflowError as error:
        raise Invalid("Dates", "that is too far away") from error


def hours(day: date, start: time, end: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """From one hour of a day to another, as UTC. An end at or before the start is on the next day."""
    begins, ends = at(day, start, zone), at(day, end, zone)
    if ends <= begins:
        ends = at(day + timedelta(days=1), end, zone)
    return begins, ends


def days_of(details: EventDetails, own: tzinfo) -> tuple[date, date]:
    """The first and the last day of an event, in its zone. An event that ends at midnight ends the day before."""
    zone = zone_named(details.time_zone, own)
    first = details.starts_at.astimezone(zone).date()
    moment = max(details.starts_at, details.ends_at - timedelta(seconds=1))
    return first, max(first, moment.astimezone(zone).date())


def normal(details: EventDetails, own: tzinfo) -> tuple[datetime, datetime, str]:
    """Start, end and zone as they are kept.

    Whole days are widened to midnights, and are given the name of the person's zone, because 14 July must stay 14 July
    for somebody who travels. Raises Invalid for an end before the start and for an unknown zone.
    """
    name = checked_zone(details.time_zone)
    if details.starts_at.tzinfo is None or details.ends_at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if details.ends_at < details.starts_at:
        raise Invalid("Dates", "the end is before the start")
    if not details.all_day:
        return details.starts_at.astimezone(UTC), details.ends_at.astimezone(UTC), name
    zone = zone_named(name, own)
    starts_at, ends_at = whole_days(*days_of(details, own), zone)
    return starts_at, ends_at, name or name_of(own)


# --- words -----------------------------------------------------------------------------------------------------------


def clock_words(moment: datetime, zone: tzinfo) -> str:
    """ "09:15"."""
    return moment.astimezone(zone).strftime("%H:%M")


def day_words(day: date, *, month: bool = True, year: bool = False) -> str:
    """ "Wed 14 July 2027", or less of it."""
    words = f"{_DAYS[day.weekday()]} {day.day}"
    if month:
        words += f" {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def span_words(first: date, last: date, *, year: bool = False) -> str:
    """ "Wed 14 – Sun 18 July 2027"; what both ends share is said once."""
    if first == last:
        return day_words(first, year=year)
    if first.year != last.year:
        return f"{day_words(first, year=True)} – {day_words(last, year=True)}"
    same_month = first.month == last.month
    return f"{day_words(first, month=not same_month)} – {day_words(last, year=year)}"


def when_words(details: EventDetails, own: tzinfo, *, year: bool = False) -> str:
    """The days of an event and, unless it lasts whole days, its hours: "Thu 15 July, 16:00–16:30 (Europe/Warsaw)".

    The zone is named only where its clock differs from the person's own at that moment.
    """
    first, last = days_of(details, own)
    days = span_words(first, last, year=year)
    if details.all_day:
        return days
    zone = zone_named(details.time_zone, own)
    start, end = clock_words(details.starts_at, zone), clock_words(details.ends_at, zone)
    words = f"{days}, {start}" if start == end else f"{days}, {start}–{end}"
    differs = details.starts_at.astimezone(zone).utcoffset() != details.starts_at.astimezone(own).utcoffset()
    return f"{words} ({details.time_zone})" if differs else words


def days_touched(moments: Iterable[datetime], zone: tzinfo) -> tuple[date, ...]:
    """The days these moments fall on in a zone, in order, each once."""
    return tuple(sorted({moment.astimezone(zone).date() for moment in moments}))
