"""A server that does not take one item: it is named, and costs no other its turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars.sync.engine import CalendarSync
from planner.clock import FixedClock
from planner.dav import errors
from planner.dav.client import DavClient
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.memory_dav import HOME, MemoryDav

MONDAY = date(2027, 7, 12)


class Refusing:
    """Three follow-ups on a server that answers the writes of some of them with a status."""

    def __init__(self, folder: Path) -> None:
        clock, secrets = FixedClock(), MemorySecrets()
        self.server = MemoryDav()
        self.server.add("c")
        self.planner = Planner(DataFolder(folder), clock, secrets=secrets)
        for n in range(3):
            details = FollowUpDetails(FollowUpKind.PROMISE, f"Number {n}", MONDAY + timedelta(days=n))
            self.planner.followups.add(details)
        self.accounts = AccountService(
            self.planner.store,
            clock,
            secrets,
            lambda base, who, at: DavClient(base, who, at, transport=self.server.transport()),
        )
        url = f"https://dav.example{HOME}c/"
        self.account, _ = self.accounts.add("A", "https://dav.example/", "ada", "x", [(Purpose.EVENTS, url, "C")])
        self.engine = CalendarSync(self.planner.store, clock, self.planner.settings, self.accounts)

    def refuse(self, words: str, status: int) -> None:
        """Answer writes that hold these words with a status."""

        def fault(request: httpx.Request) -> httpx.Response | None:
            if request.method == "PUT" and words in request.content.decode():
                return httpx.Response(status)
            return None

        self.server.fault = fault

    @property
    def there(self) -> str:
        """Everything that stands in the calendar."""
        return "".join(text for _, text in self.server.collections[f"{HOME}c/"].items.values())


@pytest.fixture
def refusing(tmp_path: Path) -> Iterator[Refusing]:
    device = Refusing(tmp_path)
    yield device
    device.planner.close()


@pytest.mark.parametrize("status", [400, 403, 415, 422])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_one_item_that_is_not_taken_costs_no_other(refusing: Refusing, status: int, which: int) -> None:
    refusing.refuse(f"Number {which}", status)
    outcome = refusing.engine.run(refusing.account)
    assert outcome.created == 2
    (told,) = outcome.unreadable
    assert f"Number {which}" in told
    assert [n for n in range(3) if f"Number {n}" in refusing.there] == [n for n in range(3) if n != which]
    refusing.server.fault = None
    assert refusing.engine.run(refusing.account).created == 1
    assert refusing.engine.run(refusing.account).in_words() == "nothing to do"


def test_a_calendar_in_which_nothing_is_allowed_is_said_to_be_one(refusing: Refusing) -> None:
    refusing.refuse("", 403)
    with pytest.raises(errors.Forbidden):
        refusing.engine.run(refusing.account)
    assert [path for method, path in refusing.server.requests if method == "PUT"] != []
    assert sum(method == "PUT" for method, _ in refusing.server.requests) == 2  # it does not try them all


def test_somebody_else_s_item_in_a_zone_that_is_a_folder_stops_nothing(refusing: Refusing) -> None:
    refusing.server.put(
        f"{HOME}c/odd.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//odd//EN\r\nBEGIN:VEVENT\r\nUID:odd\r\n"
        "DTSTAMP:20270710T080000Z\r\nDTSTART;TZID=Europe:20270713T080000\r\nSUMMARY:Odd\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    assert refusing.engine.run(refusing.account).created == 3
