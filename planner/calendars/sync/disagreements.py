"""Items that were changed on both sides, and the person's choice between the two facts.

A choice only rewrites what both sides are remembered to have agreed on; the next run then sees a change on one side
alone and carries it over.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.choosing import ManyChosen, choose_many, put_back
from planner.accounts.memory import LEFT_OUT, conflict_sides
from planner.calendars.records import EntryState
from planner.calendars.sync.item import Facts
from planner.calendars.sync.records import Disagreement, Side
from planner.errors import NotFound
from planner.store.store import Store
from planner.store.tables import CollectionItemTable, CollectionTable, EventTable, FollowUpTable


class Disagreements:
    """What sync leaves to the person, across all accounts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Disagreement, ...]:
        """Every item that waits for a choice, oldest first."""
        table = CollectionItemTable
        with self._store.read() as session:
            rows = session.scalars(
                select(table)
                .join(CollectionTable, CollectionTable.id == table.collection_id)
                .where(CollectionTable.purpose != "people", table.conflict != "", table.conflict != LEFT_OUT)
                .order_by(table.id)
            )
            found = []
            for row in rows:
                ours, theirs = conflict_sides(row.conflict)
                found.append(Disagreement(row.id, row.uid, _title(session, row), _side(ours), _side(theirs)))
            return tuple(found)

    def choose_here(self, id: int) -> None:
        """What is here holds; the next run writes it there."""
        with self._store.record() as session:
            _here(session, _one(session, id))

    def choose_there(self, id: int) -> None:
        """What is in the calendar holds; the next run takes it over."""
        with self._store.record() as session:
            _there(session, _one(session, id))

    def choose_all(self, *, mine: bool) -> ManyChosen:
        """Choose for everything that stands on both sides. What one side deleted still waits: that is one by one."""
        return choose_many(self._store, [one.id for one in self.all() if one.both_stand], _here if mine else _there)

    def put_back(self, chosen: ManyChosen) -> int:
        """Take back `choose_all` for what no run has dealt with yet; returns for how many."""
        return put_back(self._store, chosen)


def _here(session: Session, row: CollectionItemTable) -> None:
    _, theirs = conflict_sides(row.conflict)
    if theirs:
        # As if both had agreed on theirs, and we had changed it since.
        row.facts, row.fingerprint, row.etag, row.conflict = theirs, "", "", ""
    else:
        session.delete(row)  # it was deleted there: put it there anew


def _there(session: Session, row: CollectionItemTable) -> None:
    ours, _ = conflict_sides(row.conflict)
    if ours:
        # As if both had agreed on ours, and they had changed it since. What ours looked like before does not go with
        # these facts: were it kept, going back to it here before the next run would pass for no change at all.
        row.facts, row.fingerprint, row.etag, row.conflict = ours, "", "", ""
    else:
        session.delete(row)  # it no longer exists here, so it stays in the calendar as anybody else's


def _one(session: Session, id: int) -> CollectionItemTable:
    row = session.get(CollectionItemTable, id)
    if row is None or not row.conflict:
        raise NotFound("disagreement", id)
    return row


def _side(text: str) -> Side:
    if not text:
        return Side(None, EntryState.CANCELLED, deleted=True)
    facts = Facts.from_text(text)
    return Side(facts.when, facts.state)


def _title(session: Session, row: CollectionItemTable) -> str:
    for table in (FollowUpTable, EventTable):
        if title := session.scalar(select(table.title).where(table.uid == row.uid)):
            return str(title)
    return row.uid
