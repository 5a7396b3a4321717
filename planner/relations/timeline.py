"""Assembling the timeline of one relationship from what is stored."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.relations import rows, story
from planner.relations.records import Exchange, Interaction, Promise
from planner.relations.story import StoryChip, StoryEntry, StoryKind
from planner.store.tables import (
    AttendanceTable,
    EventTable,
    ExchangeTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
    MilestoneTable,
    PromiseTable,
)


class Timeline:
    """One contact's history, read on one snapshot.

    What came of an interaction stands under it as chips. Of two records of the same thing only the fuller is shown: an
    attendance goes where an interaction was logged at that event, a done follow-up where doing it logged one.
    """

    def __init__(self, session: Session, clock: Clock, contact_id: int) -> None:
        self._session = session
        self._clock = clock
        self._contact = contact_id

    def entries(self, limit: int | None = None) -> tuple[StoryEntry, ...]:
        """Everything, newest first; of the same day, what has a time of day by that."""
        interactions = rows.read_interactions(
            self._session,
            select(InteractionTable.id)
            .join(InteractionContactTable, InteractionContactTable.interaction_id == InteractionTable.id)
            .where(InteractionContactTable.contact_id == self._contact)
            .order_by(InteractionTable.at.desc(), InteractionTable.id.desc()),
        )
        promises = self._promises()
        exchanges = self._exchanges()
        shown = {each.id for each in interactions}
        found = [self._interaction(each, promises, exchanges) for each in interactions]
        found += [self._promise(each) for each in promises if each.interaction_id not in shown]
        found += [self._exchange(each) for each in exchanges if each.interaction_id not in shown]
        found += self._introductions()
        found += self._milestones()
        found += self._attendances({each.event_id for each in interactions})
        found += self._followups()
        found.sort(key=self._order, reverse=True)
        return tuple(found[:limit])

    def _order(self, entry: StoryEntry) -> tuple[date, datetime, int]:
        # Without a time, a thing stands before the timed ones of its day, as if it had been in the morning.
        moment = entry.at or self._clock.at(entry.on, time())
        return entry.on, moment, entry.id

    def _day(self, moment: datetime) -> date:
        return self._clock.local(moment).date()

    def _promises(self) -> list[Promise]:
        statement = rows.select_promises().where(PromiseTable.contact_id == self._contact).order_by(PromiseTable.id)
        return [rows.to_promise(*row) for row in self._session.execute(statement)]

    def _exchanges(self) -> list[Exchange]:
        # An introduction tells of itself; the exchange it counts as would say it twice.
        statement = (
            rows.select_exchanges()
            .where(ExchangeTable.contact_id == self._contact, ExchangeTable.introduction_id.is_(None))
            .order_by(ExchangeTable.id)
        )
        return [rows.to_exchange(*row) for row in self._session.execute(statement)]

    def _interaction(self, it: Interaction, promises: list[Promise], exchanges: list[Exchange]) -> StoryEntry:
        chips: list[StoryChip] = [story.promise_chip(each) for each in promises if each.interaction_id == it.id]
        chips += [story.exchange_chip(each) for each in exchanges if each.interaction_id == it.id]
        return StoryEntry(
            StoryKind.INTERACTION,
            it.id,
            self._day(it.at),
            story.interaction_headline(it.kind, it.minutes, it.place, it.event_title),
            it.text,
            at=it.at if it.has_time else None,
            chips=tuple(chips),
            others=tuple(person for person in it.contacts if person.id != self._contact),
            event_id=it.event_id,
            private=it.private,
        )

    def _promise(self, it: Promise) -> StoryEntry:
        return StoryEntry(
            StoryKind.PROMISE,
            it.id,
            it.closed_on or it.made_on,
            story.promise_headline(it),
            it.text,
            event_id=it.event_id,
        )

    def _exchange(self, it: Exchange) -> StoryEntry:
        return StoryEntry(StoryKind.EXCHANGE, it.id, it.on, story.exchange_headline(it), it.text, event_id=it.event_id)

    def _introductions(self) -> list[StoryEntry]:
        statement = select(IntroductionTable).where(rows.part_of_introduction(self._contact))
        return [
            StoryEntry(
                StoryKind.INTRODUCTION,
                it.id,
                it.made_on or it.created_on,
                story.introduction_headline(it, self._contact),
                " · ".join(part for part in (it.reason, it.outcome) if part),
                others=tuple(
                    person
                    for person in (it.a, it.b, it.introducer)
                    if person is not None and person.id != self._contact
                ),
            )
            for it in rows.to_introductions(self._session, self._session.scalars(statement).all())
        ]

    def _milestones(self) -> list[StoryEntry]:
        statement = rows.select_milestones().where(
            MilestoneTable.contact_id == self._contact, MilestoneTable.state.not_in(("proposed", "declined"))
        )
        records = [rows.to_milestone(*row) for row in self._session.execute(statement)]
        return [StoryEntry(StoryKind.MILESTONE, it.id, it.on, story.milestone_headline(it), it.text) for it in records]

    def _attendances(self, told: set[int | None]) -> list[StoryEntry]:
        statement = (
            select(AttendanceTable, EventTable)
            .join(EventTable, EventTable.id == AttendanceTable.event_id)
            .where(
                AttendanceTable.contact_id == self._contact,
                AttendanceTable.outcome != "missed",
                EventTable.starts_at <= self._clock.now(),
            )
        )
        return [
            StoryEntry(
                StoryKind.EVENT,
                event.id,
                self._day(event.starts_at),
                f"{'Met' if attendance.outcome == 'met' else 'Was'} at {event.title}",
                " · ".join(part for part in (attendance.said, attendance.note) if part),
                event_id=event.id,
            )
            for attendance, event in self._session.execute(statement)
            if event.id not in told
        ]

    def _followups(self) -> list[StoryEntry]:
        logged = (
            select(InteractionTable.id)
            .join(InteractionContactTable, InteractionContactTable.interaction_id == InteractionTable.id)
            .where(
                InteractionContactTable.contact_id == self._contact,
                # Doing a follow-up and logging it are one command, hence one moment.
                InteractionTable.created_at == FollowUpTable.closed_at,
            )
            .exists()
        )
        statement = (
            select(FollowUpTable)
            .join(FollowUpContactTable, FollowUpContactTable.followup_id == FollowUpTable.id)
            .where(
                FollowUpContactTable.contact_id == self._contact,
                FollowUpTable.state == "done",
                # A promise kept and an introduction made stand there themselves.
                FollowUpTable.promise_id.is_(None),
                FollowUpTable.introduction_id.is_(None),
                ~logged,
            )
        )
        return [
            StoryEntry(
                StoryKind.FOLLOWUP,
                row.id,
                self._day(row.closed_at or row.updated_at),
                "Done",
                row.title,
                at=row.closed_at,
                event_id=row.event_id,
            )
            for row in self._session.scalars(statement)
        ]
