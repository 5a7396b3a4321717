"""Assembling the timeline of one relationship from what is stored."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time

from planner.clock import Clock
from planner.relations import rows as stored
from planner.relations import story
from planner.relations.records import Exchange, Interaction, Promise
from planner.relations.story import StoryChip, StoryEntry, StoryKind
from planner.store.values import from_utc_text, moment_of, utc_text

_INTERACTIONS = """
SELECT interaction.id FROM interaction JOIN interaction_contact ON interaction_id = interaction.id
WHERE contact_id = ? ORDER BY at DESC, interaction.id DESC
"""
_ATTENDANCES = """
SELECT event.id, event.title, starts_at, attendance.outcome, said, note
FROM attendance JOIN event ON event.id = event_id
WHERE contact_id = ? AND attendance.outcome != 'missed' AND starts_at <= ? ORDER BY attendance.id
"""
# Doing a follow-up and logging it are one command, hence one moment. A promise kept and an introduction made stand
# there themselves.
_DONE = """
SELECT followup.id, title, closed_at, updated_at, event_id
FROM followup JOIN followup_contact ON followup_id = followup.id
WHERE contact_id = ?1 AND state = 'done' AND promise_id IS NULL AND introduction_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM interaction JOIN interaction_contact ON interaction_id = interaction.id
    WHERE interaction_contact.contact_id = ?1 AND interaction.created_at = followup.closed_at
) ORDER BY followup.id
"""


class Timeline:
    """One contact's history, read on one snapshot.

    What came of an interaction stands under it as chips. Of two records of the same thing only the fuller is shown: an
    attendance goes where an interaction was logged at that event, a done follow-up where doing it logged one.
    """

    def __init__(self, rows: sqlite3.Connection, clock: Clock, contact_id: int) -> None:
        self._rows = rows
        self._clock = clock
        self._contact = contact_id

    def entries(self, limit: int | None = None) -> tuple[StoryEntry, ...]:
        """Everything, newest first; of the same day, what has a time of day by that."""
        interactions = stored.interactions(self._rows, _INTERACTIONS, (self._contact,))
        promises = stored.promises(self._rows, "contact_id = ?", (self._contact,))
        # An introduction tells of itself; the exchange it counts as would say it twice.
        exchanges = stored.exchanges(self._rows, "contact_id = ? AND introduction_id IS NULL", (self._contact,))
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
            for it in stored.introductions(self._rows, stored.TAKES_PART, (self._contact,))
        ]

    def _milestones(self) -> list[StoryEntry]:
        found = stored.milestones(self._rows, f"contact_id = ? AND {stored.SETTLED}", (self._contact,))
        return [StoryEntry(StoryKind.MILESTONE, it.id, it.on, story.milestone_headline(it), it.text) for it in found]

    def _attendances(self, told: set[int | None]) -> list[StoryEntry]:
        found = self._rows.execute(_ATTENDANCES, (self._contact, utc_text(self._clock.now())))
        return [
            StoryEntry(
                StoryKind.EVENT,
                event_id,
                self._day(from_utc_text(starts_at)),
                f"{'Met' if outcome == 'met' else 'Was'} at {title}",
                " · ".join(part for part in (said, note) if part),
                event_id=event_id,
            )
            for event_id, title, starts_at, outcome, said, note in found
            if event_id not in told
        ]

    def _followups(self) -> list[StoryEntry]:
        return [
            StoryEntry(
                StoryKind.FOLLOWUP,
                id,
                self._day(from_utc_text(closed_at or updated_at)),
                "Done",
                title,
                at=moment_of(closed_at),
                event_id=event_id,
            )
            for id, title, closed_at, updated_at, event_id in self._rows.execute(_DONE, (self._contact,))
        ]
