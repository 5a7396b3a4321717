"""Syncing people with Radicale: the first upload beside vdirsyncer, 5,000 received at first, and nothing changed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.addressbooks.engine import AddressBookSync
from planner.addressbooks.records import BookOptions
from planner.app import Planner
from planner.clock import FixedClock
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers
from tests.benchmarks.people import people
from tests.benchmarks.results import Result
from tests.benchmarks.syncing import UPLOADED, readers_bin, vdirsyncer

NUMBER = 5_000


class Desk:
    """An installation with an address book on the server; `requests` are those since it was last emptied."""

    def __init__(self, folder: Path, server: servers.Server, book: str, number: int) -> None:
        clock = FixedClock()
        self.requests: list[str] = []
        self.planner = Planner(DataFolder(folder), clock)
        if number:
            self.planner.contacts.add_many(list(islice(people(number), number)))
        accounts = AccountService(self.planner.store, clock, MemorySecrets(), self._connect)
        self._engine = AddressBookSync(self.planner.store, clock, self.planner.settings, accounts)
        self._account, _ = accounts.add("Benchmark", server.url, server.user, server.password, [])
        accounts.use(self._account, Purpose.PEOPLE, book, "People", BookOptions().to_text())

    def _connect(self, base: str, who: Credentials, clock: FixedClock) -> DavClient:
        return DavClient(base, who, clock, watch=lambda method, _path: self.requests.append(method))

    def sync(self) -> tuple[float, str]:
        """One run: seconds, and what came of it."""
        self.requests.clear()
        began = time.perf_counter()
        said = self._engine.run(self._account).in_words()
        return time.perf_counter() - began, said


@contextmanager
def address_book(server: servers.Server, name: str) -> Iterator[tuple[DavClient, str]]:
    """A new address book on the server."""
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
        home = discovery.homes(client, Service.ADDRESS_BOOK)[0]
        yield client, discovery.create_address_book(client, home, name, name)


def uploading(folder: Path, rounds: int) -> list[Result]:
    """The first upload, ours and vdirsyncer's in turn, each to an empty address book; the best of each."""
    ours, baseline = [], []
    for turn in range(max(1, min(rounds, 3))):
        home = folder / f"first-{turn}"
        home.mkdir()
        with servers.radicale(readers_bin(), home) as server, address_book(server, "ours") as (client, url):
            desk = Desk(home / "data", server, url, UPLOADED)
            with desk.planner:
                seconds, said = desk.sync()
            assert said == f"{UPLOADED} added there", said
            ours.append(seconds)
            items = Items(client, Collection(url, "ours", Service.ADDRESS_BOOK))
            held = {item.path: item.data for item in items.fetch(sorted(items.listing()))}
            with address_book(server, "others") as (_, theirs):
                baseline.append(vdirsyncer(home, server, held, "carddav", ".vcf"))
                assert len(Items(client, Collection(theirs, "others", Service.ADDRESS_BOOK)).listing()) == UPLOADED
    return [Result(f"first upload of {UPLOADED:,} people", "s", min(ours), 1.5, min(baseline), "vdirsyncer")]


def idling(folder: Path) -> list[Result]:
    """All of them received at first; then the best of a few runs with nothing changed."""
    folder.mkdir()
    with servers.radicale(readers_bin(), folder) as server, address_book(server, "ours") as (_, url):
        whole = "".join(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:00000000-0000-4000-8000-{number:012d}\r\nFN:{one.details.shown_name}\r\n"
            f"N:{one.details.family};{one.details.given};;;\r\nEMAIL;TYPE=WORK:person.{number}@bench.example\r\n"
            f"TEL;TYPE=CELL:+46 70 {number:07d}\r\nORG:{one.details.organisation}\r\nEND:VCARD\r\n"
            for number, one in enumerate(islice(people(NUMBER), NUMBER))
        )
        signed_in = (server.user, server.password)
        httpx.put(url, content=whole.encode(), headers={"Content-Type": "text/vcard"}, auth=signed_in, timeout=900)
        desk = Desk(folder / "data", server, url, 0)
        with desk.planner:
            first, said = desk.sync()
            assert said == f"{NUMBER:,} new here", said
            idle = []
            for _ in range(5):
                idle.append(desk.sync())
                assert idle[-1][1] == "nothing to do", idle[-1]
            requests = len(desk.requests)
    return [
        Result(f"first receiving {NUMBER:,} people", "s", first, 30),
        Result(f"syncing {NUMBER:,} people, nothing changed", "s", min(seconds for seconds, _ in idle), 1),
        Result("the same, requests", "requests", requests, 2),
    ]


def run(rounds: int) -> list[Result]:
    """All of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*uploading(folder, rounds), *idling(folder / "idle")]
