"""What it means that a follow-up is done, dropped or opened again, for all that hangs on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.contacts.records import Channel
from planner.followups import writing
from planner.followups.records import FollowUpKind, FollowUpState
from planner.followups.relationships import ANSWERED
from planner.relations import introducing, offers
from planner.relations import writing as relations
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind, IntroductionState, PromiseState
from planner.store.tables import (
    ContactTable,
    FollowUpContactTable,
    FollowUpTable,
    IntroductionTable,
    MilestoneTable,
    PromiseTable,
)

#: What one does for each kind of follow-up, unless the words or the contact's own channel say otherwise.
_KINDS = {
    FollowUpKind.CELEBRATE: InteractionKind.MESSAGE,
    FollowUpKind.CONNECT: InteractionKind.SOCIAL,
}

_CHANNELS = {
    Channel.EMAIL: InteractionKind.EMAIL,
    Channel.PHONE: InteractionKind.CALL,
    Channel.MESSAGE: InteractionKind.MESSAGE,
    Channel.VIDEO: InteractionKind.VIDEO,
    Channel.IN_PERSON: InteractionKind.MET,
}

_WORDS = (
    (InteractionKind.VIDEO, r"video(?: call)?|zoom|teams|facetime|on screen"),
    (InteractionKind.CALL, r"called|call|phoned|rang|on the phone|voicemail"),
    (InteractionKind.MET, r"met|coffee|lunch|dinner|breakfast|drinks?|in person|visited|walk(?:ed)?"),
    (InteractionKind.LETTER, r"letter|postcard|card|by post"),
    (InteractionKind.SOCIAL, r"linkedin|mastodon|bluesky|commented|liked"),
    (InteractionKind.MESSAGE, r"texted|text(?:ed)?|sms|whatsapp|signal|slack|messaged|message|chat(?:ted)?"),
    (InteractionKind.EMAIL, r"e-?mail(?:ed)?|mailed|wrote|replied"),
)


def fitting_kind(kind: FollowUpKind, words: str, channel: str = "") -> InteractionKind:
    """How you were in touch: as the line says, else as the kind goes, else by the contact's preferred channel."""
    found = [
        (match.start(), interaction)
        for interaction, pattern in _WORDS
        if (match := re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE))
    ]
    if found:
        return min(found, key=lambda each: each[0])[1]
    if kind in _KINDS:
        return _KINDS[kind]
    return _CHANNELS[Channel(channel)] if channel in list(Channel) else InteractionKind.EMAIL


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
    if row.introduction_id is not None and row.origin == writing.INTRODUCTION:
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
