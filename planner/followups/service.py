"""Commands on follow-ups. Each method is one undoable command and returns its `Changes`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid, NotFound
from planner.followups import doing, offering, plans, queueing, writing
from planner.followups.plan_book import PlanBook
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.followups.rules.due import next_working_day
from planner.followups.wording import plain_date
from planner.relations import writing as relations
from planner.relations.records import InteractionKind
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import FollowUpTable, PlanTable


class FollowUpService:
    """The queue's commands. `book` holds those on plans and message templates."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self.book = PlanBook(store)
        offering.offer(store)

    # --- one at a time

    def add(self, details: FollowUpDetails) -> Changes:
        """Add a follow-up. Raises Invalid without a title, NotFound for an unknown contact."""
        with self._store.write(f"add “{_short(details.title)}”") as work:
            writing.add(work.session, details, self._clock.now())
        return work.changes

    def update(self, id: int, details: FollowUpDetails) -> Changes:
        """Replace a follow-up's details. Raises NotFound and Invalid."""
        with self._store.write(f"change “{_short(details.title)}”") as work:
            row = _row(work.session, id)
            writing.fill(row, details)
            writing.set_contacts(work.session, id, details.contact_ids)
            if work.session.is_modified(row):
                row.updated_at = self._clock.now()
        return work.changes

    def write_message(self, id: int, subject: str, body: str, template_id: int | None = None) -> Changes:
        """Keep the message that is being written for a follow-up."""
        with self._store.read() as session:
            label = f"write to {relations.in_words(session, doing.contacts_of(session, id))}"
        with self._store.write(label) as work:
            row = _row(work.session, id)
            if (row.message_subject, row.message, row.template_id) != (subject, body, template_id):
                row.message_subject, row.message, row.template_id = subject, body, template_id
                row.updated_at = self._clock.now()
        return work.changes

    def plan_check_in(self, contact_ids: Sequence[int], on: date | None = None, why: str = "") -> Changes:
        """Add a check-in with each of these people, on a day or else on the next days with room, today included."""
        settings, today, now = self._settings.get(), self._clock.today(), self._clock.now()
        ids = list(dict.fromkeys(contact_ids))
        with self._store.read() as session:
            label = f"plan a check-in with {relations.in_words(session, ids)}"
            days = [on] * len(ids) if on else queueing.room(under(session), len(ids), today, today, settings)
        with self._store.write(label) as work:
            for contact_id, day in zip(ids, days, strict=True):
                details = FollowUpDetails(FollowUpKind.CHECK_IN, "Check in", day, (contact_id,), why=why)
                writing.add(work.session, details, now)
        return work.changes

    # --- one or many

    def done(
        self,
        ids: Sequence[int],
        what_happened: str | None = None,
        kind: InteractionKind | None = None,
        at: datetime | None = None,
    ) -> Changes:
        """Close follow-ups as done. With a line about what happened, an interaction is logged with their contacts.

        Its kind fits the words and the follow-up unless `kind` says it; `at` is when it was, now if not given.
        Rhythms start anew, a promise of mine is kept, an introduction moves on. Those closed already are left alone.
        """
        now, words = self._clock.now(), " ".join((what_happened or "").split())
        moment = at or now
        on = self._clock.local(moment).date()
        if on > self._clock.today():
            raise Invalid("When", "that day is yet to come")
        return self._each("done with {}", ids, lambda s, row: doing.done(s, row, words, kind, on, moment, now))

    def drop(self, ids: Sequence[int]) -> Changes:
        """Close follow-ups as dropped. A promise of mine is let go with it."""
        now, today = self._clock.now(), self._clock.today()
        return self._each("drop {}", ids, lambda session, row: doing.drop(session, row, today, now))

    def reopen(self, ids: Sequence[int]) -> Changes:
        """Open closed follow-ups again."""
        now = self._clock.now()
        return self._each("reopen {}", ids, lambda session, row: doing.reopen(session, row, now), closed=True)

    def snooze(self, ids: Sequence[int], until: date) -> Changes:
        """Put follow-ups off until a day, and count that they were. Raises Invalid for a day that is past."""
        now = self._clock.now()
        if until < self._clock.today():
            raise Invalid("Snooze", "that day is past")

        def put_off(_: Session, row: FollowUpTable) -> None:
            row.due_on = until
            row.snoozes += 1
            row.updated_at = now

        return self._each(f"snooze {{}} until {plain_date(until)}", ids, put_off)

    def reschedule(self, ids: Sequence[int], on: date) -> Changes:
        """Move follow-ups to a day that suits better, without counting it as put off.

        Raises Invalid for a day that is past.
        """
        now = self._clock.now()
        if on < self._clock.today():
            raise Invalid("Date", "that day is past")

        def move(_: Session, row: FollowUpTable) -> None:
            row.due_on, row.updated_at = on, now

        return self._each(f"move {{}} to {plain_date(on)}", ids, move)

    def reschedule_rest(self, day: date) -> Changes:
        """Spread what is still open on a day, or was due before it, over the next working days with room.

        The most important goes first. It does not count as put off. What has a time of day stays: somebody may be
        waiting.
        """
        now, today, settings = self._clock.now(), self._clock.today(), self._settings.get()
        with self._store.read() as session:
            ids = queueing.rest_of(under(session), day, settings, self._clock)
            first = next_working_day(max(day, today), settings.working_days)
            days = queueing.room(under(session), len(ids), first, today, settings, leaving_out=ids)
        target = dict(zip(ids, days, strict=True))

        def move(_: Session, row: FollowUpTable) -> None:
            row.due_on, row.updated_at = target[row.id], now

        return self._each("move {} to the next days", ids, move)

    def move_on(self, ids: Sequence[int]) -> Changes:
        """Spread these over the next working days with room, the first the soonest. It does not count as put off."""
        now, today, settings = self._clock.now(), self._clock.today(), self._settings.get()
        wanted = list(dict.fromkeys(ids))
        with self._store.read() as session:
            first = next_working_day(today, settings.working_days)
            days = queueing.room(under(session), len(wanted), first, today, settings, leaving_out=wanted)
        target = dict(zip(wanted, days, strict=True))

        def move(_: Session, row: FollowUpTable) -> None:
            row.due_on, row.updated_at = target[row.id], now

        return self._each("move {} to the next days", wanted, move)

    def delete(self, ids: Sequence[int]) -> Changes:
        """Delete follow-ups as if they had never been."""
        return self._each("delete {}", ids, lambda session, row: session.delete(row), closed=None)

    # --- many at once

    def apply_plan(
        self, plan_id: int, contact_ids: Sequence[int], from_day: date, event_id: int | None = None
    ) -> Changes:
        """Create a plan's follow-ups for these contacts, counted from a day. What it made before is not made again."""
        settings = self._settings.get()
        with self._store.read() as session:
            plan = session.get(PlanTable, plan_id)
            if plan is None:
                raise NotFound("plan", plan_id)
            label = f"plan “{plan.name}” for {relations.in_words(session, contact_ids)}"
        with self._store.write(label) as work:
            plans.apply(
                work.session,
                plan_id,
                contact_ids,
                from_day,
                self._clock.now(),
                today=self._clock.today(),
                working_days=settings.working_days,
                event_id=event_id,
            )
        return work.changes

    def _each(
        self,
        pattern: str,
        ids: Sequence[int],
        change: Callable[[Session, FollowUpTable], None],
        *,
        closed: bool | None = False,
    ) -> Changes:
        """Change each follow-up that is open (or closed, or either for None).

        Raises NotFound, and then changes none.
        """
        wanted = list(dict.fromkeys(ids))
        with self._store.read() as session:
            label = pattern.format(_called(session, wanted))
        with self._store.write(label) as work:
            for row in relations.all_of(work.session, FollowUpTable, wanted, "follow-up"):
                if closed is None or (row.state != FollowUpState.OPEN.value) == closed:
                    change(work.session, row)
        return work.changes


def _row(session: Session, id: int) -> FollowUpTable:
    return relations.one(session, FollowUpTable, id, "follow-up")


def _called(session: Session, ids: Sequence[int]) -> str:
    if len(ids) != 1:
        return f"{len(ids)} follow-ups"
    title = session.scalar(select(FollowUpTable.title).where(FollowUpTable.id == ids[0]))
    return f"“{_short(title or '')}”"


def _short(title: str) -> str:
    plain = " ".join(title.split()) or "a follow-up"
    return plain if len(plain) <= 50 else f"{plain[:49].rstrip()}…"
