"""Keeping a day and a week to what a person can do: what finds no room waits for the next working day that has some.

What is late stays late, what must happen on its day stays on it; both take up room. The rest is placed day by day, the
most important first. Nothing is changed by this: a follow-up keeps its due day, only its place in the queue moves.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.followups.rules.due import MONDAY_TO_FRIDAY, next_working_day, week_end, working_day


class Moved(StrEnum):
    """Why something stands on another day than it is due."""

    NO = ""
    DAY_FULL = "day full"
    WEEK_FULL = "week full"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person can do: follow-ups a day and a week (at least 1 each), on which days, in weeks starting when."""

    day: int = 5
    week: int = 20
    working_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    week_start: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """One follow-up to place. `fixed`: it belongs on its day. `quiet_until`: not before that day, whatever it is."""

    id: int
    due_on: date
    score: float = 0.0
    fixed: bool = False
    quiet_until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The day a follow-up stands on in the queue, and why there."""

    day: date
    moved: Moved = Moved.NO


def place(loads: Iterable[Load], today: date, limits: Limits) -> Mapping[int, Place]:
    """A day for each, by id. Late ones stay on their past day, unless whom they are for wants quiet until later."""
    plan = _Plan(limits)
    own: defaultdict[date, list[_Waiting]] = defaultdict(list)
    for load in loads:
        day, moved = load.due_on, Moved.NO
        if load.quiet_until is not None and load.quiet_until > max(day, today):
            day, moved = load.quiet_until, Moved.QUIET
        if load.fixed or day < today:
            plan.put(load.id, day, moved, room_on=max(day, today))
        else:
            own[day].append((-load.score, load.due_on, load.id, day, moved))
    days = sorted(own)
    carried: list[_Waiting] = []
    while days or carried:
        day = _next(days, carried, plan)
        candidates = sorted(own.pop(day, ()))
        if day.weekday() in limits.working_days or not limits.working_days:
            for each in candidates:
                heapq.heappush(carried, each)
            while carried and plan.has_room(day):
                plan.settle(heapq.heappop(carried), day)
        else:
            # Nothing is moved onto a day off; what was put there by hand stays as far as there is room.
            while candidates and plan.has_room(day):
                plan.settle(candidates.pop(0), day)
            for each in candidates:
                heapq.heappush(carried, each)
        plan.reached = day
    return plan.places


#: Sorted by weight: minus the score, the due day, the id; then the day it wants, and why that is not its due day.
_Waiting = tuple[float, date, int, date, Moved]


class _Plan:
    """What has been placed so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._used: Counter[date] = Counter()
        self._weeks: Counter[date] = Counter()
        self.places: dict[int, Place] = {}
        self.reached = date.min

    def has_room(self, day: date) -> bool:
        return self._used[day] < max(1, self._limits.day) and not self.week_is_full(day)

    def week_is_full(self, day: date) -> bool:
        return self._weeks[week_end(day, self._limits.week_start)] >= max(1, self._limits.week)

    def put(self, id: int, day: date, moved: Moved, room_on: date) -> None:
        self.places[id] = Place(day, moved)
        self._used[room_on] += 1
        self._weeks[week_end(room_on, self._limits.week_start)] += 1

    def settle(self, waiting: _Waiting, day: date) -> None:
        _, _, id, wanted, moved = waiting
        if day != wanted and not moved:
            left_week = week_end(wanted, self._limits.week_start) < day
            moved = Moved.WEEK_FULL if left_week and self.week_is_full(wanted) else Moved.DAY_FULL
        self.put(id, day, moved, room_on=day)

    def next_chance(self) -> date:
        """The next day that something carried over may go to."""
        day = self.reached
        if self.week_is_full(day):
            day = week_end(day, self._limits.week_start)
        return next_working_day(day, self._limits.working_days)


def _next(days: list[date], carried: list[_Waiting], plan: _Plan) -> date:
    if carried:
        chance = plan.next_chance()
        if not days or chance < days[0]:
            return chance
    return days.pop(0)


class Room:
    """Days with room, handed out one after the other, within what is `taken` already."""

    def __init__(self, taken: Mapping[date, int], limits: Limits) -> None:
        self._limits = limits
        self._used = Counter(taken)
        self._weeks: Counter[date] = Counter()
        self._full_until: dict[date, date] = {}
        for day, number in taken.items():
            self._weeks[week_end(day, limits.week_start)] += number

    def take(self, first: date) -> date:
        """The first working day with room at or after `first`; it has one place less from then on."""
        start = day = working_day(first, self._limits.working_days)
        day = self._full_until.get(day, day)
        while True:
            week = week_end(day, self._limits.week_start)
            if self._weeks[week] >= max(1, self._limits.week):
                day = working_day(week + timedelta(days=1), self._limits.working_days)
            elif self._used[day] >= max(1, self._limits.day):
                day = next_working_day(day, self._limits.working_days)
            else:
                break
        self._full_until[start] = day
        self._used[day] += 1
        self._weeks[week] += 1
        return day


def spread(count: int, first: date, taken: Mapping[date, int], limits: Limits) -> list[date]:
    """Days for so many follow-ups, from the first working day at or after `first`, within what is `taken` already."""
    room = Room(taken, limits)
    return [room.take(first) for _ in range(count)]


def quiet_day(quiet_until: Collection[date | None], day: date) -> date:
    """A day moved on to when everyone it concerns can be approached again."""
    return max([day, *(until for until in quiet_until if until is not None)])
