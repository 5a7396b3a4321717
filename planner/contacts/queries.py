"""Questions about contacts. Answers are frozen records, never rows of the store.

In SQL over the driver's connection, so that the People page needn't wait until SQLAlchemy is imported: see
`planner.store.plain`.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from datetime import date

from planner.clock import Clock
from planner.contacts import finding, likeness
from planner.contacts import rows as lines
from planner.contacts.reading import read_contacts
from planner.contacts.records import (
    Contact,
    ContactDetails,
    ContactRow,
    Photo,
    Role,
    SavedFilter,
    SimilarContact,
    Sort,
    TagCount,
)
from planner.contacts.search import Query, parse
from planner.errors import NotFound
from planner.relations.records import PersonRef
from planner.settings.records import Settings
from planner.settings.service import SettingsService
from planner.store.store import Store


class ContactQueries:
    """What can be asked about contacts. Each call sees one consistent state."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._known: tuple[int, Settings] = (-1, Settings())

    def get(self, id: int) -> Contact:
        """One contact with everything. Raises NotFound."""
        with self._store.snapshot() as rows:
            found = read_contacts(rows, (id,))
        if id not in found:
            raise NotFound("contact", id)
        return found[id]

    def by_uid(self, uid: str) -> Contact | None:
        """The contact that files know by that UID."""
        with self._store.snapshot() as rows:
            row = rows.execute("SELECT id FROM contact WHERE uid = ?", (uid,)).fetchone()
            return None if row is None else read_contacts(rows, row)[row[0]]

    def many(self, ids: Iterable[int]) -> tuple[Contact, ...]:
        """These contacts with everything, in this order; ids that are not there are left out."""
        with self._store.snapshot() as rows:
            return tuple(read_contacts(rows, ids).values())

    def rows(self, ids: Iterable[int]) -> tuple[ContactRow, ...]:
        """These contacts as lines of a list, in this order; ids that are not there are left out."""
        with self._store.snapshot() as rows:
            return lines.read(rows, ids, self._chosen(rows), self._clock)

    def find(
        self, query: str | Query = "", sort: Sort = Sort.BEST, *, descending: bool = False, limit: int | None = None
    ) -> list[int]:
        """The ids of the contacts a search finds, in order. With `limit` only the first: faster when many match.

        By best match, few hits stand by how well they fit. Of very many, those whose family name begins with the word
        come first, then the newest. Without words to fit, best match means by name.
        """
        return self.ids(query, sort, descending=descending, limit=limit).tolist()

    def ids(
        self, query: str | Query = "", sort: Sort = Sort.BEST, *, descending: bool = False, limit: int | None = None
    ) -> array[int]:
        """What `find` finds, eight bytes an id, where a list of numbers takes forty: for lists of everyone."""
        understood = parse(query) if isinstance(query, str) else query
        settings = self._settings.get() if understood.filters else Settings()
        with self._store.snapshot() as rows:
            return finding.find(rows, understood, sort, self._clock, settings, descending, limit)

    def count(self, query: str | Query = "") -> int:
        """How many contacts a search finds; without one, how many there are."""
        understood = parse(query) if isinstance(query, str) else query
        settings = self._settings.get() if understood.filters else Settings()
        with self._store.snapshot() as rows:
            return finding.count(rows, understood, self._clock, settings)

    def tags(self) -> tuple[TagCount, ...]:
        """All tags, the most worn first."""
        with self._store.snapshot() as rows:
            worn = rows.execute("SELECT tag, count(*) FROM contact_tag GROUP BY tag ORDER BY count(*) DESC, tag")
            return tuple(TagCount(tag, count) for tag, count in worn)

    def roles(self) -> dict[Role, int]:
        """How many have each role; roles nobody has are left out."""
        with self._store.snapshot() as rows:
            counts = dict(rows.execute("SELECT role, count(*) FROM contact_role GROUP BY role").fetchall())
        return {role: counts[role.value] for role in Role if role.value in counts}

    def organisations(self, beginning: str = "", limit: int = 20) -> tuple[str, ...]:
        """Organisations that begin so, for completion, the most frequent first."""
        with self._store.snapshot() as rows:
            return _completions(rows, "organisation", beginning, limit)

    def fields(self, beginning: str = "", limit: int = 20) -> tuple[str, ...]:
        """Fields of work that begin so, for completion, the most frequent first."""
        with self._store.snapshot() as rows:
            return _completions(rows, "field", beginning, limit)

    def names(self, text: str, limit: int = 8) -> tuple[PersonRef, ...]:
        """People whose names begin like the words of a text, whatever their order; failing that, names much like it.

        Those you were in touch with last come first. For completion as someone types.
        """
        with self._store.snapshot() as rows:
            return likeness.complete(rows, text, limit)

    def similar(self, details: ContactDetails, *, but: int | None = None, limit: int = 5) -> tuple[SimilarContact, ...]:
        """Contacts that may be this very person, the likeliest first, each with its reason. `but` is left out.

        Details may be half typed. Contacts that were said not to be the same as `but` are left out too.
        """
        settings = self._settings.get()
        with self._store.snapshot() as rows:
            found = likeness.similar(rows, details, region=settings.me.country, but=but, limit=limit)
            shown = {row.id: row for row in lines.read(rows, [one.id for one in found], settings, self._clock)}
        return tuple(SimilarContact(shown[one.id], one.reason, one.likeness) for one in found if one.id in shown)

    def photo(self, digest: str) -> Photo | None:
        """The picture of that hash."""
        with self._store.snapshot() as rows:
            row = rows.execute("SELECT data, media_type FROM blob WHERE hash = ?", (digest,)).fetchone()
        return None if row is None else Photo(*row)

    def saved_filters(self) -> tuple[SavedFilter, ...]:
        """The saved filters in their order."""
        with self._store.snapshot() as rows:
            found = rows.execute("SELECT id, name, query FROM saved_filter ORDER BY position, id")
            return tuple(SavedFilter(*row) for row in found)

    def _chosen(self, rows: sqlite3.Connection) -> Settings:
        """The settings, read again only when anything was changed: rows are read many times a second."""
        mark = int(rows.execute("SELECT coalesce(max(id), 0) FROM change_mark").fetchone()[0])
        if self._known[0] != mark:
            self._known = (mark, self._settings.get())
        return self._known[1]

    def today(self) -> date:
        """The date it is for the person, as every span in these answers counts from."""
        return self._clock.today()


def _completions(rows: sqlite3.Connection, column: str, beginning: str, limit: int) -> tuple[str, ...]:
    found = rows.execute(
        f"SELECT {column} FROM contact WHERE {column} != '' AND lower(substr({column}, 1, ?)) = lower(?) "
        f"GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?",
        (len(beginning), beginning, limit),
    )
    return tuple(text for (text,) in found)
