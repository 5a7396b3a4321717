"""The question bank: what comes with the program, and the person's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.contacts.records import Role
from planner.errors import Invalid
from planner.events import writing
from planner.events.records import BankQuestion, EventKind
from planner.folding import fold
from planner.paths import resource
from planner.store.store import Store
from planner.store.tables import QuestionTable

#: The section of the bank for informational interviews, whatever the person's role.
INTERVIEW = "interview"


class Questions:
    """Commands on the person's own questions; those that come with the program stay as they are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, text: str, role: str = "") -> Changes:
        """Keep a question for a role, "" for everyone."""
        line = " ".join(text.split())
        if not line:
            raise Invalid("Question", "write it first")
        with self._store.write("keep a question") as work:
            position = (work.session.scalar(select(func.max(QuestionTable.position))) or 0) + 1
            work.session.add(QuestionTable(role=role, text=line, position=position))
        return work.changes

    def delete(self, question_id: int) -> Changes:
        """Delete one of the person's own questions."""
        with self._store.write("delete a question") as work:
            work.session.delete(writing.one(work.session, QuestionTable, question_id, "question"))
        return work.changes


@cache
def built_in() -> tuple[BankQuestion, ...]:
    """The questions that come with the program."""
    entries = json.loads(resource("events", "questions.json").read_text(encoding="utf-8"))
    return tuple(BankQuestion(entry["text"], entry["role"]) for entry in entries)


def own(session: Session) -> tuple[BankQuestion, ...]:
    """The person's own questions, in their order."""
    rows = session.scalars(select(QuestionTable).order_by(QuestionTable.position, QuestionTable.id))
    return tuple(BankQuestion(row.text, row.role, row.id) for row in rows)


def suited(
    bank: Iterable[BankQuestion], kind: EventKind, roles: Collection[Role], asked: Iterable[str] = ()
) -> tuple[BankQuestion, ...]:
    """The questions that suit a talk, without those there already.

    Own questions stand first within their section; sections run from the most particular: the interview's, the roles'
    in their order, then those for everyone.
    """
    sections = [INTERVIEW] if kind is EventKind.INFORMATIONAL_INTERVIEW else []
    sections += [role.value for role in roles]
    sections.append("")
    there = {fold(text) for text in asked}
    suitable = [question for question in bank if question.role in sections and fold(question.text) not in there]
    return tuple(sorted(suitable, key=lambda question: (sections.index(question.role), question.id is None)))
