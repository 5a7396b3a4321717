"""Informational interviews from request to thank-you: commands and questions. The rules stand in `interview_steps`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid, NotFound
from planner.events import writing
from planner.events.interview_steps import Interview, Named
from planner.events.records import EventKind, EventState
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations import introducing
from planner.relations import writing as relations
from planner.relations.drafts import InteractionDraft, IntroductionDraft
from planner.relations.records import InteractionKind, PersonRef
from planner.store.store import Store
from planner.store.tables import (
    AttendanceTable,
    ContactTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionTable,
    InterviewNamedTable,
    InterviewTable,
    PreparationItemTable,
    TemplateTable,
)

#: What makes the follow-ups of an interview, and the beginnings of their keys.
INTERVIEW = "interview"
#: When to ask again, and when to thank, in days.
_PATIENCE, _THANKS = 7, 1


class Interviews:
    """Commands and questions about informational interviews; each command is one undoable step."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    # --- questions

    def get(self, event_id: int) -> Interview:
        """Where the interview of an event stands. Raises NotFound."""
        with self._store.read() as session:
            return read(session, writing.one(session, EventTable, event_id, "event"))

    def all(self) -> tuple[Interview, ...]:
        """All of them, the latest first."""
        statement = (
            select(EventTable)
            .where(EventTable.kind == EventKind.INFORMATIONAL_INTERVIEW.value)
            .order_by(EventTable.starts_at.desc(), EventTable.id.desc())
        )
        with self._store.read() as session:
            return tuple(read(session, event) for event in session.scalars(statement))

    # --- the flow

    def plan_request(self, event_id: int) -> Changes:
        """Have a follow-up for today to ask for it, with the message that asks; its id is among the created."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(f"plan to ask for {self._title(event_id)}") as work:
            row = _row(work.session, event_id)
            template = work.session.scalar(
                select(TemplateTable.id).where(TemplateTable.builtin == "informational-interview")
            )
            _plan(
                work.session, row, "ask", FollowUpKind.REQUEST, "Ask for an informational interview", today, now,
                template_id=template,
            )  # fmt: skip
        return work.changes

    def asked(self, event_id: int) -> Changes:
        """Note that it was asked for today; to ask again comes in a week, if nothing is heard."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(f"note that {self._title(event_id)} was asked for") as work:
            _asked(work.session, _row(work.session, event_id), today, now)
        return work.changes

    def answered(self, event_id: int, yes: bool, starts_at: datetime | None = None) -> Changes:
        """Note the answer. With a yes may come a time (aware) that the event moves to; a no ends it."""
        now, today = self._clock.now(), self._clock.today()
        if starts_at is not None and starts_at.tzinfo is None:
            raise Invalid("When", "the time needs a time zone")
        with self._store.write(f"note the answer about {self._title(event_id)}") as work:
            row = _row(work.session, event_id)
            row.asked_on = row.asked_on or today
            row.answer, row.answered_on = "yes" if yes else "no", today
            _close(work.session, event_id, ("ask", "hear"), FollowUpState.DONE, now)
            event = writing.one(work.session, EventTable, event_id, "event")
            if not yes:
                event.state = EventState.CALLED_OFF.value
            elif starts_at is not None:
                event.starts_at, event.ends_at, event.all_day = starts_at, starts_at + _length(event), False
            event.updated_at = now
        return work.changes

    def held(self, event_id: int, said: str = "", minutes: int | None = None) -> Changes:
        """Note that you talked: it is in their story, and thanks come tomorrow. Raises Invalid before its day."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(f"log {self._title(event_id)}") as work:
            session = work.session
            row = _row(session, event_id)
            event = writing.one(session, EventTable, event_id, "event")
            on = self._clock.local(event.starts_at).date()
            if on > today:
                raise Invalid("When", "that day is yet to come")
            row.answer = "yes"
            row.asked_on = row.asked_on or today
            _close(session, event_id, ("ask", "hear"), FollowUpState.DONE, now)
            writing.mark_met(session, event_id, (row.contact_id,), said)
            at = min(event.starts_at, now)
            kind = InteractionKind.VIDEO if event.link and not event.place else InteractionKind.MET
            draft = InteractionDraft(
                kind, at, True, (row.contact_id,), said, minutes or None, event.place, event_id=event_id
            )
            relations.add_interaction(session, draft, on, now)
            thanks = max(today, on + timedelta(days=_THANKS))
            if not _adopted(session, row):
                _plan(session, row, "thank", FollowUpKind.THANK_YOU, "Thank for the interview", thanks, now)
        return work.changes

    def set_learned(self, event_id: int, text: str) -> Changes:
        """Write down what you learned; Markdown."""
        with self._store.write(f"note what came of {self._title(event_id)}") as work:
            _row(work.session, event_id).learned = text.strip()
        return work.changes

    def thanked(self, event_id: int) -> Changes:
        """Note that thanks were said, today."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(f"note thanks for {self._title(event_id)}") as work:
            _row(work.session, event_id).thanked_on = today
            _close(work.session, event_id, ("thank",), FollowUpState.DONE, now)
        return work.changes

    # --- whom they named

    def name(self, event_id: int, name: str, about: str = "", contact_id: int | None = None) -> Changes:
        """Note somebody they named. Raises Invalid without a name."""
        shown = " ".join(name.split())
        if not shown:
            raise Invalid("Name", "say whom they named")
        with self._store.write(f"note that {shown} was named") as work:
            session = work.session
            writing.one(session, EventTable, event_id, "event")
            if contact_id is not None:
                followups.check_contacts(session, (contact_id,))
            last = session.scalar(
                select(func.max(InterviewNamedTable.position)).where(InterviewNamedTable.event_id == event_id)
            )
            session.add(
                InterviewNamedTable(
                    event_id=event_id,
                    position=0 if last is None else last + 1,
                    name=shown,
                    about=" ".join(about.split()),
                    contact_id=contact_id,
                )
            )
        return work.changes

    def remove_named(self, named_id: int) -> Changes:
        """Take somebody off the list; their contact and an introduction stay."""
        with self._store.write("take somebody named off the list") as work:
            work.session.delete(writing.one(work.session, InterviewNamedTable, named_id, "name"))
        return work.changes

    def ask_introduction(self, named_id: int) -> Changes:
        """Plan to ask the interviewed person for an introduction; whoever was named becomes a contact first."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.read() as session:
            label = f"ask for an introduction to {writing.one(session, InterviewNamedTable, named_id, 'name').name}"
        with self._store.write(label) as work:
            session = work.session
            named = writing.one(session, InterviewNamedTable, named_id, "name")
            row = _row(session, named.event_id)
            if named.contact_id is None:
                named.contact_id = writing.contact_of_name(session, named.name, now)
            title = writing.one(session, EventTable, named.event_id, "event").title
            reason = named.about or f"named in “{title}”"
            draft = IntroductionDraft(named.contact_id, None, reason, row.contact_id)
            introducing.add(session, draft, today, now)
            named.asked = True
        return work.changes

    def _title(self, event_id: int) -> str:
        with self._store.read() as session:
            return f"“{writing.one(session, EventTable, event_id, 'event').title}”"


def step_done(session: Session, row: FollowUpTable, today: date, now: datetime) -> None:
    """Carry on after the follow-up for one step was done: having asked, waiting for an answer; thanks are said."""
    if row.origin != INTERVIEW or row.event_id is None:
        return
    interview = session.scalar(select(InterviewTable).where(InterviewTable.event_id == row.event_id))
    if interview is None:
        return
    step = row.origin_key.rpartition(":")[2]
    if step in ("ask", "hear") and not interview.answer:
        _asked(session, interview, today, now)
    elif step == "thank":
        interview.thanked_on = today


def read(session: Session, event: EventTable) -> Interview:
    """The interview of an event; with nothing noted yet, where it begins."""
    row = session.scalar(select(InterviewTable).where(InterviewTable.event_id == event.id))
    contact_id = row.contact_id if row is not None else _first(session, event.id)
    name = session.scalar(select(ContactTable.name).where(ContactTable.id == contact_id))
    questions = session.scalar(
        select(func.count())
        .select_from(PreparationItemTable)
        .join(AttendanceTable, AttendanceTable.id == PreparationItemTable.attendance_id)
        .where(AttendanceTable.event_id == event.id, PreparationItemTable.kind == "question")
    )
    held = session.scalar(select(InteractionTable.id).where(InteractionTable.event_id == event.id).limit(1))
    named = session.scalars(
        select(InterviewNamedTable)
        .where(InterviewNamedTable.event_id == event.id)
        .order_by(InterviewNamedTable.position, InterviewNamedTable.id)
    )
    open_steps = {
        key.rpartition(":")[2]: id
        for id, key in session.execute(
            select(FollowUpTable.id, FollowUpTable.origin_key).where(
                FollowUpTable.event_id == event.id,
                FollowUpTable.origin == INTERVIEW,
                FollowUpTable.state == FollowUpState.OPEN.value,
            )
        )
    }
    return Interview(
        event_id=event.id,
        title=event.title,
        person=None if contact_id is None else PersonRef(contact_id, name or ""),
        starts_at=event.starts_at,
        asked_on=row.asked_on if row is not None else None,
        answer=row.answer if row is not None else "",
        answered_on=row.answered_on if row is not None else None,
        questions=questions or 0,
        held=held is not None,
        learned=row.learned if row is not None else "",
        thanked_on=row.thanked_on if row is not None else None,
        named=tuple(Named(each.id, each.name, each.about, each.contact_id, each.asked) for each in named),
        request_id=open_steps.get("ask") or open_steps.get("hear"),
        thanks_id=open_steps.get("thank"),
    )


def _row(session: Session, event_id: int) -> InterviewTable:
    """The row beside an event, made where it is not there yet. Raises NotFound, and Invalid while nobody is named."""
    event = session.get(EventTable, event_id)
    if event is None:
        raise NotFound("event", event_id)
    row = session.scalar(select(InterviewTable).where(InterviewTable.event_id == event_id))
    if row is not None:
        return row
    contact_id = _first(session, event_id)
    if contact_id is None:
        raise Invalid("Who", "say first whom you want to talk to")
    row = InterviewTable(event_id=event_id, contact_id=contact_id, answer="", learned="")
    session.add(row)
    session.flush()
    return row


def _first(session: Session, event_id: int) -> int | None:
    return session.scalar(
        select(AttendanceTable.contact_id)
        .where(AttendanceTable.event_id == event_id)
        .order_by(AttendanceTable.position, AttendanceTable.id)
        .limit(1)
    )


def _asked(session: Session, row: InterviewTable, today: date, now: datetime) -> None:
    row.asked_on = today
    _close(session, row.event_id, ("ask", "hear"), FollowUpState.DONE, now)
    title = "Ask again about the interview"
    _plan(session, row, "hear", FollowUpKind.REQUEST, title, today + timedelta(days=_PATIENCE), now)


def _adopted(session: Session, row: InterviewTable) -> bool:
    """Take over the thank-you that the event's plan has made already, if there is one."""
    session.flush()
    found = session.scalar(
        select(FollowUpTable)
        .join(FollowUpContactTable, FollowUpContactTable.followup_id == FollowUpTable.id)
        .where(
            FollowUpTable.event_id == row.event_id,
            FollowUpTable.kind == FollowUpKind.THANK_YOU.value,
            FollowUpTable.state == FollowUpState.OPEN.value,
            FollowUpContactTable.contact_id == row.contact_id,
        )
        .limit(1)
    )
    if found is None:
        return False
    found.origin, found.origin_key = INTERVIEW, f"{INTERVIEW}:{row.event_id}:thank"
    return True


