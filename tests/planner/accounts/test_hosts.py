"""Providers that keep address books on another host than calendars, and those that send one on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from planner.accounts.records import Purpose, Wanted
from planner.accounts.service import AccountService
from planner.addressbooks.choosing import AddressBooks
from planner.addressbooks.engine import AddressBookSync
from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.dav import errors
from planner.dav.client import DavClient
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.memory_dav import MemoryDav

CALENDARS, PEOPLE = "https://caldav.fastmail.com/", "https://carddav.fastmail.com/"


class Hosts:
    """Several hosts, and which of them were sent a password."""

    def __init__(self, servers: dict[str, MemoryDav]) -> None:
        self.servers = servers
        self.signed_in: set[str] = set()

    def connect(self, base: str, who: object, clock: object) -> DavClient:
        host = urlsplit(base).hostname or ""
        answer = self.servers[host].transport()

        def watched(request: httpx.Request) -> httpx.Response:
            self.signed_in.add(request.url.host)
            return answer.handle_request(request)

        return DavClient(base, who, clock, transport=httpx.MockTransport(watched))  # type: ignore[arg-type]


@pytest.fixture
def hosts() -> Hosts:
    """One host with a calendar, another with an address book."""
    calendars, people = MemoryDav(), MemoryDav()
    calendars.add("c")
    people.add("b", book=True)
    return Hosts({"caldav.fastmail.com": calendars, "carddav.fastmail.com": people})


def test_address_books_elsewhere_are_offered_made_and_synced(tmp_path: Path, hosts: Hosts) -> None:
    with Planner(DataFolder(tmp_path / "data"), FixedClock(), durable=False) as planner:
        accounts = AccountService(planner.store, planner.clock, MemorySecrets(), hosts.connect)  # type: ignore[arg-type]
        offered = accounts.look_up(CALENDARS, "ada", "x", PEOPLE)
        assert offered.calendar_home.startswith(CALENDARS)
        assert offered.address_book_home.startswith(PEOPLE)
        assert [one.url for one in offered.address_books] == [f"{PEOPLE}home/b/"]
        wanted = [Wanted(Purpose.EVENTS, f"{CALENDARS}home/c/", "c"), Wanted(Purpose.PEOPLE, "", "People")]
        id, _ = accounts.set_up("F", offered, "ada", "x", wanted, "fastmail")
        planner.contacts.add(ContactDetails(given="Ann", family="Example"))
        AddressBookSync(planner.store, planner.clock, planner.settings, accounts).run(id)
        made = next(
            book for book in hosts.servers["carddav.fastmail.com"].collections.values() if book.name == "People"
        )
        assert len(made.items) == 1
        books = AddressBooks(accounts)
        assert {book.name for book in books.offered(id).books} == {"b", "People"}
        books.leave(id)
        assert {book.name for book in books.offered(id).books} == {"b", "People"}


def test_a_collection_on_another_host_is_not_offered(tmp_path: Path, hosts: Hosts) -> None:
    server = hosts.servers["carddav.fastmail.com"]
    answer = server._propfind

    def elsewhere(request: httpx.Request, path: str) -> httpx.Response:
        found = answer(request, path)
        text = found.text.replace("<d:href>/home/b/", "<d:href>https://elsewhere.example/home/b/")
        return httpx.Response(found.status_code, text=text, headers={"Content-Type": "application/xml"})

    server._propfind = elsewhere  # type: ignore[method-assign]
    with Planner(DataFolder(tmp_path / "data"), FixedClock(), durable=False) as planner:
        accounts = AccountService(planner.store, planner.clock, MemorySecrets(), hosts.connect)  # type: ignore[arg-type]
        assert accounts.look_up(CALENDARS, "ada", "x", PEOPLE).address_books == ()
    assert hosts.signed_in == {"caldav.fastmail.com", "carddav.fastmail.com"}


@pytest.mark.parametrize(
    ("target", "told"), [("https://p34.icloud.com/x", "p34.icloud.com"), ("https://p.example:8443/", "p.example:8443")]
)
def test_being_sent_on_names_the_host_and_no_password_goes_there(
    tmp_path: Path, hosts: Hosts, target: str, told: str
) -> None:
    def sends_on(_: httpx.Request) -> httpx.Response:
        return httpx.Response(301, headers={"Location": target})

    hosts.servers["caldav.fastmail.com"].fault = sends_on
    with Planner(DataFolder(tmp_path / "data"), FixedClock(), durable=False) as planner:
        accounts = AccountService(planner.store, planner.clock, MemorySecrets(), hosts.connect)  # type: ignore[arg-type]
        with pytest.raises(errors.OtherHost) as caught:
            accounts.look_up(CALENDARS, "ada", "x")
    assert (caught.value.host, caught.value.other) == ("caldav.fastmail.com", told)
    assert hosts.signed_in == {"caldav.fastmail.com"}
