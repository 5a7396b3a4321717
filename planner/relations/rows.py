"""Rows of the history as records, for whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from planner.relations import introducing, writing
from planner.relations.records import (
    Direction,
    Exchange,
    ExchangeKind,
    Interaction,
    InteractionKind,
    Introduction,
    Milestone,
    MilestoneKind,
    PersonRef,
    Promise,
    PromiseSide,
    PromiseState,
)
from planner.store.tables import (
    ContactTable,
    EventTable,
    ExchangeTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
    MilestoneTable,
    PromiseTable,
)


def read_interactions(session: Session, ids: Select[int]) -> list[Interaction]:
    """The interactions that a statement names by id, in its order."""
    wanted = list(session.scalars(ids))
    people: dict[int, list[PersonRef]] = {}
    for interaction_id, contact_id, name in session.execute(
        select(InteractionContactTable.interaction_id, ContactTable.id, ContactTable.name)
        .join(ContactTable, ContactTable.id == InteractionContactTable.contact_id)
        .where(InteractionContactTable.interaction_id.in_(wanted))
        .order_by(InteractionContactTable.id)
    ):
        people.setdefault(interaction_id, []).append(PersonRef(contact_id, name))
    rows = session.execute(
        select(InteractionTable, EventTable.title)
        .outerjoin(EventTable, EventTable.id == InteractionTable.event_id)
        .where(InteractionTable.id.in_(wanted))
    )
    records = {row.id: to_interaction(row, title, people.get(row.id, ())) for row, title in rows}
    return [records[id] for id in wanted if id in records]


def to_interaction(row: InteractionTable, event_title: str | None, people: Iterable[PersonRef]) -> Interaction:
    """A row as a record."""
    return Interaction(
        id=row.id,
        uid=row.uid,
        kind=InteractionKind(row.kind),
        at=row.at,
        has_time=row.has_time,
        text=row.text,
        contacts=tuple(people),
        minutes=row.minutes,
        place=row.place,
        private=row.private,
        event_id=row.event_id,
        event_title=event_title or "",
    )


def select_promises() -> Select[PromiseTable, str, str | None]:
    """Promises with their contact's name and their event's title."""
    return (
        select(PromiseTable, ContactTable.name, EventTable.title)
        .join(ContactTable, ContactTable.id == PromiseTable.contact_id)
        .outerjoin(EventTable, EventTable.id == PromiseTable.event_id)
    )


def to_promise(row: PromiseTable, name: str, event_title: str | None) -> Promise:
    """A row as a record."""
    return Promise(
        id=row.id,
        contact=PersonRef(row.contact_id, name),
        side=PromiseSide(row.direction),
        text=row.text,
        made_on=row.made_on,
        due_on=row.due_on,
        state=PromiseState(row.state),
        closed_on=row.closed_on,
        interaction_id=row.interaction_id,
        event_id=row.event_id,
        event_title=event_title or "",
    )


def select_exchanges() -> Select[ExchangeTable, str]:
    """Exchanges with their contact's name."""
    return select(ExchangeTable, ContactTable.name).join(ContactTable, ContactTable.id == ExchangeTable.contact_id)


def to_exchange(row: ExchangeTable, name: str) -> Exchange:
    """A row as a record."""
    return Exchange(
        id=row.id,
        contact=PersonRef(row.contact_id, name),
        direction=Direction(row.direction),
        kind=ExchangeKind(row.kind),
        on=row.on,
        text=row.text,
        link=row.link,
        interaction_id=row.interaction_id,
        event_id=row.event_id,
    )


def select_milestones() -> Select[MilestoneTable, str]:
    """Milestones with their contact's name."""
    return select(MilestoneTable, ContactTable.name).join(ContactTable, ContactTable.id == MilestoneTable.contact_id)


def to_milestone(row: MilestoneTable, name: str) -> Milestone:
    """A row as a record."""
    return Milestone(row.id, PersonRef(row.contact_id, name), MilestoneKind(row.kind), row.on, row.text, row.state)


def part_of_introduction(contact_id: int) -> Any:
    """The condition that a contact is one side of an introduction or the one who makes it."""
    return or_(
        IntroductionTable.a_id == contact_id,
        IntroductionTable.b_id == contact_id,
        IntroductionTable.introducer_id == contact_id,
    )


def to_introductions(session: Session, rows: Sequence[IntroductionTable]) -> list[Introduction]:
    """Rows as records, with the names of everyone in them."""
    ids = {id for row in rows for id in (row.a_id, row.b_id, row.introducer_id) if id is not None}
    names = writing.names(session, tuple(ids))
    return [introducing.to_record(row, names) for row in rows]
