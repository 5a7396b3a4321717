"""Syncing 5,000 follow-ups with Radicale: the first upload against vdirsyncer's, and a run in which nothing changed.

And reading a large conference schedule: FOSDEM's of 2025 from the folder that RAPPORT_CORPUS names, else one made here
of the same size.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import insert

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars.records import Scope
from planner.calendars.sync.engine import CalendarSync
from planner.clock import FixedClock
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.events.schedule.read import read_file
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from planner.store.tables import FollowUpTable
from tests import servers
from tests.benchmarks.people import ROOT
from tests.benchmarks.results import Result

NUMBER = 5_000
#: How many are uploaded one by one. Radicale looks through all it has at each, so that 5,000 take it a quarter of an
#: hour, whoever sends them: that many only where RAPPORT_BENCH_UPLOAD asks for it.
UPLOADED = int(os.environ.get("RAPPORT_BENCH_UPLOAD", "400"))
#: As many as FOSDEM had in 2025.
TALKS, ROOMS = 943, 38


def readers_bin() -> Path:
    """Where Radicale and vdirsyncer are; `dev.py` installs them."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    return Path(os.environ.get("RAPPORT_READERS_BIN") or ROOT / "build" / "readers" / "venv" / scripts)


def fill(planner: Planner, number: int) -> None:
    """So many follow-ups."""
    now, today = planner.clock.now(), planner.clock.today()
    with planner.store.write("add follow-ups", bulk=True) as work:
        work.connection.execute(
            insert(FollowUpTable),
            [
                {
                    "uid": f"00000000-0000-4000-8000-{n:012d}",
                    "kind": "promise",
                    "title": f"Send the deck, part {n}",
                    "due_on": today + timedelta(days=n % 300),
                    "why": "You promised it at the fair.",
                    "message_subject": "The deck",
                    "message": "Dear colleague,\nhere is the deck.\nI'd be glad to hear what you make of it.",
                    "created_at": now,
                    "updated_at": now,
                }
                for n in range(number)
            ],
        )


class Desk:
    """An installation with an account on the server; `requests` are those since it was last emptied."""

    def __init__(self, folder: Path, server: servers.Server, calendar: str, number: int) -> None:
        clock = FixedClock()
        self.requests: list[str] = []
        self.planner = Planner(DataFolder(folder), clock)
        fill(self.planner, number)
        accounts = AccountService(self.planner.store, clock, MemorySecrets(), self._connect)
        self._engine = CalendarSync(self.planner.store, clock, self.planner.settings, accounts)
        use = [(Purpose.EVENTS, calendar, "Follow-ups")]
        self._account, _ = accounts.add("Benchmark", server.url, server.user, server.password, use)

    def _connect(self, base: str, who: Credentials, clock: FixedClock) -> DavClient:
        return DavClient(base, who, clock, watch=lambda method, _path: self.requests.append(method))

    def sync(self) -> tuple[float, str]:
        """One run: seconds, and what came of it."""
        self.requests.clear()
        began = time.perf_counter()
        said = self._engine.run(self._account).in_words()
        return time.perf_counter() - began, said


@contextmanager
def calendar(server: servers.Server, name: str) -> Iterator[tuple[DavClient, str]]:
    """A new calendar on the server."""
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
        home = discovery.homes(client, Service.CALENDAR)[0]
        yield client, discovery.create_calendar(client, home, name, name, ("VEVENT", "VTODO"))


