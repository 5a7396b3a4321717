"""Importing whole files: each item is looked up among the contacts that are here, and the rest goes in, in one step.

An item is known when everything it says stands here already; it is merged when it and the contact here contradict each
other nowhere; where only something of the two is the same, a person has to look: it waits in the inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from planner.cards import inbox, joining
from planner.cards.contact_fields import details_of
from planner.cards.records import Failed, Reading, ReadingKind
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import bulk, checking, pictures
from planner.contacts import writing as contacts
from planner.contacts.importing import salvaged
from planner.contacts.keys import email_key, link_key, phone_key
from planner.contacts.likeness import name_likeness, name_words
from planner.contacts.mapping import CONTACT, read_contacts
from planner.contacts.merge_writing import merged_uids
from planner.contacts.records import ContactDetails, ParsedContact
from planner.errors import Cancelled, Invalid
from planner.events import writing as events
from planner.folding import fold
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import EmailTable, LinkTable, PhoneTable

#: Items that are looked up and written at once.
BATCH = 1_000
#: From this likeness on, two names may be one person's.
_ONE_PERSON = 88.0

_FROM_FILES = (ReadingKind.VCARD, ReadingKind.CSV)

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Outcome(StrEnum):
    """What becomes of an item."""

    NEW = "new"
    KNOWN = "known"
    MERGED = "merged"
    DOUBTFUL = "doubtful"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One item and what became of it, or would become.

    `at` is its place among all that was handed in, from 0. `id` is the contact's number (of a dry run: of the one that
    is here), or None. `reason` says why in a short clause.
    """

    source: str
    position: int
    name: str
    outcome: Outcome
    reason: str = ""
    id: int | None = None
    source_text: str = ""
    at: int = 0


@dataclass(slots=True)
class _Pending:
    at: int
    reading: Reading
    details: ContactDetails
    notes: tuple[str, ...] = ()
    item: ImportItem | None = None
    emails: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)

    def ends(self, outcome: Outcome, id: int | None = None, reason: str = "") -> None:
        said = "; ".join((*((reason,) if reason else ()), *self.notes))
        text = self.reading.source_text[:20_000] if outcome is Outcome.FAILED else ""
        name = self.details.shown_name
        self.item = ImportItem(self.reading.source, self.reading.position, name, outcome, said, id, text, self.at)