def _plan(
    session: Session,
    row: InterviewTable,
    step: str,
    kind: FollowUpKind,
    title: str,
    due_on: date,
    now: datetime,
    template_id: int | None = None,
) -> None:
    key = f"{INTERVIEW}:{row.event_id}:{step}"
    there = select(FollowUpTable.id).where(
        FollowUpTable.origin_key == key, FollowUpTable.state == FollowUpState.OPEN.value
    )
    session.flush()
    if session.scalar(there.limit(1)) is None:
        details = FollowUpDetails(
            kind, title, due_on, (row.contact_id,), event_id=row.event_id, template_id=template_id, origin=INTERVIEW,
            origin_key=key,
        )  # fmt: skip
        followups.add(session, details, now)


def _close(session: Session, event_id: int, steps: Sequence[str], state: FollowUpState, now: datetime) -> None:
    keys = [f"{INTERVIEW}:{event_id}:{step}" for step in steps]
    for row in session.scalars(
        select(FollowUpTable).where(FollowUpTable.origin_key.in_(keys), FollowUpTable.state == FollowUpState.OPEN.value)
    ):
        followups.close(row, state, now)
    session.flush()


def _length(event: EventTable) -> timedelta:
    length = event.ends_at - event.starts_at
    return length if not event.all_day and timedelta(0) < length <= timedelta(hours=8) else timedelta(minutes=30)
