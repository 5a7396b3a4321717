"""Career goals: what you work towards, who is there already, and who could open the door."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid, NotFound
from planner.followups import writing as followups
from planner.relations import goal_reading, writing
from planner.relations.goal_reading import Goal, GoalDraft
from planner.store.store import Store
from planner.store.tables import GoalContactTable, GoalTable

__all__ = ["Goal", "GoalDraft", "Goals"]


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
        with self._store.snapshot() as rows:
            return goal_reading.goals(rows)

    def get(self, id: int) -> Goal:
        """One goal. Raises NotFound."""
        with self._store.snapshot() as rows:
            found = goal_reading.goals(rows, "id = ?", (id,))
        if not found:
            raise NotFound("goal", id)
        return found[0]

    def current(self) -> Goal | None:
        """The open goal set last."""
        with self._store.snapshot() as rows:
            return goal_reading.current(rows)


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
