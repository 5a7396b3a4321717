"""What made a follow-up, and how one that is made without being asked is known again."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence
from datetime import date

from planner.followups.records import FollowUpDetails

#: Origins: what made a follow-up.
PROMISE, PLAN, RHYTHM, MILESTONE, INTRODUCTION = "promise", "plan", "rhythm", "milestone", "introduction"

#: Where, in the origin key of a follow-up that is made without being asked, its contact's number stands.
_CONTACT_AT = {RHYTHM: 0, MILESTONE: 1}

_FIRST = "first"
_UIDS = "SELECT id, uid FROM contact WHERE id IN (SELECT value FROM json_each(?))"


def made_uid(origin: str, origin_key: str, contact_uid: str) -> str:
    """The uid of a check-in or celebration, the same on every device that has this person.

    It is that of the address "rapport:made/ORIGIN/CONTACT/REST" in the namespace of URLs (RFC 9562 section 5.5), where
    REST is the origin key without the contact's number. Two devices that sync with one calendar so put one item there.
    For the first check-in with somebody REST is its last word alone: the days in it count from when they were added
    here, and each device has got to know them on a day of its own.
    """
    parts = origin_key.split(":")
    del parts[_CONTACT_AT[origin]]
    if origin == RHYTHM and parts[-1] == _FIRST:
        parts = [_FIRST]
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"rapport:made/{origin}/{contact_uid}/{':'.join(parts)}"))


def made_uids(rows: sqlite3.Connection, several: Sequence[FollowUpDetails]) -> list[str]:
    """The uids of `made_uid` for check-ins and celebrations, in order."""
    contacts = {details.contact_ids[0] for details in several}
    uids = dict(rows.execute(_UIDS, (json.dumps(list(contacts)),)).fetchall())
    return [made_uid(details.origin, details.origin_key, uids[details.contact_ids[0]]) for details in several]


def rhythm_key(contact_id: int, since: date, due_on: date, *, first: bool = False) -> str:
    """The origin key of a check-in: whose, quiet since when, and due when. None is made twice.

    `first`: there was nothing with them yet, so that it counts from the day they were added here.
    """
    key = f"{contact_id}:{since.isoformat()}:{due_on.isoformat()}"
    return f"{key}:{_FIRST}" if first else key


def quiet_since(key: str) -> date | None:
    """The day that a check-in's origin key counts from; None where it tells none."""
    parts = key.split(":")
    try:
        return date.fromisoformat(parts[1])
    except (IndexError, ValueError):
        return None
