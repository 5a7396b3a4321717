"""Importing whole files: each item is looked up among the contacts that are here, and the rest goes in, in one step.

An item is known when everything it says stands here already; it is merged when it and the contact here contradict each
other nowhere; where only something of the two is the same, a person has to look: it waits in the inbox.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from planner.cards import inbox
from planner.cards.aside import Aside
from planner.cards.contact_fields import as_reading, details_of
from planner.cards.matching import Decision, Keys, Matcher, keys_of
from planner.cards.outcomes import ImportItem, Outcome
from planner.cards.records import Failed, FilePerson, Reading, ReadingKind
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import bulk, checking, pictures
from planner.contacts import writing as contacts
from planner.contacts.merge_writing import merged_uids
from planner.contacts.records import ContactDetails, Photo
from planner.contacts.salvaging import salvaged
from planner.errors import Cancelled, Invalid
from planner.events import writing as events
from planner.settings.service import SettingsService
from planner.store import derived
from planner.store.store import Store

#: Items that are looked up and written at once: so many, or what takes this much memory.
BATCH, BATCH_BYTES = 1_000, 8_000_000

#: Where the numbers begin that a dry run gives to whom it would add: beyond any contact's.
_NO_ID = 1 << 62

#: Properties of a card that say nothing of a person.
_BOOKKEEPING = frozenset(("PRODID", "REV", "KIND", "CLASS", "SORT-STRING", "X-CLASS", "X-ABSHOWAS", "X-RAPPORT-UNREAD"))

_FROM_FILES = (ReadingKind.VCARD, ReadingKind.CSV)

Found = Reading | FilePerson | Failed
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(slots=True)
class _Pending:
    at: int
    found: Reading | FilePerson
    details: ContactDetails
    uid: str = ""
    photo: Photo | None = None
    keys: Keys = ()
    notes: tuple[str, ...] = ()
    item: ImportItem | None = None

    def ends(self, outcome: Outcome, id: int | None = None, reason: str = "") -> None:
        said = "; ".join((*((reason,) if reason else ()), *self.notes)) if reason or self.notes else ""
        text = self.found.source_text[:20_000] if outcome is Outcome.FAILED else ""
        name = self.details.shown_name
        self.item = ImportItem(self.found.source, self.found.position, name, outcome, said, id, text, self.at)


class CardImport:
    """Brings what was read into the contacts. One import is one undoable step."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def look(self, found: Iterable[Found], stop: Stop | None = None) -> Iterator[ImportItem]:
        """What would become of each item, in order; nothing is written. Raises Cancelled when `stop` says so."""
        region = self._settings.get().me.country
        with self._store.read() as session, closing(Aside()) as aside:
            connection = session.connection()
            matcher = Matcher(connection, merged_uids(connection), aside)
            number = count(_NO_ID)
            for batch in _batches(found, stop):
                pending, failed = _prepared(batch, region)
                _decide(matcher, pending, lambda: next(number))
                for item in _in_order(pending, failed):
                    yield replace(item, id=None) if item.id is not None and item.id >= _NO_ID else item

    def run(
        self,
        found: Iterable[Found],
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
        now, region = self._clock.now(), self._settings.get().me.country
        with _without_collecting(), self._store.write(label, bulk=large) as work, ExitStack() as stack:
            session, connection = work.session, work.connection
            matcher = Matcher(connection, merged_uids(connection))
            rows = bulk.Rows(connection, now, source="import", region=region, indexed=large)
            if large:
                stack.enter_context(derived.filling(connection))
            for batch in _batches(found, stop):
                pending, failed = _prepared(batch, region)
                changed = _decide(matcher, pending, rows.new_id)
                _write(session, matcher, rows, pending, now)
                for id, details in changed.items():
                    contacts.change(session, id, details, now, region=region)
                rows.changed(changed)
                items = list(_in_order(pending, failed))
                if event_id is not None:
                    met = [item.id for item in items if item.id is not None and item.outcome is not Outcome.DOUBTFUL]
                    events.mark_met(session, event_id, met)
                done += items
                if progress:
                    progress(len(done), max(total, len(done)))
                if stop and stop():
                    raise Cancelled
            rows.index()
        return work.changes, tuple(done)


def _prepared(batch: Sequence[tuple[int, Found]], region: str) -> tuple[list[_Pending], list[ImportItem]]:
    pending: list[_Pending] = []
    failed: list[ImportItem] = []
    for at, one in batch:
        if isinstance(one, Failed):
            text = one.source_text[:20_000]
            failed.append(ImportItem(one.source, one.position, "", Outcome.FAILED, one.reason, None, text, at))
        else:
            wait = _waiting(at, one)
            if wait.item is None:
                wait.keys = keys_of(wait.details, wait.uid, region)
            pending.append(wait)
    return pending, failed


def _waiting(at: int, one: Reading | FilePerson) -> _Pending:
    if isinstance(one, FilePerson):
        parsed = one.parsed
        wait = _Pending(at, one, parsed.details, parsed.uid, parsed.photo)
    else:
        # What comes from a file says nothing beyond its base; taking it apart and together again costs time.
        from_file = one.kind in _FROM_FILES and one.base is not None
        details = one.base if from_file and one.base is not None else details_of(one)
        wait = _Pending(at, one, details, one.uid, one.photo)
    try:
        wait.details, wait.notes = _kept(wait.details)
    except Invalid as error:
        if isinstance(one, Reading) and (one.picture is not None or one.codes):
            wait.ends(Outcome.DOUBTFUL, reason=one.advice or "nothing could be read from it for sure")
        elif one.kind is ReadingKind.VCARD and error.field == "Name" and not _says_nothing(wait.details):
            # Somebody wrote it down; only a person can say of whom.
            wait.ends(Outcome.DOUBTFUL, reason="it says things of somebody without a name")
        else:
            wait.ends(Outcome.FAILED, reason=f"{error.field}: {error.reason}")
    return wait


def _says_nothing(details: ContactDetails) -> bool:
    return replace(details, photo=None, extras=()) == ContactDetails() and all(
        item.name in _BOOKKEEPING for item in details.extras
    )


def _decide(matcher: Matcher, pending: Sequence[_Pending], new_id: Callable[[], int]) -> dict[int, ContactDetails]:
    """End every item, and return what contacts that are here are to say now."""
    open_ = [one for one in pending if one.item is None]
    matcher.begin([one.keys for one in open_])
    changed: dict[int, ContactDetails] = {}
    for one in open_:
        decision = matcher.decide(one.details, one.keys)
        doubtful = one.found.doubtful if isinstance(one.found, Reading) and one.found.kind not in _FROM_FILES else ()
        if decision is None and doubtful:
            fields = ", ".join(dict.fromkeys(field.kind.value for field in doubtful))
            decision = Decision(Outcome.DOUBTFUL, f"check {fields}")
        if decision is None:
            id = new_id()
            matcher.add(id, one.details, one.uid, one.keys)
            one.ends(Outcome.NEW, id)
            continue
        if decision.outcome is Outcome.MERGED and decision.id is not None:
            whole = matcher.join(decision.id, one.details, one.keys)
            if decision.id not in matcher.fresh:
                changed[decision.id] = whole
        one.ends(decision.outcome, decision.id, decision.reason)
    return changed


def _write(session: Session, matcher: Matcher, rows: bulk.Rows, pending: Sequence[_Pending], now: datetime) -> None:
    doubtful = []
    for one in pending:
        assert one.item is not None
        if one.item.outcome is Outcome.NEW and one.item.id is not None:
            fresh = matcher.fresh[one.item.id]
            details = fresh.details
            if one.photo is not None:
                details = _with_photo(session, one, details)
            # What came later in the batch may have given it another name.
            rows.add(one.item.id, details, one.uid, one.keys[-1][1] if fresh.details is one.details else "")
        elif one.item.outcome is Outcome.DOUBTFUL:
            doubtful.append(as_reading(one.found))
            one.item = replace(one.item, reason=f"{one.item.reason}; it waits in Cards")
    rows.write()
    if doubtful:
        inbox.add(session, doubtful, now)


def _with_photo(session: Session, one: _Pending, details: ContactDetails) -> ContactDetails:
    assert one.photo is not None
    assert one.item is not None
    try:
        return replace(details, photo=pictures.keep(session, pictures.prepared(one.photo)))
    except Invalid as error:
        one.notes = (*one.notes, f"added without the picture: {error.reason}")
        one.ends(one.item.outcome, one.item.id)
        return details


def _kept(details: ContactDetails) -> tuple[ContactDetails, tuple[str, ...]]:
    """The details as they can be kept, and what is to be known about it. Raises Invalid where they can't be at all."""
    try:
        return checking.checked(details), ()
    except Invalid:
        good, aside = salvaged(details)
        notes = (f"kept in the notes, not understood: {', '.join(aside)}",) if aside else ()
        return checking.checked(good), notes


def _batches(found: Iterable[Found], stop: Stop | None) -> Iterator[list[tuple[int, Found]]]:
    batch: list[tuple[int, Found]] = []
    size = 0
    for numbered in enumerate(found):
        batch.append(numbered)
        size += len(numbered[1].source_text)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            if stop and stop():
                raise Cancelled
            yield batch
            batch, size = [], 0
    if stop and stop():
        raise Cancelled
    if batch:
        yield batch


def _in_order(pending: Sequence[_Pending], failed: Sequence[ImportItem]) -> Iterator[ImportItem]:
    items = [one.item for one in pending if one.item is not None]
    yield from sorted((*items, *failed), key=lambda item: item.at) if failed else items


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles of garbage for the length of the block: millions of small values come that have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
