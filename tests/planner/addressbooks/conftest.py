"""A device with an account on a server in memory or on each real one, and a phone with the same address book."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.addressbooks.disagreements import PeopleDisagreements
from planner.addressbooks.engine import AddressBookSync
from planner.addressbooks.outcome import PeopleOutcome
from planner.addressbooks.records import BookOptions
from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Contact, ContactDetails, Email
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers
from tests.memory_dav import MemoryDav

MEMORY = "https://dav.example/"


@cache
def empty_data() -> Path:
    """A database with nothing in it, made once: copying it is much faster than making one for each example."""
    folder = DataFolder(Path(tempfile.mkdtemp()))
    with Planner(folder, FixedClock()):
        return folder.database


class Device:
    """One installation with an account on the server, and a phone that looks at the same address book."""

    def __init__(
        self, folder: Path, server: MemoryDav | servers.Server, book: str, options: BookOptions | None = None
    ) -> None:
        self.clock = FixedClock()
        folder.mkdir(parents=True)
        shutil.copy(empty_data(), folder / "rapport.sqlite")
        self.planner = Planner(DataFolder(folder), self.clock, durable=False)
        memory = server if isinstance(server, MemoryDav) else None

        def connect(base: str, who: Credentials, at: object) -> DavClient:
            assert isinstance(at, FixedClock)
            return DavClient(base, who, at, transport=memory.transport() if memory else None)

        self.accounts = AccountService(self.planner.store, self.clock, MemorySecrets(), connect)  # type: ignore[arg-type]
        self.engine = AddressBookSync(self.planner.store, self.clock, self.planner.settings, self.accounts)
        self.disagreements = PeopleDisagreements(self.planner.store)
        url = MEMORY if isinstance(server, MemoryDav) else server.url
        user, password = ("ada", "x") if isinstance(server, MemoryDav) else (server.user, server.password)
        self.account, _ = self.accounts.add("Test", url, user, password, [])
        self.collection = self.accounts.use(
            self.account, Purpose.PEOPLE, book, "People", (options or BookOptions()).to_text()
        )
        self.phone = connect(url, Credentials(user, password), self.clock)
        self.items = Items(self.phone, Collection(book, "b", Service.ADDRESS_BOOK))

    def add(self, name: str = "Ann Example", **details: object) -> int:
        """Somebody new here; the id."""
        given, _, family = name.partition(" ")
        details.setdefault("emails", (Email(f"{given.lower()}@mail.example"),))
        return self.planner.contacts.add(
            ContactDetails(given=given, family=family, **details)  # type: ignore[arg-type]
        ).new("contact")

    def people(self) -> dict[str, Contact]:
        """Everybody here by name."""
        queries = self.planner.contact_queries
        return {one.name: one for one in map(queries.get, queries.find(""))}

    def get(self, id: int) -> ContactDetails:
        """Somebody's details."""
        return self.planner.contact_queries.get(id).details

    def sync(self, **how: bool) -> PeopleOutcome:
        """One run."""
        return self.engine.run(self.account, **how)

    def there(self) -> dict[str, str]:
        """Every card's text on the server, by path, with its folded lines made one."""
        return {
            item.path: re.sub(r"\r?\n ", "", item.data).replace("\r", "")
            for item in self.items.fetch(sorted(self.items.listing()))
        }

    def put_there(self, name: str, *lines: str, version: str = "3.0") -> str:
        """The phone adds a card; its path."""
        return self.items.create(name, vcard(*lines, version=version))[0]

    def edit_there(self, path: str, old: str, new: str) -> None:
        """The phone changes a card."""
        (item,) = self.items.fetch([path])
        assert old in item.data
        self.items.replace(path, item.data.replace(old, new, 1), item.etag)

    def delete_there(self, path: str) -> None:
        """The phone deletes a card."""
        self.items.delete(path, self.items.listing()[path])

    def close(self) -> None:
        """Give files and connections back."""
        self.phone.close()
        self.planner.close()


def vcard(*lines: str, version: str = "3.0") -> str:
    """A card of these lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


@pytest.fixture
def memory() -> MemoryDav:
    """A server in memory."""
    return MemoryDav()


@pytest.fixture
def device(memory: MemoryDav, tmp_path: Path) -> Iterator[Device]:
    """A device with an empty address book on the server in memory."""
    made = Device(tmp_path / "one", memory, MEMORY.rstrip("/") + memory.add("b", book=True))
    yield made
    made.close()


@pytest.fixture
def other(memory: MemoryDav, device: Device, tmp_path: Path) -> Iterator[Device]:
    """A second device on the same address book."""
    made = Device(tmp_path / "two", memory, MEMORY.rstrip("/") + next(iter(memory.collections)))
    yield made
    made.close()


@pytest.fixture(scope="module", params=["memory", "radicale", "xandikos"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MemoryDav | servers.Server]:
    """Each server in turn."""
    if request.param == "memory":
        yield MemoryDav()
        return
    start = getattr(servers, request.param)
    with start(request.getfixturevalue("readers_bin"), tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def real(server: MemoryDav | servers.Server, tmp_path: Path) -> Iterator[Device]:
    """A device with a new address book of its own on each server in turn."""
    name = f"b{uuid4().hex}"
    if isinstance(server, MemoryDav):
        book = MEMORY.rstrip("/") + server.add(name, book=True)
    else:
        with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
            home = discovery.homes(client, Service.ADDRESS_BOOK)[0]
            book = discovery.create_address_book(client, home, name, "People")
    made = Device(tmp_path / "real", server, book)
    yield made
    made.close()
