"""When somebody is busy: from a server that knows the question, from one that does not, and without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.calendars import free_busy
from planner.calendars.proposing import Asked, Proposals
from planner.calendars.slots import Span
from planner.clock import Clock, FixedClock
from planner.contacts.records import Boundary, ContactDetails
from planner.dav import discovery
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.events.records import EventDetails, EventKind, EventState
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers
from tests.memory_dav import MemoryDav

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2027, 7, 12, tzinfo=UTC), datetime(2027, 7, 26, tzinfo=UTC)


def event(uid: str, start: str, *lines: str) -> str:
    parts = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20270710T080000Z", start, *lines, f"SUMMARY:{uid}", "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *parts, "END:VCALENDAR", ""])


ITEMS = {
    "meeting": event("meeting", "DTSTART:20270713T070000Z", "DTEND:20270713T080000Z"),
    "weekly": event("weekly", "DTSTART:20270601T120000Z", "DTEND:20270601T123000Z", "RRULE:FREQ=WEEKLY;BYDAY=TH"),
    "free": event("free", "DTSTART:20270713T100000Z", "DTEND:20270713T110000Z", "TRANSP:TRANSPARENT"),
    "off": event("off", "DTSTART:20270713T120000Z", "DTEND:20270713T130000Z", "STATUS:CANCELLED"),
    "past": event("past", "DTSTART:20270101T120000Z", "DTEND:20270101T130000Z"),
    "zoned": event("zoned", "DTSTART;TZID=Europe/Berlin:20270714T090000", "DTEND;TZID=Europe/Berlin:20270714T093000"),
    "day": event("day", "DTSTART;VALUE=DATE:20270716", "DTEND;VALUE=DATE:20270717"),
}


def span(day: int, hour: int, minutes: int = 60, minute: int = 0) -> Span:
    starts = datetime(2027, 7, day, hour, minute, tzinfo=UTC)
    return Span(starts, starts + timedelta(minutes=minutes))


MEETINGS = {span(13, 7), span(15, 12, 30), span(22, 12, 30), span(14, 7, 30)}


# --- what is told


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        (["FREEBUSY:20270713T070000Z/20270713T080000Z"], [span(13, 7)]),
        (["FREEBUSY;FBTYPE=BUSY:20270713T070000Z/PT1H,20270714T070000Z/PT30M"], [span(13, 7), span(14, 7, 30)]),
        (["FREEBUSY;FBTYPE=FREE:20270713T070000Z/PT1H"], []),
        (["FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270713T070000Z/PT1H"], [span(13, 7)]),
        (["FREEBUSY;FBTYPE=X-TRAVEL:20270713T070000Z/PT1H"], [span(13, 7)]),
        ([], []),
    ],
)
def test_taken_times_are_read_off_the_answer(lines: list[str], spans: list[Span]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VFREEBUSY", *lines, "END:VFREEBUSY", "END:VCALENDAR"])
    assert free_busy.told(text.encode()) == spans


@pytest.mark.parametrize("answer", [b"", b"<html/>", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_an_answer_that_is_none_is_not_taken_for_a_free_week(answer: bytes) -> None:
    assert free_busy.told(answer) is None


def test_events_become_taken_times() -> None:
    found = {one for text in ITEMS.values() for one in free_busy.taken(text.encode(), BERLIN, SINCE, UNTIL)}
    assert found == MEETINGS | {Span(datetime(2027, 7, 15, 22, tzinfo=UTC), datetime(2027, 7, 16, 22, tzinfo=UTC))}


# --- asked


@pytest.mark.reader
@pytest.mark.parametrize("name", ["radicale", "xandikos"])
def test_real_servers_tell_when_somebody_is_busy(name: str, readers_bin: Path, tmp_path: Path) -> None:
    start = getattr(servers, name)
    with (
        start(readers_bin, tmp_path) as server,
        DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client,
    ):
        home = discovery.homes(client, Service.CALENDAR)[0]
        url = discovery.create_calendar(client, home, f"c{uuid4().hex}", "Work", ("VEVENT",))
        calendar = Collection(url, "Work", Service.CALENDAR)
        items = Items(client, calendar)
        for uid, text in ITEMS.items():
            items.create(f"{uid}.ics", text)
        found = set(free_busy.ask(client, calendar, SINCE, UNTIL, BERLIN))
        # What a day without a clock time covers depends on the zone a server takes it in.
        timed = {one for one in found if one.ends - one.starts < timedelta(hours=20)}
        assert timed == MEETINGS
        assert len(found) == len(timed) + 1
        by_events = set(
            free_busy._from_events(
                client, calendar, f"{SINCE:%Y%m%dT%H%M%SZ}", f"{UNTIL:%Y%m%dT%H%M%SZ}", SINCE, UNTIL, BERLIN
            )
        )
        assert by_events >= MEETINGS


@pytest.fixture
def dav() -> MemoryDav:
    """A server that does not know the question, with two calendars."""
    made = MemoryDav()
    work = made.add("work")
    made.add("private")
    for uid, text in ITEMS.items():
        made.put(f"{work}{uid}.ics", text)
    return made


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        yield made


@pytest.fixture
def proposals(planner: Planner, dav: MemoryDav) -> Proposals:
    def connect(base: str, credentials: Credentials, clock: Clock) -> DavClient:
        return DavClient(base, credentials, clock, transport=dav.transport())

    accounts = AccountService(planner.store, planner.clock, MemorySecrets(), connect)
    accounts.add(
        "Home", "https://dav.example/", "ada", "secret", [(Purpose.EVENTS, "https://dav.example/home/work/", "w")]
    )
    return Proposals(planner.store, planner.clock, planner.settings, lambda: accounts)


def days_and_hours(found: tuple[Span, ...]) -> list[str]:
    return [f"{slot.starts.astimezone(BERLIN):%d %H:%M}" for slot in found]


def test_calendars_are_asked_and_named(planner: Planner, proposals: Proposals) -> None:
    found = proposals.look((), 60, limit=6)
    assert found.asked == (Asked("Home", "work"), Asked("Home", "private"))
    # Tuesday 13th: the meeting at nine. Wednesday: half an hour at nine. Thursday at two is taken every week.
    assert days_and_hours(found.slots) == ["12 09:00", "12 13:00", "13 10:00", "13 13:00", "14 09:30", "14 13:00"]
    assert found.rests_on == "Asked at 10:00: work, private, and what is planned here."


def test_without_a_network_what_is_planned_here_still_counts(
    planner: Planner, proposals: Proposals, dav: MemoryDav
) -> None:
    planner.events.add(
        EventDetails(
            "Review", EventKind.ORGANISATION_MEETING, span(12, 6).starts, span(12, 6).ends + timedelta(hours=6)
        )
    )
    off = planner.events.add(EventDetails("Off", EventKind.MEETUP, span(13, 6).starts, span(13, 6).ends)).new("event")
    planner.events.set_state([off], EventState.CALLED_OFF)

    def cut(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    dav.fault = cut
    found = proposals.look((), limit=3)
    assert days_and_hours(found.slots) == ["12 15:00", "13 09:00", "13 13:00"]
    assert [one.trouble != "" for one in found.asked] == [True]
    assert "could not be asked" in found.rests_on
    assert proposals.look((), online=False).rests_on == "Beside what is planned here. No calendar was asked."


def test_one_calendar_that_fails_costs_the_others_nothing(proposals: Proposals, dav: MemoryDav) -> None:
    def broken(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(500) if request.method == "REPORT" and "private" in request.url.path else None

    dav.fault = broken
    found = proposals.look((), 60)
    assert [(one.calendar, bool(one.trouble)) for one in found.asked] == [("work", False), ("private", True)]
    assert "13 09:00" not in days_and_hours(found.slots)


def test_what_people_asked_for_is_respected(planner: Planner, proposals: Proposals) -> None:
    boundary = Boundary(hours_from="09:00", hours_to="12:00", quiet_until=date(2027, 7, 13), preferred_channel="video")
    details = ContactDetails(name="Ingrid Vale", time_zone="America/New_York", boundary=boundary)
    ingrid = planner.contacts.add(details).new("contact")
    found = proposals.look((ingrid,), limit=2)
    assert days_and_hours(found.slots) == ["14 15:00", "15 15:00"]
    assert found.notes == (
        "Ingrid Vale wants quiet until Tue 13 July.",
        "Ingrid Vale prefers 09:00–12:00 (New York).",
        "Ingrid Vale prefers video.",
    )
    assert found.text(found.slots).splitlines()[0] == (
        "- Wed 14 July, 15:00–15:30 (Berlin), for you 09:00–09:30 (New York)"
    )


def test_the_meeting_itself_is_not_in_its_own_way_and_timed_follow_ups_are(
    planner: Planner, proposals: Proposals
) -> None:
    id = planner.events.add(EventDetails("1:1", EventKind.ONE_TO_ONE, span(12, 7).starts, span(12, 7).ends)).new(
        "event"
    )
    planner.followups.add(
        FollowUpDetails(FollowUpKind.CHECK_IN, "Call", date(2027, 7, 12), due_time=span(12, 11).starts.time())
    )
    assert days_and_hours(proposals.look((), event_id=id, limit=1, online=False).slots) == ["12 09:00"]
    assert days_and_hours(proposals.look((), limit=2, online=False).slots) == ["12 10:00", "12 13:00"]


def test_the_working_hours_are_a_setting(planner: Planner, proposals: Proposals) -> None:
    planner.settings.change(hours_from=time(11), hours_to=time(12))
    assert days_and_hours(proposals.look((), limit=2, online=False).slots) == ["12 11:00", "13 11:00"]
