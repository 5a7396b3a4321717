"""Times that could be proposed for a meeting: pure functions over what is taken and whose hours are when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from planner.events import times

#: Meetings begin at such minutes of an hour.
GRID = timedelta(minutes=30)
#: When people can be reached who have named no hours, in their own zone.
WAKING = (time(8), time(20))
#: Before and after this a day has its morning and its afternoon.
NOON = time(13)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time; both ends are aware, `ends` is exclusive."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody may be met: from and to on each of these days (Monday is 0), in their zone."""

    zone: tzinfo
    first: time
    last: time
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def on(self, day: date) -> Span | None:
        """Those hours of one day in their zone, in UTC; None on a day off. Hours past midnight end on the next day."""
        if day.weekday() not in self.days or self.first == self.last:
            return None
        ends = day if self.last > self.first else day + timedelta(days=1)
        starts_at = datetime.combine(day, self.first, self.zone).astimezone(UTC)
        ends_at = datetime.combine(ends, self.last, self.zone).astimezone(UTC)
        return Span(starts_at, ends_at) if starts_at < ends_at else None


def slots(
    busy: Iterable[Span],
    first: date,
    last: date,
    length: timedelta,
    mine: Hours,
    theirs: Sequence[Hours] = (),
    *,
    after: datetime | None = None,
    limit: int = 6,
) -> tuple[Span, ...]:
    """Up to `limit` free times of this length from the first day to the last (in your zone), in order and in UTC.

    Within everyone's hours and beside whatever is busy, beginning on the grid of your clock, none before `after`.
    A morning and an afternoon a day, so that there is a choice of days: two times of one morning are no choice.
    """
    taken = merged(busy)
    found: list[Span] = []
    day = first
    while day <= last and len(found) < limit:
        halves: set[bool] = set()
        for slot in _of_day(day, taken, length, mine, theirs):
            afternoon = slot.starts.astimezone(mine.zone).time() >= NOON
            if (after is None or slot.starts >= after) and afternoon not in halves:
                halves.add(afternoon)
                found.append(slot)
        day += timedelta(days=1)
    return tuple(found[:limit])


def merged(busy: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that meet or overlap as one. Empty and reversed ones are left out."""
    whole: list[Span] = []
    for span in sorted(span for span in busy if span.starts < span.ends):
        if whole and span.starts <= whole[-1].ends:
            whole[-1] = Span(whole[-1].starts, max(whole[-1].ends, span.ends))
        else:
            whole.append(span)
    return whole


def _of_day(
    day: date, taken: Sequence[Span], length: timedelta, mine: Hours, theirs: Sequence[Hours]
) -> Iterator[Span]:
    hours = mine.on(day)
    if hours is None or length <= timedelta():
        return
    starts = hours.starts
    while starts + length <= hours.ends:
        slot = Span(starts, starts + length)
        if _free(slot, taken) and all(_within(slot, hours) for hours in theirs):
            yield slot
        starts += GRID


def _free(slot: Span, taken: Sequence[Span]) -> bool:
    return not any(span.starts < slot.ends and slot.starts < span.ends for span in taken)


def _within(slot: Span, hours: Hours) -> bool:
    day = slot.starts.astimezone(hours.zone).date()
    spans = (hours.on(day - timedelta(days=1)), hours.on(day))  # the night before may reach into this day
    return any(span is not None and span.starts <= slot.starts and slot.ends <= span.ends for span in spans)


def in_words(slot: Span, mine: tzinfo, theirs: tzinfo | None = None) -> str:
    """ "Tue 20 July, 15:00–15:30 (Berlin)", and where their clock differs "…, for you 09:00–09:30 (New York)"."""
    words = _on_clock(slot, mine)
    if theirs is None or _same(slot, mine, theirs):
        return words
    day = slot.starts.astimezone(mine).date()
    there = slot.starts.astimezone(theirs).date()
    return f"{words}, for you {_on_clock(slot, theirs, with_day=day != there)}"


def lines(chosen: Sequence[Span], mine: tzinfo, theirs: tzinfo | None = None) -> str:
    """The chosen times as lines of a message."""
    return "\n".join(f"- {in_words(slot, mine, theirs)}" for slot in sorted(chosen))


def _on_clock(slot: Span, zone: tzinfo, *, with_day: bool = True) -> str:
    clock = f"{times.clock_words(slot.starts, zone)}–{times.clock_words(slot.ends, zone)}"
    day = times.day_words(slot.starts.astimezone(zone).date())
    place = place_of(zone)
    words = f"{day}, {clock}" if with_day else clock
    return f"{words} ({place})" if place else words


def place_of(zone: tzinfo) -> str:
    """ "New York" for America/New_York."""
    return times.name_of(zone).rpartition("/")[2].replace("_", " ")


def _same(slot: Span, mine: tzinfo, theirs: tzinfo) -> bool:
    return slot.starts.astimezone(mine).utcoffset() == slot.starts.astimezone(theirs).utcoffset()
