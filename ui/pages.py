"""The pages of the window, in the order of the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ui.context import UiContext
from ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its key in links, its name in the sidebar, its icon, and the class that is imported at the first visit.

    `entities` are the words of the links that it shows besides its own key: Link("contact", 5) opens "contacts".
    """

    key: str
    title: str
    icon: str
    factory: str  # "package.module:Class"
    entities: tuple[str, ...] = ()
    in_foot: bool = False

    def make(self, ctx: UiContext) -> Page:
        """Import and build the page."""
        module, name = self.factory.split(":")
        built: Callable[[UiContext], Page] = getattr(import_module(module), name)
        return built(ctx)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "Today", "calendar", "ui.today.page:TodayPage"),
    PageEntry("contacts", "People", "users", "ui.contacts.page:ContactsPage", ("contact",)),
    PageEntry("events", "Events", "map-pin", "ui.events.page:EventsPage", ("event",)),
    PageEntry("followups", "Follow-ups", "list-checks", "ui.followups.page:FollowupsPage", ("followup",)),
    PageEntry("settings", "Settings", "settings", "ui.settings.page:SettingsPage", in_foot=True),
)


def entry_for(kind: str) -> PageEntry | None:
    """The page that shows links of this kind."""
    return next((entry for entry in PAGES if kind == entry.key or kind in entry.entities), None)
