"""Follow-ups as records, read in a handful of queries however many there are.

In SQL over the driver's connection, as all that the page Today is made of: see `planner.store.plain`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from planner.contacts.records import Role, Tie
from planner.followups.records import FollowUp, FollowUpDetails, FollowUpKind, FollowUpPerson, FollowUpState
from planner.followups.rules import rhythm
from planner.store.values import day_of, moment_of

OPEN = "followup.state = 'open'"

_FOLLOWUPS = """
SELECT followup.id, followup.uid, followup.kind, followup.title, followup.state, followup.due_on, followup.due_time,
    followup.time_zone, followup.remind_minutes, followup.why, followup.message_subject, followup.message,
    followup.snoozes, followup.origin, followup.origin_key, followup.event_id, followup.promise_id,
    followup.introduction_id, followup.milestone_id, followup.template_id, followup.created_at, followup.updated_at,
    followup.closed_at, event.title
FROM followup LEFT JOIN event ON event.id = followup.event_id
"""
_MEMBERS = """
SELECT followup_id, contact_id FROM followup_contact
WHERE followup_id IN (SELECT value FROM json_each(?)) ORDER BY followup_id, position, id
"""
_ROLES = """
SELECT contact_id, role FROM contact_role WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_PEOPLE = """
SELECT contact.id, name, title, organisation, tie, matters, rhythm_days, quiet_until, no_asks, photo,
    preferred_channel, last_interaction_at
FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id
WHERE contact.id IN (SELECT value FROM json_each(?))
"""


def followups(
    rows: sqlite3.Connection,
    by_role: Mapping[Role, int],
    where: str,
    values: Sequence[object] = (),
    order: str = "followup.id",
) -> list[FollowUp]:
    """The follow-ups that meet a condition, with their people. `by_role` are the rhythms of the settings.

    `where` and `order` are SQL over the table `followup`; what was typed in goes into `values`.
    """
    found = rows.execute(f"{_FOLLOWUPS} WHERE {where} ORDER BY {order}", values).fetchall()
    members: dict[int, list[int]] = {}
    for followup_id, contact_id in rows.execute(_MEMBERS, (json.dumps([row[0] for row in found]),)):
        members.setdefault(followup_id, []).append(contact_id)
    known = people(rows, {id for ids in members.values() for id in ids}, by_role)
    return [_record(row, tuple(known[id] for id in members.get(row[0], ()))) for row in found]


def people(rows: sqlite3.Connection, wanted: Collection[int], by_role: Mapping[Role, int]) -> dict[int, FollowUpPerson]:
    """What the queue needs to know of these contacts, by id."""
    among = (json.dumps(list(wanted)),)
    roles: dict[int, list[Role]] = {}
    for contact_id, role in rows.execute(_ROLES, among):
        roles.setdefault(contact_id, []).append(Role(role))
    found = {}
    for id, name, title, organisation, tie, matters, own, quiet_until, no_asks, photo, channel, last in rows.execute(
        _PEOPLE, among
    ):
        worn = tuple(roles.get(id, ()))
        found[id] = FollowUpPerson(
            id=id,
            name=name,
            title=title,
            organisation=organisation,
            roles=worn,
            tie=Tie(tie) if tie else None,
            matters=bool(matters),
            rhythm_days=rhythm.rhythm(own, worn, by_role),
            last_interaction_at=moment_of(last),
            quiet_until=day_of(quiet_until),
            no_asks=bool(no_asks),
            photo=photo,
            preferred_channel=channel,
        )
    return found


def _record(row: Sequence[Any], who: tuple[FollowUpPerson, ...]) -> FollowUp:
    (
        id, uid, kind, title, state, due_on, due_time, time_zone, remind_minutes, why, subject, message, snoozes,
        origin, origin_key, event_id, promise_id, introduction_id, milestone_id, template_id, created_at, updated_at,
        closed_at, event_title,
    ) = row  # fmt: skip
    details = FollowUpDetails(
        kind=FollowUpKind(kind),
        title=title,
        due_on=date.fromisoformat(due_on),
        contact_ids=tuple(person.id for person in who),
        due_time=time.fromisoformat(due_time) if due_time else None,
        time_zone=time_zone,
        remind_minutes=remind_minutes,
        why=why,
        message_subject=subject,
        message=message,
        event_id=event_id,
        promise_id=promise_id,
        introduction_id=introduction_id,
        milestone_id=milestone_id,
        template_id=template_id,
        origin=origin,
        origin_key=origin_key,
    )
    return FollowUp(
        id=id,
        uid=uid,
        details=details,
        state=FollowUpState(state),
        people=who,
        snoozes=snoozes,
        created_at=datetime.fromisoformat(created_at),
        updated_at=datetime.fromisoformat(updated_at),
        closed_at=moment_of(closed_at),
        event_title=event_title or "",
    )
