"""The standing log of one working relationship: what is agreed, told, asked, heard and achieved; and, where it is
difficult, a private log that keeps to facts.

The difficult log has four kinds of entry, after the steps of mediation and of principled negotiation (Fisher, Ury,
"Getting to Yes", 1981): what happened, without judgement; interests both have; one constructive step; and who could
mediate. It is private from the first, and no export has it unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations import writing
from planner.relations.records import PersonRef
from planner.store.store import Store
from planner.store.tables import ContactTable, FollowUpTable, LogEntryTable


class LogKind(StrEnum):
    """What an entry is. Those from FACT on belong to the private log of a difficult relationship."""

    EXPECTATION = "expectation"
    UPDATE = "update"
    FEEDBACK_ASKED = "feedback asked"
    FEEDBACK_RECEIVED = "feedback received"
    ACHIEVEMENT = "achievement"
    FACT = "fact"
    COMMON_GROUND = "common ground"
    NEXT_STEP = "next step"
    MEDIATOR = "mediator"


DIFFICULT = (LogKind.FACT, LogKind.COMMON_GROUND, LogKind.NEXT_STEP, LogKind.MEDIATOR)
OPEN_KINDS = tuple(kind for kind in LogKind if kind not in DIFFICULT)
_CALLED = {
    LogKind.EXPECTATION: "an expectation agreed with {}",
    LogKind.UPDATE: "an update given to {}",
    LogKind.FEEDBACK_ASKED: "feedback asked of {}",
    LogKind.FEEDBACK_RECEIVED: "feedback from {}",
    LogKind.ACHIEVEMENT: "an achievement seen by {}",
}


@dataclass(frozen=True, slots=True)
class LogDraft:
    """An entry as it is typed in. `on` None: today. `link` points to evidence. `mediator_id`: whom to ask to mediate.

    Entries of the difficult log are private whatever `private` says. `due_on` is when a next step is to be taken; it
    becomes a follow-up that says nothing of why.
    """

    contact_id: int
    kind: LogKind
    text: str = ""
    on: date | None = None
    link: str = ""
    private: bool = False
    event_id: int | None = None
    mediator_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One stored entry. `before` is what a changed expectation said earlier, the latest first; `done` a step taken."""

    id: int
    contact: PersonRef
    kind: LogKind
    on: date
    text: str
    link: str = ""
    private: bool = False
    done: bool = False
    mediator: PersonRef | None = None
    before: tuple[tuple[date, str], ...] = ()


class OneToOnes:
    """Commands and questions about standing logs. Each command is one undoable step."""

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

    # --- questions

    def entries(self, contact_id: int, kinds: Iterable[LogKind] | None = None) -> tuple[LogEntry, ...]:
        """One person's entries, newest first, private ones too: for the eyes of the one who wrote them."""
        return self._read(LogEntryTable.contact_id == contact_id, kinds=kinds)

    def achievements(
        self, since: date | None = None, until: date | None = None, *, private: bool = False
    ) -> tuple[LogEntry, ...]:
        """Evidence of achievements and feedback received, oldest first. `until` is the first day that does not count.

        Private entries are left out unless asked for; the difficult log never is among these.
        """
        conditions: list[Any] = []
        if since is not None:
            conditions.append(LogEntryTable.on >= since)
        if until is not None:
            conditions.append(LogEntryTable.on < until)
        if not private:
            conditions.append(LogEntryTable.private.is_(False))
        found = self._read(*conditions, kinds=(LogKind.ACHIEVEMENT, LogKind.FEEDBACK_RECEIVED))
        return tuple(reversed(found))

    def _read(self, *conditions: Any, kinds: Iterable[LogKind] | None = None) -> tuple[LogEntry, ...]:
        mediator = aliased(ContactTable)
        statement = (
            select(LogEntryTable, ContactTable.name, mediator.name)
            .join(ContactTable, ContactTable.id == LogEntryTable.contact_id)
            .outerjoin(mediator, mediator.id == LogEntryTable.mediator_id)
            .where(*conditions)
            .order_by(LogEntryTable.on.desc(), LogEntryTable.id.desc())
        )
        wanted = None if kinds is None else {kind.value for kind in kinds}
        with self._store.read() as session:
            rows = session.execute(statement).all()
        by_id = {row.id: row for row, _, _ in rows}
        replaced = {row.replaces_id for row, _, _ in rows if row.replaces_id is not None}
        return tuple(
            LogEntry(
                row.id,
                PersonRef(row.contact_id, name),
                LogKind(row.kind),
                row.on,
                row.text,
                row.link,
                row.private,
                row.done,
                None if row.mediator_id is None else PersonRef(row.mediator_id, other or ""),
                tuple(_before(row, by_id)),
            )
            for row, name, other in rows
            if row.id not in replaced and (wanted is None or row.kind in wanted) and row.kind in list(LogKind)
        )

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


def _before(row: LogEntryTable, by_id: dict[int, LogEntryTable]) -> Iterable[tuple[date, str]]:
    seen = {row.id}
    while row.replaces_id is not None and row.replaces_id in by_id and row.replaces_id not in seen:
        row = by_id[row.replaces_id]
        seen.add(row.id)
        yield row.on, row.text


def _words(text: str, kind: LogKind, mediator_id: int | None) -> str:
    plain = "\n".join(" ".join(line.split()) for line in text.strip().splitlines()).strip()
    if not plain and not (kind is LogKind.MEDIATOR and mediator_id is not None):
        raise Invalid("Entry", "write what it is about")
    return plain


def _key(id: int) -> str:
    return f"log:{id}"
