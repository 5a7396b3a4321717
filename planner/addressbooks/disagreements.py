"""People about whom both sides differ, and the person's choice.

A choice only rewrites what both sides are remembered to have agreed on; the next run then sees a change on one side
alone and carries it over. Deleting somebody here is a command of its own, which Undo takes back.
"""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.choosing import ManyChosen, choose_many, put_back
from planner.accounts.memory import LEFT_OUT
from planner.addressbooks.fields import LABELS, in_words
from planner.addressbooks.records import FieldChoice, PersonDisagreement, Question
from planner.addressbooks.standing import to_text
from planner.changes import Changes
from planner.contacts import writing
from planner.errors import NotFound
from planner.store.store import Store
from planner.store.tables import CollectionItemTable, CollectionTable


class PeopleDisagreements:
    """What sync of address books leaves to the person, across all accounts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[PersonDisagreement, ...]:
        """Everyone who waits for a choice, oldest first."""
        table = CollectionItemTable
        statement = (
            select(table.id, table.conflict, CollectionTable.account_id)
            .join(CollectionTable, CollectionTable.id == table.collection_id)
            .where(CollectionTable.purpose == "people", table.conflict != "", table.conflict != LEFT_OUT)
            .order_by(table.id)
        )
        with self._store.read() as session:
            return tuple(_disagreement(*row) for row in session.execute(statement))

    def keep_mine(self, id: int) -> None:
        """What is here holds: the next run writes it there, and puts back or deletes the card there."""
        with self._store.record() as session:
            row, asked = _one(session, id)
            match asked["question"]:
                case Question.BOTH_CHANGED.value:
                    _settle(row, asked, 1)
                case Question.GONE_THERE.value:
                    session.delete(row)
                case _:
                    # As if both had agreed on what stands there by now, and it was deleted here since.
                    facts = json.loads(row.facts)
                    row.facts, row.conflict = to_text(facts | {"fields": asked["theirs"]}), ""

    def take_theirs(self, id: int) -> Changes:
        """What stands there holds: the next run carries it over. Somebody deleted there is deleted here, with undo."""
        changes = Changes()
        with self._store.read() as session:
            row, asked = _one(session, id)
            uid = row.uid
            contact = writing.by_uid(session, uid) if asked["question"] == Question.GONE_THERE.value else None
        if contact is not None:
            with self._store.write(f"delete {asked['name']}") as work:
                writing.remove(work.session, (contact,))
            changes = work.changes
        with self._store.record() as session:
            row, asked = _one(session, id)
            if asked["question"] == Question.BOTH_CHANGED.value:
                _settle(row, asked, 0)
            else:
                session.delete(row)  # the card is received anew
                _compare_all(session, row.collection_id)
        return changes

    def choose_all(self, *, mine: bool) -> ManyChosen:
        """Choose for everyone whom both sides have. Whom one side deleted still waits: that is decided one by one."""

        def choose(_session: Session, row: CollectionItemTable) -> None:
            _settle(row, json.loads(row.conflict), 1 if mine else 0)

        waiting = [one.id for one in self.all() if one.question is Question.BOTH_CHANGED]
        return choose_many(self._store, waiting, choose)

    def put_back(self, chosen: ManyChosen) -> int:
        """Take back `choose_all` for those whom no run has dealt with yet; returns for how many."""
        return put_back(self._store, chosen)

    def keep_here_only(self, id: int) -> None:
        """Somebody who was deleted there stays here, and is not put there again."""
        with self._store.record() as session:
            row, _ = _one(session, id)
            row.path, row.etag, row.fingerprint, row.facts = f"gone:{row.uid}", "", "", ""
            row.conflict = LEFT_OUT


def _settle(row: CollectionItemTable, asked: dict[str, object], side: int) -> None:
    """As if both had agreed on one side's values (0 ours, 1 theirs), and the other had changed them since."""
    ours, facts = json.loads(row.fingerprint), json.loads(row.facts)
    fields = asked["fields"]
    assert isinstance(fields, dict)
    for name, values in fields.items():
        ours[name] = facts["fields"][name] = values[side]
    row.fingerprint, row.facts, row.conflict = to_text(ours), to_text(facts), ""


def _compare_all(session: Session, collection_id: int) -> None:
    collection = session.get(CollectionTable, collection_id)
    if collection is not None:
        collection.token = ""


def _one(session: Session, id: int) -> tuple[CollectionItemTable, dict[str, object]]:
    row = session.get(CollectionItemTable, id)
    if row is None or not row.conflict or row.conflict == LEFT_OUT:
        raise NotFound("disagreement", id)
    return row, json.loads(row.conflict)


def _disagreement(id: int, conflict: str, account_id: int) -> PersonDisagreement:
    asked = json.loads(conflict)
    fields = tuple(
        FieldChoice(LABELS.get(name, name), in_words(name, ours), in_words(name, theirs))
        for name, (ours, theirs) in asked["fields"].items()
    )
    return PersonDisagreement(id, account_id, asked["name"], Question(asked["question"]), fields)
