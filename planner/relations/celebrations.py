"""Reasons to celebrate that show in a changed title or organisation: proposed, then taken up or declined.

`propose` is for whoever changes contacts: an edit, an import, a sync. It is called inside their unit of work, so that
undoing the change takes the proposal back too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.relations import careers, writing
from planner.relations.records import MilestoneKind
from planner.store.store import Store
from planner.store.tables import ContactSummaryTable, ContactTable, MilestoneTable, RoleTable

PROPOSED, DECLINED, OPEN = "proposed", "declined", "open"


@dataclass(frozen=True, slots=True)
class CareerChange:
    """What a contact's title and organisation were before a change, and what they are now."""

    contact_id: int
    old_title: str
    new_title: str
    old_organisation: str
    new_organisation: str

    @property
    def is_one(self) -> bool:
        """Whether anything differs at all."""
        return (self.old_title, self.old_organisation) != (self.new_title, self.new_organisation)


def propose(session: Session, changes: Iterable[CareerChange], on: date) -> list[int]:
    """Propose to congratulate those whose change is good news (see `careers.judge`); returns the milestones' ids.

    `on` is the day it was noticed, for the person. Only people you have to do with are proposed: a whole
    address book that moved on would drown them. Calling it again with the same changes proposes nothing twice; a
    further change while a proposal waits is judged against what stood there before the first, so that two fields typed
    one after the other are one piece of news, and going back takes it away. What was declined is not proposed again.
    """
    wanted = {change.contact_id: change for change in changes if change.is_one}
    found: list[int] = []
    ids = list(wanted)
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        waiting = {
            row.contact_id: row
            for row in session.scalars(
                select(MilestoneTable).where(MilestoneTable.contact_id.in_(batch), MilestoneTable.state == PROPOSED)
            )
        }
        known = set(session.scalars(_known(batch)))
        for id in batch:
            if id in waiting:
                found += _renew(session, waiting[id], wanted[id], on)
            elif id in known:
                found += _add(session, wanted[id], on)
    session.flush()
    return found


def take_up(session: Session, id: int, today: date, now: datetime) -> None:
    """Make a proposal a milestone, with a follow-up to congratulate today."""
    row = writing.one(session, MilestoneTable, id, "milestone")
    if row.state == PROPOSED:
        row.state = OPEN
        writing.plan_congratulation(session, row, today, now)


def decline(session: Session, id: int) -> None:
    """Note that there is nothing to congratulate on."""
    row = writing.one(session, MilestoneTable, id, "milestone")
    if row.state == PROPOSED:
        row.state = DECLINED


def _known(ids: Sequence[int]) -> Select[int]:
    return (
        select(ContactTable.id)
        .outerjoin(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(
            ContactTable.id.in_(ids),
            or_(
                ContactTable.source == "",
                ContactTable.matters.is_(True),
                ContactTable.tie.is_not(None),
                ContactTable.rhythm_days > 0,
                ContactTable.id.in_(select(RoleTable.contact_id)),
                ContactSummaryTable.interactions > 0,
            ),
        )
    )


def _add(session: Session, change: CareerChange, on: date) -> list[int]:
    kind = _judge(change)
    if kind is None:
        return []
    text = _news(kind, change)
    same = select(MilestoneTable.id).where(
        MilestoneTable.contact_id == change.contact_id,
        MilestoneTable.text == text,
        MilestoneTable.kind == kind.value,
    )
    if session.scalar(same.limit(1)) is not None:
        return []
    row = MilestoneTable(
        uid=str(uuid.uuid4()),
        contact_id=change.contact_id,
        kind=kind.value,
        on=on,
        text=text,
        state=PROPOSED,
        before_title=change.old_title,
        before_organisation=change.old_organisation,
    )
    session.add(row)
    session.flush()
    return [row.id]


def _renew(session: Session, row: MilestoneTable, change: CareerChange, on: date) -> list[int]:
    whole = CareerChange(
        row.contact_id, row.before_title, change.new_title, row.before_organisation, change.new_organisation
    )
    kind = _judge(whole)
    if kind is None:
        session.delete(row)
        return []
    text = _news(kind, whole)
    if (row.kind, row.text) != (kind.value, text):
        row.kind, row.text, row.on = kind.value, text, on
    return [row.id]


def _judge(change: CareerChange) -> MilestoneKind | None:
    return careers.judge(change.old_title, change.new_title, change.old_organisation, change.new_organisation)


def _news(kind: MilestoneKind, change: CareerChange) -> str:
    return careers.news(kind, change.old_title, change.new_title, change.old_organisation, change.new_organisation)


class Celebrations:
    """What becomes of proposals."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take_up(self, ids: Sequence[int]) -> Changes:
        """Plan to congratulate: each becomes a milestone with a follow-up for today."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(self._label("congratulate {}", ids)) as work:
            for id in ids:
                take_up(work.session, id, today, now)
        return work.changes

    def decline(self, ids: Sequence[int]) -> Changes:
        """Leave these be: they are shown no more, in no story either."""
        with self._store.write(self._label("leave out the news of {}", ids)) as work:
            for id in ids:
                decline(work.session, id)
        return work.changes

    def _label(self, pattern: str, ids: Sequence[int]) -> str:
        with self._store.read() as session:
            who = session.scalars(select(MilestoneTable.contact_id).where(MilestoneTable.id.in_(list(ids)))).all()
            return pattern.format(writing.in_words(session, who))
