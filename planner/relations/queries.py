"""Questions about the history of relationships, answered in frozen records.

In SQL over the driver's connection, so that a person's page needn't wait until SQLAlchemy is imported: see
`planner.store.plain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, TypeVar

from planner.clock import Clock
from planner.errors import NotFound
from planner.relations import balance, ledger, log_book, memberships
from planner.relations import rows as stored
from planner.relations.ledger import Ledger
from planner.relations.log_book import LogEntry, LogKind
from planner.relations.memberships import Membership
from planner.relations.records import (
    Direction,
    Exchange,
    ExchangeKind,
    GiveAndTake,
    Interaction,
    InteractionKind,
    Introduction,
    IntroductionState,
    Milestone,
    PersonRef,
    Promise,
    PromiseSide,
    PromiseState,
)
from planner.relations.ties import TieSuggestion, Touch, suggest
from planner.store.store import Store
from planner.store.values import from_utc_text, utc_text

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

        with self._store.snapshot() as rows:
            return Timeline(rows, self._clock, contact_id).entries(limit)

    # --- interactions

    def interaction(self, id: int) -> Interaction:
        """One interaction. Raises NotFound."""
        with self._store.snapshot() as rows:
            found = stored.interactions(rows, "SELECT id FROM interaction WHERE id = ?", (id,))
        return _only(found, "entry", id)

    def interactions(self, contact_id: int | None = None, limit: int = 50) -> tuple[Interaction, ...]:
        """The newest interactions, of one contact or of all."""
        ids = _WITH if contact_id is not None else "SELECT id FROM interaction"
        values = () if contact_id is None else (contact_id,)
        with self._store.snapshot() as rows:
            found = stored.interactions(rows, f"{ids} ORDER BY at DESC, interaction.id DESC LIMIT ?", (*values, limit))
        return tuple(found)

    def months(self, contact_id: int, count: int = 12) -> tuple[MonthCount, ...]:
        """Interactions in each of the last months, the present one last."""
        today = self._clock.today()
        index = today.year * 12 + today.month - 1
        first = index - count + 1
        start = self._clock.at(date(first // 12, first % 12 + 1, 1), time())
        counts: dict[int, int] = {}
        with self._store.snapshot() as rows:
            for (moment,) in rows.execute(f"{_MOMENTS} AND at >= ?", (contact_id, utc_text(start))):
                local = self._clock.local(from_utc_text(moment))
                month = local.year * 12 + local.month - 1
                counts[month] = counts.get(month, 0) + 1
        return tuple(MonthCount(m // 12, m % 12 + 1, counts.get(m, 0)) for m in range(first, index + 1))

    def tie(self, contact_id: int) -> TieSuggestion | None:
        """The tie that somebody's history suggests, with the reasons; None without a history."""
        with self._store.snapshot() as rows:
            met = rows.execute(_TOUCHES, (contact_id,)).fetchall()
            exchanged = rows.execute("SELECT direction FROM exchange WHERE contact_id = ?", (contact_id,)).fetchall()
        touches = [Touch(self._clock.local(from_utc_text(at)).date(), InteractionKind(kind)) for at, kind in met]
        return suggest(touches, [Direction(direction) for (direction,) in exchanged], self._clock.today())

    # --- promises, exchanges, milestones, introductions

    def promise(self, id: int) -> Promise:
        """One promise. Raises NotFound."""
        with self._store.snapshot() as rows:
            return _only(stored.promises(rows, "promise.id = ?", (id,)), "promise", id)

    def promises(
        self,
        contact_id: int | None = None,
        state: PromiseState | None = None,
        side: PromiseSide | None = None,
    ) -> tuple[Promise, ...]:
        """Promises, those due first first; without a date last."""
        where, values = _where(("contact_id =", contact_id), ("promise.state =", state), ("direction =", side))
        with self._store.snapshot() as rows:
            order = "ORDER BY due_on IS NULL, due_on, promise.id"
            return tuple(stored.promises(rows, where, values, order))

    def exchanges(
        self,
        contact_id: int | None = None,
        since: date | None = None,
        until: date | None = None,
        direction: Direction | None = None,
        kind: ExchangeKind | None = None,
    ) -> tuple[Exchange, ...]:
        """What was given and received, newest first; each None: any. `until` is the first day that no longer counts."""
        where, values = _where(
            ("contact_id =", contact_id), ('"on" >=', since), ('"on" <', until), ("direction =", direction),
            ("kind =", kind),
        )  # fmt: skip
        with self._store.snapshot() as rows:
            return tuple(stored.exchanges(rows, where, values, 'ORDER BY "on" DESC, exchange.id DESC'))

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
        with self._store.snapshot() as rows:
            return ledger.ledger(rows, direction, kind, contact_id)

    def exchanges_by_id(self, ids: Sequence[int]) -> dict[int, Exchange]:
        """These entries of the ledger; those that are gone are left out."""
        with self._store.snapshot() as rows:
            return ledger.entries(rows, ids)

    def milestones(self, contact_id: int | None = None) -> tuple[Milestone, ...]:
        """Milestones, newest first; not those that are only proposed, or were declined."""
        where, values = _where(("contact_id =", contact_id))
        with self._store.snapshot() as rows:
            return tuple(stored.milestones(rows, f"{where} AND {stored.SETTLED}", values))

    def proposed_milestones(self) -> tuple[Milestone, ...]:
        """News of people that waits to be looked at, newest first."""
        with self._store.snapshot() as rows:
            return tuple(stored.milestones(rows, "state = 'proposed'"))

    def introduction(self, id: int) -> Introduction:
        """One introduction. Raises NotFound."""
        with self._store.snapshot() as rows:
            return _only(stored.introductions(rows, "introduction.id = ?", (id,)), "introduction", id)

    def introductions(
        self, contact_id: int | None = None, state: IntroductionState | None = None
    ) -> tuple[Introduction, ...]:
        """Introductions that a contact is or was part of, or all, newest first."""
        where, values = _where(("state =", state))
        if contact_id is not None:
            where, values = f"{stored.TAKES_PART} AND {where}", (contact_id, *values)
        with self._store.snapshot() as rows:
            return tuple(stored.introductions(rows, where, values, "ORDER BY introduction.id DESC"))

    # --- standing logs, whom they know, what they belong to

    def log(self, contact_id: int, kinds: Iterable[LogKind] | None = None) -> tuple[LogEntry, ...]:
        """One person's standing log, newest first, private entries too: for the eyes of the one who wrote them."""
        with self._store.snapshot() as rows:
            return log_book.read(rows, "log_entry.contact_id = ?", (contact_id,), kinds)

    def achievements(
        self, since: date | None = None, until: date | None = None, *, private: bool = False
    ) -> tuple[LogEntry, ...]:
        """Evidence of achievements and feedback received, oldest first. `until` is the first day that does not count.

        Private entries are left out unless asked for; the difficult log never is among these.
        """
        where, values = _where(('"on" >=', since), ('"on" <', until), ("private =", None if private else 0))
        with self._store.snapshot() as rows:
            found = log_book.read(rows, where, values, (LogKind.ACHIEVEMENT, LogKind.FEEDBACK_RECEIVED))
        return tuple(reversed(found))

    def acquaintances(self, contact_id: int) -> tuple[PersonRef, ...]:
        """Whom somebody knows, by name."""
        with self._store.snapshot() as rows:
            known = [PersonRef(*row) for row in rows.execute(_KNOWN, (contact_id,))]
        return tuple(sorted(known, key=lambda one: one.name.casefold()))

    def memberships(self, contact_id: int | None) -> tuple[Membership, ...]:
        """The memberships of somebody, or for None your own, by name."""
        with self._store.snapshot() as rows:
            found = memberships.read(rows, "contact_id IS ?", (contact_id,))
        return tuple(sorted(found, key=lambda one: one.organisation.casefold()))


_JOINED = "FROM interaction JOIN interaction_contact ON interaction_id = interaction.id WHERE contact_id = ?"
_WITH = f"SELECT interaction.id {_JOINED}"
_MOMENTS = f"SELECT at {_JOINED}"
_TOUCHES = f"SELECT at, kind {_JOINED}"
_KNOWN = """
SELECT id, name FROM contact WHERE id IN (
    SELECT other_id FROM acquaintance WHERE contact_id = ?1
    UNION SELECT contact_id FROM acquaintance WHERE other_id = ?1
)
"""


def _only(found: Sequence[Found], word: str, id: int) -> Found:
    if not found:
        raise NotFound(word, id)
    return found[0]


def _where(*asked: tuple[str, object]) -> tuple[str, tuple[object, ...]]:
    """The condition that of "column =" and value each holds that is asked for (None: any), and its values."""
    chosen = [
        (column, value.isoformat() if isinstance(value, date) else value)
        for column, value in asked
        if value is not None
    ]
    return " AND ".join(("1", *(f"{column} ?" for column, _ in chosen))), tuple(value for _, value in chosen)
