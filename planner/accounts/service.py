"""Setting up accounts, and opening a connection to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.accounts.records import Account, LogLine, PasswordNeeded, Purpose, SyncedCollection, Wanted
from planner.clock import Clock
from planner.dav import discovery, errors
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.pausing import pausing
from planner.errors import NotFound
from planner.secrets import KeyringUnusable, Secrets
from planner.store.store import Store
from planner.store.tables import AccountTable, CollectionItemTable, CollectionTable, SyncLogTable

#: How many lines of the log are kept.
LOG_LINES = 1_000

Connect = Callable[[str, Credentials, Clock], DavClient]


@dataclass(frozen=True, slots=True)
class Offered:
    """What an account has: calendars and address books, and where new ones would be made ("" if nowhere)."""

    address: str
    calendars: tuple[Collection, ...]
    address_books: tuple[Collection, ...]
    calendar_home: str = ""
    address_book_home: str = ""


class AccountService:
    """The accounts of one data folder. Undo leaves them alone, because it can't reach the server.

    Passwords go to `secrets` alone. Methods that use the network say so, and raise the errors of planner.dav.errors.
    """

    def __init__(self, store: Store, clock: Clock, secrets: Secrets, connect: Connect = DavClient) -> None:
        self._store = store
        self.clock = clock
        self._secrets = secrets
        self._connect = connect

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order they were set up."""
        with self._store.read() as session:
            return tuple(
                _account(session, row) for row in session.scalars(select(AccountTable).order_by(AccountTable.id))
            )

    def get(self, id: int) -> Account:
        """One account. Raises NotFound."""
        with self._store.read() as session:
            return _account(session, _one(session, id))

    def look_up(self, address: str, user: str, password: str, people_address: str = "") -> Offered:
        """Sign in and see what there is (network). Nothing is stored. Raises NoDavThere where there is neither.

        `people_address` is where the address books are, if elsewhere.
        """
        full = discovery.with_scheme(address)
        who = Credentials(user, password)
        with self._connect(full, who, self.clock) as client:
            calendar_home, calendars = _looked_for(client, Service.CALENDAR)
            book_home, books = ("", ()) if people_address else _looked_for(client, Service.ADDRESS_BOOK)
            base = client.base
        if people_address:
            with self._connect(people_address, who, self.clock) as client:
                book_home, books = _looked_for(client, Service.ADDRESS_BOOK)
        if not calendar_home and not book_home:
            raise errors.NoDavThere(full, "calendar or address-book")
        return Offered(base, calendars, books, calendar_home, book_home)

    def add(
        self,
        name: str,
        address: str,
        user: str,
        password: str,
        use: Sequence[tuple[Purpose, str, str]],
        provider: str = "",
    ) -> tuple[int, KeyringUnusable | None]:
        """Set up an account. `use` lists purpose, address and name of what is to be kept in sync.

        Returns its number, and why the password could not be kept where that is so: it is remembered until the program
        ends then, and asked for at the next start.
        """
        uid = str(uuid4())
        with self._store.record() as session:
            row = AccountTable(uid=uid, name=name.strip() or user, provider=provider, address=address, user=user)
            session.add(row)
            session.flush()
            id = row.id
            for purpose, url, called in use:
                session.add(CollectionTable(account_id=id, url=url, name=called, purpose=purpose.value))
        return id, self._keep(uid, password)

    def set_up(
        self, name: str, offered: Offered, user: str, password: str, use: Sequence[Wanted], provider: str = ""
    ) -> tuple[int, KeyringUnusable | None]:
        """Set up an account, making the calendars that are not there yet (network). All of it or nothing here.

        Returns as `add` does.
        """
        id, keyring = self.add(
            name,
            offered.address,
            user,
            password,
            [],
            provider,
        )
        try:
            for one in use:
                if one.url:
                    self.use(id, one.purpose, one.url, one.name, one.options)
                    continue
                if one.purpose is Purpose.PEOPLE:
                    url = self.create_address_book(id, offered.address_book_home, one.name)
                else:
                    tasks = one.purpose is Purpose.TASKS
                    url = self.create_calendar(id, offered.calendar_home, one.name, tasks=tasks)
                self.use(id, one.purpose, url, one.name, one.options)
        except BaseException:
            self.remove(id)
            raise
        return id, keyring

    def start_over(self, id: int) -> None:
        """Forget what both sides agreed on: the next run puts what is missing there, and drops nothing here.

        What waits for a choice, and what was taken off the calendar on purpose, stays so.
        """
        with self._store.record() as session:
            _one(session, id)
            mine = select(CollectionTable.id).where(CollectionTable.account_id == id)
            session.execute(
                delete(CollectionItemTable).where(
                    CollectionItemTable.collection_id.in_(mine), CollectionItemTable.conflict == ""
                )
            )
            session.execute(update(CollectionTable).where(CollectionTable.account_id == id).values(token=""))

    def has_password(self, id: int) -> bool:
        """Whether an account's password is known, by the keyring or since the program began. Raises NotFound."""
        return self._secrets.get(self.get(id).uid) is not None

    def set_password(self, id: int, password: str) -> KeyringUnusable | None:
        """Keep a new password; returns why it could not be kept for longer than this session, if so."""
        return self._keep(self.get(id).uid, password)

    def pause(self, id: int, paused: bool = True) -> None:
        """Stop syncing an account for now, or go on."""
        with self._store.record() as session:
            _one(session, id).paused = paused

    def wait(self, id: int, until: datetime) -> None:
        """Remember, for every process, that the server is not to be asked before (UTC)."""
        with self._store.record() as session:
            _one(session, id).waits_until = until

    def remove(self, id: int) -> None:
        """Forget an account here, with its password. Nothing changes on the server."""
        account = self.get(id)
        with self._store.record() as session:
            session.execute(delete(AccountTable).where(AccountTable.id == id))
        self._secrets.forget(account.uid)

    def use(self, id: int, purpose: Purpose, url: str, name: str, options: str = "") -> int:
        """Keep another collection in sync, from the next run on; returns its number."""
        with self._store.record() as session:
            _one(session, id)
            row = CollectionTable(account_id=id, url=url, name=name, purpose=purpose.value, options=options)
            session.add(row)
            session.flush()
            return row.id

    def set_options(self, collection_id: int, options: str) -> None:
        """Change what goes into a collection. The next run reads everything anew."""
        with self._store.record() as session:
            values = {"options": options, "token": ""}
            session.execute(update(CollectionTable).where(CollectionTable.id == collection_id).values(values))
            mine = CollectionItemTable.collection_id == collection_id
            session.execute(update(CollectionItemTable).where(mine).values(etag=""))

    def leave(self, collection_id: int) -> None:
        """Stop keeping a collection in sync. What is in it stays there, and here."""
        with self._store.record() as session:
            session.execute(delete(CollectionTable).where(CollectionTable.id == collection_id))

    def create_calendar(self, id: int, home: str, name: str, *, tasks: bool) -> str:
        """Make a new calendar on the server (network); returns its address."""
        with self.open(id) as client:
            kinds = ("VTODO",) if tasks else ("VEVENT",)
            return discovery.create_calendar(client, home, f"rapport-{uuid4().hex[:8]}", name, kinds)

    def create_address_book(self, id: int, home: str, name: str) -> str:
        """Make a new address book on the server (network); returns its address."""
        with self.open(id, at=home) as client:
            return discovery.create_address_book(client, home, f"rapport-{uuid4().hex[:8]}", name)

    def open(self, id: int, cancelled: Callable[[], bool] = lambda: False, *, at: str = "") -> DavClient:
        """A connection to an account, to be closed by the caller. Raises PasswordNeeded.

        `at` is an address that was chosen with the account, where that is on another host than the account's. A pause
        that the server asks for is waited for, until `cancelled` says otherwise.
        """
        account = self.get(id)
        password = self._secrets.get(account.uid)
        if password is None:
            raise PasswordNeeded(account.name)
        client = self._connect(at or account.address, Credentials(account.user, password), self.clock)
        client.pause = pausing(cancelled)
        return client

    def log(self, limit: int = 200) -> tuple[LogLine, ...]:
        """The newest lines of what sync did, newest first."""
        with self._store.read() as session:
            rows = session.scalars(select(SyncLogTable).order_by(SyncLogTable.id.desc()).limit(limit))
            return tuple(LogLine(row.at, row.account_id, row.level, row.text) for row in rows)

    def note(self, account_id: int | None, level: str, text: str) -> None:
        """Add a line to the log; beyond LOG_LINES the oldest go."""
        with self._store.record() as session:
            session.add(SyncLogTable(at=self.clock.now(), account_id=account_id, level=level, text=text))
            session.flush()
            newest = select(SyncLogTable.id).order_by(SyncLogTable.id.desc()).limit(LOG_LINES)
            session.execute(delete(SyncLogTable).where(SyncLogTable.id.not_in(newest)))

    def _keep(self, uid: str, password: str) -> KeyringUnusable | None:
        try:
            self._secrets.put(uid, password)
        except KeyringUnusable as error:
            return error
        return None


def _looked_for(client: DavClient, service: Service) -> tuple[str, tuple[Collection, ...]]:
    """Where new ones would be made, and those there are on this host."""
    try:
        homes = discovery.homes(client, service)
    except errors.NoDavThere:
        return "", ()
    there = (one for home in homes for one in discovery.listed(client, home, service))
    return homes[0], tuple(one for one in there if client.serves(one.url))


def _one(session: Session, id: int) -> AccountTable:
    row = session.get(AccountTable, id)
    if row is None:
        raise NotFound("account", id)
    return row


def _account(session: Session, row: AccountTable) -> Account:
    collections = session.scalars(
        select(CollectionTable).where(CollectionTable.account_id == row.id).order_by(CollectionTable.id)
    )
    return Account(
        row.id,
        row.uid,
        row.name,
        row.address,
        row.user,
        row.provider,
        row.paused,
        row.synced_at,
        tuple(SyncedCollection(c.id, c.url, c.name, Purpose(c.purpose), c.token, c.options) for c in collections),
        row.waits_until,
    )
