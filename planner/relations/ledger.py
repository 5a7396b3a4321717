"""The ledger of give and take over everybody: which entries, and how many went each way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.relations.records import Direction, Exchange, ExchangeKind
from planner.relations.rows import select_exchanges, to_exchange
from planner.store.tables import ExchangeTable


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries by id, newest first, and how many of them were given and received."""

    ids: tuple[int, ...] = ()
    given: int = 0
    received: int = 0


def ledger(
    session: Session,
    direction: Direction | None = None,
    kind: ExchangeKind | None = None,
    contact_id: int | None = None,
) -> Ledger:
    """The entries of one direction, of one kind, with one contact; None: any."""
    conditions: list[Any] = []
    if direction is not None:
        conditions.append(ExchangeTable.direction == direction.value)
    if kind is not None:
        conditions.append(ExchangeTable.kind == kind.value)
    if contact_id is not None:
        conditions.append(ExchangeTable.contact_id == contact_id)
    statement = select(ExchangeTable.id, ExchangeTable.direction).where(*conditions)
    rows = session.execute(statement.order_by(ExchangeTable.on.desc(), ExchangeTable.id.desc())).all()
    given = sum(way == Direction.GIVEN.value for _, way in rows)
    return Ledger(tuple(id for id, _ in rows), given, len(rows) - given)


def entries(session: Session, ids: Sequence[int]) -> dict[int, Exchange]:
    """These entries by id; those that are gone are left out."""
    rows = session.execute(select_exchanges().where(ExchangeTable.id.in_(ids)))
    return {found.id: found for found in (to_exchange(*row) for row in rows)}
