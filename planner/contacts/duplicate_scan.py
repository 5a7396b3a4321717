"""Looking for duplicates among all contacts of a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from planner.contacts.duplicate_blocks import Progress, Stop, find_pairs
from planner.contacts.duplicate_groups import as_group, grouped
from planner.contacts.duplicates import Group, Pair, Person, Shared, person
from planner.contacts.mapping import CONTACT
from planner.contacts.merging import Choices, MergeField, fields, merged
from planner.contacts.reading import read_contacts
from planner.contacts.records import Contact, ContactDetails
from planner.errors import Cancelled
from planner.settings.service import SettingsService
from planner.store.engine import raw, under
from planner.store.store import Store
from planner.store.tables import EmailTable, LinkTable, NotSameTable, PhoneTable

#: Groups in one answer. Whoever has more works them off from the surest, and looks again.
MOST = 5_000

_STEP = 500


class Duplicates:
    """Questions about duplicates. What is decided is done by `ContactService.merge`, `merge_many` and `tell_apart`."""

    def __init__(self, store: Store, settings: SettingsService) -> None:
        self._store = store
        self._settings = settings

    def find(self, progress: Progress | None = None, stop: Stop | None = None) -> tuple[Group, ...]:
        """All groups of contacts that may be one person, the surest first, at most `MOST`.

        Takes seconds for a hundred thousand contacts: to be asked in the background. Raises Cancelled when `stop`
        returns True.
        """
        region = self._region()
        with self._store.read() as session:
            connection = session.connection()
            everyone = _people(connection)
            told_apart = _told_apart(connection)
            pairs = find_pairs(everyone, _shared(connection), told_apart, progress=progress, stop=stop)
            found: list[Group] = []
            waiting = grouped(pairs, told_apart)[:MOST]
            for start in range(0, len(waiting), _STEP):
                if stop and stop():
                    raise Cancelled
                batch = waiting[start : start + _STEP]
                contacts = read_contacts(
                    raw(connection), {id for each in batch for pair in each for id in (pair.a, pair.b)}
                )
                found += [group for each in batch if (group := as_group(each, contacts, region=region))]
        return tuple(found)

    def pair(self, keep_id: int, other_id: int) -> tuple[Contact, Contact] | None:
        """Two contacts to be merged; None when one of them is gone."""
        with self._store.read() as session:
            found = read_contacts(under(session), (keep_id, other_id))
        return (found[keep_id], found[other_id]) if len(found) == 2 else None

    def of_two(self, one: int, other: int) -> Group | None:
        """Two contacts that someone says are one, the fuller record first; None when one of them is gone.

        Without a reason of the program's own the score is 0.
        """
        with self._store.read() as session:
            contacts = read_contacts(under(session), (one, other))
        first, second = sorted((one, other))
        return as_group((Pair(first, second, 0.0, ""),), contacts, region=self._region())

    def fields(self, kept: Contact, other: Contact, choices: Choices | None = None) -> tuple[MergeField, ...]:
        """What both say, line by line."""
        return fields(kept.details, other.details, choices, region=self._region())

    def merged(self, kept: Contact, other: Contact, choices: Choices | None = None) -> ContactDetails:
        """What one record of the two would say; `choices` as in `merging.merged`."""
        return merged(kept.details, other.details, choices, region=self._region())

    def _region(self) -> str:
        return self._settings.get().me.country


def _people(connection: Connection) -> list[Person]:
    born = {
        contact_id: (year, month, day)
        for contact_id, year, month, day in connection.exec_driver_sql(
            "SELECT contact_id, year, month, day FROM contact_date WHERE kind = 'birthday'"
        )
    }
    columns = (CONTACT.c.id, CONTACT.c.given, CONTACT.c.family, CONTACT.c.name, CONTACT.c.organisation)
    statement = select(*columns, CONTACT.c.nickname, CONTACT.c.suffix).order_by(CONTACT.c.id)
    # Straight from the driver, as in finding: there may be very many.
    cursor = connection.execute(statement).cursor
    assert cursor is not None
    found = []
    for row in cursor.fetchall():
        one = person(*row)
        found.append(replace(one, birthday=born[one.id]) if one.id in born else one)
    return found


def _shared(connection: Connection) -> Shared:
    return Shared(
        _together(connection, EmailTable, EmailTable.address_key),
        {
            key: ids
            for key, ids in _together(connection, LinkTable, LinkTable.url_key).items()
            # The front page of a firm is everyone's there; a profile is one person's.
            if "/" in key or ":" in key
        },
        _together(connection, PhoneTable, PhoneTable.e164),
    )


def _together(connection: Connection, table: Any, key: Any) -> dict[str, list[int]]:
    """Contacts by what they share, where at least two do."""
    ids = func.group_concat(table.contact_id.distinct())
    statement = select(key, ids).where(key != "").group_by(key).having(func.count(table.contact_id.distinct()) > 1)
    return {value: [int(id) for id in found.split(",")] for value, found in connection.execute(statement)}


def _told_apart(connection: Connection) -> list[tuple[int, int]]:
    return [(a, b) for a, b in connection.execute(select(NotSameTable.contact_id, NotSameTable.other_id))]
