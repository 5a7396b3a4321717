"""Moving an introduction on inside a unit of work, with the follow-up that its next step needs."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import Invalid
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations import introductions, writing
from planner.relations.drafts import ExchangeDraft, IntroductionDraft
from planner.relations.introductions import Step
from planner.relations.records import (
    Consent,
    Direction,
    ExchangeKind,
    Introduction,
    IntroductionState,
    PersonRef,
)
from planner.store.tables import FollowUpTable, IntroductionTable


def add(session: Session, draft: IntroductionDraft, today: date, now: datetime) -> int:
    """Add an introduction; where you make it, asking the first side becomes a follow-up."""
    if draft.a_id in (draft.b_id, draft.introducer_id) or (
        draft.b_id is not None and draft.b_id == draft.introducer_id
    ):
        raise Invalid("Introduction", "it takes different people")
    ids = [id for id in (draft.a_id, draft.b_id, draft.introducer_id) if id is not None]
    followups.check_contacts(session, ids)
    row = IntroductionTable(
        uid=str(uuid.uuid4()),
        a_id=draft.a_id,
        b_id=draft.b_id,
        introducer_id=draft.introducer_id,
        reason=" ".join(draft.reason.split()),
        created_on=today,
        state=IntroductionState.OPEN.value,
    )
    session.add(row)
    session.flush()
    plan_next(session, row, today, now)
    return row.id


def ask(session: Session, row: IntroductionTable, contact_id: int, today: date, now: datetime) -> None:
    """Note that one side was asked."""
    if _is_a(row, contact_id):
        row.a_asked_on = today
    else:
        row.b_asked_on = today
    plan_next(session, row, today, now)


def answer(
    session: Session, row: IntroductionTable, contact_id: int, consent: Consent, today: date, now: datetime
) -> None:
    """Note what one side answered. A no ends the introduction, and what was planned for it is dropped."""
    if _is_a(row, contact_id):
        row.a_asked_on = row.a_asked_on or today
        row.a_consent = consent.value
    else:
        row.b_asked_on = row.b_asked_on or today
        row.b_consent = consent.value
    row.state = (IntroductionState.DECLINED if consent is Consent.NO else IntroductionState.OPEN).value
    plan_next(session, row, today, now)


def make(session: Session, row: IntroductionTable, today: date, now: datetime) -> None:
    """Note that the introduction was made.

    It counts as value given to both, or as received where somebody made it for you.
    """
    if row.made_on is not None:
        return
    row.made_on = today
    if row.introducer_id is None:
        others = [id for id in (row.a_id, row.b_id) if id is not None]
        direction = Direction.GIVEN
    else:
        others, direction = [row.introducer_id], Direction.RECEIVED
    writing.add_exchanges(
        session,
        ExchangeDraft(direction, ExchangeKind.INTRODUCTION, row.reason),
        others,
        today,
        introduction_id=row.id,
    )
    plan_next(session, row, today, now)


def conclude(session: Session, row: IntroductionTable, outcome: str, today: date, now: datetime) -> None:
    """Note what came of it, and close it."""
    row.outcome = outcome.strip()
    row.state = IntroductionState.CLOSED.value
    plan_next(session, row, today, now)


def step_done(session: Session, introduction_id: int, origin_key: str, words: str, today: date, now: datetime) -> None:
    """Carry on after the follow-up for one step was done; `words` is the line about what happened.

    A step that asks is answered with yes unless the words begin with a no.
    """
    row = session.get(IntroductionTable, introduction_id)
    if row is None or origin_key.rpartition(":")[2] not in list(Step):
        return
    match Step(origin_key.rpartition(":")[2]):
        case Step.ASK_A:
            ask(session, row, row.a_id, today, now)
        case Step.ASK_B if row.b_id is not None:
            ask(session, row, row.b_id, today, now)
        case Step.HEAR_A:
            answer(session, row, row.a_id, introductions.consent_in(words), today, now)
        case Step.HEAR_B if row.b_id is not None:
            answer(session, row, row.b_id, introductions.consent_in(words), today, now)
        case Step.MAKE:
            make(session, row, today, now)
        case Step.OUTCOME:
            conclude(session, row, words, today, now)
        case _:
            return


def plan_next(session: Session, row: IntroductionTable, today: date, now: datetime) -> None:
    """Have exactly one open follow-up for the next step, none when there is no next."""
    session.flush()
    record = read(session, row)
    step = introductions.next_step(record)
    wanted = f"introduction:{row.id}:{step.value}" if step else None
    ended = FollowUpState.DROPPED if row.state == IntroductionState.DECLINED.value else FollowUpState.DONE
    there = False
    for followup in session.scalars(select(FollowUpTable).where(FollowUpTable.introduction_id == row.id)):
        if followup.state != FollowUpState.OPEN.value:
            continue
        if followup.origin_key == wanted:
            there = True
        elif followup.origin == followups.INTRODUCTION:
            followups.close(followup, ended, now)
    if step is None or wanted is None or there:
        return
    followups.add(
        session,
        FollowUpDetails(
            kind=FollowUpKind.INTRODUCTION,
            title=introductions.title(step, record),
            due_on=introductions.due(step, record, today),
            contact_ids=introductions.addressed(step, record),
            why=introductions.reason(step, record),
            introduction_id=row.id,
            origin=followups.INTRODUCTION,
            origin_key=wanted,
        ),
        now,
    )


def read(session: Session, row: IntroductionTable) -> Introduction:
    """The row as a record."""
    ids = [id for id in (row.a_id, row.b_id, row.introducer_id) if id is not None]
    return to_record(row, writing.names(session, ids))


def to_record(row: IntroductionTable, names: dict[int, str]) -> Introduction:
    """The row as a record, with these names."""

    def person(id: int | None) -> PersonRef | None:
        return None if id is None else PersonRef(id, names.get(id, ""))

    return Introduction(
        id=row.id,
        a=PersonRef(row.a_id, names.get(row.a_id, "")),
        b=person(row.b_id),
        introducer=person(row.introducer_id),
        reason=row.reason,
        created_on=row.created_on,
        a_asked_on=row.a_asked_on,
        a_consent=Consent(row.a_consent),
        b_asked_on=row.b_asked_on,
        b_consent=Consent(row.b_consent),
        made_on=row.made_on,
        outcome=row.outcome,
        thanked_on=row.thanked_on,
        state=IntroductionState(row.state),
    )


def _is_a(row: IntroductionTable, contact_id: int) -> bool:
    if contact_id not in (row.a_id, row.b_id):
        raise Invalid("Introduction", "that person is not part of it")
    return contact_id == row.a_id
