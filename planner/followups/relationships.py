"""Of whom something is expected, and how long they have been quiet: read once over many thousands of contacts.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.followups.records import FollowUpKind
from planner.followups.rules import rhythm
from planner.followups.rules.rhythm import Silence
from planner.settings.records import Settings
from planner.store.values import day_of, from_utc_text, utc_text

#: Kinds that, once done, mean that you have been in touch.
OUTREACH = tuple(
    kind.value for kind in FollowUpKind if kind not in (FollowUpKind.PREPARE, FollowUpKind.REMINDER, FollowUpKind.OTHER)
)

#: Ends the origin key of a check-in that was closed because something was logged meanwhile.
ANSWERED = ":answered"


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


# Roles are put together for all at once: looking each contact's up would take three times as long.
_LINES = """
WITH expected AS (
    SELECT id FROM contact WHERE rhythm_days > 0 OR longest_days > 0 OR matters = 1 OR tie = 'strong'
    UNION SELECT contact_id FROM contact_role WHERE role IN (SELECT value FROM json_each(?))
),
worn AS MATERIALIZED (
    SELECT contact_id, group_concat(role, char(31)) AS roles
    FROM (SELECT contact_id, role FROM contact_role ORDER BY contact_id, id) GROUP BY contact_id
)
SELECT contact.id, roles, rhythm_days, longest_days, tie, matters, quiet_until, last_interaction_at
FROM expected CROSS JOIN contact ON contact.id = expected.id
LEFT JOIN worn ON worn.contact_id = contact.id
LEFT JOIN contact_summary ON contact_summary.id = contact.id
"""
_NAMES = """
SELECT id, name, title, organisation, photo, created_at FROM contact
WHERE id IN (SELECT value FROM json_each(?))
"""
_REACHED = f"""
SELECT followup_contact.contact_id, max(followup.closed_at)
FROM followup JOIN followup_contact ON followup_contact.followup_id = followup.id
WHERE followup.state = 'done' AND followup.closed_at IS NOT NULL
    AND followup.kind IN (SELECT value FROM json_each(?))
    AND substr(followup.origin_key, -{len(ANSWERED)}) != '{ANSWERED}'
