"""A sync run of the address books of an account: gather both sides, decide, apply, remember.

What the address book says is carried over here first, in one undoable command; then what is to be written there, card
by card. It may be cut off anywhere: whatever was done but not remembered is found to be the same on both sides by the
next run, so that nothing is put twice and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable

from planner.accounts.memory import Memory
from planner.accounts.records import Purpose, SyncedCollection
from planner.accounts.service import AccountService
from planner.addressbooks import gather, sides
from planner.addressbooks.decide import decide
from planner.addressbooks.outcome import PeopleOutcome
from planner.addressbooks.records import BookOptions
from planner.addressbooks.sending import Progress, Sending
from planner.addressbooks.standing import remembered
from planner.addressbooks.state import Run
from planner.addressbooks.taking import take_over
from planner.clock import Clock
from planner.dav import discovery, errors
from planner.dav.client import DavClient
from planner.dav.discovery import Service
from planner.dav.items import Items
from planner.dav.presence import settled
from planner.errors import Cancelled, UserError
from planner.settings.service import SettingsService
from planner.store.store import Store

_MEND = "It is left as it is, and looked at again once it changes"


class AddressBookSync:
    """Keeps people in step with the address books of an account."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService, accounts: AccountService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._accounts = accounts
        #: By address book; as long as the program runs. The next start tries once again, since servers get mended.
        self._refused: dict[int, dict[str, tuple[str, str]]] = {}
        self._told: set[tuple[int, str]] = set()

    def run(
        self,
        account_id: int,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        deletions_meant: bool = False,
    ) -> PeopleOutcome:
        """Bring an account's address books and the people here in step (network).

        Raises the errors of planner.dav.errors, PasswordNeeded, PeopleGoneThere, PeopleGoneHere and Cancelled; whatever
        was done before stays done and is remembered. The outcome is also noted in the account's log.
        """
        books = [one for one in self._accounts.get(account_id).collections if one.purpose is Purpose.PEOPLE]
        outcome = PeopleOutcome()
        if not books:
            return outcome
        try:
            for book in books:
                with self._accounts.open(account_id, cancelled, at=book.url) as client:
                    self._book(account_id, book, client, outcome, progress, cancelled, deletions_meant)
        except UserError as error:
            # Being offline is nothing to mend.
            level = "offline" if isinstance(error, errors.Unreachable | errors.TryLater) else "problem"
            self._accounts.note(account_id, level, str(error.explain().what))
            raise
        for text in outcome.notices:
            self._accounts.note(account_id, "notice", text)
        for text in outcome.unreadable:
            # Once: it is the same at each run until somebody mends it.
            if (account_id, text) not in self._told:
                self._told.add((account_id, text))
                self._accounts.note(account_id, "notice", f"{text}. {_MEND}")
        level = "notice" if outcome.disagreements or outcome.unreadable else "done"
        self._accounts.note(account_id, level, f"People: {outcome.in_words()}")
        return outcome

    def _book(
        self,
        account_id: int,
        book: SyncedCollection,
        client: DavClient,
        outcome: PeopleOutcome,
        progress: Progress,
        cancelled: Callable[[], bool],
        deletions_meant: bool,
    ) -> None:
        options = BookOptions.from_text(book.options)
        memory = Memory(self._store, book.id)
        items = Items(client, discovery.Collection(book.url, book.name, Service.ADDRESS_BOOK))
        with self._store.read() as session:
            here = gather.everybody(session, options)
        region = self._settings.get().me.country
        run = Run(book, options, region, items, memory, remembered(memory.all()), here, outcome)
        run.refused = self._refused.setdefault(book.id, {})
        there = sides.read_there(run, cancelled)
        actions = decide(sides.situation(run, self._store, there.etags), deletions_meant=deletions_meant)
        sides.fetch(run, actions)
        if cancelled():
            raise Cancelled
        try:
            take_over(run, self._store, self._clock, actions, cancelled)
            wrote = Sending(run, self._store, self._clock, client).all(actions, progress, cancelled)
        finally:
            # Whatever ended the run, what was done is remembered.
            memory.flush()
        token = "" if run.incomplete else there.token
        if wrote and token:
            token = settled(items, token, remembered(memory.all()).etags)
        memory.finish(token, account_id, self._clock.now())
