"""Career goals as records.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from planner.store.values import day_of


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as it is typed in.

    `fields` and `organisations` are where it leads, `contact_ids` people who matter to it, `until` the day you mean to
    be there.
    """

    title: str
    why: str = ""
    fields: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    contact_ids: tuple[int, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One stored goal. `there` are the contacts who are where it leads, `doors` those who know one of them."""

    id: int
    draft: GoalDraft
    created_on: date
    is_open: bool
    there: tuple[int, ...] = ()
    doors: tuple[int, ...] = ()


_GOALS = "SELECT id, title, why, fields, organisations, until, state, created_on FROM goal"
_CHOSEN = "SELECT contact_id FROM goal_contact WHERE goal_id = ? ORDER BY contact_id"
_IN_FIELD = """
SELECT contact.id FROM contact JOIN json_each(?) AS wanted ON instr(lower(field), wanted.value) > 0
UNION SELECT contact.id FROM contact WHERE lower(organisation) IN (SELECT value FROM json_each(?))
"""
_KNOWN = """
SELECT contact_id, other_id FROM acquaintance WHERE contact_id IN (SELECT value FROM json_each(?1))
    OR other_id IN (SELECT value FROM json_each(?1))
"""


def goals(rows: sqlite3.Connection, where: str = "true", values: Collection[object] = ()) -> tuple[Goal, ...]:
    """The goals that meet a condition in SQL, open ones first, the newest first."""
    statement = f"{_GOALS} WHERE {where} ORDER BY state != 'open', id DESC"
    found = []
    for id, title, why, fields, organisations, until, state, created_on in rows.execute(
        statement, tuple(values)
    ).fetchall():
        chosen = tuple(contact_id for (contact_id,) in rows.execute(_CHOSEN, (id,)))
        draft = GoalDraft(
            title, why, tuple(fields.splitlines()), tuple(organisations.splitlines()), chosen, day_of(until)
        )
        there = {*chosen, *_who_is_there(rows, draft)}
        doors = _who_knows(rows, there) - there
        created = date.fromisoformat(created_on)
        found.append(Goal(id, draft, created, state == "open", tuple(sorted(there)), tuple(sorted(doors))))
    return tuple(found)


def current(rows: sqlite3.Connection) -> Goal | None:
    """The open goal set last."""
    newest = "id = (SELECT max(id) FROM goal WHERE state = 'open')"
    return next(iter(goals(rows, newest)), None)


def _who_is_there(rows: sqlite3.Connection, draft: GoalDraft) -> set[int]:
    if not (draft.fields or draft.organisations):
        return set()
    fields, organisations = (
        json.dumps([text.lower() for text in texts]) for texts in (draft.fields, draft.organisations)
    )
    return {id for (id,) in rows.execute(_IN_FIELD, (fields, organisations))}


def _who_knows(rows: sqlite3.Connection, there: Collection[int]) -> set[int]:
    return {id for pair in rows.execute(_KNOWN, (json.dumps(list(there)),)) for id in pair} if there else set()
