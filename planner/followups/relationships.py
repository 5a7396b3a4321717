"""Of whom something is expected, and how long they have been quiet: read once over many thousands of contacts.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.followups.rules import rhythm
from planner.followups.rules.rhythm import Silence
from planner.settings.records import Settings
from planner.store import summaries
from planner.store.summaries import ANSWERED
from planner.store.values import day_of, from_utc_text, utc_text


@dataclass(frozen=True, slots=True)
class Relationship:
    """What of a contact decides whether to be in touch. Days are the person's."""

    id: int
    name: str
    title: str
    organisation: str
    photo: str | None
    roles: tuple[Role, ...]
    rhythm_days: int | None
    longest_days: int | None
    tie: Tie | None
    matters: bool
    quiet_until: date | None
    added_on: date
    last_on: date | None  # last interaction, or done follow-up that reached out

    def silence(self, today: date) -> Silence:
        """The silence up to a day."""
        quiet = None if self.last_on is None else (today - self.last_on).days
        return Silence(quiet, self.rhythm_days, self.longest_days, self.tie, self.matters)


_COLUMNS = "contact.id, name, title, organisation, photo, expected, in_touch_at, quiet_until, created_at"
_LINES = f"""
SELECT {_COLUMNS} FROM contact_summary NOT INDEXED CROSS JOIN contact ON contact.id = contact_summary.id
WHERE expected IS NOT NULL
"""
# The kinds of relationship there are: each is found in the index after the one before it.
_KINDS = """
WITH RECURSIVE kind (expected) AS (
    SELECT min(expected) FROM contact_summary WHERE expected IS NOT NULL
    UNION ALL SELECT (SELECT min(later.expected) FROM contact_summary AS later WHERE later.expected > kind.expected)
    FROM kind WHERE kind.expected IS NOT NULL
) SELECT expected FROM kind WHERE expected IS NOT NULL
"""
_QUIET_SINCE = "SELECT id FROM contact_summary WHERE expected = ? AND in_touch_at < ?"
_IN_TOUCH_SINCE = "SELECT id FROM contact_summary WHERE expected = ? AND in_touch_at >= ?"
_NEVER_IN_TOUCH = """
SELECT contact.id, created_at FROM contact_summary CROSS JOIN contact ON contact.id = contact_summary.id
WHERE expected = ? AND in_touch_at IS NULL
"""
_DRIFTING = f"""
SELECT {_COLUMNS} FROM contact_summary CROSS JOIN contact ON contact.id = contact_summary.id
WHERE expected = ? AND in_touch_at < ? AND (quiet_until IS NULL OR quiet_until <= ?) ORDER BY in_touch_at
"""
_REACHED = f"""
SELECT followup_contact.contact_id, max(followup.closed_at)
FROM followup JOIN followup_contact ON followup_contact.followup_id = followup.id
WHERE followup.state = 'done' AND followup.closed_at IS NOT NULL
    AND followup.kind NOT IN {summaries.REACHING_NOBODY!r}
    AND substr(followup.origin_key, -{len(ANSWERED)}) != '{ANSWERED}'
    AND followup_contact.contact_id IN (SELECT value FROM json_each(?)) GROUP BY followup_contact.contact_id
"""
_PLANNED = """
SELECT contact_id, min(due_on) FROM followup_contact JOIN followup ON followup.id = followup_contact.followup_id
WHERE followup.state = 'open' AND contact_id IN (SELECT value FROM json_each(?)) GROUP BY contact_id
"""


