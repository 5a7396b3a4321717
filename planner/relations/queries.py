"""Questions about the history of relationships, answered in frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from planner.clock import Clock
from planner.errors import NotFound
from planner.relations import balance, ledger
from planner.relations.ledger import Ledger
from planner.relations.records import (
    Direction,
    Exchange,
    ExchangeKind,
    GiveAndTake,
    Interaction,
    Introduction,
    IntroductionState,
    Milestone,
    Promise,
    PromiseSide,
    PromiseState,
)
from planner.relations.rows import (
    part_of_introduction,
    read_interactions,
    select_exchanges,
    select_milestones,
    select_promises,
    to_exchange,
    to_introductions,
    to_milestone,
    to_promise,
)
from planner.store.store import Store
from planner.store.tables import (
    ExchangeTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
    MilestoneTable,
    PromiseTable,
)

if TYPE_CHECKING:
    from planner.relations.story import StoryEntry

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many interactions fell into a month of the person's calendar."""

    year: int
    month: int
    interactions: int


class RelationQueries:
    """What happened, what is owed, and what went each way."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def story(self, contact_id: int, limit: int | None = None) -> tuple[StoryEntry, ...]:
        """The timeline of one relationship, newest first: a dozen short queries, however long the history is."""
        from planner.relations.timeline import Timeline  # late: no page but one person's has use for it

        with self._store.read() as session:
            return Timeline(session, self._clock, contact_id).entries(limit)

    # --- interactions

    def interaction(self, id: int) -> Interaction:
        """One interaction. Raises NotFound."""
        with self._store.read() as session:
            found = read_interactions(session, select(InteractionTable.id).where(InteractionTable.id == id))
        if not found:
            raise NotFound("entry", id)
        return found[0]

    def interactions(self, contact_id: int | None = None, limit: int = 50) -> tuple[Interaction, ...]:
        """The newest interactions, of one contact or of all."""
        ids = select(InteractionTable.id).order_by(InteractionTable.at.desc(), InteractionTable.id.desc()).limit(limit)
        if contact_id is not None:
            ids = ids.join(
                InteractionContactTable, InteractionContactTable.interaction_id == InteractionTable.id
            ).where(InteractionContactTable.contact_id == contact_id)
        with self._store.read() as session:
            return tuple(read_interactions(session, ids))

    def months(self, contact_id: int, count: int = 12) -> tuple[MonthCount, ...]:
        """Interactions in each of the last months, the present one last."""
        today = self._clock.today()
        index = today.year * 12 + today.month - 1
        first = index - count + 1
        start = self._clock.at(date(first // 12, first % 12 + 1, 1), time())
        counts: dict[int, int] = {}
        with self._store.read() as session:
            moments = session.scalars(
                select(InteractionTable.at)
                .join(InteractionContactTable, InteractionContactTable.interaction_id == InteractionTable.id)
                .where(InteractionContactTable.contact_id == contact_id, InteractionTable.at >= start)
            )
            for moment in moments:
                local = self._clock.local(moment)
                month = local.year * 12 + local.month - 1
                counts[month] = counts.get(month, 0) + 1
        return tuple(MonthCount(m // 12, m % 12 + 1, counts.get(m, 0)) for m in range(first, index + 1))

    # --- promises, exchanges, milestones, introductions

    def promise(self, id: int) -> Promise:
        """One promise. Raises NotFound."""
        return _only(self._promises(PromiseTable.id == id), "promise", id)

    def promises(
        self,
        contact_id: int | None = None,
        state: PromiseState | None = None,
        side: PromiseSide | None = None,
    ) -> tuple[Promise, ...]:
        """Promises, those due first first; without a date last."""
        conditions: list[Any] = []
        if contact_id is not None:
            conditions.append(PromiseTable.contact_id == contact_id)
        if state is not None:
            conditions.append(PromiseTable.state == state.value)
        if side is not None:
            conditions.append(PromiseTable.direction == side.value)
        return self._promises(*conditions)

    def _promises(self, *conditions: Any) -> tuple[Promise, ...]:
        statement = select_promises().where(*conditions)
        statement = statement.order_by(PromiseTable.due_on.is_(None), PromiseTable.due_on, PromiseTable.id)
        with self._store.read() as session:
            return tuple(to_promise(*row) for row in session.execute(statement))

    def exchanges(
        self, contact_id: int | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[Exchange, ...]:
        """What was given and received, newest first. `until` is the first day that no longer counts."""
        statement = select_exchanges().where(*_exchange_conditions(contact_id, since, until))
        statement = statement.order_by(ExchangeTable.on.desc(), ExchangeTable.id.desc())
        with self._store.read() as session:
            return tuple(to_exchange(*row) for row in session.execute(statement))

    def give_and_take(
        self, since: date | None = None, until: date | None = None, contact_id: int | None = None
    ) -> GiveAndTake:
        """How often value went each way, by kind. `until` is the first day that no longer counts."""
        with self._store.snapshot() as rows:
            return balance.give_and_take(rows, since, until, contact_id)

    def ledger(
        self, direction: Direction | None = None, kind: ExchangeKind | None = None, contact_id: int | None = None
    ) -> Ledger:
        """What went either way with everybody, newest first, by id; each None: any."""
        with self._store.read() as session:
            return ledger.ledger(session, direction, kind, contact_id)

    def exchanges_by_id(self, ids: Sequence[int]) -> dict[int, Exchange]:
        """These entries of the ledger; those that are gone are left out."""
        with self._store.read() as session:
            return ledger.entries(session, ids)

    def milestones(self, contact_id: int | None = None) -> tuple[Milestone, ...]:
        """Milestones, newest first; not those that are only proposed, or were declined."""
        statement = select_milestones().where(MilestoneTable.state.not_in(("proposed", "declined")))
        statement = statement.order_by(MilestoneTable.on.desc(), MilestoneTable.id.desc())
        if contact_id is not None:
            statement = statement.where(MilestoneTable.contact_id == contact_id)
        with self._store.read() as session:
            return tuple(to_milestone(*row) for row in session.execute(statement))

    def introduction(self, id: int) -> Introduction:
        """One introduction. Raises NotFound."""
        return _only(self._introductions(IntroductionTable.id == id), "introduction", id)

    def introductions(
        self, contact_id: int | None = None, state: IntroductionState | None = None
    ) -> tuple[Introduction, ...]:
        """Introductions that a contact is or was part of, or all, newest first."""
        conditions: list[Any] = []
        if contact_id is not None:
            conditions.append(part_of_introduction(contact_id))
        if state is not None:
            conditions.append(IntroductionTable.state == state.value)
        return self._introductions(*conditions)

    def _introductions(self, *conditions: Any) -> tuple[Introduction, ...]:
        statement = select(IntroductionTable).where(*conditions).order_by(IntroductionTable.id.desc())
        with self._store.read() as session:
            return tuple(to_introductions(session, session.scalars(statement).all()))


def _only(found: Sequence[Found], word: str, id: int) -> Found:
    if not found:
        raise NotFound(word, id)
    return found[0]


def _exchange_conditions(contact_id: int | None, since: date | None, until: date | None) -> list[Any]:
    conditions: list[Any] = []
    if contact_id is not None:
        conditions.append(ExchangeTable.contact_id == contact_id)
    if since is not None:
        conditions.append(ExchangeTable.on >= since)
    if until is not None:
        conditions.append(ExchangeTable.on < until)
    return conditions
