"""Two devices with the same people and one calendar: what each makes by itself stands there once, and asks nothing."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.addressbooks.engine import AddressBookSync
from planner.addressbooks.records import BookOptions
from planner.app import Planner
from planner.calendars.sync.disagreements import Disagreements
from planner.calendars.sync.engine import CalendarSync
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, DateKind, PartialDate
from planner.dav.client import DavClient
from planner.followups.records import FollowUp, FollowUpDetails, FollowUpKind, FollowUpState
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.memory_dav import MemoryDav
from tests.planner.addressbooks.conftest import empty_data

NOW = datetime.fromisoformat("2027-07-08T08:00:00+00:00")
MONDAY = date(2027, 7, 12)
BASE = "https://dav.example"


class Device:
    """One installation with an account of a calendar and an address book, both shared with other devices."""

    def __init__(self, folder: Path, server: MemoryDav, zone: str = "Europe/Berlin") -> None:
        self.database = folder / "rapport.sqlite"
        restored = self.database.exists()
        if not restored:
            folder.mkdir()
            shutil.copy(empty_data(), self.database)
        self.clock = FixedClock(lambda: ZoneInfo(zone), moment=NOW)
        self.planner = Planner(DataFolder(folder), self.clock, durable=False)
        store, settings = self.planner.store, self.planner.settings
        accounts = AccountService(
            store,
            self.clock,
            MemorySecrets(),
            lambda base, who, at: DavClient(base, who, at, transport=server.transport()),
        )
        if restored:
            self.account = accounts.all()[0].id
            accounts.set_password(self.account, "x")
        else:
            calendar, book = server.collections
            use = [(Purpose.EVENTS, BASE + calendar, "C")]
            self.account, _ = accounts.add("A", f"{BASE}/", "ada", "x", use)
            accounts.use(self.account, Purpose.PEOPLE, BASE + book, "P", BookOptions(private=True).to_text())
        self.calendar = CalendarSync(store, self.clock, settings, accounts)
        self.people = AddressBookSync(store, self.clock, settings, accounts)
        self.disagreements = Disagreements(store)

    def sync(self) -> str:
        """Both, as a run over the account does them."""
        return self.people.run(self.account).joined(self.calendar.run(self.account)).in_words()

    def add(self, at: time | None = None) -> int:
        """A follow-up of one's own."""
        details = FollowUpDetails(FollowUpKind.PROMISE, "Send the deck", MONDAY, due_time=at)
        return self.planner.followups.add(details).new("followup")

    def all(self) -> list[FollowUp]:
        """Every follow-up, closed ones too."""
        with self.planner.store.read() as session:
            ids = session.connection().exec_driver_sql("SELECT id FROM followup ORDER BY uid").scalars().all()
        return [self.planner.followup_queries.get(id) for id in ids]

    def usual_hour(self, hour: int) -> None:
        """Set when reminders come."""
        self.planner.settings.change(reminder_hour=time(hour))


@pytest.fixture
def server() -> MemoryDav:
    """A server with a calendar and an address book."""
    made = MemoryDav()
    made.add("c")
    made.add("b", book=True)
    return made


@pytest.fixture
def device(server: MemoryDav, tmp_path: Path) -> Iterator[Callable[..., Device]]:
    """Makes devices: `device("one", zone=…)`, or one restored from a backup of another: `device("two", of=one)`."""
    made: list[Device] = []

    def make(name: str, of: Device | None = None, zone: str = "Europe/Berlin") -> Device:
        folder = tmp_path / name
        if of is not None:
            folder.mkdir()
            with (
                closing(sqlite3.connect(of.database)) as source,
                closing(sqlite3.connect(folder / "rapport.sqlite")) as to,
            ):
                source.backup(to)
        made.append(Device(folder, server, zone))
        return made[-1]

    yield make
    for one in made:
        one.planner.close()


def somebody(device: Device) -> int:
    """A person whose birthday is next week, and with whom one is to be in touch every month."""
    born = PartialDate(DateKind.BIRTHDAY, 1980, 7, 14)
    id = device.planner.contacts.add(ContactDetails(given="Ann", family="Example", dates=(born,))).new("contact")
    device.planner.contacts.set_rhythm((id,), 30)
    return id


def in_calendar(server: MemoryDav) -> list[str]:
    """The texts of all items."""
    return [text for _, text in next(iter(server.collections.values())).items.values()]


def rest(*devices: Device) -> None:
    """Sync in turn until nobody has anything to do, which is soon; nobody is ever asked."""
    for _ in range(4):
        said = [device.sync() for device in devices]
        for device in devices:
            assert device.disagreements.all() == ()
        if set(said) == {"nothing to do"}:
            return
    raise AssertionError(f"they never come to rest: {said}")


@pytest.fixture(params=["address book", "backup"])
def both(request: pytest.FixtureRequest, device: Callable[..., Device]) -> tuple[Device, Device]:
    """Two devices that have the same person by one way or the other."""
    one = device("one")
    somebody(one)
    rest(one)
    other = device("two", of=one if request.param == "backup" else None)
    rest(other, one)
    assert other.planner.contact_queries.count() == 1
    return one, other


