"""The composition root: everything the program can do, built from a data folder and a clock. There are no globals.

A service is imported and built when it is first asked for: the window shows its first page before most of them are
needed, and importing all of them takes longer than that page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.accounts.services import AccountServices
from planner.clock import Clock
from planner.late import late
from planner.paths import DataFolder
from planner.relations.services import RelationServices
from planner.settings.service import SettingsService
from planner.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.archive.service import Archive
    from planner.calendars.current_file import CurrentFile
    from planner.calendars.importing import EventImport
    from planner.calendars.inviting import Invitations
    from planner.calendars.last_export import LastExport
    from planner.calendars.proposing import Proposals
    from planner.calendars.service import CalendarExport
    from planner.cards.importing import CardImport
    from planner.cards.inbox import InboxService
    from planner.cards.ocr import TextReader
    from planner.cards.queries import InboxQueries
    from planner.cards.reading import CardReader
    from planner.cards.waiting import CardsWaiting
    from planner.changes import Changes
    from planner.contacts.duplicate_scan import Duplicates
    from planner.contacts.exporting import ContactExport
    from planner.contacts.queries import ContactQueries
    from planner.contacts.service import ContactService
    from planner.events.briefs import Briefs
    from planner.events.interviews import Interviews
    from planner.events.queries import EventQueries
    from planner.events.service import EventService
    from planner.finder.service import Finder
    from planner.followups.keeping_up import KeepingUp
    from planner.followups.queries import FollowUpQueries
    from planner.followups.service import FollowUpService
    from planner.insights.goal_readings import GoalReadings
    from planner.insights.queries import InsightQueries
    from planner.quick_entry.service import QuickEntry
    from planner.secrets import Secrets
    from planner.store.backups import Backups
    from planner.store.history import History
    from planner.store.key import Key
    from planner.store.protection import Protection
    from planner.store.upkeep import Upkeep
    from planner.today.queries import TodayQueries


class Planner(RelationServices, AccountServices):
    """One open data folder, and the services over it. Close it when done."""

    def __init__(
        self,
        folder: DataFolder,
        clock: Clock | None = None,
        *,
        durable: bool = True,
        secrets: Secrets | None = None,
        key: Key | None = None,
        on_busy: Callable[[], object] | None = None,
    ) -> None:
        """Open the folder's database, or create it; `durable` and `on_busy` as in Store. Raises the errors of
        planner.errors.

        Passwords are kept in `secrets`; the system's keyring if none is given. `key` opens data that has a password;
        raises DatabaseProtected without it, and WrongPassword.
        """
        self.folder = folder.prepare()
        self.clock = clock or Clock()
        self.store = Store(folder.database, self.clock, durable=durable, key=key, on_busy=on_busy)
        self.settings = SettingsService(self.store)
        self._secrets = secrets

    def prepare(self) -> None:
        """Import what the first change would wait for. For the background, once a change is likely."""
        self.store.prepare()
        _ = self.contacts, self.followups, self.events, self.relations

    # --- keeping

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        from planner.store.history import History

        return History(self.store)

    @cached_property
    def backups(self) -> Backups:
        """Backups, and putting one back."""
        from planner.store.backups import Backups

        return Backups(self.store, self.folder, self.clock)

    @cached_property
    def upkeep(self) -> Upkeep:
        """What keeps the search quick."""
        from planner.store.upkeep import Upkeep

        return Upkeep(self.store)

    @cached_property
    def protection(self) -> Protection:
        """The password of the data."""
        from planner.store.protection import Protection

        return Protection(self.store, self.folder, self.secrets)

    @cached_property
    def archive(self) -> Archive:
        """Everything, taken elsewhere."""
        from planner.archive.service import Archive

        return Archive(self.store, self.clock, self.contact_queries, self.contact_export, self.calendars)

    # --- people

    @late
    def contacts(self) -> ContactService:
        """Commands on contacts."""
        from planner.contacts.service import ContactService

        return ContactService(self.store, self.clock, self.settings)

    @cached_property
    def contact_queries(self) -> ContactQueries:
        """Questions about contacts."""
        from planner.contacts.queries import ContactQueries

        return ContactQueries(self.store, self.clock, self.settings)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Who may be here twice."""
        from planner.contacts.duplicate_scan import Duplicates

        return Duplicates(self.store, self.settings)

    @cached_property
    def contact_export(self) -> ContactExport:
        """Contacts into vCard files."""
        from planner.contacts.exporting import ContactExport

        return ContactExport(self.store, self.settings)

    # --- follow-ups and events

    @late
    def followups(self) -> FollowUpService:
        """Commands on follow-ups."""
        from planner.followups.service import FollowUpService

        return FollowUpService(self.store, self.clock, self.settings)

    @cached_property
    def followup_queries(self) -> FollowUpQueries:
        """The queue, plans and templates."""
        from planner.followups.queries import FollowUpQueries

        self._offer_builtins()
        return FollowUpQueries(self.store, self.clock, self.settings)

    @cached_property
    def keeping_up(self) -> KeepingUp:
        """Check-ins and celebrations, made without being asked."""
        from planner.followups.keeping_up import KeepingUp

        return KeepingUp(self.store, self.clock, self.settings)

    @late
    def events(self) -> EventService:
        """Commands on events."""
        from planner.events.service import EventService

        self._offer_builtins()  # an event is given a plan, and plans come with the follow-ups
        return EventService(self.store, self.clock)

    @cached_property
    def event_queries(self) -> EventQueries:
        """Questions about events."""
        from planner.events.queries import EventQueries

        return EventQueries(self.store, self.clock, self.settings)

    @cached_property
    def interviews(self) -> Interviews:
        """Informational interviews, from request to thank-you."""
        from planner.events.interviews import Interviews

        self._offer_builtins()  # the message that asks comes with the follow-ups
        return Interviews(self.store, self.clock)

    @cached_property
    def briefs(self) -> Briefs:
        """Briefs, as PDF and HTML."""
        from planner.events.briefs import Briefs

        return Briefs(self.store, self.clock, self.event_queries, self.settings)

    @cached_property
    def calendars(self) -> CalendarExport:
        """Calendar files."""
        from planner.calendars.service import CalendarExport

        return CalendarExport(self.store, self.clock, self.settings)

    @cached_property
    def last_export(self) -> LastExport:
        """When a calendar was last told something; cheap to ask."""
        from planner.calendars.last_export import LastExport

        return LastExport(self.store)

    @cached_property
    def current_file(self) -> CurrentFile:
        """The calendar file that is always current."""
        from planner.calendars.current_file import CurrentFile

        return CurrentFile(self.calendars, self.settings)

    @cached_property
    def event_import(self) -> EventImport:
        """Events and invitations from calendar files."""
        from planner.calendars.importing import EventImport

        self._offer_builtins()  # an event is given a plan, and plans come with the follow-ups
        return EventImport(self.store, self.clock, self.settings)

    @cached_property
    def invitations(self) -> Invitations:
        """Inviting people along."""
        from planner.calendars.inviting import Invitations

        self._offer_builtins()  # its letters are templates
        return Invitations(self.store, self.clock, self.settings)

    @cached_property
    def proposals(self) -> Proposals:
        """Times to propose for a meeting."""
        from planner.calendars.proposing import Proposals

        return Proposals(self.store, self.clock, self.settings, lambda: self.accounts)

    # --- cards

    @cached_property
    def text_reader(self) -> TextReader:
        """Reads the text on photos, in a process of its own."""
        from planner.cards.ocr import TextReader

        return TextReader()

    @cached_property
    def cards(self) -> InboxService:
        """Commands on the inbox of cards."""
        from planner.cards.inbox import InboxService

        return InboxService(self.store, self.clock, self.settings)

    @cached_property
    def card_queries(self) -> InboxQueries:
        """Questions about the inbox of cards."""
        from planner.cards.queries import InboxQueries

        return InboxQueries(
            self.store, self.clock, self.settings, self.contact_queries, self.event_queries, self.followup_queries
        )

    @cached_property
    def cards_waiting(self) -> CardsWaiting:
        """How many cards wait; cheap to ask."""
        from planner.cards.waiting import CardsWaiting

        return CardsWaiting(self.store, self.clock)

    @cached_property
    def card_reader(self) -> CardReader:
        """Reads cards from photos, codes, files and text."""
        from planner.cards.queries import remembered_mapping
        from planner.cards.reading import CardReader

        return CardReader(
            self.text_reader,
            region=lambda: self.settings.get().me.country,
            mapping=lambda table: remembered_mapping(self.store, table.key),
        )

    @cached_property
    def card_import(self) -> CardImport:
        """Contacts from files of any kind."""
        from planner.cards.importing import CardImport

        return CardImport(self.store, self.clock, self.settings)

    # --- across all

    @cached_property
    def today(self) -> TodayQueries:
        """What to look at this morning."""
        from planner.followups.queries import FollowUpQueries
        from planner.today.queries import TodayQueries

        return TodayQueries(
            self.store,
            self.clock,
            FollowUpQueries(self.store, self.clock, self.settings),  # of these, nothing that needs plans or templates
            self.event_queries,
        )

    @cached_property
    def insights(self) -> InsightQueries:
        """What the history adds up to."""
        from planner.insights.queries import InsightQueries

        return InsightQueries(self.store, self.clock, self.settings, self.goals)

    @cached_property
    def goal_readings(self) -> GoalReadings:
        """Goals, looked at."""
        from planner.insights.goal_readings import GoalReadings

        return GoalReadings(self.store, self.clock, self.goals, self.relations, self.followups)

    @cached_property
    def finder(self) -> Finder:
        """Anything by a few letters."""
        from planner.finder.service import Finder

        return Finder(self.store, self.clock)

    @cached_property
    def quick_entry(self) -> QuickEntry:
        """A sentence, understood."""
        from planner.quick_entry.service import QuickEntry

        return QuickEntry(self.store, self.clock, self.settings)

    def poll_external(self) -> Changes | None:
        """What another process, such as the command line, has changed since the last call."""
        return self.store.poll()

    def close(self) -> None:
        """Give the files back, and end what runs beside."""
        if "text_reader" in vars(self):
            self.text_reader.close()
        self.store.close()

    def __enter__(self) -> Planner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
