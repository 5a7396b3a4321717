"""The rows of invitations, inside somebody else's unit of work."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.calendars import invitations
from planner.calendars.invitations import Answer, Guest, Invitation, InvitationState
from planner.clock import Clock
from planner.contacts.records import Boundary
from planner.events import writing as events
from planner.followups import writing as followups
from planner.followups.records import FollowUpState
from planner.relations import writing as relations
from planner.store.tables import ContactTable, EmailTable, FollowUpTable, InvitationTable

#: What a follow-up's origin says when it asks whether an invitation was answered.
ORIGIN = "invitation"


def answered_in_file(session: Session, uid: str, address: str, answer: str, clock: Clock) -> str | None:
    """Keep an answer that came back as a file; the guest's name, None where the invitation is none of ours."""
    for row in session.scalars(select(InvitationTable).where(InvitationTable.uid == uid)):
        if row.address.strip().casefold() == address.strip().casefold() and answer in list(Answer):
            keep_answer(session, row, Answer(answer), clock)
            return relations.in_words(session, (row.contact_id,))
    return None


def keep_answer(session: Session, row: InvitationTable, answer: Answer, clock: Clock) -> None:
    """Keep an answer; a given one is asked for no more."""
    row.answer, row.answered_at = answer.value, clock.now() if answer is not Answer.NONE else None
    if answer is not Answer.NONE:
        close_question(session, row.event_id, row.contact_id, FollowUpState.DONE, clock)


def close_question(session: Session, event_id: int, contact_id: int, state: FollowUpState, clock: Clock) -> None:
    """Close the follow-up that asks for somebody's answer."""
    for row in session.scalars(
        select(FollowUpTable).where(
            FollowUpTable.origin_key == key_of(event_id, contact_id), FollowUpTable.state == FollowUpState.OPEN.value
        )
    ):
        followups.close(row, state, clock.now())


def key_of(event_id: int, contact_id: int) -> str:
    """What the follow-up that asks for an answer is known by."""
    return f"{ORIGIN}:{event_id}:{contact_id}"


def row_of(session: Session, event_id: int, contact_id: int) -> InvitationTable | None:
    """Somebody's invitation to an event, if they have one."""
    return session.scalar(
        select(InvitationTable).where(InvitationTable.event_id == event_id, InvitationTable.contact_id == contact_id)
    )


def of_event(session: Session, event_id: int) -> tuple[Invitation, ...]:
    """Whoever was invited to an event, by name."""
    rows = session.execute(
        select(InvitationTable, ContactTable.name)
        .join(ContactTable, ContactTable.id == InvitationTable.contact_id)
        .where(InvitationTable.event_id == event_id)
        .order_by(ContactTable.name, ContactTable.id)
    )
    return tuple(
        Invitation(
            row.id, row.event_id, row.contact_id, name, row.address, InvitationState(row.state), Answer(row.answer),
            row.invited_at, row.sequence, row.uid,
        )
        for row, name in rows
    )  # fmt: skip


def guest_of(session: Session, contact_id: int, invitation: Invitation | None, clock: Clock) -> Guest:
    """Somebody as a guest. Raises NotFound."""
    row = events.one(session, ContactTable, contact_id, "person")
    address = session.scalar(
        select(EmailTable.address)
        .where(EmailTable.contact_id == contact_id)
        .order_by(EmailTable.preferred.desc(), EmailTable.position, EmailTable.id)
    )
    boundary = Boundary(
        row.preferred_channel, row.hours_from, row.hours_to, row.quiet_until, row.topics_off, row.no_asks
    )
    first = row.nickname or row.given or row.name
    said = invitations.cautions(first, boundary, clock.today())
    return Guest(contact_id, row.name, first, (address or "").strip(), said, row.time_zone, invitation)