def later(*devices: Device, days: int) -> None:
    """Let days pass, and each device make what is due."""
    for device in devices:
        device.clock.advance(timedelta(days=days))
        device.planner.keeping_up.refresh()


def test_what_both_make_by_themselves_stands_there_once(server: MemoryDav, both: tuple[Device, Device]) -> None:
    for days, kind in ((1, FollowUpKind.CELEBRATE), (25, FollowUpKind.CHECK_IN)):
        later(*both, days=days)
        rest(*both)
        made, same = ([each for each in device.all() if each.state is FollowUpState.OPEN] for device in both)
        assert [each.uid for each in made] == [each.uid for each in same]
        assert [each.details.kind for each in made] == [kind]
        assert len(in_calendar(server)) == 1
        both[0].planner.followups.drop([made[0].id])
        rest(*both)


def test_a_day_that_one_device_chose_for_a_check_in_holds_for_the_other(
    server: MemoryDav, both: tuple[Device, Device]
) -> None:
    one, other = both
    later(one, days=25)
    rest(one)
    one.planner.followups.reschedule([each.id for each in one.all()], date(2027, 8, 20))
    rest(one)
    later(other, days=27)
    rest(other, one)
    for device in both:
        assert {each.details.due_on for each in device.all() if each.state is FollowUpState.OPEN} == {date(2027, 8, 20)}


def test_devices_that_join_on_different_days_share_the_first_check_in(
    server: MemoryDav, device: Callable[..., Device]
) -> None:
    one = device("one")
    somebody(one)
    rest(one)
    later(one, days=9)
    rest(one)
    other = device("two")
    later(other, days=9)
    rest(other, one)  # the same person, who got to know this device nine days later
    later(one, other, days=25)
    rest(one, other)
    for each in (one, other):
        assert [made.details.kind for made in each.all()].count(FollowUpKind.CHECK_IN) == 1
    assert {made.uid for made in one.all()} == {made.uid for made in other.all()}
    assert sum("SUMMARY:Check in" in text for text in in_calendar(server)) == 1


def test_the_next_check_in_of_a_rhythm_is_another_item(both: tuple[Device, Device]) -> None:
    one, other = both
    later(*both, days=25)
    rest(*both)
    one.planner.followups.done([each.id for each in one.all()])
    rest(*both)
    assert {each.state for each in other.all()} == {FollowUpState.DONE}
    later(*both, days=40)
    rest(*both)
    for device in both:
        made = [each for each in device.all() if each.details.kind is FollowUpKind.CHECK_IN]
        assert [each.state for each in made].count(FollowUpState.OPEN) == 1
        assert len({each.uid for each in made}) == len(made) == 2
    assert [each.uid for each in one.all()] == [each.uid for each in other.all()]


def test_somebody_who_comes_back_is_not_checked_in_with_twice(device: Callable[..., Device]) -> None:
    one = device("one")
    contacts = one.planner.contacts
    id = somebody(one)
    uid = one.planner.contact_queries.get(id).uid
    later(one, days=25)
    before = [each.uid for each in one.all()]
    contacts.delete((id,))
    born = PartialDate(DateKind.BIRTHDAY, 1980, 7, 14)
    one.clock.advance(timedelta(days=-25))
    back = contacts.add(ContactDetails(given="Ann", family="Example", dates=(born,)), uid=uid).new("contact")
    contacts.set_rhythm((back,), 30)
    later(one, days=25)
    assert [each.uid for each in one.all()] == before
    assert one.planner.keeping_up.refresh() == one.planner.keeping_up.refresh()


@pytest.mark.parametrize(("at", "zone"), [(8, "Europe/Berlin"), (17, "Europe/Berlin"), (9, "Europe/Lisbon")])
def test_another_usual_hour_or_zone_asks_nothing_and_the_hour_that_stands_there_holds(
    server: MemoryDav, device: Callable[..., Device], at: int, zone: str
) -> None:
    one = device("one")
    one.add()
    other = device("two", of=one, zone=zone)
    other.usual_hour(at)
    rest(one, other)
    (text,) = in_calendar(server)
    hour = "DTSTART;TZID=Europe/Lisbon:20270712T080000" if zone.endswith("Lisbon") else ":20270712T090000"
    assert hour in text
    # Nor does it go back and forth when one of them changes its mind.
    one.usual_hour(11)
    rest(one, other)
    other.usual_hour(12)
    rest(one, other)
    (text,) = in_calendar(server)
    assert re.search(r"20270712T1[01]0000", text.split("BEGIN:VEVENT")[1])
    assert {each.details.due_on for each in (*one.all(), *other.all())} == {MONDAY}


def test_a_time_of_its_own_is_still_asked_about(device: Callable[..., Device]) -> None:
    one = device("one")
    id = one.add(time(9))
    other = device("two", of=one)
    one.planner.followups.reschedule([id], MONDAY + timedelta(days=1))
    one.sync()
    other.sync()
    assert len(other.disagreements.all()) == 1
