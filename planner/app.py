"""The composition root: everything the program can do, built from a data folder and a clock. There are no globals."""

from __future__ import annotations

from planner.calendars.service import CalendarExport
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.queries import ContactQueries
from planner.contacts.service import ContactService
from planner.events.queries import EventQueries
from planner.events.service import EventService
from planner.paths import DataFolder
from planner.relations.queries import RelationQueries
from planner.relations.service import RelationService
from planner.settings.service import SettingsService
from planner.store.history import History
from planner.store.store import Store


class Planner:
    """One open data folder, and the services over it. Close it when done."""

    def __init__(self, folder: DataFolder, clock: Clock | None = None) -> None:
        """Open the folder's database, creating it if need be. Raises the errors of planner.errors."""
        self.folder = folder.prepare()
        self.clock = clock or Clock()
        self.store = Store(folder.database, self.clock)
        self.history = History(self.store)
        self.settings = SettingsService(self.store)
        self.contacts = ContactService(self.store, self.clock, self.settings)
        self.contact_queries = ContactQueries(self.store, self.clock, self.settings)
        self.relations = RelationService(self.store, self.clock)
        self.relation_queries = RelationQueries(self.store, self.clock)
        self.events = EventService(self.store, self.clock)
        self.event_queries = EventQueries(self.store, self.clock, self.settings)
        self.calendars = CalendarExport(self.store, self.clock, self.settings)

    def poll_external(self) -> Changes | None:
        """What another process, such as the command line, has changed since the last call."""
        return self.store.poll()

    def close(self) -> None:
        """Give the files back."""
        self.store.close()

    def __enter__(self) -> Planner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
