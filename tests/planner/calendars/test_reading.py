"""Foreign calendar files: what is readable is read, what is not is listed, and nothing hangs."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.found import CalendarFile, FoundEvent, Invitee
from planner.calendars.reading import NotACalendar, read
from planner.calendars.series import OCCURRENCES

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2027, 7, 1, tzinfo=UTC), datetime(2028, 7, 1, tzinfo=UTC)


def event(*lines: str, uid: str = "one@talks.example", start: str = "DTSTART:20270712T070000Z") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, "SUMMARY:Lunch", *lines, "END:VEVENT"])


def calendar(*parts: str, head: str = "METHOD:PUBLISH") -> bytes:
    return ("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", head, *parts, "END:VCALENDAR"]) + "\r\n").encode()


def found(data: bytes) -> CalendarFile:
    return read(data, BERLIN, SINCE, UNTIL)


def only(data: bytes) -> FoundEvent:
    file = found(data)
    assert file.failed == ()
    (one,) = file.events
    return one


def test_an_invitation_is_read_with_its_people() -> None:
    one = only(
        calendar(
            event(
                "DTEND:20270712T080000Z",
                "LOCATION:Room 4\\, Main building",
                "ORGANIZER;CN=Ingrid Vale:mailto:ingrid@vale.example",
                "ATTENDEE;CN=Kofi Danso;PARTSTAT=NEEDS-ACTION:MAILTO:kofi@danso.example",
                "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@vale.example",
                "CATEGORIES:Work,Lunch",
                "X-COLOUR:teal",
            )
        )
    )
    assert one.location == "Room 4, Main building"
    assert one.categories == ("Work", "Lunch")
    assert one.people == (
        Invitee("Ingrid Vale", "ingrid@vale.example", organizer=True),
        Invitee("Kofi Danso", "kofi@danso.example"),
    )


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        ("DTSTART:20270712T070000Z", datetime(2027, 7, 12, 7, tzinfo=UTC)),
        ("DTSTART;TZID=America/New_York:20270712T070000", datetime(2027, 7, 12, 11, tzinfo=UTC)),
        ('DTSTART;TZID="W. Europe Standard Time":20270712T070000', datetime(2027, 7, 12, 5, tzinfo=UTC)),
        ("DTSTART;TZID=/vendor.example/20270101_1/Asia/Tokyo:20270712T070000", datetime(2027, 7, 11, 22, tzinfo=UTC)),
        # Neither of these names a zone that is known: it is read in the person's.
        ("DTSTART:20270712T070000", datetime(2027, 7, 12, 5, tzinfo=UTC)),
        ("DTSTART;TZID=Office:20270712T070000", datetime(2027, 7, 12, 5, tzinfo=UTC)),
    ],
)
def test_times_of_every_form_become_moments(start: str, utc: datetime) -> None:
    one = only(calendar(event(start=start)))
    assert one.starts == utc
    assert one.ends == one.starts


def test_a_zone_that_the_file_defines_is_used() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0545\r\n"
        "TZOFFSETTO:+0545\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    one = only(calendar(zone, event(start="DTSTART;TZID=Office:20270712T070000")))
    assert isinstance(one.starts, datetime)
    assert one.starts.astimezone(UTC) == datetime(2027, 7, 12, 1, 15, tzinfo=UTC)


def test_whole_days_end_on_the_next() -> None:
    one = only(calendar(event(start="DTSTART;VALUE=DATE:20270712")))
    assert (one.starts, one.ends) == (date(2027, 7, 12), date(2027, 7, 13))


def test_a_series_is_spread_out_with_its_exceptions() -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20270719T070000Z", "DURATION:PT30M")
    moved = event("RECURRENCE-ID:20270726T070000Z", start="DTSTART:20270727T090000Z")
    file = found(calendar(moved, series))
    assert [str(one.starts)[:16] for one in sorted(file.events, key=lambda one: str(one.starts))] == [
        "2027-07-12 07:00",
        "2027-07-27 09:00",
        "2027-08-02 07:00",
    ]
    assert len({(one.uid, one.occurrence) for one in file.events}) == 3


def test_a_series_without_end_is_bounded_and_says_so() -> None:
    file = found(calendar(event("RRULE:FREQ=DAILY")))
    assert len(file.events) == OCCURRENCES
    assert "the first 100 times" in file.events[0].note


def test_one_uid_on_many_sessions_keeps_them_all() -> None:
    file = found(calendar(event(), event(start="DTSTART:20270713T070000Z"), event()))
    assert len(file.events) == 3
    assert len({one.occurrence for one in file.events}) == 3


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:No start\r\nEND:VEVENT", "it has no start"),
        (event(start="DTSTART:soon"), "its start can't be read"),
        (event(start="DTSTART:00010101T000000Z"), "its start is out of range"),
        ("BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20270712T070000Z\r\nSUMMARY:Cut", "it breaks off before its end"),
        ("BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Buy milk\r\nEND:VTODO", "it is a task, not an event"),
    ],
)
def test_what_can_not_be_used_is_listed_and_costs_the_others_nothing(part: str, reason: str) -> None:
    file = found(calendar(event(uid="a"), part, event(uid="b")))
    assert [one.uid for one in file.events] == ["a", "b"]
    assert [(item.position, item.reason) for item in file.failed] == [(2, reason)]


def test_a_file_that_breaks_off_says_so() -> None:
    data = calendar(event(uid="a"), event(uid="b"))
    file = found(data[: data.index(b"UID:b") + 5])
    assert [one.uid for one in file.events] == ["a"]
    assert [item.reason for item in file.failed] == [
        "it breaks off before its end",
        "the file breaks off here, so there may have been more",
    ]


def test_a_broken_property_is_told_and_the_event_is_kept() -> None:
    file = found(calendar(event("RRULE:FREQ=WEEKLY;BYDAY=XX", "DTEND:never")))
    (one,) = file.events
    assert one.note == "could not be read of it: RRULE, DTEND"


@pytest.mark.parametrize("data", [b"", b"\0\0", b"hello", b"BEGIN:VCARD\r\nEND:VCARD\r\n", bytes(range(256))])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(NotACalendar):
        found(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = calendar(event("DESCRIPTION:Über die Brücke, schöne Grüße aus Köln")).decode()
    assert only(text.encode(encoding)).description.startswith("Über die Brücke")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYDAY=MO;BYMONTHDAY=32",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=99999999",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYSETPOS=400;BYMONTH=1",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=NEVER",
        "FREQ",
    ],
)
@pytest.mark.parametrize("start", ["DTSTART:19010101T090000Z", "DTSTART;VALUE=DATE:20270601"])
def test_rules_that_never_end_or_never_come_do_not_hang(rule: str, start: str) -> None:
    begun = time.monotonic()
    file = found(calendar(event(f"RRULE:{rule}", start=start)))
    assert time.monotonic() - begun < 5
    assert len(file.events) + len(file.failed) >= 1
    assert all(one.note for one in file.events)


_PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE", "UID:1", "UID:2", "DTSTART:20270712T070000Z", "DTSTART;TZID=Nowhere:20270712T070000",
        "DTSTART;VALUE=DATE:20270712", "DTSTART:99999999T999999", "DTEND:20270701T000000Z", "DURATION:-P9999999D",
        "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=YEARLY;UNTIL=x", "RDATE:20270713", "EXDATE;TZID=X:junk",
        "RECURRENCE-ID:20270712T070000Z", "ATTENDEE;CN=\"a:b\";X=:mailto:", "SUMMARY;X", "SUMMARY:ok", ":", ";",
        " folded",
        "CATEGORIES:,,", "STATUS:CANCELLED", "TZID:Office", "TZOFFSETTO:+9999", "DTSTART:00000000",
        "X-WR-TIMEZONE:Mars",
        "RDATE;VALUE=PERIOD:20270712T070000Z/PT1H",
    ]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=12), max_size=30))
def test_no_heap_of_lines_breaks_the_reader(lines: list[str]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines])
    file = found(text.encode("utf-8", "replace"))
    # Everything that begins is either read or listed.
    begun = sum(line.strip().upper() == "BEGIN:VEVENT" for line in text.splitlines())
    assert begun == 0 or file.events or file.failed


@given(st.data())
def test_a_damaged_file_is_never_read_half_in_silence(data: st.DataObject) -> None:
    whole = bytearray(calendar(event(uid="a"), event("RRULE:FREQ=WEEKLY;COUNT=3", uid="b"), event(uid="c")))
    cut = data.draw(st.integers(20, len(whole) - 3))
    file = found(bytes(whole[:cut]))
    assert file.failed
