"""Contacts as lines of a list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.clock import Clock
from planner.contacts.records import ContactRow, Role, Tie
from planner.followups.relationships import last_reached
from planner.followups.rules.rhythm import Silence, drifting, longest, rhythm
from planner.settings.records import Settings
from planner.store.values import day_of, moment_of

#: The day the first open follow-up with a contact is due, NULL without one.
FIRST_DUE = """(
    SELECT min(due_on) FROM followup_contact JOIN followup ON followup.id = followup_contact.followup_id
    WHERE followup_contact.contact_id = contact.id AND followup.state = 'open'
)"""
# Between roles and between tags: a character that none can hold, as controls are refused.
_BETWEEN = "\x1f"


def _first(column: str, table: str, more: str = "") -> str:
    """The preferred value of a contact, or else the first."""
    return (
        f"(SELECT {column} FROM {table} WHERE contact_id = contact.id {more} ORDER BY preferred DESC, position LIMIT 1)"
    )


def _joined(column: str, table: str) -> str:
    """All values of a contact in one text, in the order they were given."""
    ordered = f"SELECT {column} FROM {table} WHERE contact_id = contact.id ORDER BY id"
    return f"(SELECT group_concat({column}, char({ord(_BETWEEN)})) FROM ({ordered}))"


_LINES = f"""
SELECT contact.id, name, organisation, title, tie, matters, rhythm_days, longest_days, quiet_until, photo,
    last_interaction_at, interactions,
    {_first("address", "contact_email")},
    {_first("number", "contact_phone")},
    {_first("city", "contact_address", "AND city != ''")},
    {FIRST_DUE},
    {_joined("role", "contact_role")},
    {_joined("tag", "contact_tag")}
FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id
WHERE contact.id IN (SELECT value FROM json_each(?))
"""


def read(rows: sqlite3.Connection, ids: Iterable[int], settings: Settings, clock: Clock) -> tuple[ContactRow, ...]:
    """The lines for these ids, in this order; ids that are not there are left out. Rhythms by role are a setting."""
    wanted = list(dict.fromkeys(ids))
    today = clock.today()
    found: dict[int, ContactRow] = {}
    drifters: dict[int, Silence] = {}
    for (
        id, name, organisation, title, tied, matters, own, own_longest, quiet_until, photo, last_at, interactions,
        email, phone, city, due_on, worn, tags,
    ) in rows.execute(_LINES, (json.dumps(wanted),)):  # fmt: skip
        roles = tuple(Role(role) for role in worn.split(_BETWEEN)) if worn else ()
        days = rhythm(own, roles, settings.rhythms)
        tie = None if tied is None else Tie(tied)
        last = moment_of(last_at)
        quiet = None if last is None else (today - clock.local(last).date()).days
        silence = Silence(quiet, days, longest(own_longest, roles, settings.longest), tie, bool(matters))
        if drifting(silence):
            drifters[id] = silence
        found[id] = ContactRow(
            id=id,
            name=name,
            organisation=organisation,
            title=title,
            email=email or "",
            phone=phone or "",
            city=city or "",
            roles=roles,
            tags=tuple(tags.split(_BETWEEN)) if tags else (),
            tie=tie,
            matters=bool(matters),
            rhythm_days=days,
            last_interaction_at=last,
            interactions=interactions or 0,
            due_on=day_of(due_on),
            quiet_until=day_of(quiet_until),
            photo=photo,
        )
    for id in _still_drifting(rows, drifters, clock):
        found[id] = replace(found[id], drifting=True)
    return tuple(found[id] for id in wanted if id in found)


def _still_drifting(rows: sqlite3.Connection, drifters: Mapping[int, Silence], clock: Clock) -> list[int]:
    """Those who were not reached out to by a follow-up since the last interaction either."""
    if not drifters:
        return []
    today = clock.today()
    reached = last_reached(rows, drifters)
    still = []
    for id, silence in drifters.items():
        moment = reached.get(id)
        since = None if moment is None else (today - clock.local(moment).date()).days
        quiet = silence.quiet_days if since is None else min(since, silence.quiet_days or since)
        if drifting(replace(silence, quiet_days=quiet)):
            still.append(id)
    return still
