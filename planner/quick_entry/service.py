"""Quick entry over the person's own data: understanding a typed sentence, and saving what was understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import writing as contacts
from planner.contacts.names import with_name
from planner.contacts.records import ContactDetails, Email
from planner.errors import Invalid
from planner.events import writing as event_writing
from planner.finder import events as event_finder
from planner.finder import people as people_finder
from planner.folding import fold
from planner.followups import writing as followups
from planner.followups.dates import parse as parse_day
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.quick_entry.reading import understand
from planner.quick_entry.records import (
    AS_READ,
    NOWHERE,
    Context,
    Corrections,
    ExchangePart,
    FollowUpPart,
    FoundEvent,
    FoundPerson,
    OwedPart,
    Understanding,
    Who,
)
from planner.quick_entry.when import Lean
from planner.quick_entry.when import find as find_days
from planner.relations import offers
from planner.relations import writing as relations
from planner.relations.drafts import ExchangeDraft, InteractionDraft, PromiseDraft
from planner.relations.records import InteractionKind, PersonRef
from planner.relations.service import NOON, log, normal
from planner.settings.service import SettingsService
from planner.store.store import Store

_LABELS = {
    InteractionKind.MET: "log meeting {}",
    InteractionKind.CALL: "log a call with {}",
    InteractionKind.VIDEO: "log a video call with {}",
    InteractionKind.EMAIL: "log an email with {}",
    InteractionKind.MESSAGE: "log a message with {}",
    InteractionKind.LETTER: "log a letter with {}",
    InteractionKind.SOCIAL: "log an online contact with {}",
}


class QuickEntry:
    """Understands sentences, and saves them as one undoable command each."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def understand(
        self, sentence: str, context: Context = NOWHERE, corrections: Corrections = AS_READ
    ) -> Understanding:
        """What a sentence says, read today. Fast enough for every key press, and never fails on what is typed."""
        with self._store.read() as session:
            lookups = StoredLookups(session.connection(), self._clock, context.event)
            return understand(sentence, self._clock.today(), lookups, context, corrections)

    def context(
        self, contact_ids: Iterable[int] = (), event_id: int | None = None, *, only_unnamed: bool = False
    ) -> Context:
        """The context of a person's or an event's page. What is gone by now is left out."""
        ids = list(contact_ids)
        with self._store.read() as session:
            names = relations.names(session, ids)
            events = event_finder.every(session.connection(), self._clock.zone)
            found = next((event for event in events if event.id == event_id), None) if event_id is not None else None
        event = FoundEvent(found.id, found.title, found.first_day, found.last_day) if found else None
        return Context(tuple(PersonRef(id, names[id]) for id in ids if id in names), event, only_unnamed)

    def people(self, text: str, limit: int = 8) -> tuple[PersonRef, ...]:
        """People to choose from, by a few letters."""
        with self._store.read() as session:
            connection = session.connection()
            found = people_finder.by_name(connection, text, limit, shortest=1)
            if len(found) < limit:
                found += people_finder.like_name(connection, text, limit - len(found), {hit.id for hit in found})
        return tuple(PersonRef(hit.id, hit.name) for hit in found)

    def events(self, limit: int = 6) -> tuple[FoundEvent, ...]:
        """Events to choose from: those on now, then those lately over, then those to come."""
        today = self._clock.today()
        with self._store.read() as session:
            found = list(event_finder.every(session.connection(), self._clock.zone))
        found.sort(key=lambda event: (event.first_day > today, abs((event.last_day - today).days)))
        return tuple(FoundEvent(hit.id, hit.title, hit.first_day, hit.last_day) for hit in found[:limit])

    def day(self, words: str, lean: Lean) -> date | None:
        """A day typed alone: "friday", "12 June", "in 3 weeks"; None for words that are no day.

        May take a quarter of a second where only dateparser can tell.
        """
        found = find_days(words, self._clock.today(), lean)
        if len(found) == 1 and found[0].span.of(words) == words.strip():
            return found[0].day
        if lean is Lean.PAST:
            return None
        try:
            return parse_day(words, self._clock.today())
        except Invalid:
            return None

    def save(self, understanding: Understanding) -> Changes:
        """Save all that was understood, as one command: new contacts, what happened and came of it, tags.

        Raises Invalid, naming what is missing, where it says nothing to save or not with whom.
        """
        said = understanding
        if said.missing == "what":
            raise Invalid("What happened", "say what happened, what was promised, or what to be reminded of")
        if said.missing == "who":
            raise Invalid("Who", "say whom it was with")
        now = self._clock.now()
        with self._store.write(_label(said)) as work:
            session = work.session
            ids = self._ids(session, said)
            present = _of(ids, said.people)
            if said.kind is not None:
                self._log(session, said, present, ids)
            else:
                self._note(session, said, present, ids)
            if said.tags and present:
                contacts.set_tags(session, present, said.tags, (), now)
        return work.changes

    def _ids(self, session: Session, said: Understanding) -> dict[str, int]:
        """The contact of everyone named, by key; new ones are added."""
        region = self._settings.get().me.country
        ids: dict[str, int] = {}
        parts: tuple[OwedPart | ExchangePart | FollowUpPart, ...] = (
            *said.promises,
            *said.exchanges,
            *said.follow_ups,
        )
        for who in (*said.people, *(who for part in parts for who in part.people)):
            if who.key in ids:
                continue
            if who.chosen is not None:
                ids[who.key] = who.chosen.id
            else:
                emails = (Email(who.email),) if who.email else ()
                details = with_name(ContactDetails(organisation=who.organisation, emails=emails), who.new_name)
                ids[who.key] = contacts.add(session, details, self._clock.now(), region=region)
        return ids

    def _log(self, session: Session, said: Understanding, present: tuple[int, ...], ids: dict[str, int]) -> None:
        assert said.kind is not None
        on = said.on or said.today
        draft = InteractionDraft(
            kind=said.kind,
            at=self._clock.at(on, said.at or NOON),
            has_time=said.at is not None,
            contact_ids=present,
            text=said.text,
            minutes=said.minutes,
            place=said.place,
            event_id=said.event.id if said.event else None,
        )
        draft, day = normal(draft, self._clock)
        log(
            session,
            draft,
            day,
            self._clock.now(),
            promises=list(_promises(said, present, ids)),
            exchanges=[
                ExchangeDraft(part.direction, part.kind, part.text, part.link, contact_id)
                for part in said.exchanges
                for contact_id in _of(ids, part.people) or (None,)
            ],
            follow_ups=list(_follow_ups(said, present, ids)),
        )
        if said.event is not None and said.kind is InteractionKind.MET:
            event_writing.mark_met(session, said.event.id, present, said.text)

    def _note(self, session: Session, said: Understanding, present: tuple[int, ...], ids: dict[str, int]) -> None:
        now = self._clock.now()
        event_id = said.event.id if said.event else None
        for promise in _promises(said, present, ids):
            relations.add_promises(session, promise, present, said.today, now, event_id=event_id)
        for index, details in enumerate(_follow_ups(said, present, ids)):
            # What is no part of any is kept where it will be read again.
            followups.add(session, replace(details, why=(said.text if index == 0 else "") or details.why), now)


