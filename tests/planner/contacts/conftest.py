"""Contacts on a real database, at a fixed time: 10 July 2027, 10:00 in Berlin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.contacts.queries import ContactQueries
from planner.contacts.records import ContactDetails
from planner.contacts.service import ContactService
from planner.paths import DataFolder
from planner.settings.service import SettingsService
from planner.store.history import History
from planner.store.store import Store
from planner.store.tables import (
    AttendanceTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
)


@dataclass
class People:
    """An open data folder, as far as contacts need one."""

    store: Store
    clock: FixedClock
    settings: SettingsService
    contacts: ContactService
    queries: ContactQueries
    history: History

    def add(self, name: str = "", **values: object) -> int:
        """Add someone; the last word of `name` is the family name. Returns the id."""
        given, _, family = name.rpartition(" ")
        details = ContactDetails(given=given, family=family, **values)  # type: ignore[arg-type]
        return self.contacts.add(details).new("contact")

    def names(self, query: str, **options: object) -> list[str]:
        """The names a search finds, in order."""
        found = self.queries.find(query, **options)  # type: ignore[arg-type]
        return [row.name for row in self.queries.rows(found)]

    def talked(self, contact_id: int, days_ago: int, event_id: int | None = None) -> None:
        """Note an interaction that many days ago."""
        with self.store.write("log a call") as work:
            at = self.clock.now() - timedelta(days=days_ago)
            count = work.session.query(InteractionTable).count()
            row = InteractionTable(uid=f"i{count}", kind="call", at=at, created_at=at, event_id=event_id)
            work.session.add(row)
            work.session.flush()
            work.session.add(InteractionContactTable(interaction_id=row.id, contact_id=contact_id))

    def due(self, contact_id: int, on: date, state: str = "open") -> None:
        """Give someone a follow-up."""
        with self.store.write("add a follow-up") as work:
            now = self.clock.now()
            count = work.session.query(FollowUpTable).count()
            row = FollowUpTable(
                uid=f"f{count}",
                kind="check-in",
                title="Check in",
                state=state,
                due_on=on,
                created_at=now,
                updated_at=now,
            )
            work.session.add(row)
            work.session.flush()
            work.session.add(FollowUpContactTable(followup_id=row.id, contact_id=contact_id))

    def event(self, title: str, met: int | None = None) -> int:
        """Add an event, and someone who was met there."""
        with self.store.write("add an event") as work:
            at = datetime(2027, 6, 1, 8, tzinfo=UTC)
            row = EventTable(
                uid=title, kind="conference", title=title, starts_at=at, ends_at=at, created_at=at, updated_at=at
            )
            work.session.add(row)
            work.session.flush()
            if met is not None:
                work.session.add(AttendanceTable(event_id=row.id, contact_id=met, outcome="met"))
            return row.id


@contextmanager
def opened(folder: Path) -> Iterator[People]:
    """A new database in a folder."""
    clock = FixedClock()
    store = Store(DataFolder(folder).prepare().database, clock)
    settings = SettingsService(store)
    yield People(
        store,
        clock,
        settings,
        ContactService(store, clock, settings),
        ContactQueries(store, clock, settings),
        History(store),
    )
    store.close()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with opened(tmp_path / "data") as found:
        yield found