class CardImport:
    """Brings what was read into the contacts. One import is one undoable step."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def look(self, found: Iterable[Reading | Failed], stop: Stop | None = None) -> Iterator[ImportItem]:
        """What would become of each item, in order; nothing is written. Raises Cancelled when `stop` says so."""
        with self._store.read() as session:
            seen: dict[str, str] = {}
            merged = merged_uids(session.connection())
            for batch in _batches(found, stop):
                pending, failed = self._prepared(batch)
                self._decide(session.connection(), pending, merged)
                for one in pending:
                    if one.item is None:
                        twice = next((seen[key] for key in _own_keys(one) if key in seen), "")
                        one.ends(Outcome.KNOWN if twice else Outcome.NEW, reason=twice and "it comes twice")
                    for key in _own_keys(one):
                        seen.setdefault(key, one.details.shown_name)
                yield from _in_order(pending, failed)

    def run(
        self,
        found: Iterable[Reading | Failed],
        label: str,
        *,
        event_id: int | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
        total: int = 0,
        large: bool = True,
    ) -> tuple[Changes, tuple[ImportItem, ...]]:
        """Import: new contacts are added, known ones left, sure ones merged, doubtful ones put into the inbox.

        With `event_id` everyone who was added or is here was met there. `progress` hears how many of `total` are done.
        Raises Cancelled, with nothing imported, when `stop` says so; NotFound for an unknown event.
        """
        done: list[ImportItem] = []
        now = self._clock.now()
        with self._store.write(label, bulk=large) as work:
            merged = merged_uids(work.connection)
            for batch in _batches(found, stop):
                pending, failed = self._prepared(batch)
                self._decide(work.session.connection(), pending, merged)
                self._write(work.session, pending, now)
                items = list(_in_order(pending, failed))
                if event_id is not None:
                    met = [item.id for item in items if item.id is not None and item.outcome is not Outcome.DOUBTFUL]
                    events.mark_met(work.session, event_id, met)
                done += items
                if progress:
                    progress(len(done), max(total, len(done)))
                if stop and stop():
                    raise Cancelled
        return work.changes, tuple(done)

    def _prepared(self, batch: Sequence[tuple[int, Reading | Failed]]) -> tuple[list[_Pending], list[ImportItem]]:
        region = self._settings.get().me.country
        pending: list[_Pending] = []
        failed: list[ImportItem] = []
        for at, one in batch:
            if isinstance(one, Failed):
                failed.append(
                    ImportItem(
                        one.source, one.position, "", Outcome.FAILED, one.reason, None, one.source_text[:20_000], at
                    )
                )
                continue
            # What comes from a file says nothing beyond its base; taking it apart and together again costs time.
            from_file = one.kind in _FROM_FILES and one.base is not None
            wait = _Pending(at, one, one.base if from_file and one.base is not None else details_of(one))
            try:
                wait.details, wait.notes = _kept(wait.details)
            except Invalid as error:
                if one.picture is not None or one.codes:
                    wait.ends(Outcome.DOUBTFUL, reason=one.advice or "nothing could be read from it for sure")
                else:
                    wait.ends(Outcome.FAILED, reason=f"{error.field}: {error.reason}")
            wait.emails = {email_key(email.address) for email in wait.details.emails if "@" in email.address}
            wait.links = {key for link in wait.details.links if "/" in (key := link_key(link.url))}
            wait.phones = {phone_key(phone.number, region) for phone in wait.details.phones} - {""}
            pending.append(wait)
        return pending, failed

    def _decide(self, connection: Connection, pending: Sequence[_Pending], merged: Mapping[str, int]) -> None:
        """End the items that are here already, that contradict what is here, or that a person has to look at."""
        open_ = [one for one in pending if one.item is None]
        by_uid = _ids(connection, CONTACT.c.uid, CONTACT.c.id, {one.reading.uid for one in open_ if one.reading.uid})
        by_email = _ids(connection, EmailTable.address_key, EmailTable.contact_id, _all(one.emails for one in open_))
        by_link = _ids(connection, LinkTable.url_key, LinkTable.contact_id, _all(one.links for one in open_))
        by_phone = _ids(connection, PhoneTable.e164, PhoneTable.contact_id, _all(one.phones for one in open_))
        candidates: dict[int, dict[int, str]] = {}
        for at, one in enumerate(open_):
            near: dict[int, str] = {}
            if one.reading.uid in merged and one.reading.uid not in by_uid:
                near[merged[one.reading.uid]] = "same UID"
            for table, keys, reason in (
                (by_uid, {one.reading.uid}, "same UID"),
                (by_email, one.emails, "same email address"),
                (by_link, one.links, "same link"),
                (by_phone, one.phones, "same phone number"),
            ):
                for key in keys:
                    for id in table.get(key, ()):
                        near.setdefault(id, reason)
            candidates[at] = near
        here = read_contacts(connection, {id for near in candidates.values() for id in near})
        for at, one in enumerate(open_):
            for id, reason in candidates[at].items():
                if id in here and one.item is None:
                    self._compare(one, id, here[id].details, reason)
            read = one.reading.kind not in _FROM_FILES
            if one.item is None and one.reading.doubtful and read:
                fields = ", ".join(dict.fromkeys(field.kind.value for field in one.reading.doubtful))
                one.ends(Outcome.DOUBTFUL, reason=f"check {fields}")

    def _compare(self, one: _Pending, id: int, known: ContactDetails, reason: str) -> None:
        likeness, _ = name_likeness(
            name_words(known.given, known.family, known.name),
            name_words(one.details.given, one.details.family, one.details.name),
        )
        same_name = likeness >= _ONE_PERSON or not one.details.shown_name
        if reason != "same UID" and not same_name:
            # A switchboard's number and an office's address are shared.
            if reason == "same email address" and fold(known.shown_name) != fold(one.details.shown_name):
                one.ends(Outcome.DOUBTFUL, id, f"{reason} as {known.shown_name}")
            return
        if joining.adds_nothing(known, one.details):
            one.ends(Outcome.KNOWN, id, "" if reason == "same UID" else reason)
        elif joining.agree(known, one.details) and reason != "same phone number":
            one.ends(Outcome.MERGED, id, reason)
        else:
            one.ends(Outcome.DOUBTFUL, id, f"{reason} as {known.shown_name}, but not all is the same")

    def _write(self, session: Session, pending: Sequence[_Pending], now: datetime) -> None:
        region = self._settings.get().me.country
        new = [one for one in pending if one.item is None]
        seen: dict[str, int] = {}
        first: list[_Pending] = []
        for one in new:
            keys = _own_keys(one)
            if any(key in seen for key in keys):
                one.ends(Outcome.KNOWN, reason="it comes twice")
                continue
            seen.update(dict.fromkeys(keys, len(first)))
            first.append(one)
        parsed = [_parsed(one, number) for number, one in enumerate(first)]
        added = bulk.add_many(session, parsed, now, source="import", region=region, total=len(parsed))
        for number, id in added.ids.items():
            first[number].ends(Outcome.NEW, id)
        for failure in added.failed:
            first[failure.position].ends(Outcome.FAILED, reason=failure.reason)
        for one in pending:
            if one.item is not None and one.item.outcome is Outcome.MERGED and one.item.id is not None:
                known = contacts.one(session.connection(), one.item.id)
                contacts.change(session, one.item.id, joining.added(known, one.details), now, region=region)
        doubtful = [one for one in pending if one.item is not None and one.item.outcome is Outcome.DOUBTFUL]
        inbox.add(session, [one.reading for one in doubtful], now)
        for one in doubtful:
            assert one.item is not None
            one.item = replace(one.item, reason=f"{one.item.reason}; it waits in Cards")


def _kept(details: ContactDetails) -> tuple[ContactDetails, tuple[str, ...]]:
    """The details as they can be kept, and what is to be known about it. Raises Invalid where they can't be at all."""
    try:
        return checking.checked(details), ()
    except Invalid:
        good, aside = salvaged(details)
        notes = (f"kept in the notes, not understood: {', '.join(aside)}",) if aside else ()
        return checking.checked(good), notes


