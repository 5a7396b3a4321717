"""Career goals: what you work towards, who is there already, and who could open the door."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.followups import writing as followups
from planner.relations import writing
from planner.store.store import Store
from planner.store.tables import AcquaintanceTable, ContactTable, GoalContactTable, GoalTable


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as it is typed in.

    `fields` and `organisations` are where it leads, `contact_ids` people who matter to it, `until` the day you mean to
    be there.
    """

    title: str
    why: str = ""
    fields: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    contact_ids: tuple[int, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One stored goal. `there` are the contacts who are where it leads, `doors` those who know one of them."""

    id: int
    draft: GoalDraft
    created_on: date
    is_open: bool
    there: tuple[int, ...] = ()
    doors: tuple[int, ...] = ()


class Goals:
    """Commands and questions about goals."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(self, draft: GoalDraft) -> Changes:
        """Add a goal. Raises Invalid without words."""
        with self._store.write("set a goal") as work:
            row = GoalTable(uid=str(uuid.uuid4()), created_on=self._clock.today(), state="open")
            _fill(row, draft)
            work.session.add(row)
            work.session.flush()
            _set_contacts(work.session, row.id, draft.contact_ids)
        return work.changes

    def update(self, id: int, draft: GoalDraft) -> Changes:
        """Change a goal."""
        with self._store.write("change a goal") as work:
            _fill(writing.one(work.session, GoalTable, id, "goal"), draft)
            _set_contacts(work.session, id, draft.contact_ids)
        return work.changes

    def close(self, id: int) -> Changes:
        """Note that a goal was reached or given up."""
        with self._store.write("close a goal") as work:
            writing.one(work.session, GoalTable, id, "goal").state = "closed"
        return work.changes

    def reopen(self, id: int) -> Changes:
        """Take a goal up again."""
        with self._store.write("take a goal up again") as work:
            writing.one(work.session, GoalTable, id, "goal").state = "open"
        return work.changes

    def delete(self, ids: Sequence[int]) -> Changes:
        """Delete goals."""
        with self._store.write("delete a goal" if len(ids) == 1 else f"delete {len(ids)} goals") as work:
            for row in writing.all_of(work.session, GoalTable, ids, "goal"):
                work.session.delete(row)
        return work.changes

    def all(self) -> tuple[Goal, ...]:
        """All goals, open ones first, the newest first."""
        with self._store.read() as session:
            rows = session.scalars(select(GoalTable).order_by(GoalTable.state != "open", GoalTable.id.desc())).all()
            return tuple(_goal(session, row) for row in rows)

    def get(self, id: int) -> Goal:
        """One goal. Raises NotFound."""
        with self._store.read() as session:
            return _goal(session, writing.one(session, GoalTable, id, "goal"))

    def current(self) -> Goal | None:
        """The open goal set last."""
        with self._store.read() as session:
            row = session.scalar(
                select(GoalTable).where(GoalTable.state == "open").order_by(GoalTable.id.desc()).limit(1)
            )
            return None if row is None else _goal(session, row)


def _fill(row: GoalTable, draft: GoalDraft) -> None:
    title = " ".join(draft.title.split())
    if not title:
        raise Invalid("Goal", "say in a few words what you are working towards")
    row.title, row.why, row.until = title, draft.why.strip(), draft.until
    row.fields = "\n".join(part.strip() for part in draft.fields if part.strip())
    row.organisations = "\n".join(part.strip() for part in draft.organisations if part.strip())


def _set_contacts(session: Session, goal_id: int, contact_ids: Sequence[int]) -> None:
    followups.check_contacts(session, contact_ids)
    there = {
        link.contact_id: link
        for link in session.scalars(select(GoalContactTable).where(GoalContactTable.goal_id == goal_id))
    }
    for contact_id, link in there.items():
        if contact_id not in contact_ids:
            session.delete(link)
    for contact_id in dict.fromkeys(contact_ids):
        if contact_id not in there:
            session.add(GoalContactTable(goal_id=goal_id, contact_id=contact_id))


def _goal(session: Session, row: GoalTable) -> Goal:
    chosen = session.scalars(
        select(GoalContactTable.contact_id)
        .where(GoalContactTable.goal_id == row.id)
        .order_by(GoalContactTable.contact_id)
    ).all()
    draft = GoalDraft(
        row.title, row.why, tuple(row.fields.splitlines()), tuple(row.organisations.splitlines()), tuple(chosen),
        row.until,
    )  # fmt: skip
    there = {*chosen, *_who_is_there(session, draft)}
    doors = _who_knows(session, there) - there
    return Goal(row.id, draft, row.created_on, row.state == "open", tuple(sorted(there)), tuple(sorted(doors)))


def _who_is_there(session: Session, draft: GoalDraft) -> set[int]:
    conditions: list[Any] = [
        func.lower(ContactTable.field).contains(field.lower(), autoescape=True) for field in draft.fields
    ]
    conditions += [func.lower(ContactTable.organisation) == name.lower() for name in draft.organisations]
    return set(session.scalars(select(ContactTable.id).where(or_(*conditions)))) if conditions else set()


def _who_knows(session: Session, there: set[int]) -> set[int]:
    if not there:
        return set()
    rows = session.execute(
        select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id).where(
            or_(AcquaintanceTable.contact_id.in_(there), AcquaintanceTable.other_id.in_(there))
        )
    )
    return {id for pair in rows for id in pair}
