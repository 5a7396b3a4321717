"""Every target that a calendar can be: a file, a server in memory, Radicale and xandikos, behind one face."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars.sync.engine import CalendarSync
from planner.clock import Clock, FixedClock
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers
from tests.memory_dav import MemoryDav

#: What is asked of every target; those that can be changed from elsewhere are asked for more.
ALL, SERVERS = ("file", "memory", "radicale", "xandikos"), ("memory", "radicale", "xandikos")

Fault = Callable[[httpx.Request], httpx.Response | None]


class Way(httpx.BaseTransport):
    """The way to a server. `fault` may answer in its place or raise; with `after`, once the server did its part."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.fault: Fault | None = None
        self.after = False
        self.seen: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        self.seen.append(request.method)
        if self.fault and not self.after and (failed := self.fault(request)) is not None:
            return failed
        answer = self._inner.handle_request(request)
        if self.fault and self.after:
            answer.read()
            if (failed := self.fault(request)) is not None:
                return failed
        return answer


class Target:
    """A planner, and a calendar it delivers to."""

    def __init__(self, folder: Path) -> None:
        self.planner = Planner(DataFolder(folder / "data"), FixedClock())

    def add(self, title: str, on: date) -> int:
        """A follow-up; its number."""
        return self.planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, title, on)).new("followup")

    def deliver(self) -> None:
        """Bring the calendar up to date."""
        raise NotImplementedError

    def held(self) -> dict[str, str]:
        """The events in the calendar as text, by UID; an AssertionError if one stands there twice."""
        raise NotImplementedError

    def full(self) -> AbstractContextManager[None]:
        """While there is no space left, or soon none."""
        raise NotImplementedError

    def cut(self) -> AbstractContextManager[None]:
        """While every delivery is cut off half way."""
        raise NotImplementedError

    def close(self) -> None:
        """Give files and connections back."""
        self.planner.close()


def events(text: str) -> dict[str, str]:
    """Every event of a text by its UID."""
    found = {}
    for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text.replace("\r\n ", ""), re.DOTALL):
        (uid,) = re.findall(r"^UID:(.+?)\r?$", event, re.MULTILINE)
        assert uid not in found, f"{uid} stands there twice"
        found[uid] = event
    return found


class File(Target):
    """The file that is always current."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder / "calendar"
        self._folder.mkdir()
        self.planner.settings.change(calendar_folder=str(self._folder))

    def deliver(self) -> None:
        self.planner.current_file.refresh()

    def held(self) -> dict[str, str]:
        path = self.planner.current_file.path
        assert path is not None
        assert {each.name for each in self._folder.iterdir()} <= {path.name}  # nothing half-written is left
        return events(path.read_bytes().decode()) if path.exists() else {}

    @contextmanager
    def full(self) -> Iterator[None]:
        import resource  # not on Windows, where this target is not tested full

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    cut = full


class OnServer(Target):
    """A calendar on a server, and a phone that looks at it past the faulty way."""

    def __init__(self, folder: Path, url: str, calendar: str, inner: Callable[[], httpx.BaseTransport]) -> None:
        super().__init__(folder)
        self.way = Way(inner())
        who = Credentials(servers.USER, servers.PASSWORD)
        clock = self.planner.clock
        accounts = AccountService(self.planner.store, clock, MemorySecrets(), self._connect)
        self.engine = CalendarSync(self.planner.store, clock, self.planner.settings, accounts)
        self.account, _ = accounts.add("A", url, who.user, who.password, [(Purpose.EVENTS, calendar, "C")])
        self._phone = DavClient(url, who, clock, transport=inner())
        self.items = Items(self._phone, Collection(calendar, "C", Service.CALENDAR))

    def _connect(self, base: str, who: Credentials, clock: Clock) -> DavClient:
        return DavClient(base, who, clock, transport=Kept(self.way))

    def deliver(self) -> None:
        self.engine.run(self.account)

    def held(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self.items.fetch(sorted(self.items.listing())):
            for uid, event in events(item.data).items():
                assert uid not in found, f"{uid} stands there twice"
                found[uid] = event
        return found

    def edit(self, title: str, old: str, new: str) -> None:
        """The phone changes an item."""
        for item in self.items.fetch(sorted(self.items.listing())):
            if f"SUMMARY:{title}" in item.data.splitlines():
                assert old in item.data
                self.items.replace(item.path, item.data.replace(old, new), item.etag)
                return
        raise AssertionError(f"{title} is not there")

    def delete(self, title: str) -> None:
        """The phone deletes an item."""
        for item in self.items.fetch(sorted(self.items.listing())):
            if f"SUMMARY:{title}" in item.data.splitlines():
                self.items.delete(item.path, item.etag)

    @contextmanager
    def full(self) -> Iterator[None]:
        with self._failing(lambda: httpx.Response(507)):
            yield

    @contextmanager
    def cut(self) -> Iterator[None]:
        def cut() -> httpx.Response:
            raise httpx.ReadError("cut")

        with self._failing(cut, after=True):
            yield

    @contextmanager
    def _failing(self, answer: Callable[[], httpx.Response], *, after: bool = False) -> Iterator[None]:
        """From the third write on, requests fail."""
        writes = 0

        def fault(request: httpx.Request) -> httpx.Response | None:
            nonlocal writes
            writes += request.method == "PUT"
            return answer() if writes >= 3 else None

        self.way.fault, self.way.after = fault, after
        yield
        self.way.fault = None

    def close(self) -> None:
        self._phone.close()
        self.way._inner.close()
        super().close()


class Kept(httpx.BaseTransport):
    """A transport that outlives the client it is lent to."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        return self._inner.handle_request(request)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, Path], servers.Server]]:
    """Each real server, started once when it is first needed."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        begun: dict[str, servers.Server] = {}

        def start(name: str, readers: Path) -> servers.Server:
            if name not in begun:
                begin = getattr(servers, name)
                begun[name] = stack.enter_context(begin(readers, tmp_path_factory.mktemp(name)))
            return begun[name]

        yield start


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """The target of that name; by `parametrize(..., indirect=True)`."""
    made: Target
    if request.param == "file":
        made = File(tmp_path)
    elif request.param == "memory":
        memory = MemoryDav()
        calendar = "https://dav.example" + memory.add("c")
        made = OnServer(tmp_path, "https://dav.example/", calendar, memory.transport)
    else:
        start = request.getfixturevalue("running")
        server = start(request.param, request.getfixturevalue("readers_bin"))
        with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
            home = discovery.homes(client, Service.CALENDAR)[0]
            calendar = discovery.create_calendar(client, home, f"c{uuid4().hex[:8]}", "C", ("VEVENT",))
        made = OnServer(tmp_path, server.url, calendar, httpx.HTTPTransport)
    yield made
    made.close()


on_every_target = pytest.mark.parametrize("target", ALL, indirect=True)
on_every_server = pytest.mark.parametrize("target", SERVERS, indirect=True)
needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
