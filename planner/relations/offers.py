"""Offers of support, and their follow-through: an offer is a follow-up; once it is done, it counts as given."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.folding import fold
from planner.followups import writing as followups
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations import writing
from planner.relations.drafts import ExchangeDraft
from planner.relations.records import Direction, ExchangeKind
from planner.store.store import Store
from planner.store.tables import FollowUpTable

#: What makes such a follow-up.
OFFER = "offer"
#: When an offer is come back to, where no day was named: soon enough that it was meant.
SOON = timedelta(days=7)


def add(
    session: Session,
    contact_id: int,
    kind: ExchangeKind,
    text: str,
    today: date,
    now: datetime,
    *,
    due_on: date | None = None,
    event_id: int | None = None,
) -> int:
    """Note what was offered, as a follow-up to see it through; its id. Raises Invalid without words."""
    plain = " ".join(text.split()).rstrip(".")
    if not plain:
        raise Invalid("Offer", "say what you offered")
    title = plain[:1].upper() + plain[1:]
    details = FollowUpDetails(FollowUpKind.OFFER, title, due_on or today + SOON, (contact_id,), event_id=event_id)
    return followups.add(session, offered(details, kind), now)


def offered(details: FollowUpDetails, kind: ExchangeKind) -> FollowUpDetails:
    """A follow-up as an offer of this kind, which counts as given once it is done."""
    key = f"{OFFER}:{kind.value}:{uuid.uuid4()}"
    return replace(details, why=details.why or "You offered it", origin=OFFER, origin_key=key)


#: What is offered by the words that begin it, in the order they are tried; anything else is support.
_SAID: tuple[tuple[ExchangeKind, str], ...] = (
    (ExchangeKind.INTRODUCTION, r"intro|connect\b|put\b.*\bin touch"),
    (ExchangeKind.REVIEW, r"review|feedback|comment|read\b|look (?:over|at|through)|check\b"),
    (ExchangeKind.ADVICE, r"advice|advise|tips?\b|answer"),
    (ExchangeKind.REFERRAL, r"refer"),
    (ExchangeKind.ENDORSEMENT, r"endorse|recommend|nominate"),
    (ExchangeKind.RESOURCE, r"send|share|forward|lend|mail|e-?mail|pass\b"),
)


def kind_of(text: str) -> ExchangeKind:
    """What kind of value an offer in plain words is: "review the draft" is a review, "help with it" support."""
    first = re.sub(r"^\W*(?:(?:my|our|some|any|an?|the)\s+)?", "", fold(text))
    for kind, pattern in _SAID:
        if re.match(rf"(?:\w+\s+)?(?:{pattern})" if kind is not ExchangeKind.RESOURCE else pattern, first):
            return kind
    return ExchangeKind.SUPPORT


def seen_through(session: Session, row: FollowUpTable, contact_ids: tuple[int, ...], on: date) -> None:
    """Note what was offered as given, once its follow-up is done; counted once, however often it is opened again."""
    kind = row.origin_key.split(":")[1] if row.origin_key.count(":") >= 2 else ""
    if row.origin != OFFER or kind not in list(ExchangeKind) or not contact_ids:
        return
    draft = ExchangeDraft(Direction.GIVEN, ExchangeKind(kind), row.title, event_id=row.event_id)
    writing.add_exchanges(session, draft, contact_ids, on)
    row.origin_key = f"{OFFER}:{row.uid}"


class Offers:
    """The command to note one."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(
        self,
        contact_id: int,
        kind: ExchangeKind,
        text: str,
        *,
        due_on: date | None = None,
        event_id: int | None = None,
    ) -> Changes:
        """Note what you offered somebody; it stands in the queue on `due_on`, or in a week.

        Raises Invalid without words, NotFound for somebody who is gone.
        """
        now, today = self._clock.now(), self._clock.today()
        with self._store.read() as session:
            label = f"note an offer to {writing.in_words(session, (contact_id,))}"
        with self._store.write(label) as work:
            add(work.session, contact_id, kind, text, today, now, due_on=due_on, event_id=event_id)
        return work.changes
