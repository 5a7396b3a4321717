"""The pages of the window, in the order of the sidebar."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ui.links import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from ui.context import UiContext
    from ui.page import Page


class PageEntry(NamedTuple):
    """A page: its key in links, its name in the sidebar, its icon, and the class that is imported at the first visit.

    `entities` are the words of the links that it shows besides its own key: Link("contact", 5) opens "contacts".
    A page `under` another is not in the sidebar, where that other one is marked instead; Ctrl+K and links lead to it.
    """

    key: str
    title: str
    icon: str
    factory: str  # "package.module:Class"
    entities: tuple[str, ...] = ()
    in_foot: bool = False
    under: str = ""

    def load(self) -> Callable[[UiContext], Page]:
        """Import what builds the page. In the background too, where the page is about to be asked for."""
        module, name = self.factory.split(":")
        built: Callable[[UiContext], Page] = getattr(import_module(module), name)
        return built

    def make(self, ctx: UiContext) -> Page:
        """Import and build the page."""
        return self.load()(ctx)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "Today", "calendar", "ui.today.page:TodayPage"),
    PageEntry("contacts", "People", "users", "ui.contacts.page:ContactsPage", ("contact",)),
    PageEntry("events", "Events", "map-pin", "ui.events.page:EventsPage", ("event",)),
    PageEntry("followups", "Follow-ups", "list-checks", "ui.followups.page:FollowupsPage", ("followup",)),
    PageEntry("cards", "Cards", "id-card", "ui.cards.page:CardsPage", ("card",)),
    PageEntry("insights", "Insights", "chart-column", "ui.insights.page:InsightsPage"),
    PageEntry(
        "introductions",
        "Introductions",
        "handshake",
        "ui.contacts.introductions_page:IntroductionsPage",
        ("introduction",),
        under="contacts",
    ),
    PageEntry("ledger", "Give and take", "gift", "ui.insights.ledger_page:LedgerPage", under="insights"),
    PageEntry("goals", "Goal", "target", "ui.insights.goal_page:GoalPage", ("goal",), under="insights"),
    PageEntry(
        "organisations",
        "Organisations",
        "building-2",
        "ui.contacts.organisations_page:OrganisationsPage",
        ("organisation",),
        under="contacts",
    ),
    PageEntry("settings", "Settings", "settings", "ui.settings.page:SettingsPage", in_foot=True),
)


#: What Ctrl+K, Ctrl+N and Recent changes open: classes with `open_over(window, ctx, text)`, imported when asked for.
PALETTE = "ui.palette.palette:Palette"
QUICK_ENTRY = "ui.quick_entry.panel:QuickEntryPanel"
HISTORY = "ui.history.panel:HistoryPanel"


def open_dialog(path: str, window: QMainWindow, ctx: UiContext, text: str) -> None:
    """Open one of them over the window, with words to begin with."""
    module, name = path.split(":")
    getattr(import_module(module), name).open_over(window, ctx, text)


def entry_for(kind: str, pages: tuple[PageEntry, ...] = PAGES) -> PageEntry | None:
    """The page that shows links of this kind."""
    return next((entry for entry in pages if kind == entry.key or kind in entry.entities), None)


__all__ = ["HISTORY", "PAGES", "PALETTE", "QUICK_ENTRY", "Link", "PageEntry", "entry_for", "open_dialog"]
