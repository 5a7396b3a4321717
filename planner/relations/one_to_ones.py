"""Commands on the standing log of one working relationship. What it is, see `planner.relations.log_book`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations import writing
from planner.relations.log_book import DIFFICULT, LogDraft, LogKind
from planner.store.store import Store
from planner.store.tables import FollowUpTable, LogEntryTable

_CALLED = {
    LogKind.EXPECTATION: "an expectation agreed with {}",
    LogKind.UPDATE: "an update given to {}",
    LogKind.FEEDBACK_ASKED: "feedback asked of {}",
    LogKind.FEEDBACK_RECEIVED: "feedback from {}",
    LogKind.ACHIEVEMENT: "an achievement seen by {}",
}


class OneToOnes:
    """Commands on standing logs. Each command is one undoable step."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    # --- commands

    def add(self, draft: LogDraft) -> Changes:
        """Note an entry. Raises Invalid without words or for a day to come, NotFound for an unknown contact."""
        with self._store.write(self._label("note", draft.kind, draft.contact_id)) as work:
            self._add(work.session, draft)
        return work.changes

    def change_expectation(self, id: int, text: str, on: date | None = None) -> Changes:
        """Agree anew: what was agreed before stays in its history, with its date."""
        with self._store.write("change an expectation") as work:
            old = writing.one(work.session, LogEntryTable, id, "entry")
            if old.kind != LogKind.EXPECTATION.value:
                raise Invalid("Expectation", "this entry is none")
            if " ".join(text.split()) != old.text:
                draft = LogDraft(old.contact_id, LogKind.EXPECTATION, text, on, old.link, old.private, old.event_id)
                new = self._add(work.session, draft)
                new.replaces_id = old.id
        return work.changes

    def update(self, id: int, text: str, *, on: date | None = None, link: str | None = None) -> Changes:
        """Correct what an entry says; None leaves its day or link."""
        with self._store.write("correct an entry") as work:
            row = writing.one(work.session, LogEntryTable, id, "entry")
            row.text = _words(text, LogKind(row.kind), row.mediator_id)
            row.on = self._day(on) if on is not None else row.on
            row.link = row.link if link is None else link.strip()
        return work.changes

    def set_private(self, id: int, private: bool) -> Changes:
        """Keep an entry out of exports, or let it in; the difficult log always stays private."""
        with self._store.write("keep an entry private" if private else "make an entry less private") as work:
            row = writing.one(work.session, LogEntryTable, id, "entry")
            row.private = private or LogKind(row.kind) in DIFFICULT
        return work.changes

    def tick(self, id: int, done: bool = True) -> Changes:
        """Note that a step was taken, or that feedback came; the follow-up of a step is closed with it."""
        now = self._clock.now()
        with self._store.write("tick an entry" if done else "untick an entry") as work:
            row = writing.one(work.session, LogEntryTable, id, "entry")
            row.done = done
            step = select(FollowUpTable).where(
                FollowUpTable.origin_key == _key(id), FollowUpTable.state == FollowUpState.OPEN.value
            )
            for followup in work.session.scalars(step) if done else ():
                followups.close(followup, FollowUpState.DONE, now)
        return work.changes

    def delete(self, ids: Sequence[int]) -> Changes:
        """Delete entries, an expectation with all it said before; open follow-ups of steps are dropped."""
        now = self._clock.now()
        with self._store.write("delete an entry" if len(ids) == 1 else f"delete {len(ids)} entries") as work:
            session = work.session
            for row in writing.all_of(session, LogEntryTable, ids, "entry"):
                for followup in session.scalars(select(FollowUpTable).where(FollowUpTable.origin_key == _key(row.id))):
                    if followup.state == FollowUpState.OPEN.value:
                        followups.close(followup, FollowUpState.DROPPED, now)
                chain = row
                while chain.replaces_id is not None:
                    earlier = session.get(LogEntryTable, chain.replaces_id)
                    if earlier is None:
                        break
                    session.delete(chain)
                    chain = earlier
                session.delete(chain)
                session.flush()
        return work.changes

    # --- shared

    def _add(self, session: Session, draft: LogDraft) -> LogEntryTable:
        ids = [id for id in (draft.contact_id, draft.mediator_id) if id is not None]
        followups.check_contacts(session, ids)
        if draft.mediator_id == draft.contact_id:
            raise Invalid("Mediator", "it takes somebody else")
        row = LogEntryTable(
            contact_id=draft.contact_id,
            kind=draft.kind.value,
            on=self._day(draft.on),
            text=_words(draft.text, draft.kind, draft.mediator_id),
            link=draft.link.strip(),
            private=draft.private or draft.kind in DIFFICULT,
            event_id=draft.event_id,
            mediator_id=draft.mediator_id,
        )
        session.add(row)
        session.flush()
        if draft.kind is LogKind.NEXT_STEP and draft.due_on is not None:
            # The queue, a calendar and a widget may be seen by others: the step itself stays in the log.
            details = FollowUpDetails(
                FollowUpKind.REMINDER,
                f"Talk with {writing.in_words(session, (draft.contact_id,))}",
                draft.due_on,
                (draft.contact_id,),
                origin="log",
                origin_key=_key(row.id),
            )
            followups.add(session, replace(details), self._clock.now())
        return row

    def _day(self, on: date | None) -> date:
        today = self._clock.today()
        if on is not None and on > today:
            raise Invalid("Date", "that day is yet to come")
        return on or today

    def _label(self, verb: str, kind: LogKind, contact_id: int) -> str:
        # The journal is shown in the Edit menu: what is difficult is not named there.
        if kind in DIFFICULT:
            return f"{verb} a private entry"
        with self._store.read() as session:
            return f"{verb} {_CALLED[kind].format(writing.in_words(session, (contact_id,)))}"


def _words(text: str, kind: LogKind, mediator_id: int | None) -> str:
    plain = "\n".join(" ".join(line.split()) for line in text.strip().splitlines()).strip()
    if not plain and not (kind is LogKind.MEDIATOR and mediator_id is not None):
        raise Invalid("Entry", "write what it is about")
    return plain


def _key(id: int) -> str:
    return f"log:{id}"
