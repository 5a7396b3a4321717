"""Writing the history of a relationship inside a unit of work: plain functions over a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import Invalid, NotFound
from planner.followups import origins
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations.drafts import ExchangeDraft, InteractionDraft, MilestoneDraft, PromiseDraft
from planner.relations.records import MilestoneKind, PromiseSide, PromiseState
from planner.store.tables import (
    ContactTable,
    ExchangeTable,
    InteractionContactTable,
    InteractionTable,
    MilestoneTable,
    PromiseTable,
)

Row = TypeVar("Row")

#: A milestone older than this when it is entered is history, not something to congratulate on.
STALE_MILESTONE_DAYS = 30


def names(session: Session, contact_ids: Sequence[int]) -> dict[int, str]:
    """The shown names of these contacts."""
    wanted = set(contact_ids)
    rows = session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(wanted)))
    return dict(rows.all()) if wanted else {}


def in_words(session: Session, contact_ids: Sequence[int]) -> str:
    """The people a command is about, for its label: "Ada Ek", "Ada Ek and Tom Ek", "Ada Ek and 3 others"."""
    ids = list(dict.fromkeys(contact_ids))
    known = names(session, ids[:2])
    called = [known.get(id) or "someone" for id in ids[:2]]
    if len(ids) > 2:
        return f"{called[0]} and {len(ids) - 1} others"
    return " and ".join(called) or "someone"


def add_interaction(session: Session, draft: InteractionDraft, on: date, now: datetime) -> int:
    """Add an interaction, restart the rhythm of everyone in it, and return its id. `on` is its date for the person."""
    if not draft.contact_ids:
        raise Invalid("Who", "say whom it was with")
    followups.check_contacts(session, draft.contact_ids)
    row = InteractionTable(uid=str(uuid.uuid4()), created_at=now)
    _fill_interaction(row, draft)
    session.add(row)
    session.flush()
    for contact_id in dict.fromkeys(draft.contact_ids):
        session.add(InteractionContactTable(interaction_id=row.id, contact_id=contact_id))
    session.flush()
    followups.restart_rhythm(session, draft.contact_ids, on, now)
    return row.id


def change_interaction(session: Session, id: int, draft: InteractionDraft) -> None:
    """Replace what an interaction says, and who took part."""
    if not draft.contact_ids:
        raise Invalid("Who", "say whom it was with")
    followups.check_contacts(session, draft.contact_ids)
    row = one(session, InteractionTable, id, "entry")
    _fill_interaction(row, draft)
    links = session.scalars(select(InteractionContactTable).where(InteractionContactTable.interaction_id == id)).all()
    for link in links:
        if link.contact_id not in draft.contact_ids:
            session.delete(link)
    there = {link.contact_id for link in links}
    for contact_id in dict.fromkeys(draft.contact_ids):
        if contact_id not in there:
            session.add(InteractionContactTable(interaction_id=id, contact_id=contact_id))
    session.flush()


def _fill_interaction(row: InteractionTable, draft: InteractionDraft) -> None:
    if draft.minutes is not None and draft.minutes < 0:
        raise Invalid("Minutes", "a talk can't take less than no time")
    row.kind = draft.kind.value
    row.at = draft.at
    row.has_time = draft.has_time
    row.minutes = draft.minutes
    row.text = draft.text.strip()
    row.place = draft.place.strip()
    row.private = draft.private
    row.event_id = draft.event_id


def add_promises(
    session: Session,
    draft: PromiseDraft,
    contact_ids: Sequence[int],
    made_on: date,
    now: datetime,
    *,
    interaction_id: int | None = None,
    event_id: int | None = None,
) -> list[int]:
    """Add a promise to its contact, or else to each of `contact_ids`, and the follow-up that comes of it."""
    text = " ".join(draft.text.split())
    if not text:
        raise Invalid("Promise", "say what was promised")
    ids = (draft.contact_id,) if draft.contact_id is not None else tuple(dict.fromkeys(contact_ids))
    if not ids:
        raise Invalid("Promise", "say to whom")
    followups.check_contacts(session, ids)
    made = []
    for contact_id in ids:
        row = PromiseTable(
            uid=str(uuid.uuid4()),
            contact_id=contact_id,
            direction=draft.side.value,
            text=text,
            made_on=made_on,
            due_on=draft.due_on,
            state=PromiseState.OPEN.value,
            interaction_id=interaction_id,
            event_id=event_id,
        )
        session.add(row)
        session.flush()
        followups.for_promise(session, row, now)
        made.append(row.id)
    return made


def close_promise(session: Session, id: int, state: PromiseState, on: date, now: datetime) -> None:
    """Note that a promise was kept or broken; its follow-up is done or dropped with it."""
    row = one(session, PromiseTable, id, "promise")
    if row.state != PromiseState.OPEN.value:
        return
    row.state = state.value
    row.closed_on = on
    done = FollowUpState.DONE if state is PromiseState.KEPT else FollowUpState.DROPPED
    followups.close_for_promise(session, id, done, now)


def reopen_promise(session: Session, id: int) -> None:
    """Note that a promise is open after all."""
    row = one(session, PromiseTable, id, "promise")
    row.state = PromiseState.OPEN.value
    row.closed_on = None


def is_mine(row: PromiseTable) -> bool:
    """Whether I owe it."""
    return row.direction == PromiseSide.MINE.value


def add_exchanges(
    session: Session,
    draft: ExchangeDraft,
    contact_ids: Sequence[int],
    on: date,
    *,
    interaction_id: int | None = None,
    event_id: int | None = None,
    introduction_id: int | None = None,
) -> list[int]:
    """Add value given or received, with its contact or else with each of `contact_ids`."""
    ids = (draft.contact_id,) if draft.contact_id is not None else tuple(dict.fromkeys(contact_ids))
    if not ids:
        raise Invalid("Give and take", "say with whom")
    followups.check_contacts(session, ids)
    rows = [
        ExchangeTable(
            uid=str(uuid.uuid4()),
            contact_id=contact_id,
            direction=draft.direction.value,
            kind=draft.kind.value,
            on=draft.on or on,
            text=draft.text.strip(),
            link=draft.link.strip(),
            interaction_id=interaction_id,
            event_id=draft.event_id if draft.event_id is not None else event_id,
            introduction_id=introduction_id,
        )
        for contact_id in ids
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


_CONGRATULATIONS = {
    MilestoneKind.NEW_JOB: "Congratulate on the new role",
    MilestoneKind.PROMOTION: "Congratulate on the promotion",
    MilestoneKind.AWARD: "Congratulate on the award",
    MilestoneKind.WORK_ANNIVERSARY: "Congratulate on the work anniversary",
    MilestoneKind.BIRTHDAY: "Wish a happy birthday",
    MilestoneKind.OTHER: "Congratulate",
}


def add_milestone(session: Session, draft: MilestoneDraft, today: date, now: datetime) -> int:
    """Add a milestone; unless it is long past, a follow-up to congratulate comes with it."""
    followups.check_contacts(session, (draft.contact_id,))
    row = MilestoneTable(
        uid=str(uuid.uuid4()),
        contact_id=draft.contact_id,
        kind=draft.kind.value,
        on=draft.on,
        text=draft.text.strip(),
        state="open",
    )
    session.add(row)
    session.flush()
    if (today - draft.on).days <= STALE_MILESTONE_DAYS:
        plan_congratulation(session, row, today, now)
    return row.id


def plan_congratulation(session: Session, row: MilestoneTable, today: date, now: datetime) -> None:
    """Add the follow-up to congratulate on a milestone, on its day, or today where that is past."""
    followups.add(
        session,
        FollowUpDetails(
            kind=FollowUpKind.CELEBRATE,
            title=_CONGRATULATIONS[MilestoneKind(row.kind)],
            due_on=max(row.on, today),
            contact_ids=(row.contact_id,),
            why=row.text,
            milestone_id=row.id,
            origin=origins.MILESTONE,
            origin_key=f"milestone:{row.id}",
        ),
        now,
    )


def one(session: Session, table: type[Row], id: int, word: str) -> Row:
    """The row with this id. Raises NotFound, naming it by `word`."""
    row = session.get(table, id)
    if row is None:
        raise NotFound(word, id)
    return row


def all_of(session: Session, table: type[Row], ids: Collection[int], word: str) -> list[Row]:
    """The rows with these ids, in the order asked for. Raises NotFound for the first that is not there."""
    return [one(session, table, id, word) for id in dict.fromkeys(ids)]
