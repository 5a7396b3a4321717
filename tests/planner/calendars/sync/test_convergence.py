"""Two devices and a phone edit at random, requests fail, programs are killed: in the end all agree, nothing lost."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars.sync.decide import LooksEmptied
from planner.calendars.sync.disagreements import Disagreements
from planner.calendars.sync.engine import CalendarSync
from planner.clock import FixedClock
from planner.dav.client import DavClient
from planner.dav.errors import DavError
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.memory_dav import MemoryDav

MONDAY = date(2027, 7, 12)
DAYS = st.integers(0, 20)
DEVICES = st.sampled_from([0, 1])
PICKS = st.integers(0, 1_000)


class Killed(BaseException):
    """The program ends in the middle of a request: no handler of ours may see it and tidy up."""


@cache
def empty_data() -> Path:
    """A database with nothing in it, made once: copying it is much faster than making one for each example."""
    folder = DataFolder(Path(tempfile.mkdtemp()))
    with Planner(folder, FixedClock()) as planner:
        _ = planner.followups
    return folder.database


class Device:
    """One installation."""

    def __init__(self, folder: Path, server: MemoryDav, calendar: str) -> None:
        clock = FixedClock()
        folder.mkdir()
        shutil.copy(empty_data(), folder / "rapport.sqlite")
        self.planner = Planner(DataFolder(folder), clock, durable=False)
        self.accounts = AccountService(
            self.planner.store,
            clock,
            MemorySecrets(),
            lambda base, who, at: DavClient(base, who, at, transport=server.transport()),
        )
        self.engine = CalendarSync(self.planner.store, clock, self.planner.settings, self.accounts)
        self.disagreements = Disagreements(self.planner.store)
        url = f"https://dav.example{calendar}"
        self.account, _ = self.accounts.add("A", "https://dav.example/", "ada", "x", [(Purpose.EVENTS, url, "C")])
        self.ids: list[int] = []

    def sync(self) -> str:
        """One run; what came of it in words."""
        try:
            return self.engine.run(self.account).in_words()
        except LooksEmptied:
            return self.engine.run(self.account, deletions_meant=True).in_words()
        except (DavError, Killed):
            return "cut off"

    def open(self) -> dict[str, date]:
        """The uid and day of every open follow-up."""
        queries = self.planner.followup_queries
        found = (queries.get(id) for id in self.ids)
        return {one.uid: one.details.due_on for one in found if one.state is FollowUpState.OPEN}

    def closed(self) -> set[str]:
        """The uids of what is done or dropped."""
        found = (self.planner.followup_queries.get(id) for id in self.ids)
        return {one.uid for one in found if one.state is not FollowUpState.OPEN}


class Sync(RuleBasedStateMachine):
    """The steps."""

    @initialize()
    def begin(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.server = MemoryDav()
        self.calendar = self.server.add("c")
        self.devices = [Device(Path(self._folder.name) / str(n), self.server, self.calendar) for n in (0, 1)]

    def _pick(self, device: int, pick: int) -> int | None:
        ids = self.devices[device].ids
        return ids[pick % len(ids)] if ids else None

    def _there(self, pick: int) -> tuple[str, str] | None:
        items = self.server.collections[self.calendar].items
        if not items:
            return None
        path = sorted(items)[pick % len(items)]
        return path, items[path][1]

    @rule(device=DEVICES, day=DAYS)
    def add(self, device: int, day: int) -> None:
        one = self.devices[device]
        details = FollowUpDetails(FollowUpKind.PROMISE, f"Number {len(one.ids)}", MONDAY + timedelta(days=day))
        one.ids.append(one.planner.followups.add(details).new("followup"))

    @rule(device=DEVICES, pick=PICKS, day=DAYS)
    def move_here(self, device: int, pick: int, day: int) -> None:
        if (id := self._pick(device, pick)) is not None:
            self.devices[device].planner.followups.reschedule((id,), MONDAY + timedelta(days=day))

    @rule(device=DEVICES, pick=PICKS)
    def close_here(self, device: int, pick: int) -> None:
        if (id := self._pick(device, pick)) is not None:
            followups = self.devices[device].planner.followups
            (followups.done if pick % 2 else followups.drop)((id,))

    @rule(pick=PICKS, day=DAYS)
    def move_there(self, pick: int, day: int) -> None:
        if found := self._there(pick):
            path, text = found
            to = MONDAY + timedelta(days=day)
            zone, event = text.split("BEGIN:VEVENT")
            event = re.sub(r"(DTSTART|DTEND)([^:]*):\d{8}", rf"\1\2:{to:%Y%m%d}", event)
            self.server.put(path, f"{zone}BEGIN:VEVENT{event}")

    @rule(pick=PICKS)
    def finish_there(self, pick: int) -> None:
        if found := self._there(pick):
            self.server.put(found[0], re.sub(r"SUMMARY:(?!✓)", "SUMMARY:✓ ", found[1]))

    @rule(pick=PICKS)
    def delete_there(self, pick: int) -> None:
        if found := self._there(pick):
            self.server.delete(found[0])

    @rule()
    def forget_tokens(self) -> None:
        self.server.forget_tokens(self.calendar)

    @rule(device=DEVICES)
    def sync(self, device: int) -> None:
        self.devices[device].sync()

    @rule(
        device=DEVICES,
        at=st.integers(1, 6),
        how=st.sampled_from(["cut", "412", "500", "503", "kill"]),
        after=st.booleans(),
    )
    def sync_with_trouble(self, device: int, at: int, how: str, after: bool) -> None:
        seen = 0

        def fault(request: httpx.Request) -> httpx.Response | None:
            nonlocal seen
            seen += 1
            if seen != at or (how == "412" and request.method not in ("PUT", "DELETE")):
                return None
            if how == "cut":
                raise httpx.ReadError("cut", request=request)
            if how == "kill":
                raise Killed
            return httpx.Response(int(how))

        self.server.fault, self.server.after = fault, after and how != "412"
        self.devices[device].sync()
        self.server.fault = None

    @rule(device=DEVICES, mine=st.booleans())
    def choose(self, device: int, mine: bool) -> None:
        disagreements = self.devices[device].disagreements
        for one in disagreements.all():
            (disagreements.choose_here if mine else disagreements.choose_there)(one.id)

    @invariant()
    def nothing_stands_twice(self) -> None:
        texts = [text for _, text in self.server.collections[self.calendar].items.values()] if self._begun else []
        uids = [uid for text in texts for uid in re.findall(r"^UID:(.+)\r?$", text, re.MULTILINE)]
        assert len(uids) == len(set(uids))

    @property
    def _begun(self) -> bool:
        return hasattr(self, "server")

    def teardown(self) -> None:
        if not self._begun:
            return
        try:
            self._converges()
        finally:
            for device in self.devices:
                device.planner.close()
            self._folder.cleanup()

    def _converges(self) -> None:
        self.server.fault = None
        for _ in range(8):
            said = [device.sync() for device in self.devices]
            for device in self.devices:
                for one in device.disagreements.all():
                    device.disagreements.choose_here(one.id)
            if said == ["nothing to do"] * 2 and not any(device.disagreements.all() for device in self.devices):
                break
        else:
            raise AssertionError(f"they never come to rest: {said}")
        there = {}
        for _, text in self.server.collections[self.calendar].items.values():
            (uid,) = re.findall(r"^UID:(.+?)\r?$", text, re.MULTILINE)
            (start,) = re.findall(r"^DTSTART[^:]*:(\d{8})", text.split("BEGIN:VEVENT")[1], re.MULTILINE)
            there[uid] = (start, "SUMMARY:✓" in text)
        for device in self.devices:
            for uid, day in device.open().items():
                assert there[uid] == (f"{day:%Y%m%d}", False)  # what is open here stands there, on the same day
            for uid in device.closed():
                assert uid not in there or there[uid][1]  # what is closed here is gone there, or shown as done


Sync.TestCase.settings = settings(
    max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSync = pytest.mark.slow(Sync.TestCase)
