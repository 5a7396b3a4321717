"""What it means that a follow-up is done, dropped or opened again, for all that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.followups import origins, writing
from planner.followups.records import FollowUpKind, FollowUpState
from planner.followups.rules.in_touch import fitting_kind
from planner.relations import introducing, offers
from planner.relations import writing as relations
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind, IntroductionState, PromiseState
from planner.store.summaries import ANSWERED
from planner.store.tables import (
    ContactTable,
    FollowUpContactTable,
    FollowUpTable,
    IntroductionTable,
    MilestoneTable,
    PromiseTable,
)


def done(
    session: Session,
    row: FollowUpTable,
    words: str,
    kind: InteractionKind | None,
    today: date,
    moment: datetime,
    now: datetime,
) -> None:
    """Close a follow-up as done, and what it stands for with it.

    With `words` about what happened, an interaction of a fitting kind is logged at `moment`. My promise is kept, an
    introduction moves to its next step, a milestone counts as celebrated.
    """
    writing.close(row, FollowUpState.DONE, now)
    contact_ids = contacts_of(session, row.id)
    if words and contact_ids:
        if kind is None:
            channel = session.scalar(select(ContactTable.preferred_channel).where(ContactTable.id == contact_ids[0]))
            kind = fitting_kind(FollowUpKind(row.kind), words, channel or "")
        draft = InteractionDraft(
            kind, moment, True, tuple(contact_ids), words, minutes=_minutes(words), event_id=row.event_id
        )
        relations.add_interaction(session, draft, today, now)
    if row.promise_id is not None and row.kind == FollowUpKind.PROMISE.value:
        relations.close_promise(session, row.promise_id, PromiseState.KEPT, today, now)
    if row.introduction_id is not None:
        session.flush()
        introducing.step_done(session, row.introduction_id, row.origin_key, words, today, now)
    if row.origin == offers.OFFER:
        offers.seen_through(session, row, tuple(contact_ids), today)
    if row.origin == "interview":
        from planner.events import interviews  # late: few follow-ups are for one

        interviews.step_done(session, row, today, now)
    _milestone(session, row, "celebrated")


def _minutes(words: str) -> int | None:
    from planner.quick_entry.places import find_minutes  # late: it brings the words of quick entry

    found = find_minutes(words)
    return None if found is None else found[1]


def drop(session: Session, row: FollowUpTable, today: date, now: datetime) -> None:
    """Close a follow-up as dropped. My promise is let go, an introduction ends, a milestone is dismissed."""
    writing.close(row, FollowUpState.DROPPED, now)
    if row.promise_id is not None and row.kind == FollowUpKind.PROMISE.value:
        relations.close_promise(session, row.promise_id, PromiseState.BROKEN, today, now)
    if row.introduction_id is not None and row.origin == origins.INTRODUCTION:
        introduction = session.get(IntroductionTable, row.introduction_id)
        if introduction is not None and introduction.state == IntroductionState.OPEN.value:
            introduction.state = IntroductionState.CLOSED.value
    _milestone(session, row, "dismissed")


def reopen(session: Session, row: FollowUpTable, now: datetime) -> None:
    """Open a follow-up again, and what it stands for with it. What was logged meanwhile stays."""
    row.state = FollowUpState.OPEN.value
    row.closed_at = None
    row.updated_at = now
    row.origin_key = row.origin_key.removesuffix(ANSWERED)
    if row.promise_id is not None and session.get(PromiseTable, row.promise_id) is not None:
        relations.reopen_promise(session, row.promise_id)
    if row.introduction_id is not None:
        introduction = session.get(IntroductionTable, row.introduction_id)
        if introduction is not None and introduction.state == IntroductionState.CLOSED.value:
            introduction.state = IntroductionState.OPEN.value
    _milestone(session, row, "open")


def contacts_of(session: Session, followup_id: int) -> Sequence[int]:
    """Whom a follow-up is for, in order."""
    return session.scalars(
        select(FollowUpContactTable.contact_id)
        .where(FollowUpContactTable.followup_id == followup_id)
        .order_by(FollowUpContactTable.position, FollowUpContactTable.id)
    ).all()


def _milestone(session: Session, row: FollowUpTable, state: str) -> None:
    if row.milestone_id is not None:
        milestone = session.get(MilestoneTable, row.milestone_id)
        if milestone is not None:
            milestone.state = state
