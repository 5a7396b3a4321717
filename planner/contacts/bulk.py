"""Adding contacts by the thousand, in one command."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from planner.contacts import checking, pictures
from planner.contacts.mapping import CONTACT, OWN, PART_COLUMNS, PARTS, SEARCHED, own_row, part_rows, searched_of
from planner.contacts.records import ContactDetails, FailedItem, ParsedContact
from planner.errors import Cancelled, Invalid
from planner.store import derived
from planner.store.many import insert_rows
from planner.store.types import utc_text

#: Contacts in one statement; between two of them progress is told and a stop is heard.
BATCH = 1_000
#: Letters of documents that wait to be indexed together, at most.
WAITING = 8_000_000

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_several = attrgetter(*(field for field, _ in PARTS))
_HEAD = ("id", "uid", "source", "created_at", "updated_at")


@dataclass(frozen=True, slots=True)
class Added:
    """The ids of the added contacts by their place in the file, and what could not be added."""

    ids: dict[int, int]
    failed: tuple[FailedItem, ...]


class Rows:
    """Gathers the rows of new contacts, and inserts them when told.

    Whoever adds has looked: the details are as `checking.checked` gives them, and no other contact has the UID.

    With `indexed` they enter the search index at once, made from what is in memory, which takes half the time of
    reading it back; whoever changes one of them in the same command has to say so by `changed`.
    """

    def __init__(
        self, connection: Connection, now: datetime, *, source: str = "", region: str = "", indexed: bool = False
    ) -> None:
        self._connection = connection
        self._documents: list[derived.Document] | None = [] if indexed else None
        self._waiting = 0
        self._region = region
        self._source = source
        self._stamp = utc_text(now)
        self._first_id = self._next_id = _next_id(connection)
        self._own: list[tuple[Any, ...]] = []
        self._parts: dict[str, list[tuple[Any, ...]]] = {field: [] for field, _ in PARTS}

    def new_id(self) -> int:
        """The id for one more contact; ids that were given out are not given out again."""
        self._next_id += 1
        return self._next_id - 1

    def add(self, id: int, details: ContactDetails, uid: str = "", sorted_by: str = "") -> None:
        """Gather the rows of one contact. `sorted_by` is its `sort_key` where it is known."""
        stamp = self._stamp
        own = own_row(details, sorted_by)
        self._own.append((id, uid or str(uuid.uuid4()), self._source, stamp, stamp, *own))
        searched: list[str] = []
        for (field, _), values in zip(PARTS, _several(details), strict=True):
            if values:
                rows = part_rows(field, id, values, self._region)
                self._parts[field] += rows
                if self._documents is not None:
                    searched += SEARCHED[field](rows)
        if self._documents is not None:
            document = derived.document(id, *searched_of(details, own), searched)
            self._waiting += len(document[3])
            self._documents.append(document)

    def write(self) -> None:
        """Insert the rows that were gathered. Their documents may wait for more of them."""
        insert_rows(self._connection, CONTACT.name, (*_HEAD, *OWN), self._own)
        self._own = []
        for field, table in PARTS:
            insert_rows(self._connection, table.name, ("contact_id", *PART_COLUMNS[field]), self._parts[field])
            self._parts[field] = []
        if self._documents is not None and (len(self._documents) >= derived.STEP or self._waiting > WAITING):
            self.index()

    def index(self) -> None:
        """Put the documents that wait into the search index."""
        if self._documents:
            derived.index(self._connection, self._documents)
            self._documents, self._waiting = [], 0

    def changed(self, ids: Iterable[int]) -> None:
        """These contacts say something else by now: those that were written here are indexed anew, with the command."""
        if self._documents is not None and (here := {id for id in ids if id >= self._first_id}):
            self._documents = [document for document in self._documents if document[0] not in here]
            derived.leave_out(self._connection, here)


def add_many(
    session: Session,
    parsed: Iterable[ParsedContact],
    now: datetime,
    *,
    source: str = "",
    region: str = "",
    total: int = 0,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Added:
    """Insert contacts in batches. One that can't be kept is listed and costs the others nothing.

    `progress` hears how many of `total` are done. Raises Cancelled when `stop` says so, and the caller's transaction
    ends with it.
    """
    connection = session.connection()
    rows = Rows(connection, now, source=source, region=region)
    items = iter(parsed)
    ids: dict[int, int] = {}
    failed: list[FailedItem] = []
    done = 0
    while batch := list(islice(items, BATCH)):
        taken = _taken(connection, {item.uid for item in batch if item.uid})
        for item in batch:
            try:
                details = _kept(session, item)
                if item.uid in taken:
                    raise Invalid("UID", "another contact has it already")
            except Invalid as error:
                failed.append(FailedItem(item.position, f"{error.field}: {error.reason}", item.source_text))
                continue
            if item.uid:
                taken.add(item.uid)
            id = ids[item.position] = rows.new_id()
            rows.add(id, details, item.uid)
        rows.write()
        done += len(batch)
        if progress:
            progress(done, max(total, done))
        if stop and stop():
            raise Cancelled
    return Added(ids, tuple(failed))


def _kept(session: Session, item: ParsedContact) -> ContactDetails:
    details = checking.checked(item.details)
    if item.photo is not None:
        details = replace(details, photo=pictures.keep(session, pictures.prepared(item.photo)))
    elif details.photo is not None and pictures.find(session, details.photo) is None:
        details = replace(details, photo=None)
    return details


def _next_id(connection: Connection) -> int:
    # Above every id ever given out, so that the new ones are one run.
    top = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'contact'")
    return int(top.scalar_one()) + 1


def _taken(connection: Connection, uids: set[str]) -> set[str]:
    return set(connection.scalars(select(CONTACT.c.uid).where(CONTACT.c.uid.in_(uids)))) if uids else set()


def in_batches(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """The ids, some hundred at a time."""
    items = iter(ids)
    while batch := list(islice(items, size)):
        yield batch
