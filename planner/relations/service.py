"""Logging what happened, what was promised, and what was given and received. Each method is one undoable command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpState
from planner.relations import writing
from planner.relations.drafts import ExchangeDraft, InteractionDraft, MilestoneDraft, PromiseDraft
from planner.relations.introduction_commands import IntroductionCommands
from planner.relations.records import InteractionKind, PromiseState
from planner.store.tables import (
    ExchangeTable,
    InteractionTable,
    MilestoneTable,
    PromiseTable,
)

_LOG_LABELS = {
    InteractionKind.MET: "log meeting {}",
    InteractionKind.CALL: "log a call with {}",
    InteractionKind.VIDEO: "log a video call with {}",
    InteractionKind.EMAIL: "log an email with {}",
    InteractionKind.MESSAGE: "log a message with {}",
    InteractionKind.LETTER: "log a letter with {}",
    InteractionKind.SOCIAL: "log an online contact with {}",
}

#: Dates without a time are kept as noon, so that they stay the same date when the person's zone changes by some hours.
NOON = time(12, 0)


class RelationService(IntroductionCommands):
    """The history of all relationships."""

    # --- interactions

    def log(
        self,
        draft: InteractionDraft,
        promises: Iterable[PromiseDraft] = (),
        exchanges: Iterable[ExchangeDraft] = (),
        followups: Iterable[FollowUpDetails] = (),
    ) -> Changes:
        """Log an interaction with all that came of it.

        My promises become follow-ups, theirs with a date become reminders; `followups` without contacts are for those
        of the interaction. Rhythms of everyone in it start anew. Raises Invalid for a date to come or nobody named,
        NotFound for an unknown contact; nothing is logged then.
        """
        draft, on = self._normal(draft)
        now = self._clock.now()
        with self._store.write(self._label(_LOG_LABELS[draft.kind], draft.contact_ids)) as work:
            log(work.session, draft, on, now, promises=promises, exchanges=exchanges, follow_ups=followups)
        return work.changes

    def update_interaction(self, id: int, draft: InteractionDraft) -> Changes:
        """Replace what an interaction says. Its promises and exchanges stay as they are."""
        draft, _ = self._normal(draft)
        with self._store.write(self._label("change an entry about {}", draft.contact_ids)) as work:
            writing.change_interaction(work.session, id, draft)
        return work.changes

    def delete_interaction(self, id: int) -> Changes:
        """Delete an interaction; what was promised or given then stays, without it."""
        return self.delete_interactions((id,))

    def delete_interactions(self, ids: Sequence[int]) -> Changes:
        """Delete interactions; what was promised or given then stays, without them."""
        label = "delete an entry" if len(ids) == 1 else f"delete {len(ids)} entries"
        return self._delete(InteractionTable, ids, "entry", label)

    # --- promises

    def add_promise(self, draft: PromiseDraft, *, event_id: int | None = None) -> Changes:
        """Add a promise made today. `draft.contact_id` must be set."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(self._label("note a promise with {}", (draft.contact_id or 0,))) as work:
            writing.add_promises(work.session, draft, (), today, now, event_id=event_id)
        return work.changes

    def update_promise(self, id: int, draft: PromiseDraft) -> Changes:
        """Change the words, date or side of a promise; the open follow-up it became is made anew."""
        now = self._clock.now()
        text = " ".join(draft.text.split())
        if not text:
            raise Invalid("Promise", "say what was promised")
        with self._store.write("change a promise") as work:
            row = writing.one(work.session, PromiseTable, id, "promise")
            contact_id = draft.contact_id or row.contact_id
            followups.check_contacts(work.session, (contact_id,))
            changed = (row.text, row.due_on, row.direction, row.contact_id) != (
                text,
                draft.due_on,
                draft.side.value,
                contact_id,
            )
            row.text, row.due_on, row.direction, row.contact_id = text, draft.due_on, draft.side.value, contact_id
            if changed and row.state == PromiseState.OPEN.value:
                followups.renew_for_promise(work.session, row, now)
        return work.changes

    def keep_promise(self, id: int, on: date | None = None) -> Changes:
        """Note that a promise was kept; its follow-up is done."""
        return self._close_promise("keep a promise", id, PromiseState.KEPT, on)

    def break_promise(self, id: int, on: date | None = None) -> Changes:
        """Note that a promise will not be kept; its follow-up is dropped."""
        return self._close_promise("let a promise go", id, PromiseState.BROKEN, on)

    def reopen_promise(self, id: int) -> Changes:
        """Note that a promise is open after all; it gets a follow-up again."""
        now = self._clock.now()
        with self._store.write("reopen a promise") as work:
            row = writing.one(work.session, PromiseTable, id, "promise")
            if row.state != PromiseState.OPEN.value:
                writing.reopen_promise(work.session, id)
                followups.renew_for_promise(work.session, row, now)
        return work.changes

    def delete_promises(self, ids: Sequence[int]) -> Changes:
        """Delete promises, and drop the open follow-ups they became."""
        now = self._clock.now()
        label = "delete a promise" if len(ids) == 1 else f"delete {len(ids)} promises"
        with self._store.write(label) as work:
            for row in writing.all_of(work.session, PromiseTable, ids, "promise"):
                followups.close_for_promise(work.session, row.id, FollowUpState.DROPPED, now)
                work.session.flush()
                work.session.delete(row)
        return work.changes

    def _close_promise(self, label: str, id: int, state: PromiseState, on: date | None) -> Changes:
        now = self._clock.now()
        with self._store.write(label) as work:
            writing.close_promise(work.session, id, state, on or self._clock.today(), now)
        return work.changes

    # --- give and take

    def add_exchange(self, draft: ExchangeDraft) -> Changes:
        """Add value given or received. `draft.contact_id` must be set; without `on` it was today."""
        with self._store.write(self._label("note give and take with {}", (draft.contact_id or 0,))) as work:
            writing.add_exchanges(work.session, draft, (), self._clock.today())
        return work.changes

    def update_exchange(self, id: int, draft: ExchangeDraft) -> Changes:
        """Change what was given or received; None for `contact_id` and `on` leaves those as they are."""
        with self._store.write("change give and take") as work:
            row = writing.one(work.session, ExchangeTable, id, "exchange")
            row.direction, row.kind = draft.direction.value, draft.kind.value
            row.text, row.link = draft.text.strip(), draft.link.strip()
            row.on = draft.on or row.on
            if draft.contact_id is not None:
                followups.check_contacts(work.session, (draft.contact_id,))
                row.contact_id = draft.contact_id
        return work.changes

    def delete_exchanges(self, ids: Sequence[int]) -> Changes:
        """Delete exchanges."""
        return self._delete(ExchangeTable, ids, "exchange", "delete give and take")

    # --- milestones

    def add_milestone(self, draft: MilestoneDraft) -> Changes:
        """Add a reason to celebrate; unless it is over a month past, a follow-up to congratulate comes with it."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(self._label("note a milestone of {}", (draft.contact_id,))) as work:
            writing.add_milestone(work.session, draft, today, now)
        return work.changes

    def update_milestone(self, id: int, draft: MilestoneDraft) -> Changes:
        """Change a milestone."""
        with self._store.write("change a milestone") as work:
            row = writing.one(work.session, MilestoneTable, id, "milestone")
            followups.check_contacts(work.session, (draft.contact_id,))
            row.contact_id, row.kind, row.on, row.text = (
                draft.contact_id,
                draft.kind.value,
                draft.on,
                draft.text.strip(),
            )
        return work.changes

    def delete_milestones(self, ids: Sequence[int]) -> Changes:
        """Delete milestones, and drop the open follow-ups they became."""
        now = self._clock.now()
        with self._store.write("delete a milestone" if len(ids) == 1 else f"delete {len(ids)} milestones") as work:
            for row in writing.all_of(work.session, MilestoneTable, ids, "milestone"):
                followups.close_for_milestone(work.session, row.id, FollowUpState.DROPPED, now)
                work.session.flush()
                work.session.delete(row)
        return work.changes

    # --- shared

    def _delete(
        self, table: type[InteractionTable] | type[ExchangeTable], ids: Sequence[int], word: str, label: str
    ) -> Changes:
        with self._store.write(label) as work:
            for row in writing.all_of(work.session, table, ids, word):
                work.session.delete(row)
        return work.changes

    def _label(self, pattern: str, contact_ids: Sequence[int]) -> str:
        return self._named(pattern, contact_ids)

    def _normal(self, draft: InteractionDraft) -> tuple[InteractionDraft, date]:
        return normal(draft, self._clock)


def normal(draft: InteractionDraft, clock: Clock) -> tuple[InteractionDraft, date]:
    """The draft as it is stored, and its date for the person. Raises Invalid where it has yet to happen."""
    if draft.at.tzinfo is None:
        raise Invalid("When", "the time needs a time zone")
    on = clock.local(draft.at).date()
    if on > clock.today():
        raise Invalid("When", "that day is yet to come; plan a follow-up for it instead")
    if not draft.has_time:
        draft = replace(draft, at=clock.at(on, NOON))
    return draft, on


def log(
    session: Session,
    draft: InteractionDraft,
    on: date,
    now: datetime,
    *,
    promises: Iterable[PromiseDraft] = (),
    exchanges: Iterable[ExchangeDraft] = (),
    follow_ups: Iterable[FollowUpDetails] = (),
) -> int:
    """`RelationService.log` inside somebody else's unit of work, for a draft made `normal`.

    Returns the interaction's id.
    """
    interaction_id = writing.add_interaction(session, draft, on, now)
    for promise in promises:
        writing.add_promises(
            session, promise, draft.contact_ids, on, now, interaction_id=interaction_id, event_id=draft.event_id
        )
    for exchange in exchanges:
        writing.add_exchanges(
            session, exchange, draft.contact_ids, on, interaction_id=interaction_id, event_id=draft.event_id
        )
    for details in follow_ups:
        followups.add(session, details if details.contact_ids else replace(details, contact_ids=draft.contact_ids), now)
    return interaction_id
