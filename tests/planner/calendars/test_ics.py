"""What is written can be read back, whatever a person has typed."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars import given as giving
from planner.calendars import ics, wording
from planner.calendars.records import CalendarEntry, Component, EntryKind, EntryState, News, Outgoing, Scope

NOW = datetime(2027, 7, 10, 8, tzinfo=UTC)

texts = st.text(max_size=200)
walls = st.datetimes(datetime.fromisoformat("1990-01-01T00:00"), datetime.fromisoformat("2080-01-01T00:00")).map(
    lambda d: d.replace(microsecond=0)
)
zones = st.sampled_from(["", "UTC", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kathmandu"])


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    starts: datetime | date = draw(walls)
    ends: datetime | date = starts + timedelta(minutes=draw(st.integers(0, 6000)))
    if draw(st.booleans()):
        starts, ends = starts.date(), starts.date() + timedelta(days=draw(st.integers(1, 9)))
    return CalendarEntry(
        kind=EntryKind.FOLLOW_UP,
        uid=draw(st.uuids().map(str)),
        component=draw(st.sampled_from(Component)),
        summary=draw(texts),
        starts=starts,
        ends=ends,
        zone=draw(zones) if isinstance(starts, datetime) else "",
        description=draw(texts),
        location=draw(texts),
        url=draw(st.sampled_from(["", "rapport:followup/1", "https://a.example/?q=1;2,3"])),
        categories=tuple(draw(st.lists(st.text(min_size=1, max_size=20), max_size=3))),
        alarm_minutes=draw(st.none() | st.integers(0, 100_000)),
        busy=draw(st.booleans()),
        state=draw(st.sampled_from(EntryState)),
    )


def written(*items: Outgoing) -> bytes:
    file = io.BytesIO()
    kept, left_out = ics.write(file, items, NOW)
    assert len(kept) == len(items)
    assert not left_out
    return file.getvalue()


def outgoing(entry: CalendarEntry, sequence: int = 0) -> Outgoing:
    return Outgoing(entry, News.NEW, sequence, NOW, "", "")


def one(data: bytes) -> Any:
    (made,) = [c for c in icalendar.Calendar.from_ical(data).walk() if c.name in ("VEVENT", "VTODO")]
    return made


@given(entry=entries(), sequence=st.integers(0, 99))
def test_round_trip(entry: CalendarEntry, sequence: int) -> None:
    data = written(outgoing(entry, sequence))
    check_lines(data)
    made = one(data)
    assert made.name == entry.component
    assert str(made["UID"]) == entry.uid
    assert int(made["SEQUENCE"]) == sequence
    assert str(made.get("SUMMARY", "")).removeprefix(ics.DONE_MARK) == wording.line(entry.summary)
    assert str(made.get("DESCRIPTION", "")) == wording.plain(entry.description)
    assert str(made.get("LOCATION", "")) == wording.line(entry.location)
    assert str(made.get("URL", "")) == entry.url
    start = made["DUE" if made.name == "VTODO" else "DTSTART"].dt
    assert moment(start) == moment(entry.starts, entry.zone)
    if made.name == "VEVENT":
        assert moment(made.end) == moment(entry.ends, entry.zone)
    assert [float(a.TRIGGER.total_seconds()) for a in made.walk("VALARM")] == (
        [-60.0 * entry.alarm_minutes] if entry.alarm_minutes is not None and entry.state is EntryState.OPEN else []
    )


def moment(when: Any, zone: str = "") -> Any:
    from zoneinfo import ZoneInfo

    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(zone or "UTC"))
    return when.astimezone(UTC)


def check_lines(data: bytes) -> None:
    """RFC 5545 section 3.1: CRLF, 75 octets, no character cut in two, no control characters."""
    data.decode()
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        line.decode()
        assert b"\n" not in line
        assert b"\r" not in line
        assert not any((c < 0x20 and c != 0x09) or c == 0x7F for c in line)


@given(text=st.text(alphabet=st.sampled_from('a;,\\:"\n\r\t\0\x07é日🙂 '), max_size=300))
def test_awkward_text_survives(text: str) -> None:
    entry = CalendarEntry(
        EntryKind.EVENT, "u", Component.EVENT, text, date(2027, 7, 10), date(2027, 7, 11), description=text
    )
    data = written(outgoing(entry))
    check_lines(data)
    assert str(one(data).get("DESCRIPTION", "")) == wording.plain(text)


@pytest.mark.parametrize(
    ("component", "state", "status"),
    [
        (Component.EVENT, EntryState.OPEN, "CONFIRMED"),
        (Component.EVENT, EntryState.DONE, "CONFIRMED"),
        (Component.EVENT, EntryState.CANCELLED, "CANCELLED"),
        (Component.TASK, EntryState.OPEN, "NEEDS-ACTION"),
        (Component.TASK, EntryState.DONE, "COMPLETED"),
        (Component.TASK, EntryState.CANCELLED, "CANCELLED"),
    ],
)
def test_status(component: Component, state: EntryState, status: str) -> None:
    entry = CalendarEntry(
        EntryKind.FOLLOW_UP,
        "u",
        component,
        "Thank Tomás",
        datetime.fromisoformat("2027-07-12T09:00"),
        datetime.fromisoformat("2027-07-12T09:15"),
        alarm_minutes=15,
        state=state,
        closed_at=datetime(2027, 7, 11, 9, tzinfo=UTC) if state is EntryState.DONE else None,
    )
    made = one(written(outgoing(entry)))
    assert str(made["STATUS"]) == status
    assert bool(made.walk("VALARM")) is (state is EntryState.OPEN)  # what is over must not ring
    assert ("COMPLETED" in made) is (component is Component.TASK and state is EntryState.DONE)
    if component is Component.TASK and state is EntryState.OPEN:
        # Without a start the alarm must hang on the due time, or it hangs on nothing.
        assert made.walk("VALARM")[0]["TRIGGER"].params["RELATED"] == "END"


def test_headers_that_import_cleanly() -> None:
    calendar = icalendar.Calendar.from_ical(written())
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert not [name for name in calendar if name.startswith("X-")]


def test_one_entry_that_cannot_be_said_does_not_cost_the_others() -> None:
    good = CalendarEntry(EntryKind.EVENT, "good", Component.EVENT, "Good", date(2027, 7, 10), date(2027, 7, 11))
    bad = CalendarEntry(
        EntryKind.EVENT,
        "bad",
        Component.EVENT,
        "Bad",
        datetime.fromisoformat("2027-07-10T09:00"),
        None,
        zone="Mars/Olympus_Mons",
    )
    file = io.BytesIO()
    kept, left_out = ics.write(file, [outgoing(bad), outgoing(good)], NOW)
    assert [item.entry.uid for item in kept] == ["good"]
    assert [(item.title, item.reason) for item in left_out] == [
        ("Bad", "the time zone “Mars/Olympus_Mons” is not known")
    ]
    assert str(one(file.getvalue())["UID"]) == "good"


@given(entry=entries())
def test_kept_content_gives_the_entry_back(entry: CalendarEntry) -> None:
    assert giving.from_text(entry.uid, giving.to_text(entry)) == entry


def test_progress_comes_and_its_exceptions_pass() -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise Stop(total)

    items = giving.decide(
        (
            CalendarEntry(EntryKind.EVENT, str(n), Component.EVENT, "x", date(2027, 7, 10), date(2027, 7, 11))
            for n in range(250)
        ),
        {},
        NOW,
        Scope.ALL,
    )
    seen: list[tuple[int, int]] = []
    ics.write(io.BytesIO(), items, NOW, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 250), (100, 250), (200, 250), (250, 250)]
    with pytest.raises(Stop):
        ics.write(io.BytesIO(), items, NOW, stop)


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("mara@halden.example", "mailto:mara@halden.example"),
        ("o'neil+x@halden.example", "mailto:o%27neil+x@halden.example"),
        ("mara@halden.example\nBCC: x@y.example", ""),
        ("nobody", ""),
        ("", ""),
    ],
)
def test_mailto(raw: str, link: str) -> None:
    assert wording.mailto(raw) == link


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("+46 70 123 45 67", "tel:+46701234567"),
        ("(0151) 20 30-40 ext. 5", "tel:0151203040"),
        ("call me", ""),
        ("", ""),
    ],
)
def test_tel(raw: str, link: str) -> None:
    assert wording.tel(raw) == link
