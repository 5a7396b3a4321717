"""What sync wrote to a server, brought from there by vdirsyncer and read by khal, todoman and ical.js."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from planner.accounts.records import Purpose
from planner.clock import FixedClock
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Service
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind
from tests import servers
from tests.planner.calendars.sync.conftest import Device

pytestmark = pytest.mark.reader

Run = Callable[..., CompletedProcess[str]]
MONDAY = date(2027, 7, 12)


@pytest.fixture(scope="module")
def radicale(readers_bin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """Radicale alone."""
    with servers.radicale(readers_bin, tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(params=[Purpose.EVENTS, Purpose.TASKS], ids=["events", "tasks"])
def folder(
    request: pytest.FixtureRequest, radicale: servers.Server, tmp_path: Path, run_reader: Run
) -> tuple[Purpose, Path]:
    """A folder into which vdirsyncer brought a calendar that lived through a few changes."""
    purpose = Purpose(request.param)
    with DavClient(radicale.url, Credentials(radicale.user, radicale.password), FixedClock()) as client:
        home = discovery.homes(client, Service.CALENDAR)[0]
        calendar = discovery.create_calendar(client, home, purpose.value, purpose.value, ("VEVENT", "VTODO"))
    device = Device(tmp_path / "data", radicale, calendar, purpose)
    add = device.planner.followups.add
    ids = {
        title: add(FollowUpDetails(FollowUpKind.PROMISE, title, MONDAY, **more)).new("followup")
        for title, more in {
            "As it was, with łatwe 日本語": {},
            "Moved": {"due_time": time(16, 30), "time_zone": "America/New_York"},
            "Done": {},
            "Dropped": {},
        }.items()
    }
    if purpose is Purpose.EVENTS:
        starts = datetime(2027, 7, 13, 22, 0, tzinfo=UTC)
        device.planner.events.add(
            EventDetails(
                "Two days away",
                EventKind.CONFERENCE,
                starts_at=starts,
                ends_at=starts + timedelta(days=2),
                all_day=True,
            )
        )
    device.engine.run(device.account)
    device.planner.followups.reschedule((ids["Moved"],), MONDAY + timedelta(days=3))
    device.planner.followups.done((ids["Done"],))
    device.planner.followups.drop((ids["Dropped"],))
    device.engine.run(device.account)
    device.close()
    local, config = tmp_path / "vdir", tmp_path / "vdirsyncer.conf"
    config.write_text(
        f'[general]\nstatus_path = "{tmp_path / "status"}"\n'
        f'[pair both]\na = "here"\nb = "there"\ncollections = ["{purpose.value}"]\n'
        f'[storage here]\ntype = "filesystem"\npath = "{local}"\nfileext = ".ics"\n'
        f'[storage there]\ntype = "caldav"\nurl = "{radicale.url}"\nusername = "{radicale.user}"\n'
        f'password = "{radicale.password}"\n',
        encoding="utf-8",
    )
    for command in ("discover", "sync"):
        done = run_reader("vdirsyncer", "-c", str(config), command, input="y\n" * 4)
        assert done.returncode == 0, done.stderr
    return purpose, local / purpose.value


def test_other_programs_read_what_sync_wrote(
    folder: tuple[Purpose, Path], tmp_path: Path, run_reader: Run, icaljs: Any
) -> None:
    purpose, items = folder
    kinds = []
    for path in items.glob("*.ics"):
        (calendar,) = icaljs.parse_ics(path)
        kinds += [part[0] for part in calendar[2]]
        (main,) = [part for part in calendar[2] if part[0] in ("vevent", "vtodo")]
        values = {name: (parameters, value) for name, parameters, _, value, *_ in main[1]}
        if zone := values.get("dtstart", values.get("due"))[0].get("tzid"):
            defined = [part for part in calendar[2] if part[0] == "vtimezone"]
            assert zone in {value for part in defined for name, _, _, value, *_ in part[1] if name == "tzid"}
        closed = "Done" in values["summary"][1] or "Two days" in values["summary"][1]
        assert [part[0] for part in main[2]] == ([] if closed else ["valarm"])
    if purpose is Purpose.EVENTS:
        assert kinds.count("vevent") == 4
        _khal(items, tmp_path, run_reader)
    else:
        assert kinds.count("vtodo") == 3
        _todoman(items, tmp_path, run_reader)


def _khal(items: Path, tmp_path: Path, run_reader: Run) -> None:
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[work]]\npath = {items}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    found = run_reader(
        "khal", "-c", str(config), "list", "--once", "--format", "{start}|{title}|{all-day}", "--day-format", "",
        "2027-07-12", "8d",
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert sorted(line for line in found.stdout.splitlines() if line) == [
        "2027-07-12 09:00|As it was, with łatwe 日本語|False",
        "2027-07-12 09:00|✓ Done|False",
        "2027-07-14|Two days away|True",
        "2027-07-15 22:30|Moved|False",
    ]


def _todoman(items: Path, tmp_path: Path, run_reader: Run) -> None:
    config = tmp_path / "todoman.py"
    config.write_text(
        f'path = "{items}"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\ncache_path = "{tmp_path / "todo.db"}"\n'
    )
    found = run_reader("todo", "--config", str(config), "--porcelain", "list", "--status", "ANY")
    assert found.returncode == 0, found.stderr
    told = {one["summary"]: one for one in json.loads(found.stdout)}
    assert set(told) == {"As it was, with łatwe 日本語", "Moved", "Done"}
    assert told["Done"]["completed"]
    assert not told["Moved"]["completed"]
    assert told["Moved"]["due"] == int(datetime(2027, 7, 15, 20, 30, tzinfo=UTC).timestamp())
