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


_LINES = """
SELECT contact.id, rhythm_days, longest_days, tie, matters, quiet_until, contact.created_at,
    last_interaction_at
FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id
WHERE rhythm_days > 0 OR longest_days > 0 OR matters = 1 OR tie = 'strong'
    OR contact.id IN (SELECT contact_id FROM contact_role WHERE role IN (SELECT value FROM json_each(?)))
"""
_NAMES = """
SELECT id, name, title, organisation, photo FROM contact
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
    scan, today, out = _Scan(rows, clock, settings), clock.today().isoformat(), set(leave_out)
    found = [
        (-round(scan.quiet(line.last) * worst, 9), line.id, line)
        for line, worst in scan.drifting()
        if line.id not in out and not (line.quiet_until and line.quiet_until > today)
    ]
    found.sort()
    return scan.told([line for _, _, line in found[:limit]])


def drifting_ids(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[int]:
    """Everyone quiet for too long, whoever wants quiet among them, in no order."""
    return [line.id for line, _ in _Scan(rows, clock, settings).drifting()]


def kept(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> tuple[list[int], list[int]]:
    """Of those with a rhythm: who has been quiet no longer than it, and who has. Since they were added, if for ever."""
    scan = _Scan(rows, clock, settings)
    since: dict[tuple[object, ...], str | None] = {}
    on_time: list[int] = []
    late: list[int] = []
    for line in scan.lines:
        key = line[1:6]
        if key not in since:
            since[key] = scan.rhythm_since(line)
        begins = since[key]
        if begins is not None:
            (on_time if (line.last or line.created) >= begins else late).append(line.id)
    return on_time, late


class _Line(NamedTuple):
    """A row as it was read; `last` is the text of the last moment in touch, "" for never."""

    id: int
    roles: str
    rhythm_days: int | None
    longest_days: int | None
    tie: str | None
    matters: int
    quiet_until: str | None
    created: str
    last: str


class _Scan:
    """One pass over all of whom something is expected. What depends on few values is reckoned once for each of them."""

    def __init__(self, rows: sqlite3.Connection, clock: Clock, settings: Settings) -> None:
        self._rows, self._clock, self._today = rows, clock, clock.today()
        self._by_role = {role: days for role, days in settings.rhythms.items() if days > 0}
        self._longest = settings.longest
        counting = json.dumps([role.value for role in {*self._by_role, *self._longest}])
        roles: dict[int, str] = {}
        for id, role in rows.execute("SELECT contact_id, role FROM contact_role ORDER BY id"):
            roles[id] = f"{roles[id]}\n{role}" if id in roles else role
        reached = _reached(rows)
        self.lines = [
            _Line(
                id, roles.get(id, ""), own, longest, tie, matters, quiet_until, created,
                max(last or "", reached.get(id, "")),
            )
            for id, own, longest, tie, matters, quiet_until, created, last in rows.execute(_LINES, (counting,))
        ]  # fmt: skip
        self._worn: dict[str, tuple[Role, ...]] = {}
        self._days: dict[str, date] = {}

    def drifting(self) -> Iterator[tuple[_Line, float]]:
        """The lines that drift, by the rule of `rhythm.drifting`, and how bad each further day of silence makes it.

        Moments are compared as text: a silence is too long if the last moment lies before the day where its limit
        ends. Turning each moment into a day would take most of the time.
        """
        limits: dict[tuple[object, ...], tuple[str, float]] = {}
        for line in self.lines:
            key = line[1:6]
            if key not in limits:
                a_day = self._silence(line, 1)
                limits[key] = (self._too_early(rhythm.limit(a_day)), rhythm.drift_order(a_day))
            before, worst = limits[key]
            if "" < line.last < before:
                yield line, worst

    def _too_early(self, most: int | None) -> str:
        try:
            return "" if most is None else utc_text(self._clock.at(self._today - timedelta(days=most), time()))
        except OverflowError:
            return ""

    def rhythm_since(self, line: _Line) -> str | None:
        """From which moment on being in touch keeps a contact's rhythm; None where there is none."""
        days = self._silence(line, 0).rhythm_days
        return self._too_early(days) if days else None

    def quiet(self, last: str) -> int:
        """Days since a moment."""
        return (self._today - self._day(last)).days

    def _silence(self, line: _Line, quiet_days: int) -> Silence:
        worn = self._roles(line.roles)
        return Silence(
            quiet_days,
            rhythm.rhythm(line.rhythm_days, worn, self._by_role),
            rhythm.longest(line.longest_days, worn, self._longest),
            Tie(line.tie) if line.tie else None,
            bool(line.matters),
        )

    def told(self, lines: Sequence[_Line]) -> list[Relationship]:
        """These lines with names and days."""
        among = json.dumps([line.id for line in lines])
        names = {id: rest for id, *rest in self._rows.execute(_NAMES, (among,))}
        meant: dict[tuple[object, ...], Silence] = {}
        found = []
        for line in lines:
            name, title, organisation, photo = names[line.id]
            if line[1:6] not in meant:
                meant[line[1:6]] = self._silence(line, 0)
            silence = meant[line[1:6]]
            found.append(
                Relationship(
                    id=line.id,
                    name=name,
                    title=title,
                    organisation=organisation,
                    photo=photo,
                    roles=self._roles(line.roles),
                    rhythm_days=silence.rhythm_days,
                    longest_days=silence.longest_days,
                    tie=silence.tie,
                    matters=silence.matters,
                    quiet_until=day_of(line.quiet_until),
                    added_on=self._day(line.created),
                    last_on=self._day(line.last) if line.last else None,
                )
            )
        return found

    def _roles(self, text: str) -> tuple[Role, ...]:
        if text not in self._worn:
            self._worn[text] = tuple(Role(role) for role in text.splitlines())
        return self._worn[text]

    def _day(self, moment: str) -> date:
        if moment not in self._days:
            self._days[moment] = self._clock.local(from_utc_text(moment)).date()
        return self._days[moment]


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
