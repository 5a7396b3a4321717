"""Time zones as VTIMEZONE components (RFC 5545 section 3.6.5).

Outlook reads no more of a VTIMEZONE than one yearly rule each way ([MS-STANOICAL] 2.2.47), and ignores lists of dates.
So a zone is written only where yearly rules describe it exactly; elsewhere (Morocco keeps Ramadan) times go out in UTC,
which is right everywhere.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A change of offset. `at` is the wall time just before it, which is how RFC 5545 states an onset."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> icalendar.Timezone | None:
    """The zone as a component that is right from `first_year` to `last_year`; None where yearly rules can't say it."""
    zone = ZoneInfo(name)
    # Some years more than asked for, so that a weekday's place in its month shows.
    turns = _turns(zone, first_year - 1, max(last_year + 1, first_year + 10))
    component = icalendar.Timezone()
    component.add("tzid", name)
    if not turns:
        moment = datetime(first_year, 1, 1, tzinfo=zone)
        offset = moment.utcoffset() or timedelta()
        turn = _Turn(datetime(1970, 1, 1), offset, offset, moment.tzname() or name, daylight=False)  # noqa: DTZ001 – local times of a zone have none (RFC 5545 section 3.6.5)
        component.add_component(_observance(turn, rule=None))
        return component
    for daylight in (True, False):
        same = [turn for turn in turns if turn.daylight is daylight]
        rule = _yearly(same)
        if rule is None:
            return None
        component.add_component(_observance(same[0], rule))
    return component


def _turns(zone: ZoneInfo, first_year: int, last_year: int) -> list[_Turn]:
    found = []
    week = timedelta(days=7)
    left, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while left < end:
        right = left + week
        if left.astimezone(zone).utcoffset() != right.astimezone(zone).utcoffset():
            found.append(_between(zone, left, right))
        left = right
    return found


def _between(zone: ZoneInfo, left: datetime, right: datetime) -> _Turn:
    before = left.astimezone(zone).utcoffset() or timedelta()
    while right - left > timedelta(seconds=1):
        middle = left + timedelta(seconds=(right - left) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            left = middle
        else:
            right = middle
    after = right.astimezone(zone)
    wall = (right + before).replace(tzinfo=None)
    return _Turn(wall, before, after.utcoffset() or timedelta(), after.tzname() or "", bool(after.dst()))


def _yearly(turns: list[_Turn]) -> dict[str, object] | None:
    """The rule by which these come once every year on the same weekday of the same month, if there is one."""
    if not turns or [turn.at.year for turn in turns] != list(range(turns[0].at.year, turns[0].at.year + len(turns))):
        return None
    first = turns[0]
    alike = {(t.at.month, t.at.weekday(), t.at.time(), t.before, t.after, t.name) for t in turns}
    if len(alike) != 1:
        return None
    weekday = _DAYS[first.at.weekday()]
    if all(turn.at.day > calendar.monthrange(turn.at.year, turn.at.month)[1] - 7 for turn in turns):
        return {"freq": "yearly", "bymonth": first.at.month, "byday": f"-1{weekday}"}
    places = {(turn.at.day - 1) // 7 + 1 for turn in turns}
    if len(places) == 1:
        return {"freq": "yearly", "bymonth": first.at.month, "byday": f"{places.pop()}{weekday}"}
    return None


def _observance(turn: _Turn, rule: dict[str, object] | None) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    kind = icalendar.TimezoneDaylight if turn.daylight else icalendar.TimezoneStandard
    component = kind()
    component.add("dtstart", turn.at)
    if rule:
        component.add("rrule", rule)
    component.add("tzname", turn.name)
    component.add("tzoffsetfrom", turn.before)
    component.add("tzoffsetto", turn.after)
    return component