def relationships(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[Relationship]:
    """Every contact of whom something is expected: with a rhythm, own or by role, a longest silence, or who matters."""
    reading = _Reading(rows, clock, settings)
    lines = map(_Line._make, rows.execute(_LINES))
    return [reading.told(line) for line in lines if reading.kind(line.expected).expects_something]


def drifting(
    rows: sqlite3.Connection,
    clock: Clock,
    settings: Settings,
    limit: int | None = None,
    leave_out: Collection[int] = (),
) -> list[Relationship]:
    """Those quiet for too long, the worst first, but for those who want quiet, and `leave_out`.

    With a limit it takes no longer however many there are: of each kind of relationship, only the worst are read.
    """
    reading, out = _Reading(rows, clock, settings), set(leave_out)
    found: list[tuple[float, int, _Line]] = []
    for kind in reading.kinds():
        taken, day = 0, 0
        late = rows.execute(_DRIFTING, (kind.expected, kind.too_quiet_before, reading.today.isoformat()))
        for line in map(_Line._make, late):
            if line.id in out:
                continue
            quiet = reading.quiet(line.last or "")
            # Of one day, all: among them the order is another.
            if limit is not None and taken >= limit and quiet != day:
                break
            taken, day = taken + 1, quiet
            found.append((-round(quiet * kind.worse_each_day, 9), line.id, line))
    found.sort()
    return [reading.told(line) for _, _, line in found[:limit]]


def drifting_ids(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[int]:
    """Everyone quiet for too long, whoever wants quiet among them, in no order."""
    found: list[int] = []
    for kind in _Reading(rows, clock, settings).kinds():
        found += (id for (id,) in rows.execute(_QUIET_SINCE, (kind.expected, kind.too_quiet_before)))
    return found


def kept(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> tuple[list[int], list[int]]:
    """Of those with a rhythm: who has been quiet no longer than it, and who has. Since they were added, if for ever.

    Both in the order of their numbers.
    """
    on_time: list[int] = []
    late: list[int] = []
    for kind in _Reading(rows, clock, settings).kinds():
        begins = kind.rhythm_begins
        if begins is None:
            continue
        on_time += (id for (id,) in rows.execute(_IN_TOUCH_SINCE, (kind.expected, begins)))
        late += (id for (id,) in rows.execute(_QUIET_SINCE, (kind.expected, begins)))
        for id, created in rows.execute(_NEVER_IN_TOUCH, (kind.expected,)):
            (on_time if created >= begins else late).append(id)
    return sorted(on_time), sorted(late)


class _Line(NamedTuple):
    """A row as it was read; `last` is the text of the last moment in touch, None for never."""

    id: int
    name: str
    title: str
    organisation: str
    photo: str | None
    expected: str
    last: str | None
    quiet_until: str | None
    created: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """What holds for all contacts of whom the same is expected. Moments are stored text, "" before all time.

    `too_quiet_before`: drifting is who was in touch last before this moment. `worse_each_day`: how bad each further
    day of silence makes it. `rhythm_begins`: being in touch since then keeps the rhythm; None where there is none.
    """

    expected: str
    silence: Silence
    roles: tuple[Role, ...]
    too_quiet_before: str
    worse_each_day: float
    rhythm_begins: str | None

    @property
    def expects_something(self) -> bool:
        return bool(self.silence.rhythm_days) or rhythm.limit(self.silence) is not None


class _Reading:
    """What follows from settings, clock and the day, reckoned once for each kind of relationship and each moment."""

    def __init__(self, rows: sqlite3.Connection, clock: Clock, settings: Settings) -> None:
        self._rows, self._clock, self.today = rows, clock, clock.today()
        self._by_role = {role: days for role, days in settings.rhythms.items() if days > 0}
        self._longest = settings.longest
        self._kinds: dict[str, _Kind] = {}
        self._days: dict[str, date] = {}

    def kinds(self) -> list[_Kind]:
        """Every kind of relationship there is."""
        return [self.kind(expected) for (expected,) in self._rows.execute(_KINDS).fetchall()]

    def kind(self, expected: str) -> _Kind:
        """What holds for those of whom this is expected."""
        if expected not in self._kinds:
            own, own_longest, tie, matters, worn = json.loads(expected)
            roles = tuple(Role(role) for role in (worn or "").splitlines())
            silence = Silence(
                1,
                rhythm.rhythm(own, roles, self._by_role),
                rhythm.longest(own_longest, roles, self._longest),
                Tie(tie) if tie else None,
                bool(matters),
            )
            days = silence.rhythm_days
            self._kinds[expected] = _Kind(
                expected,
                silence,
                roles,
                too_quiet_before=self._begin(rhythm.limit(silence)),
                worse_each_day=rhythm.drift_order(silence),
                rhythm_begins=self._begin(days) if days else None,
            )
        return self._kinds[expected]

    def _begin(self, days: int | None) -> str:
        """When the day so many days ago began."""
        try:
            return "" if days is None else utc_text(self._clock.at(self.today - timedelta(days=days), time()))
        except OverflowError:
            return ""

    def quiet(self, last: str) -> int:
        """Days since a moment."""
        return (self.today - self._day(last)).days

    def told(self, line: _Line) -> Relationship:
        """A line in days."""
        kind = self.kind(line.expected)
        return Relationship(
            line.id,
            line.name,
            line.title,
            line.organisation,
            line.photo,
            kind.roles,
            kind.silence.rhythm_days,
            kind.silence.longest_days,
            kind.silence.tie,
            kind.silence.matters,
            day_of(line.quiet_until),
            self._day(line.created),
            self._day(line.last) if line.last else None,
        )

    def _day(self, moment: str) -> date:
        if moment not in self._days:
            self._days[moment] = self._clock.local(from_utc_text(moment)).date()
        return self._days[moment]


def last_reached(rows: sqlite3.Connection, among: Collection[int]) -> dict[int, datetime]:
    """When the last follow-up that reached out to each of these contacts was done.

    A check-in that a rhythm had made and that was closed because something was logged does not count: what was logged
    does.
    """
    return {id: from_utc_text(moment) for id, moment in rows.execute(_REACHED, (json.dumps(list(among)),))}


def planned(rows: sqlite3.Connection, contact_ids: Collection[int]) -> dict[int, date]:
    """The day of the next open follow-up with each of these contacts."""
    return {id: date.fromisoformat(day) for id, day in rows.execute(_PLANNED, (json.dumps(list(contact_ids)),))}
