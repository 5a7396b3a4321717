"""Moving an introduction on inside a unit of work, with the follow-up that its next step needs."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import Invalid
from planner.followups import origins
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations import connectors, introductions, rows, writing
from planner.relations.drafts import ExchangeDraft, IntroductionDraft
from planner.relations.introductions import Step
from planner.relations.records import (
    Consent,
    Direction,
    ExchangeKind,
    Introduction,
    IntroductionState,
)
from planner.settings.records import Settings
from planner.store.engine import under
from planner.store.tables import FollowUpTable, IntroductionTable, SettingTable


def add(session: Session, draft: IntroductionDraft, today: date, now: datetime) -> int:
    """Add an introduction; asking the first side, or the one who is to introduce you, becomes a follow-up."""
    if draft.made_on is not None and draft.made_on > today:
        raise Invalid("Introduction", "that day is yet to come")
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
    if draft.made_on is not None:
        make(session, row, today, now, on=draft.made_on)
    else:
        plan_next(session, row, today, now)
    return row.id


def ask(session: Session, row: IntroductionTable, contact_id: int, today: date, now: datetime) -> None:
    """Note that one side, or the introducer, was asked."""
    setattr(row, f"{_part(row, contact_id)}_asked_on", today)
    plan_next(session, row, today, now)


def answer(
    session: Session, row: IntroductionTable, contact_id: int, consent: Consent, today: date, now: datetime
) -> None:
    """Note what one of them answered. A no ends the introduction, and what was planned for it is dropped."""
    part = _part(row, contact_id)
    setattr(row, f"{part}_asked_on", getattr(row, f"{part}_asked_on") or today)
    setattr(row, f"{part}_consent", consent.value)
    row.state = (IntroductionState.DECLINED if consent is Consent.NO else IntroductionState.OPEN).value
    plan_next(session, row, today, now)


def make(session: Session, row: IntroductionTable, today: date, now: datetime, *, on: date | None = None) -> None:
    """Note that the introduction was made, today or on a day before.

    It counts as value given to both, or as received where somebody made it for you.
    """
    if row.made_on is not None:
        return
    row.made_on = on or today
    if row.introducer_id is None:
        others = [id for id in (row.a_id, row.b_id) if id is not None]
        direction = Direction.GIVEN
    else:
        others, direction = [row.introducer_id], Direction.RECEIVED
    writing.add_exchanges(
        session,
        ExchangeDraft(direction, ExchangeKind.INTRODUCTION, row.reason),
        others,
        row.made_on,
        introduction_id=row.id,
    )
    plan_next(session, row, today, now)


def thank(session: Session, row: IntroductionTable, today: date, now: datetime) -> None:
    """Note that thanks were said."""
    row.thanked_on = today
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
        case Step.ASK_INTRODUCER if row.introducer_id is not None:
            ask(session, row, row.introducer_id, today, now)
        case Step.HEAR_INTRODUCER if row.introducer_id is not None:
            answer(session, row, row.introducer_id, introductions.consent_in(words), today, now)
        case Step.MAKE | Step.AWAIT:
            make(session, row, today, now)
        case Step.THANK:
            thank(session, row, today, now)
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
        elif followup.origin == origins.INTRODUCTION:
            followups.close(followup, ended, now)
    if step is None or wanted is None or there:
        return
    why, free_on = introductions.reason(step, record), None
    if step is Step.ASK_INTRODUCER and record.introducer is not None:
        room = room_of(session, record.introducer.id, today)
        if room.is_full:
            free_on = room.free_on
            why = " · ".join(part for part in (f"asked {connectors.times(room.asked)} this month already", why) if part)
    followups.add(
        session,
        FollowUpDetails(
            kind=FollowUpKind.THANK_YOU if step is Step.THANK else FollowUpKind.INTRODUCTION,
            title=introductions.title(step, record),
            due_on=introductions.due(step, record, today, free_on),
            contact_ids=introductions.addressed(step, record),
            why=why,
            introduction_id=row.id,
            origin=origins.INTRODUCTION,
            origin_key=wanted,
        ),
        now,
    )


def read(session: Session, row: IntroductionTable) -> Introduction:
    """The row as a record."""
    return rows.introductions(under(session), "introduction.id = ?", (row.id,))[0]


def room_of(session: Session, connector_id: int, today: date) -> connectors.Room:
    """What room there is to ask somebody for another introduction."""
    asked = session.scalars(
        select(IntroductionTable.introducer_asked_on).where(
            IntroductionTable.introducer_id == connector_id,
            IntroductionTable.introducer_asked_on > today - connectors.MONTH,
        )
    )
    return connectors.room([day for day in asked if day is not None], today, _asks_a_month(session))


def _asks_a_month(session: Session) -> int:
    value = session.scalar(select(SettingTable.value).where(SettingTable.name == "asks_a_month"))
    try:
        return max(1, int(json.loads(value))) if value else Settings().asks_a_month
    except (ValueError, TypeError):
        return Settings().asks_a_month


def _part(row: IntroductionTable, contact_id: int) -> str:
    """Which part of an introduction somebody plays: "a", "b" or "introducer"."""
    for part in ("a", "b", "introducer"):
        if getattr(row, f"{part}_id") == contact_id:
            return part
    raise Invalid("Introduction", "that person is not part of it")
