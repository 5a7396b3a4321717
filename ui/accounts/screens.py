"""States of the accounts to look at: several accounts, people to decide about, and the choice of an address book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from planner.accounts.records import Account, LogLine, Purpose, SyncedCollection
from planner.addressbooks.records import (
    BookOptions,
    FieldChoice,
    PeopleGoneThere,
    PersonDisagreement,
    Question,
)
from planner.calendars.records import EntryState
from planner.calendars.sync.records import Disagreement, Side
from ui.accounts.section import AccountsSection, Found
from ui.links import Link

if TYPE_CHECKING:
    from planner.addressbooks.choosing import OfferedBooks
    from ui.main_window import MainWindow
    from ui.screens import Screen

_AT = datetime(2027, 7, 8, 7, 45, tzinfo=UTC)
_LINK = Link("settings", part="accounts")
_ACCOUNTS = (
    Account(
        1, "u1", "Nextcloud", "https://cloud.example.org/remote.php/dav/", "ada", synced_at=_AT,
        collections=(
            SyncedCollection(1, "/c/", "Rapport", Purpose.EVENTS),
            SyncedCollection(2, "/b/", "Contacts", Purpose.PEOPLE),
        ),
    ),
    Account(
        2, "u2", "The shared server of the choir, the sailing club and everybody else who ever asked for an account",
        "https://a-server-with-quite-a-long-name.example.org/remote.php/dav/principals/users/ada/", "ada.lovelace",
        paused=True,
        collections=(
            SyncedCollection(3, "/d/", "People we met at the summer school on distributed systems", Purpose.PEOPLE),
        ),
    ),
)  # fmt: skip
_LOG = (
    LogLine(_AT, 1, "notice", "People: 2 new here, 1 updated there, 3 waiting for your choice"),
    LogLine(_AT, 1, "notice", "Oksana Bondar went without the photo: the server takes cards of at most 100 KB"),
    LogLine(_AT, 1, "done", "1 added there"),
)
_WAITING = (
    PersonDisagreement(
        1, 1, "Ingrid Vale", Question.BOTH_CHANGED,
        (
            FieldChoice("Title", "Chief Technology Officer", "CEO"),
            FieldChoice("Email", "ingrid@norrvolt.example, vale@private.example", "ingrid@norrvolt.example"),
        ),
    ),
    PersonDisagreement(2, 1, "Kofi Danso", Question.GONE_THERE),
    PersonDisagreement(3, 1, "Prof. Dr. Maria-Magdalena Hohenstein-Oberwiesenthal", Question.GONE_HERE),
)  # fmt: skip


_ITEMS = tuple(
    Disagreement(
        number, f"u{number}", title, Side(_AT + timedelta(days=number), EntryState.OPEN), Side(_AT, EntryState.DONE)
    )
    for number, title in enumerate(
        ("Send the deck to Ingrid Vale", "Check in", "Thank Kofi Danso for the introduction")
    )
)
_MANY = tuple(
    PersonDisagreement(number, 1, f"{name} Example", Question.BOTH_CHANGED, _WAITING[0].fields)
    for number, name in enumerate(("Ann", "Ben"))
)


class _Books:
    """Address books to choose from, without a server."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def offered(self, _account_id: int) -> OfferedBooks:
        from planner.addressbooks.choosing import OfferedBooks
        from planner.dav.discovery import Collection, Service

        books = tuple(Collection(f"/{name}/", name, Service.ADDRESS_BOOK) for name in self._names)
        current = SyncedCollection(2, f"/{self._names[0]}/", self._names[0], Purpose.PEOPLE) if books else None
        return OfferedBooks(books, "/home/" if books else "", current, BookOptions())


def screens() -> Sequence[Screen]:
    """The states of the accounts."""
    screen = import_module("ui.screens").Screen

    def show(window: MainWindow, found: Found, trouble: bool = False) -> AccountsSection | None:
        section = getattr(window.page, "section", None)
        if not isinstance(section, AccountsSection):
            return None
        if trouble:
            section.tell_trouble(1, PeopleGoneThere(121, 240))
        section.show_found(found)
        return section

    def book(window: MainWindow, *names: str) -> None:
        if (section := show(window, Found(_ACCOUNTS, _LOG, ()))) is not None and window.ctx is not None:
            vars(window.ctx.planner)["address_books"] = _Books(*names)
            section.choose_book(_ACCOUNTS[0])

    return [
        screen("accounts-people", _LINK, lambda window: show(window, Found(_ACCOUNTS, _LOG, ()))),
        screen("accounts-waiting", _LINK, lambda window: show(window, Found(_ACCOUNTS[:1], _LOG, (), _WAITING))),
        screen("accounts-many", _LINK, lambda window: show(window, Found(_ACCOUNTS[:1], _LOG, _ITEMS, _MANY))),
        screen("accounts-emptied", _LINK, lambda window: show(window, Found(_ACCOUNTS[:1], _LOG, ()), trouble=True)),
        screen("accounts-book", _LINK, lambda window: book(window, "Contacts", "Family")),
        screen("accounts-no-book", _LINK, book),
    ]