class StoredLookups:
    """The look-ups of `understand`, on one snapshot of the database; the same words are looked up once."""

    def __init__(self, connection: Connection, clock: Clock, event: FoundEvent | None = None) -> None:
        self._connection = connection
        self._clock = clock
        self._here = _attending(connection, event.id) if event else frozenset()
        self._people: dict[tuple[str, bool], tuple[FoundPerson, ...]] = {}
        self._events: list[event_finder.EventHit] | None = None

    def people(self, words: str, limit: int, *, fuzzy: bool = False) -> tuple[FoundPerson, ...]:
        """See `Lookups.people`."""
        known = self._people.get((words, fuzzy))
        if known is None:
            hits = people_finder.by_name(self._connection, words, limit)
            if fuzzy and not hits:
                hits = people_finder.like_name(self._connection, words, limit)
            known = self._people[words, fuzzy] = tuple(
                FoundPerson(hit.id, hit.name, hit.organisation, hit.title, hit.score, hit.id in self._here)
                for hit in hits
            )
        return known[:limit]

    def events(self, words: str, limit: int) -> tuple[FoundEvent, ...]:
        """See `Lookups.events`."""
        if len(words) < 3:
            return ()
        if self._events is None:
            self._events = list(event_finder.every(self._connection, self._clock.zone))
        found = [event for event in self._events if event_finder.matches(words, event.title)]
        return tuple(FoundEvent(hit.id, hit.title, hit.first_day, hit.last_day) for hit in found[:limit])


def _attending(connection: Connection, event_id: int) -> frozenset[int]:
    rows = connection.exec_driver_sql("SELECT contact_id FROM attendance WHERE event_id = ?", (event_id,))
    return frozenset(row[0] for row in rows)


def _of(ids: dict[str, int], people: Iterable[Who]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids[who.key] for who in people))


def _promises(said: Understanding, present: tuple[int, ...], ids: dict[str, int]) -> Iterable[PromiseDraft]:
    for part in said.promises:
        for contact_id in _of(ids, part.people) or present:
            yield PromiseDraft(part.side, part.text, part.due_on, contact_id)


def _follow_ups(said: Understanding, present: tuple[int, ...], ids: dict[str, int]) -> Iterable[FollowUpDetails]:
    for part in said.follow_ups:
        details = FollowUpDetails(
            kind=part.kind,
            title=part.title,
            due_on=max(part.due_on, said.today),
            due_time=part.due_time,
            contact_ids=_of(ids, part.people) or present,
            event_id=said.event.id if said.event else None,
        )
        is_offer = part.kind is FollowUpKind.OFFER
        yield offers.offered(details, offers.kind_of(part.title)) if is_offer else details


def _label(said: Understanding) -> str:
    names = [who.name for who in said.people]
    if len(names) > 2:
        names = [names[0], f"{len(names) - 1} others"]
    people = " and ".join(names)
    if said.kind is not None:
        return _LABELS[said.kind].format(people)
    if said.promises:
        return f"note a promise with {people}"
    if said.follow_ups:
        title = said.follow_ups[0].title
        quoted = f"plan “{title if len(title) < 50 else title[:48] + '…'}”"
        return quoted if not people or fold(names[0]).split()[0] in fold(title) else f"{quoted} with {people}"
    return f"tag {people}"
