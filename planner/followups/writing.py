"""Writing follow-ups inside somebody else's unit of work: plain functions over a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.errors import Invalid, NotFound
from planner.followups import origins
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.store.engine import under
from planner.store.summaries import ANSWERED
from planner.store.tables import ContactTable, FollowUpContactTable, FollowUpTable, PromiseTable

#: When a promise without an agreed date is due.
PROMISE_DAYS = 7


def add(session: Session, details: FollowUpDetails, now: datetime) -> int:
    """Add a follow-up and return its id. Raises Invalid without a title, NotFound for an unknown contact."""
    row = FollowUpTable(uid=str(uuid.uuid4()), created_at=now, updated_at=now, state=FollowUpState.OPEN.value)
    fill(row, details)
    session.add(row)
    session.flush()
    set_contacts(session, row.id, details.contact_ids)
    return row.id


def add_made(session: Session, several: Sequence[FollowUpDetails], now: datetime) -> list[int]:
    """Add check-ins and celebrations of one contact each, as `add_many` does, under their own uids."""
    by_uid = dict(zip(origins.made_uids(under(session), several), several, strict=True))
    return add_many(session, list(by_uid.values()), now, list(by_uid))


def add_many(
    session: Session, several: Sequence[FollowUpDetails], now: datetime, uids: Sequence[str] = ()
) -> list[int]:
    """Add follow-ups for contacts known to exist, thousands at a time; returns their ids in order.

    `uids` are theirs, in the same order; without them each gets a random one.
    """
    if not several:
        return []
    rows = []
    for details, uid in zip(several, uids or [str(uuid.uuid4()) for _ in several], strict=True):
        row = FollowUpTable()
        fill(row, details)
        values = {name: getattr(row, name) for name in _FILLED}
        rows.append(
            {
                **values,
                "uid": uid,
                "state": FollowUpState.OPEN.value,
                "created_at": now,
                "updated_at": now,
            }
        )
    statement = insert(FollowUpTable).returning(FollowUpTable.id, sort_by_parameter_order=True)
    ids = list(session.scalars(statement, rows))
    links = [
        {"followup_id": id, "contact_id": contact_id, "position": position}
        for id, details in zip(ids, several, strict=True)
        for position, contact_id in enumerate(dict.fromkeys(details.contact_ids))
    ]
    if links:
        session.execute(insert(FollowUpContactTable), links)
    return ids


_FILLED = (
    "kind", "title", "due_on", "due_time", "time_zone", "remind_minutes", "why", "message_subject", "message",
    "event_id", "promise_id", "introduction_id", "milestone_id", "template_id", "origin", "origin_key",
)  # fmt: skip


def fill(row: FollowUpTable, details: FollowUpDetails) -> None:
    """Copy all but the contacts into a row. Raises Invalid without a title."""
    title = " ".join(details.title.split())
    if not title:
        raise Invalid("Title", "say in a few words what is to be done")
    row.kind = details.kind.value
    row.title = title
    row.due_on = details.due_on
    row.due_time = details.due_time.isoformat("minutes") if details.due_time else ""
    row.time_zone = details.time_zone
    row.remind_minutes = details.remind_minutes
    row.why = details.why.strip()
    row.message_subject = details.message_subject
    row.message = details.message
    row.event_id = details.event_id
    row.promise_id = details.promise_id
    row.introduction_id = details.introduction_id
    row.milestone_id = details.milestone_id
    row.template_id = details.template_id
    row.origin = details.origin
    row.origin_key = details.origin_key


def set_contacts(session: Session, followup_id: int, contact_ids: Iterable[int]) -> None:
    """Say whom a follow-up is for, in order; rows that stay are left alone."""
    wanted = list(dict.fromkeys(contact_ids))
    check_contacts(session, wanted)
    there = {
        row.contact_id: row
        for row in session.scalars(select(FollowUpContactTable).where(FollowUpContactTable.followup_id == followup_id))
    }
    for contact_id, row in there.items():
        if contact_id not in wanted:
            session.delete(row)
    for position, contact_id in enumerate(wanted):
        if contact_id in there:
            there[contact_id].position = position
        else:
            session.add(FollowUpContactTable(followup_id=followup_id, contact_id=contact_id, position=position))
    session.flush()


def check_contacts(session: Session, contact_ids: Collection[int]) -> None:
    """Raise NotFound for the first of these contacts that is not there."""
    wanted = set(contact_ids)
    found = set(session.scalars(select(ContactTable.id).where(ContactTable.id.in_(wanted)))) if wanted else set()
    for missing in sorted(wanted - found):
        raise NotFound("person", missing)


def close(row: FollowUpTable, state: FollowUpState, now: datetime) -> None:
    """Close a follow-up as done or dropped."""
    row.state = state.value
    row.closed_at = now
    row.updated_at = now


def close_for_promise(session: Session, promise_id: int, state: FollowUpState, now: datetime) -> None:
    """Close the open follow-ups that stand for a promise."""
    for row in _open(session, FollowUpTable.promise_id == promise_id):
        close(row, state, now)


def close_for_milestone(session: Session, milestone_id: int, state: FollowUpState, now: datetime) -> None:
    """Close the open follow-ups that celebrate a milestone."""
    for row in _open(session, FollowUpTable.milestone_id == milestone_id):
        close(row, state, now)


def close_for_introduction(session: Session, introduction_id: int, state: FollowUpState, now: datetime) -> None:
    """Close the open follow-ups of an introduction."""
    for row in _open(session, FollowUpTable.introduction_id == introduction_id):
        close(row, state, now)


def renew_for_promise(session: Session, promise: PromiseTable, now: datetime) -> None:
    """Make the follow-up of a promise agree with it again; what was written for it already is kept."""
    session.flush()
    details = promise_details(promise)
    rows = _open(session, FollowUpTable.promise_id == promise.id)
    if details is None:
        for row in rows:
            close(row, FollowUpState.DROPPED, now)
        return
    if not rows:
        add(session, details, now)
        return
    row = rows[0]
    row.kind, row.title, row.due_on, row.updated_at = details.kind.value, details.title, details.due_on, now
    set_contacts(session, row.id, details.contact_ids)


def for_promise(session: Session, promise: PromiseTable, now: datetime) -> int | None:
    """Add the follow-up that a promise becomes, and return its id; None where it becomes none."""
    details = promise_details(promise)
    return None if details is None else add(session, details, now)


def promise_details(promise: PromiseTable) -> FollowUpDetails | None:
    """The follow-up for a promise: mine is to be kept, theirs is to be asked after the day after it was due.

    None where a promise of theirs has no date.
    """
    mine = promise.direction == "mine"
    if mine:
        due_on = promise.due_on or promise.made_on + timedelta(days=PROMISE_DAYS)
    elif promise.due_on is not None:
        due_on = promise.due_on + timedelta(days=1)
    else:
        return None
    return FollowUpDetails(
        kind=FollowUpKind.PROMISE if mine else FollowUpKind.REMINDER,
        title=promise_title(promise.text, mine=mine),
        due_on=due_on,
        contact_ids=(promise.contact_id,),
        event_id=promise.event_id,
        promise_id=promise.id,
        origin=origins.PROMISE,
        origin_key=f"promise:{promise.id}",
    )


def promise_title(text: str, *, mine: bool) -> str:
    """What is to be done about a promise, from its words: "send the deck" is "Send the deck" when it is mine."""
    plain = text.strip().rstrip(".")
    if mine:
        return plain[:1].upper() + plain[1:]
    return f"Ask about what was promised: {plain}"


def restart_rhythm(session: Session, contact_ids: Collection[int], on: date, now: datetime) -> None:
    """Close the check-ins that the rhythm of these contacts had made, because you have just been in touch.

    Only those made before `on` counts as being in touch again: an old interaction, entered late, answers nothing that
    came due after it.
    """
    if not contact_ids:
        return
    rows = session.scalars(
        select(FollowUpTable)
        .join(FollowUpContactTable, FollowUpContactTable.followup_id == FollowUpTable.id)
        .where(
            FollowUpTable.state == FollowUpState.OPEN.value,
            FollowUpTable.origin == origins.RHYTHM,
            FollowUpContactTable.contact_id.in_(list(contact_ids)),
        )
    )
    for row in rows:
        since = origins.quiet_since(row.origin_key)
        if since is None or on > since:
            close(row, FollowUpState.DONE, now)
            row.origin_key += ANSWERED


def _open(session: Session, *conditions: object) -> list[FollowUpTable]:
    statement = select(FollowUpTable).where(FollowUpTable.state == FollowUpState.OPEN.value)
    for condition in conditions:
        statement = statement.where(condition)  # type: ignore[arg-type]  # a column is one too
    return list(session.scalars(statement))