def vdirsyncer(
    folder: Path, server: servers.Server, items: dict[str, str], kind: str = "caldav", suffix: str = ".ics"
) -> float:
    """Seconds that vdirsyncer takes to put the same items into an empty collection called "others"."""
    local = folder / "vdir" / "others"
    local.mkdir(parents=True)
    for path, text in items.items():
        (local / path.rsplit("/", 1)[-1]).write_bytes(text.encode())
    config = folder / "vdirsyncer.conf"
    config.write_text(
        f'[general]\nstatus_path = "{folder / "status"}"\n'
        '[pair both]\na = "here"\nb = "there"\ncollections = ["others"]\n'
        f'[storage here]\ntype = "filesystem"\npath = "{local.parent}"\nfileext = "{suffix}"\n'
        f'[storage there]\ntype = "{kind}"\nurl = "{server.url}"\nusername = "{server.user}"\n'
        f'password = "{server.password}"\n',
        encoding="utf-8",
    )
    program = [str(readers_bin() / "vdirsyncer"), "-c", str(config)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run([*program, "discover"], check=True, capture_output=True, env=environment, input=b"y\n")
    began = time.perf_counter()
    subprocess.run([*program, "sync"], check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def uploading(folder: Path, rounds: int) -> list[Result]:
    """The first upload, ours and vdirsyncer's in turn, each to an empty calendar; the best of each."""
    ours, baseline = [], []
    for turn in range(max(1, min(rounds, 3))):
        home = folder / f"first-{turn}"
        home.mkdir()
        with servers.radicale(readers_bin(), home) as server, calendar(server, "ours") as (client, url):
            desk = Desk(home / "data", server, url, UPLOADED)
            with desk.planner:
                seconds, said = desk.sync()
            assert said == f"{UPLOADED} added there", said
            ours.append(seconds)
            items = Items(client, Collection(url, "ours", Service.CALENDAR))
            held = {item.path: item.data for item in items.fetch(sorted(items.listing()))}
            with calendar(server, "others") as (_, theirs):
                baseline.append(vdirsyncer(home, server, held))
                assert len(Items(client, Collection(theirs, "others", Service.CALENDAR)).listing()) == UPLOADED
    return [Result(f"first upload of {UPLOADED:,} follow-ups", "s", min(ours), 1.5, min(baseline), "vdirsyncer")]


def idling(folder: Path) -> list[Result]:
    """The best of a few runs with nothing changed. The calendar is filled at once, which Radicale allows."""
    folder.mkdir()
    with servers.radicale(readers_bin(), folder) as server, calendar(server, "ours") as (_, ours):
        desk = Desk(folder / "data", server, ours, NUMBER)
        with desk.planner:
            desk.planner.calendars.export(folder / "all.ics", Scope.ALL)
            whole = (folder / "all.ics").read_bytes()
            signed_in = (server.user, server.password)
            httpx.put(ours, content=whole, headers={"Content-Type": "text/calendar"}, auth=signed_in, timeout=900)
            desk.sync()
            idle = []
            for _ in range(5):
                idle.append(desk.sync())
                assert idle[-1][1] == "nothing to do", idle[-1]
            requests = len(desk.requests)
    return [
        Result(f"syncing {NUMBER:,} follow-ups, nothing changed", "s", min(seconds for seconds, _ in idle), 1),
        Result("the same, requests", "requests", requests, 2),
    ]


def schedule(folder: Path) -> Path:
    """FOSDEM's schedule, or one of its size."""
    corpus = os.environ.get("RAPPORT_CORPUS", "")
    for found in (Path(corpus) / "schedule" / "fosdem-2025.xml", Path(corpus) / "fosdem-2025.xml"):
        if corpus and found.is_file():
            return found
    made = folder / "schedule.xml"
    abstract = "<p>" + "What we learnt from running it for a year, and what we would do differently. " * 14 + "</p>"
    rooms = [[] for _ in range(ROOMS)]  # type: list[list[str]]
    for n in range(TALKS):
        minutes = 9 * 60 + (n // ROOMS) * 20
        rooms[n % ROOMS].append(
            f'<event id="{n}" guid="00000000-0000-4000-8000-{n:012d}">'
            f"<date>2027-02-06T{minutes // 60:02d}:{minutes % 60:02d}:00+01:00</date>"
            f"<start>{minutes // 60:02d}:{minutes % 60:02d}</start><duration>00:20</duration>"
            f"<room>Room {n % ROOMS}</room>"
            f"<title>Talk number {n}</title><subtitle/><track>Track {n % 70}</track><type>devroom</type>"
            f"<language>en</language><abstract>{abstract.replace('<', '&lt;')}</abstract><description/>"
            f'<persons><person id="{n % 900}">Speaker {n % 900}</person></persons>'
            f'<links><link href="https://talks.example/{n}">Page</link></links></event>'
        )
    day = "".join(f'<room name="Room {n}">{"".join(events)}</room>' for n, events in enumerate(rooms))
    made.write_text(
        "<?xml version='1.0' encoding='UTF-8'?><schedule><conference><title>A large one</title>"
        "<start>2027-02-06</start><end>2027-02-07</end><days>2</days><time_zone_name>Europe/Brussels</time_zone_name></conference>"
        f'<day index="1" date="2027-02-06">{day}</day></schedule>',
        encoding="utf-8",
    )
    return made


def importing(folder: Path, rounds: int) -> list[Result]:
    """Read the schedule and make an event of it, each time in a data folder of its own."""
    path, clock, taken = schedule(folder), FixedClock(), []
    for turn in range(max(1, min(rounds, 3))):
        with Planner(DataFolder(folder / f"schedule-{turn}"), clock) as planner:
            planner.events.schedules  # noqa: B018 - what is imported with it is not measured
            began = time.perf_counter()
            published = read_file(path, clock.zone)
            planner.events.schedules.run(published, None, path.name)
            taken.append(time.perf_counter() - began)
    return [Result(f"importing a schedule of {len(published.sessions):,} sessions", "s", min(taken), 2)]


def run(rounds: int) -> list[Result]:
    """All of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*uploading(folder, rounds), *idling(folder / "idle"), *importing(folder, rounds)]