"""
_PLANNED = """
SELECT contact_id, min(due_on) FROM followup_contact JOIN followup ON followup.id = followup_contact.followup_id
WHERE followup.state = 'open' AND contact_id IN (SELECT value FROM json_each(?)) GROUP BY contact_id
"""


def relationships(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[Relationship]:
    """Every contact of whom something is expected: with a rhythm, own or by role, a longest silence, or who matters."""
    scan = _Scan(rows, clock, settings)
    return scan.told(scan.lines)


def drifting(
    rows: sqlite3.Connection,
    clock: Clock,
    settings: Settings,
    limit: int | None = None,
    leave_out: Collection[int] = (),
) -> list[Relationship]:
    """Those quiet for too long, the worst first, but for those who want quiet, and `leave_out`."""
    scan, today, out = _Scan(rows, clock, settings), clock.today(), set(leave_out)
    found = []
    for line in scan.drifting():
        quiet_until = day_of(line.quiet_until)
        if line.id not in out and not (quiet_until and quiet_until > today):
            found.append((-rhythm.drift_order(scan.silence(line, today)), line.id, line))
    found.sort(key=lambda each: each[:2])
    return scan.told([line for _, _, line in found[:limit]])


def drifting_ids(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[int]:
    """Everyone quiet for too long, whoever wants quiet among them, in no order."""
    return [line.id for line in _Scan(rows, clock, settings).drifting()]


class _Line(NamedTuple):
    """A row as it was read; `last` is the text of the last moment in touch."""

    id: int
    roles: str | None
    rhythm_days: int | None
    longest_days: int | None
    tie: str | None
    matters: int
    quiet_until: str | None
    last: str | None


class _Scan:
    """One pass over all of whom something is expected. What depends on few values is reckoned once for each of them."""

    def __init__(self, rows: sqlite3.Connection, clock: Clock, settings: Settings) -> None:
        self._rows, self._clock = rows, clock
        self._by_role = {role: days for role, days in settings.rhythms.items() if days > 0}
        self._longest = settings.longest
        counting = json.dumps([role.value for role in {*self._by_role, *self._longest}])
        reached = _reached(rows)
        self.lines = [_Line(*row[:7], _later(row[7], reached.get(row[0]))) for row in rows.execute(_LINES, (counting,))]
        self._worn: dict[str | None, tuple[Role, ...]] = {}
        self._days: dict[str, date] = {}

    def drifting(self) -> Iterator[_Line]:
        """The lines that drift, by the rule of `rhythm.drifting`.

        Moments are compared as text: a silence is too long if the last moment lies before the day where its limit
        ends. Turning each moment into a day would take most of the time.
        """
        today = self._clock.today()
        before: dict[tuple[object, ...], str] = {}
        for line in self.lines:
            if line.last is None:
                continue
            key = line[1:6]
            if key not in before:
                before[key] = self._too_early(self.silence(line, today), today)
            if line.last < before[key]:
                yield line

    def _too_early(self, silence: Silence, today: date) -> str:
        most = rhythm.limit(silence)
        try:
            return "" if most is None else utc_text(self._clock.at(today - timedelta(days=most), time()))
        except OverflowError:
            return ""

    def silence(self, line: _Line, today: date) -> Silence:
        """The silence up to a day."""
        worn = self._roles(line.roles)
        return Silence(
            None if line.last is None else (today - self._day(line.last)).days,
            rhythm.rhythm(line.rhythm_days, worn, self._by_role),
            rhythm.longest(line.longest_days, worn, self._longest),
            Tie(line.tie) if line.tie else None,
            bool(line.matters),
        )

    def told(self, lines: Sequence[_Line]) -> list[Relationship]:
        """These lines with names and days."""
        among = json.dumps([line.id for line in lines])
        names = {id: rest for id, *rest in self._rows.execute(_NAMES, (among,))}
        found = []
        for line in lines:
            name, title, organisation, photo, created = names[line.id]
            worn = self._roles(line.roles)
            found.append(
                Relationship(
                    id=line.id,
                    name=name,
                    title=title,
                    organisation=organisation,
                    photo=photo,
                    roles=worn,
                    rhythm_days=rhythm.rhythm(line.rhythm_days, worn, self._by_role),
                    longest_days=rhythm.longest(line.longest_days, worn, self._longest),
                    tie=Tie(line.tie) if line.tie else None,
                    matters=bool(line.matters),
                    quiet_until=day_of(line.quiet_until),
                    added_on=self._day(created),
                    last_on=None if line.last is None else self._day(line.last),
                )
            )
        return found

    def _roles(self, text: str | None) -> tuple[Role, ...]:
        if text not in self._worn:
            self._worn[text] = tuple(Role(role) for role in text.split("\x1f")) if text else ()
        return self._worn[text]

    def _day(self, moment: str) -> date:
        if moment not in self._days:
            self._days[moment] = self._clock.local(from_utc_text(moment)).date()
        return self._days[moment]


def _later(one: str | None, other: str | None) -> str | None:
    return max(one, other) if one and other else one or other


def _reached(rows: sqlite3.Connection, among: Collection[int] | None = None) -> dict[int, str]:
    only = "" if among is None else "AND followup_contact.contact_id IN (SELECT value FROM json_each(?))"
    values = [json.dumps(OUTREACH), *([] if among is None else [json.dumps(list(among))])]
    return dict(rows.execute(f"{_REACHED} {only} GROUP BY followup_contact.contact_id", values).fetchall())


def last_reached(rows: sqlite3.Connection, among: Collection[int]) -> dict[int, datetime]:
    """When the last follow-up that reached out to each of these contacts was done.

    A check-in that a rhythm had made and that was closed because something was logged does not count: what was logged
    does.
    """
    return {id: from_utc_text(moment) for id, moment in _reached(rows, among).items()}


def planned(rows: sqlite3.Connection, contact_ids: Collection[int]) -> dict[int, date]:
    """The day of the next open follow-up with each of these contacts."""
    return {id: date.fromisoformat(day) for id, day in rows.execute(_PLANNED, (json.dumps(list(contact_ids)),))}
