"""Moving everything that refers to one contact to another: history, follow-ups, attendances, cards and the rest.

Which columns refer to a contact is read off the tables themselves, so that a table added later moves too. Only where
two rows may not both stand, because a table wants one row for each contact and event or the like, is there a rule of
its own: the rows are combined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, UniqueConstraint, delete, select, update

from planner.contacts.mapping import CONTACT, PARTS
from planner.followups.records import FollowUpState
from planner.store.tables import Base, FollowUpContactTable, FollowUpTable

Values = dict[str, Any]
#: Of the kept contact's row and the other's: what changes in the kept one.
Combine = Callable[[Values, Values], Values]


class Reference(NamedTuple):
    """A column that names a contact, and the columns that may not repeat together with it."""

    table: Table
    column: Column[Any]
    unique: frozenset[str]


def references() -> tuple[Reference, ...]:
    """Every column that names a contact, but those of its own parts (emails, tags …), which its details hold."""
    own = {table.name for _, table in PARTS}
    found = []
    for table in Base.metadata.sorted_tables:
        if table.name in own:
            continue
        named = [column for column in table.columns if _names_contact(column)]
        found += [Reference(table, column, _unique_with(table, column)) for column in named]
    return tuple(found)


def _unique_with(table: Table, column: Column[Any]) -> frozenset[str]:
    for constraint in table.constraints:
        names = {each.name for each in getattr(constraint, "columns", ())}
        if isinstance(constraint, UniqueConstraint) and column.name in names:
            return frozenset(names - {column.name})
    return frozenset()


def move(connection: Connection, kept: int, other: int, now: datetime) -> None:
    """Let everything that names `other` name `kept`. The other contact's own row and parts stay as they are."""
    _follow_up_keys(connection, kept, other, now)
    for table, column, unique in references():
        if not unique:
            connection.execute(update(table).where(column == other).values({column.name: kept}))
            continue
        for row in connection.execute(select(table).where(column == other)).mappings().all():
            _move_unique(connection, Reference(table, column, unique), dict(row), kept)


def _move_unique(connection: Connection, reference: Reference, row: Values, kept: int) -> None:
    table, column, unique = reference
    moved = {column.name: kept}
    contacts = {name: row[name] for name in unique if _names_contact(table.c[name])}
    if kept in contacts.values():
        # That they know each other, or are not the same, says nothing any more.
        connection.execute(delete(table).where(table.c.id == row["id"]))
        return
    same = [column == kept, *(table.c[name] == row[name] for name in unique)]
    there = connection.execute(select(table).where(*same)).mappings().first()
    if there is None:
        connection.execute(update(table).where(table.c.id == row["id"]).values(moved))
        return
    changes = _COMBINED.get(table.name, _nothing)(dict(there), row)
    if changes:
        connection.execute(update(table).where(table.c.id == there["id"]).values(changes))
    for child, owner in _children(table):
        connection.execute(update(child).where(owner == row["id"]).values({owner.name: there["id"]}))
    connection.execute(delete(table).where(table.c.id == row["id"]))


def _names_contact(column: Column[Any]) -> bool:
    return any(key.column is CONTACT.c.id for key in column.foreign_keys)


def _children(table: Table) -> list[tuple[Table, Column[Any]]]:
    """What belongs to a row of this table, such as the preparation of an attendance."""
    return [
        (each, column)
        for each in Base.metadata.sorted_tables
        for column in each.columns
        if any(key.column is table.c.id for key in column.foreign_keys)
    ]


def _attendance(kept: Values, other: Values) -> Values:
    wishes, outcomes, parts = ("must", "would", ""), ("met", "missed", ""), ("host", "speaker", "attendee")
    return {
        "wish": min(kept["wish"], other["wish"], key=_rank(wishes)),
        "outcome": min(kept["outcome"], other["outcome"], key=_rank(outcomes)),
        "part": min(kept["part"], other["part"], key=_rank(parts)),
        "said": together(kept["said"], other["said"], "\n"),
        "note": together(kept["note"], other["note"], "; "),
    }


def _rank(order: Collection[str]) -> Callable[[str], int]:
    places = {value: place for place, value in enumerate(order)}
    # A value of a later program stands before the last, which says the least.
    return lambda value: places.get(value, len(places) - 2)


def _acquaintance(kept: Values, other: Values) -> Values:
    return {"how": together(kept["how"], other["how"], "; ")}


def _membership(kept: Values, other: Values) -> Values:
    return {
        "role": together(kept["role"], other["role"], "; "),
        "since": min((day for day in (kept["since"], other["since"]) if day is not None), default=None),
        "volunteering": together(kept["volunteering"], other["volunteering"], "; "),
    }


def _invitation(kept: Values, other: Values) -> Values:
    # The invitation that still holds, and the later of the answers.
    names = ("uid", "sequence", "address", "state", "invited_at")
    holds = other if kept["state"] != "invited" and other["state"] == "invited" else kept
    answers = [one for one in (kept, other) if one["answer"] and one["answered_at"] is not None]
    answered = max(answers, key=lambda one: one["answered_at"], default=kept if kept["answer"] else other)
    return {name: holds[name] for name in names} | {name: answered[name] for name in ("answer", "answered_at")}


def _nothing(_kept: Values, _other: Values) -> Values:
    return {}


#: How two rows become one, by table. Those not named here say nothing but who belongs to what.
_COMBINED: dict[str, Combine] = {
    "attendance": _attendance,
    "acquaintance": _acquaintance,
    "invitation": _invitation,
    "membership": _membership,
}


def together(mine: str, theirs: str, between: str) -> str:
    """Two texts as one, none twice."""
    if not mine or not theirs or theirs in mine.split(between):
        return mine or theirs
    return f"{mine}{between}{theirs}"


def _follow_up_keys(connection: Connection, kept: int, other: int, now: datetime) -> None:
    """Let the keys of made follow-ups name the kept contact, so that none is made again for it.

    A check-in or a birthday that both have open is one thing to do: the other's is dropped.
    """
    table, belongs = FollowUpTable.__table__, FollowUpContactTable.__table__
    assert isinstance(table, Table)
    assert isinstance(belongs, Table)
    of = select(table).join(belongs, belongs.c.followup_id == table.c.id).where(table.c.origin_key != "")
    mine = connection.execute(of.where(belongs.c.contact_id == kept)).mappings().all()
    keys = {row["origin_key"] for row in mine}
    checking_in = any(row["origin"] == "rhythm" and row["state"] == FollowUpState.OPEN.value for row in mine)
    for row in connection.execute(of.where(belongs.c.contact_id == other)).mappings().all():
        key = _key_for(row["origin"], row["origin_key"], kept, other)
        if key == row["origin_key"]:
            continue
        double = key in keys or (row["origin"] == "rhythm" and checking_in)
        values: Values = {} if key in keys else {"origin_key": key}
        if double and row["state"] == FollowUpState.OPEN.value:
            values |= {"state": FollowUpState.DROPPED.value, "closed_at": now, "updated_at": now}
        if values:
            connection.execute(update(table).where(table.c.id == row["id"]).values(values))


#: Where, in the key of a follow-up of that origin, its contact's number stands.
_PLACES = {"rhythm": 0, "milestone": 1, "plan": 3}


def _key_for(origin: str, key: str, kept: int, other: int) -> str:
    parts, place = key.split(":"), _PLACES.get(origin)
    if place is None or len(parts) < 3 or len(parts) <= place or parts[place] != str(other):
        return key
    parts[place] = str(kept)
    return ":".join(parts)
