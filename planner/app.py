"""The composition root: everything the program can do, built from a data folder and a clock. There are no globals."""

from __future__ import annotations

from planner.archive.service import Archive
from planner.calendars.service import CalendarExport
from planner.cards.importing import CardImport
from planner.cards.inbox import InboxService
from planner.cards.ocr import TextReader
from planner.cards.queries import InboxQueries
from planner.cards.reading import CardReader
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.exporting import ContactExport
from planner.contacts.importing import ContactImport
from planner.contacts.queries import ContactQueries
from planner.contacts.service import ContactService
from planner.events.briefs import Briefs
from planner.events.queries import EventQueries
from planner.events.service import EventService
from planner.finder.service import Finder
from planner.followups.queries import FollowUpQueries
from planner.followups.service import FollowUpService
from planner.paths import DataFolder
from planner.quick_entry.service import QuickEntry
from planner.relations.goals import Goals
from planner.relations.queries import RelationQueries
from planner.relations.service import RelationService
from planner.settings.service import SettingsService
from planner.store.backups import Backups
from planner.store.history import History
from planner.store.store import Store
from planner.today.queries import TodayQueries


class Planner:
    """One open data folder, and the services over it. Close it when done."""

    def __init__(self, folder: DataFolder, clock: Clock | None = None, *, durable: bool = True) -> None:
        """Open the folder's database, creating it if need be; `durable` as in Store. Raises errors of planner.errors."""
        self.folder = folder.prepare()
        self.clock = clock or Clock()
        self.store = Store(folder.database, self.clock, durable=durable)
        self.history = History(self.store)
        self.settings = SettingsService(self.store)
        self.backups = Backups(self.store, self.folder, self.clock)
        self.contacts = ContactService(self.store, self.clock, self.settings)
        self.contact_queries = ContactQueries(self.store, self.clock, self.settings)
        self.contact_import = ContactImport(self.store, self.clock, self.settings)
        self.contact_export = ContactExport(self.store, self.settings)
        self.relations = RelationService(self.store, self.clock)
        self.relation_queries = RelationQueries(self.store, self.clock)
        self.followups = FollowUpService(self.store, self.clock, self.settings)
        self.followup_queries = FollowUpQueries(self.store, self.clock, self.settings)
        self.events = EventService(self.store, self.clock)
        self.event_queries = EventQueries(self.store, self.clock, self.settings)
        self.briefs = Briefs(self.store, self.clock, self.event_queries, self.settings)
        self.finder = Finder(self.store, self.clock)
        self.quick_entry = QuickEntry(self.store, self.clock, self.settings)
        self.goals = Goals(self.store, self.clock)
        self.today = TodayQueries(
            self.store, self.clock, self.followup_queries, self.relation_queries, self.event_queries, self.goals
        )
        self.text_reader = TextReader()
        self.cards = InboxService(self.store, self.clock, self.settings)
        self.card_queries = InboxQueries(
            self.store, self.clock, self.settings, self.contact_queries, self.event_queries, self.followup_queries
        )
        self.card_reader = CardReader(
            self.text_reader,
            region=lambda: self.settings.get().me.country,
            mapping=lambda table: self.card_queries.mapping(table.key),
        )
        self.card_import = CardImport(self.store, self.clock, self.settings)
        self.calendars = CalendarExport(self.store, self.clock, self.settings)
        self.archive = Archive(self.store, self.clock, self.contact_queries, self.contact_export, self.calendars)

    def poll_external(self) -> Changes | None:
        """What another process, such as the command line, has changed since the last call."""
        return self.store.poll()

    def close(self) -> None:
        """Give the files back, and end what runs beside."""
        self.text_reader.close()
        self.store.close()

    def __enter__(self) -> Planner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
