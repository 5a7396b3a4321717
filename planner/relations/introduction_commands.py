"""Commands on introductions: each step is one undoable command, with the follow-up that the next one needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import UserError
from planner.followups import writing as followups
from planner.followups.records import FollowUpState
from planner.followups.wording import plain_date
from planner.relations import connectors, introducing, writing
from planner.relations.drafts import IntroductionDraft
from planner.relations.records import Consent
from planner.store.store import Store
from planner.store.tables import IntroductionTable


@dataclass
class AskedOften(UserError):
    """A connector was asked for as many introductions within thirty days as the settings allow."""

    name: str
    times: str
    free_on: date
    day: str

    what: ClassVar[str] = "You asked {name} {times} within a month."
    safe: ClassVar[str] = "Nothing was changed."
    advice: ClassVar[str] = "There is room again from {day}; the follow-up can wait until then."


class IntroductionCommands:
    """What can be done about introductions; a part of `RelationService`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add_introduction(self, draft: IntroductionDraft) -> Changes:
        """Plan to introduce two contacts, or to ask somebody for an introduction, or note one that was made for you.

        The first question is a follow-up; one to a connector who was asked often lately is due when there is room.
        """
        now, today = self._clock.now(), self._clock.today()
        ids = tuple(id for id in (draft.a_id, draft.b_id) if id is not None)
        with self._store.write(self._named("plan an introduction of {}", ids)) as work:
            introducing.add(work.session, draft, today, now)
        return work.changes

    def ask_introduction(self, id: int, contact_id: int) -> Changes:
        """Note that this side was asked."""
        return self._introduction("ask about an introduction", id, introducing.ask, contact_id)

    def ask_for_introduction(self, id: int, *, even_so: bool = False) -> Changes:
        """Note that the connector was asked. Raises AskedOften beyond the month's limit, unless `even_so`."""
        now, today = self._clock.now(), self._clock.today()
        with self._store.write("ask for an introduction") as work:
            row = writing.one(work.session, IntroductionTable, id, "introduction")
            if row.introducer_id is not None:
                room = introducing.room_of(work.session, row.introducer_id, today)
                if room.is_full and row.introducer_asked_on is None and not even_so:
                    name = writing.in_words(work.session, (row.introducer_id,))
                    raise AskedOften(name, connectors.times(room.asked), room.free_on, plain_date(room.free_on))
                introducing.ask(work.session, row, row.introducer_id, today, now)
        return work.changes

    def answer_introduction(self, id: int, contact_id: int, consent: Consent) -> Changes:
        """Note what one side, or the connector, answered. With both sides' yes, making it is next; a no ends it."""
        return self._introduction("note an answer to an introduction", id, introducing.answer, contact_id, consent)

    def make_introduction(self, id: int) -> Changes:
        """Note that it was made; it counts in give and take."""
        return self._introduction("make an introduction", id, introducing.make)

    def conclude_introduction(self, id: int, outcome: str) -> Changes:
        """Note what came of it, and close it."""
        return self._introduction("note the outcome of an introduction", id, introducing.conclude, outcome)

    def thank_for_introduction(self, id: int) -> Changes:
        """Note that thanks were said, today; the follow-up to say them is done."""
        return self._introduction("note thanks for an introduction", id, introducing.thank)

    def delete_introductions(self, ids: Sequence[int]) -> Changes:
        """Delete introductions, and drop the open follow-ups they became."""
        now = self._clock.now()
        label = "delete an introduction" if len(ids) == 1 else f"delete {len(ids)} introductions"
        with self._store.write(label) as work:
            for row in writing.all_of(work.session, IntroductionTable, ids, "introduction"):
                followups.close_for_introduction(work.session, row.id, FollowUpState.DROPPED, now)
                work.session.flush()
                work.session.delete(row)
        return work.changes

    def _introduction(self, label: str, id: int, step: Callable[..., None], *values: object) -> Changes:
        now, today = self._clock.now(), self._clock.today()
        with self._store.write(label) as work:
            row = writing.one(work.session, IntroductionTable, id, "introduction")
            step(work.session, row, *values, today, now)
        return work.changes

    def _named(self, pattern: str, contact_ids: Sequence[int]) -> str:
        with self._store.read() as session:
            return pattern.format(writing.in_words(session, contact_ids))
