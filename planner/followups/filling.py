"""What the placeholders of a template stand for, for one follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.followups.messages import EventWords, LastWords, PersonWords, Placeholders, PromiseWords
from planner.followups.records import FollowUp
from planner.followups.wording import SayDate
from planner.settings.records import Me
from planner.store.tables import (
    ContactTable,
    EmailTable,
    EventTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
    PhoneTable,
    PromiseTable,
)


class Filling:
    """Reads what is needed from one session; dates are said by `say_date`."""

    def __init__(self, session: Session, clock: Clock, say_date: SayDate) -> None:
        self._session = session
        self._clock = clock
        self._say = say_date

    def placeholders(self, followup: FollowUp, me: Me) -> Placeholders:
        """The placeholders for a follow-up; `me` is the sender."""
        ids = [person.id for person in followup.people]
        other_id = ids[1] if len(ids) > 1 else self._other_side(followup, ids)
        return Placeholders(
            contact=self._person(ids[0]) if ids else PersonWords(),
            other=self._person(other_id) if other_id is not None else PersonWords(),
            sender=PersonWords(
                name=me.name,
                first=me.name.split(maxsplit=1)[0] if me.name.strip() else "",
                title=me.title,
                organisation=me.organisation,
                email=me.email,
                phone=me.phone,
                link=me.link,
                signature=me.signature,
            ),
            event=self._event(followup.details.event_id),
            promise=self._promise(followup.details.promise_id),
            last=self._last(ids[0]) if ids else LastWords(),
            reason=self._reason(followup),
            names=" and ".join(person.name for person in followup.people),
        )

    def _other_side(self, followup: FollowUp, ids: Sequence[int]) -> int | None:
        if followup.details.introduction_id is None:
            return None
        row = self._session.get(IntroductionTable, followup.details.introduction_id)
        sides = [] if row is None else [side for side in (row.a_id, row.b_id) if side is not None and side not in ids]
        return sides[0] if sides else None

    def _reason(self, followup: FollowUp) -> str:
        if followup.details.introduction_id is not None:
            row = self._session.get(IntroductionTable, followup.details.introduction_id)
            return row.reason if row is not None else ""
        return followup.details.why

    def _person(self, id: int) -> PersonWords:
        row = self._session.get(ContactTable, id)
        if row is None:
            return PersonWords()
        email = self._session.scalar(
            select(EmailTable.address)
            .where(EmailTable.contact_id == id)
            .order_by(EmailTable.preferred.desc(), EmailTable.position)
            .limit(1)
        )
        phone = self._session.scalar(
            select(PhoneTable.number)
            .where(PhoneTable.contact_id == id)
            .order_by(PhoneTable.preferred.desc(), PhoneTable.position)
            .limit(1)
        )
        return PersonWords(
            name=row.name,
            first=row.nickname or row.given or row.name,
            family=row.family,
            title=row.title,
            organisation=row.organisation,
            field=row.field,
            email=email or "",
            phone=phone or "",
        )

    def _event(self, id: int | None) -> EventWords:
        row = self._session.get(EventTable, id) if id is not None else None
        if row is None:
            return EventWords()
        first = row.starts_at.astimezone(_zone(row.time_zone, self._clock)).date()
        return EventWords(row.title, row.kind, row.place, self._say(first), row.link)

    def _promise(self, id: int | None) -> PromiseWords:
        row = self._session.get(PromiseTable, id) if id is not None else None
        if row is None:
            return PromiseWords()
        return PromiseWords(row.text, self._say(row.made_on), self._say(row.due_on) if row.due_on else "")

    def _last(self, contact_id: int) -> LastWords:
        row = self._session.scalar(
            select(InteractionTable)
            .join(InteractionContactTable, InteractionContactTable.interaction_id == InteractionTable.id)
            .where(InteractionContactTable.contact_id == contact_id)
            .order_by(InteractionTable.at.desc())
            .limit(1)
        )
        if row is None:
            return LastWords()
        return LastWords(self._say(self._clock.local(row.at).date()), row.text, row.place)


def _zone(name: str, clock: Clock) -> tzinfo:
    try:
        return ZoneInfo(name) if name else clock.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return clock.zone
