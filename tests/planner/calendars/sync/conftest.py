"""An account on each real server in turn, and a second device on the same calendar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars.sync.disagreements import Disagreements
from planner.calendars.sync.engine import CalendarSync
from planner.clock import FixedClock
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers


@pytest.fixture(scope="module", params=["radicale", "xandikos"])
def server(
    request: pytest.FixtureRequest, readers_bin: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """Each server in turn."""
    start = getattr(servers, request.param)
    with start(readers_bin, tmp_path_factory.mktemp(request.param)) as running:
        yield running


class Device:
    """One installation with an account on the server, and a phone that looks at the same calendar."""

    def __init__(self, folder: Path, server: servers.Server, calendar: str, purpose: Purpose) -> None:
        self.clock = FixedClock()
        self.planner = Planner(DataFolder(folder), self.clock)
        self.accounts = AccountService(self.planner.store, self.clock, MemorySecrets())
        self.engine = CalendarSync(self.planner.store, self.clock, self.planner.settings, self.accounts)
        self.disagreements = Disagreements(self.planner.store)
        self.account, _ = self.accounts.add(
            "Test", server.url, server.user, server.password, [(purpose, calendar, "Follow-ups")]
        )
        self.phone = DavClient(server.url, Credentials(server.user, server.password), self.clock)
        self.items = Items(self.phone, Collection(calendar, "c", Service.CALENDAR))

    def there(self) -> dict[str, str]:
        """Every item's text on the server, by path."""
        return {item.path: item.data for item in self.items.fetch(sorted(self.items.listing()))}

    def edit_there(self, path: str, old: str, new: str) -> None:
        """The phone changes an item."""
        (item,) = self.items.fetch([path])
        assert old in item.data
        self.items.replace(path, item.data.replace(old, new), item.etag)

    def delete_there(self, path: str) -> None:
        """The phone deletes an item."""
        self.items.delete(path, self.items.listing()[path])

    def close(self) -> None:
        """Give files and connections back."""
        self.phone.close()
        self.planner.close()


@pytest.fixture(params=[Purpose.EVENTS, Purpose.TASKS], ids=["events", "tasks"])
def purpose(request: pytest.FixtureRequest) -> Purpose:
    """As calendar events, and as tasks."""
    return Purpose(request.param)


@pytest.fixture
def device(server: servers.Server, tmp_path: Path, purpose: Purpose) -> Iterator[Device]:
    """A device with a new calendar of its own."""
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
        home = discovery.homes(client, Service.CALENDAR)[0]
        name = f"c{abs(hash(str(tmp_path)))}"
        calendar = discovery.create_calendar(client, home, name, "Follow-ups", ("VEVENT", "VTODO"))
    made = Device(tmp_path / "data", server, calendar, purpose)
    yield made
    made.close()
