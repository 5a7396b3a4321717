"""The services of accounts on servers: a part of the composition root, which is `planner.app`.

Each is imported and built when it is first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.accounts.service import AccountService
    from planner.accounts.standing import SyncStandings
    from planner.accounts.syncing import AccountSync
    from planner.addressbooks.choosing import AddressBooks
    from planner.addressbooks.disagreements import PeopleDisagreements
    from planner.calendars.sync.disagreements import Disagreements
    from planner.clock import Clock
    from planner.secrets import Secrets
    from planner.settings.service import SettingsService
    from planner.store.store import Store


class AccountServices:
    """Accounts, and keeping calendars and address books in step with them."""

    store: Store
    clock: Clock
    settings: SettingsService
    _secrets: Secrets | None

    @cached_property
    def secrets(self) -> Secrets:
        """Where passwords are kept."""
        from planner.secrets import KeyringSecrets

        return self._secrets or KeyringSecrets()

    def _offer_builtins(self) -> None:
        """See that the plans and templates are there that come with the program."""
        from planner.followups import offering

        offering.offer(self.store)

    @cached_property
    def accounts(self) -> AccountService:
        """Accounts on calendar and address-book servers."""
        from planner.accounts.service import AccountService

        return AccountService(self.store, self.clock, self.secrets)

    @cached_property
    def account_sync(self) -> AccountSync:
        """Keeps accounts and what is here in step."""
        from planner.accounts.syncing import AccountSync
        from planner.addressbooks.engine import AddressBookSync
        from planner.calendars.sync.engine import CalendarSync

        self._offer_builtins()
        calendars = CalendarSync(self.store, self.clock, self.settings, self.accounts)
        people = AddressBookSync(self.store, self.clock, self.settings, self.accounts)
        return AccountSync(self.accounts, calendars, people)

    @cached_property
    def sync_standings(self) -> SyncStandings:
        """How sync stands; cheap to ask, also where there is no account."""
        from planner.accounts.standing import SyncStandings

        return SyncStandings(self.store)

    @cached_property
    def disagreements(self) -> Disagreements:
        """What was changed on both sides and waits for a choice."""
        from planner.calendars.sync.disagreements import Disagreements

        return Disagreements(self.store)

    @cached_property
    def address_books(self) -> AddressBooks:
        """Which address book an account is kept in step with."""
        from planner.addressbooks.choosing import AddressBooks

        return AddressBooks(self.accounts)

    @cached_property
    def people_disagreements(self) -> PeopleDisagreements:
        """People who were changed on both sides, or deleted on one, and wait for a choice."""
        from planner.addressbooks.disagreements import PeopleDisagreements

        return PeopleDisagreements(self.store)
