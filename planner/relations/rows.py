"""Rows of the history as records, for whoever reads them.

In SQL over the driver's connection, so that a person's page needn't wait until SQLAlchemy is imported and every table
mapped: see `planner.store.plain`. `where` and `rest`, such as an order, are SQL; what was typed in goes into `values`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from planner.relations.records import (
    Consent,
    Direction,
    Exchange,
    ExchangeKind,
    Interaction,
    InteractionKind,
    Introduction,
    IntroductionState,
    Milestone,
    MilestoneKind,
    PersonRef,
    Promise,
    PromiseSide,
    PromiseState,
)
from planner.store.values import day_of, from_utc_text

_AMONG = "IN (SELECT value FROM json_each(?))"
_INTERACTIONS = f"""
SELECT interaction.id, interaction.uid, interaction.kind, at, has_time, text, minutes, interaction.place, private,
    event_id, event.title
FROM interaction LEFT JOIN event ON event.id = event_id WHERE interaction.id {_AMONG}
"""
_PART = f"""
SELECT interaction_id, contact.id, contact.name
FROM interaction_contact JOIN contact ON contact.id = interaction_contact.contact_id
WHERE interaction_id {_AMONG} ORDER BY interaction_contact.id
"""
_PROMISES = """
SELECT promise.id, contact_id, contact.name, direction, text, made_on, due_on, promise.state, closed_on,
    interaction_id, event_id, event.title
FROM promise JOIN contact ON contact.id = contact_id LEFT JOIN event ON event.id = event_id
"""
_EXCHANGES = """
SELECT exchange.id, contact_id, contact.name, direction, kind, "on", text, link, interaction_id, event_id
FROM exchange JOIN contact ON contact.id = contact_id
"""
_MILESTONES = """
SELECT milestone.id, contact_id, contact.name, kind, "on", text, state
FROM milestone JOIN contact ON contact.id = contact_id
"""
_INTRODUCTIONS = """
SELECT introduction.id, a_id, a.name, b_id, b.name, introducer_id, introducer.name, reason, created_on,
    a_asked_on, a_consent, b_asked_on, b_consent, made_on, outcome, thanked_on, state,
    introducer_asked_on, introducer_consent
FROM introduction JOIN contact AS a ON a.id = a_id LEFT JOIN contact AS b ON b.id = b_id
LEFT JOIN contact AS introducer ON introducer.id = introducer_id
"""


def names(rows: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """The shown names of these contacts."""
    found = rows.execute(f"SELECT id, name FROM contact WHERE id {_AMONG}", (json.dumps(list(contact_ids)),))
    return dict(found.fetchall())


def interactions(rows: sqlite3.Connection, ids: str, values: Sequence[object] = ()) -> list[Interaction]:
    """The interactions that a selection names by id, in its order."""
    wanted = [id for (id,) in rows.execute(ids, values)]
    among = (json.dumps(wanted),)
    people: dict[int, list[PersonRef]] = {}
    for interaction_id, contact_id, name in rows.execute(_PART, among):
        people.setdefault(interaction_id, []).append(PersonRef(contact_id, name))
    records = {}
    for id, uid, kind, at, has_time, text, minutes, place, private, event_id, title in rows.execute(
        _INTERACTIONS, among
    ):
        records[id] = Interaction(
            id=id,
            uid=uid,
            kind=InteractionKind(kind),
            at=from_utc_text(at),
            has_time=bool(has_time),
            text=text,
            contacts=tuple(people.get(id, ())),
            minutes=minutes,
            place=place,
            private=bool(private),
            event_id=event_id,
            event_title=title or "",
        )
    return [records[id] for id in wanted if id in records]


def promises(
    rows: sqlite3.Connection, where: str, values: Sequence[object] = (), rest: str = "ORDER BY promise.id"
) -> list[Promise]:
    """The promises that meet a condition."""
    return [_promise(row) for row in rows.execute(f"{_PROMISES} WHERE {where} {rest}", values)]


def _promise(row: Sequence[Any]) -> Promise:
    (
        id, contact_id, name, direction, text, made_on, due_on, state, closed_on, interaction_id, event_id, title,
    ) = row  # fmt: skip
    return Promise(
        id=id,
        contact=PersonRef(contact_id, name),
        side=PromiseSide(direction),
        text=text,
        made_on=date.fromisoformat(made_on),
        due_on=day_of(due_on),
        state=PromiseState(state),
        closed_on=day_of(closed_on),
        interaction_id=interaction_id,
        event_id=event_id,
        event_title=title or "",
    )


def exchanges(
    rows: sqlite3.Connection, where: str, values: Sequence[object] = (), rest: str = "ORDER BY exchange.id"
) -> list[Exchange]:
    """The exchanges that meet a condition."""
    return [
        Exchange(
            id=id,
            contact=PersonRef(contact_id, name),
            direction=Direction(direction),
            kind=ExchangeKind(kind),
            on=date.fromisoformat(on),
            text=text,
            link=link,
            interaction_id=interaction_id,
            event_id=event_id,
        )
        for id, contact_id, name, direction, kind, on, text, link, interaction_id, event_id in rows.execute(
            f"{_EXCHANGES} WHERE {where} {rest}", values
        )
    ]


#: The condition that a milestone is neither only proposed nor was declined.
SETTLED = "state NOT IN ('proposed', 'declined')"


def milestones(
    rows: sqlite3.Connection,
    where: str,
    values: Sequence[object] = (),
    rest: str = 'ORDER BY "on" DESC, milestone.id DESC',
) -> list[Milestone]:
    """The milestones that meet a condition, the newest first."""
    return [
        Milestone(id, PersonRef(contact_id, name), MilestoneKind(kind), date.fromisoformat(on), text, state)
        for id, contact_id, name, kind, on, text, state in rows.execute(f"{_MILESTONES} WHERE {where} {rest}", values)
    ]


#: The condition that a contact is a side of an introduction or the one who makes it.
TAKES_PART = "(a_id = ?1 OR b_id = ?1 OR introducer_id = ?1)"


def introductions(
    rows: sqlite3.Connection, where: str, values: Sequence[object] = (), rest: str = "ORDER BY introduction.id"
) -> list[Introduction]:
    """The introductions that meet a condition, with the names of everyone in them."""
    return [_introduction(row) for row in rows.execute(f"{_INTRODUCTIONS} WHERE {where} {rest}", values)]


def _introduction(row: Sequence[Any]) -> Introduction:
    (
        id, a_id, a_name, b_id, b_name, introducer_id, introducer_name, reason, created_on, a_asked_on, a_consent,
        b_asked_on, b_consent, made_on, outcome, thanked_on, state, introducer_asked_on, introducer_consent,
    ) = row  # fmt: skip
    return Introduction(
        id=id,
        a=PersonRef(a_id, a_name),
        b=None if b_id is None else PersonRef(b_id, b_name or ""),
        introducer=None if introducer_id is None else PersonRef(introducer_id, introducer_name or ""),
        reason=reason,
        created_on=date.fromisoformat(created_on),
        a_asked_on=day_of(a_asked_on),
        a_consent=Consent(a_consent),
        b_asked_on=day_of(b_asked_on),
        b_consent=Consent(b_consent),
        made_on=day_of(made_on),
        outcome=outcome,
        thanked_on=day_of(thanked_on),
        state=IntroductionState(state),
        introducer_asked_on=day_of(introducer_asked_on),
        introducer_consent=Consent(introducer_consent),
    )
