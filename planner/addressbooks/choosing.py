"""Choosing the address book of an account, and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from planner.accounts.providers import people_address
from planner.accounts.records import Purpose, SyncedCollection
from planner.accounts.service import AccountService
from planner.addressbooks.records import BookOptions
from planner.dav import discovery, errors
from planner.dav.discovery import Collection, Service

#: What a new address book is called.
NEW_NAME = "Rapport people"


@dataclass(frozen=True, slots=True)
class OfferedBooks:
    """The address books one may write to, where a new one would be made ("" if nowhere), and what is chosen now."""

    books: tuple[Collection, ...]
    home: str
    current: SyncedCollection | None
    options: BookOptions


class AddressBooks:
    """The address books of accounts. An account is kept in step with one at a time."""

    def __init__(self, accounts: AccountService) -> None:
        self._accounts = accounts

    def current(self, account_id: int) -> SyncedCollection | None:
        """The address book an account is kept in step with, if any."""
        found = [one for one in self._accounts.get(account_id).collections if one.purpose is Purpose.PEOPLE]
        return found[0] if found else None

    def offered(self, account_id: int) -> OfferedBooks:
        """See what there is to choose from (network). Raises the errors of planner.dav.errors and PasswordNeeded."""
        current = self.current(account_id)
        with self._accounts.open(account_id, at=self._host(account_id, current)) as client:
            try:
                homes = discovery.homes(client, Service.ADDRESS_BOOK)
            except errors.NoDavThere:
                homes = ()
            found = [book for home in homes for book in discovery.listed(client, home, Service.ADDRESS_BOOK)]
            books = [book for book in found if client.serves(book.url)]
        options = BookOptions.from_text(current.options if current else "")
        return OfferedBooks(tuple(book for book in books if book.writable), homes[0] if homes else "", current, options)

    def _host(self, account_id: int, current: SyncedCollection | None) -> str:
        """Where the address books are, "" where they are with the calendars."""
        account = self._accounts.get(account_id)
        if current is None:
            return people_address(account.provider)
        same = urlsplit(current.url).netloc == urlsplit(account.address).netloc
        return "" if same else urljoin(current.url, "/")

    def choose(self, account_id: int, url: str, name: str, options: BookOptions) -> None:
        """Keep an account in step with this address book, and no longer with another.

        Nothing is changed on the server. Who stands in the other address book stays there.
        """
        current = self.current(account_id)
        if current is not None and current.url == url:
            self._accounts.set_options(current.id, options.to_text())
            return
        self.leave(account_id)
        self._accounts.use(account_id, Purpose.PEOPLE, url, name, options.to_text())

    def create(self, account_id: int, home: str, name: str, options: BookOptions) -> None:
        """Make an address book on the server and choose it (network)."""
        url = self._accounts.create_address_book(account_id, home, name)
        self.choose(account_id, url, name, options)

    def leave(self, account_id: int) -> None:
        """Keep an account in step with no address book. Everybody stays where they are."""
        if (current := self.current(account_id)) is not None:
            self._accounts.leave(current.id)
