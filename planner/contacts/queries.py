"""Questions about contacts. Answers are frozen records, never rows of the store."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts import finding, likeness, pictures, rows
from planner.contacts.mapping import CONTACT, read_contacts
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
from planner.store.tables import ContactTable, RoleTable, SavedFilterTable, TagTable


class ContactQueries:
    """What can be asked about contacts. Each call sees one consistent state."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._known: tuple[int, Settings] = (-1, Settings())

    def get(self, id: int) -> Contact:
        """One contact with everything. Raises NotFound."""
        with self._store.read() as session:
            found = read_contacts(session.connection(), (id,))
        if id not in found:
            raise NotFound("contact", id)
        return found[id]

    def by_uid(self, uid: str) -> Contact | None:
        """The contact that files know by that UID."""
        with self._store.read() as session:
            id = session.scalar(select(ContactTable.id).where(ContactTable.uid == uid))
            return None if id is None else read_contacts(session.connection(), (id,))[id]

    def many(self, ids: Iterable[int]) -> tuple[Contact, ...]:
        """These contacts with everything, in this order; ids that are not there are left out."""
        with self._store.read() as session:
            return tuple(read_contacts(session.connection(), ids).values())

    def rows(self, ids: Iterable[int]) -> tuple[ContactRow, ...]:
        """These contacts as lines of a list, in this order; ids that are not there are left out."""
        with self._store.read() as session:
            return rows.read(session, ids, self._chosen(session), self._clock)

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
        with self._store.read() as session:
            return finding.find(session, understood, sort, self._clock, settings, descending, limit)

    def count(self, query: str | Query = "") -> int:
        """How many contacts a search finds; without one, how many there are."""
        understood = parse(query) if isinstance(query, str) else query
        settings = self._settings.get() if understood.filters else Settings()
        with self._store.read() as session:
            return finding.count(session, understood, self._clock, settings)

    def tags(self) -> tuple[TagCount, ...]:
        """All tags, the most worn first."""
        statement = (
            select(TagTable.tag, func.count()).group_by(TagTable.tag).order_by(func.count().desc(), TagTable.tag)
        )
        with self._store.read() as session:
            return tuple(TagCount(tag, count) for tag, count in session.execute(statement))

    def roles(self) -> dict[Role, int]:
        """How many have each role; roles nobody has are left out."""
        statement = select(RoleTable.role, func.count()).group_by(RoleTable.role)
        with self._store.read() as session:
            counts = dict(session.execute(statement).all())
        return {role: counts[role.value] for role in Role if role.value in counts}

    def organisations(self, beginning: str = "", limit: int = 20) -> tuple[str, ...]:
        """Organisations that begin so, for completion, the most frequent first."""
        with self._store.read() as session:
            return _completions(session.connection(), CONTACT.c.organisation, beginning, limit)

    def fields(self, beginning: str = "", limit: int = 20) -> tuple[str, ...]:
        """Fields of work that begin so, for completion, the most frequent first."""
        with self._store.read() as session:
            return _completions(session.connection(), CONTACT.c.field, beginning, limit)

    def names(self, text: str, limit: int = 8) -> tuple[PersonRef, ...]:
        """People whose names begin like the words of a text, whatever their order; failing that, names much like it.

        Those you were in touch with last come first. For completion as someone types.
        """
        with self._store.read() as session:
            return likeness.complete(session.connection(), text, limit)

    def similar(self, details: ContactDetails, *, but: int | None = None, limit: int = 5) -> tuple[SimilarContact, ...]:
        """Contacts that may be this very person, the likeliest first, each with its reason. `but` is left out.

        Details may be half typed. Contacts that were said not to be the same as `but` are left out too.
        """
        settings = self._settings.get()
        with self._store.read() as session:
            connection = session.connection()
            found = likeness.similar(connection, details, region=settings.me.country, but=but, limit=limit)
            lines = {row.id: row for row in rows.read(session, [one.id for one in found], settings, self._clock)}
        return tuple(SimilarContact(lines[one.id], one.reason, one.likeness) for one in found if one.id in lines)

    def photo(self, digest: str) -> Photo | None:
        """The picture of that hash."""
        with self._store.read() as session:
            return pictures.find(session, digest)

    def saved_filters(self) -> tuple[SavedFilter, ...]:
        """The saved filters in their order."""
        with self._store.read() as session:
            return _saved_filters(session)

    def _chosen(self, session: Session) -> Settings:
        """The settings, read again only when anything was changed: rows are read many times a second."""
        mark = session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_mark").scalar_one()
        if self._known[0] != mark:
            self._known = (mark, self._settings.get())
        return self._known[1]

    def today(self) -> date:
        """The date it is for the person, as every span in these answers counts from."""
        return self._clock.today()


def _completions(connection: Connection, where: Any, beginning: str, limit: int) -> tuple[str, ...]:
    statement = select(where).where(where != "").group_by(where).order_by(func.count().desc(), where).limit(limit)
    if beginning:
        statement = statement.where(where.istartswith(beginning, autoescape=True))
    return tuple(connection.scalars(statement))


def _saved_filters(session: Session) -> tuple[SavedFilter, ...]:
    found = session.scalars(select(SavedFilterTable).order_by(SavedFilterTable.position, SavedFilterTable.id))
    return tuple(SavedFilter(row.id, row.name, row.query) for row in found)