def _parsed(one: _Pending, position: int) -> ParsedContact:
    photo = one.reading.photo
    if photo is not None:
        try:
            photo = pictures.prepared(photo)
        except Invalid as error:
            one.notes = (*one.notes, f"added without the picture: {error.reason}")
            photo = None
    return ParsedContact(one.details, one.reading.uid, photo, position, "")


def _own_keys(one: _Pending) -> list[str]:
    """What makes two items of one file the same: a UID, or the very same details."""
    keys = [f"uid:{one.reading.uid}"] if one.reading.uid else []
    plain = replace(one.details, extras=tuple(e for e in one.details.extras if e.name not in ("REV", "PRODID", "UID")))
    return [*keys, f"all:{hash(plain)}"]


def _all(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)


def _ids(connection: Connection, key: object, owner: object, wanted: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    values = sorted(wanted)
    for start in range(0, len(values), 500):
        statement = select(key, owner).where(key.in_(values[start : start + 500]))  # type: ignore[attr-defined, call-overload]
        for value, id in connection.execute(statement):
            found.setdefault(value, []).append(id)
    return found


def _batches(found: Iterable[Reading | Failed], stop: Stop | None) -> Iterator[list[tuple[int, Reading | Failed]]]:
    items = iter(enumerate(found))
    while batch := list(islice(items, BATCH)):
        if stop and stop():
            raise Cancelled
        yield batch


def _in_order(pending: Sequence[_Pending], failed: Sequence[ImportItem]) -> Iterator[ImportItem]:
    items = [one.item for one in pending if one.item is not None]
    yield from sorted((*items, *failed), key=lambda item: item.at)
