"""Calendar files as they should not be: nothing crashes, nothing takes long, and nothing is left out in silence."""

from __future__ import annotations

import gc
import random
import time
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from planner.app import Planner
from planner.calendars.cutting import cut, text_of
from planner.calendars.found import CalendarFile
from planner.calendars.importing import EventImportReport, Outcome
from planner.calendars.patience import TookTooLong, within
from planner.calendars.reading import NotACalendar, read
from planner.clock import FixedClock
from planner.events.records import EventState
from planner.paths import DataFolder

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2027, 7, 1, tzinfo=UTC), datetime(2028, 7, 1, tzinfo=UTC)


def event(*lines: str, uid: str = "a", start: str = "DTSTART:20270714T070000Z", title: str = "Lunch") -> str:
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", *([start] if start else []), f"SUMMARY:{title}", *lines, "END:VEVENT"]
    )


def calendar(*parts: str, method: str = "PUBLISH") -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *parts, "END:VCALENDAR", ""])


def found(text: str | bytes) -> CalendarFile:
    return read(text.encode() if isinstance(text, str) else text, BERLIN, SINCE, UNTIL)


def told(file: CalendarFile) -> list[str]:
    return [one.note for one in file.events if one.note] + [item.reason for item in file.failed]


# --- time


def test_work_that_does_not_end_is_ended() -> None:
    def forever() -> None:
        while True:
            len("")

    began = time.thread_time()
    with pytest.raises(TookTooLong):
        within(0.05, forever)
    assert time.thread_time() - began < 2
    assert within(5, lambda: sum(map(int, "123"))) == 6
    with pytest.raises(TookTooLong):
        within(0, forever)


def test_a_machine_busy_with_other_things_costs_nobody_an_event() -> None:
    def kept_waiting() -> int:
        time.sleep(0.1)
        return len("lunch")

    assert within(0.05, kept_waiting) == 5


def test_what_is_thrown_away_meanwhile_takes_no_stop_upon_itself() -> None:
    told: list[object] = []
    # As libraries have themselves told of what is gone, whatever thread throws it away.
    scope: dict[str, object] = {"__name__": "some.library", "told": told, "cast": cast}
    exec("def listener(gone, _=None): told.append(cast(int, len(told)))", scope)

    class Last:
        def __del__(self) -> None:
            told.append(cast("object", len(told)))

    def forever() -> None:
        while True:
            Last()
            thrown_away = {1, 2}
            watched = weakref.ref(thrown_away, scope["listener"])  # type: ignore[arg-type]  # it is one
            del thrown_away
            assert watched() is None
            loop = [watched]
            loop.append(loop)  # type: ignore[arg-type]  # so that the garbage collection has something to do
            len("")

    gc.callbacks.append(scope["listener"])  # type: ignore[arg-type]  # it is one
    before = gc.get_threshold()
    gc.set_threshold(10)
    try:
        for _ in range(20):
            with pytest.raises(TookTooLong):
                within(0.005, forever)
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(scope["listener"])  # type: ignore[arg-type]  # it is one
    assert told


@pytest.mark.parametrize("start", ["DTSTART:20270714T070000Z", "DTSTART;VALUE=DATE:19000101"])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;INTERVAL=13",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTH=1",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=WEEKLY;INTERVAL=1000000",
    ],
)
def test_a_rule_that_would_take_for_ever_costs_a_moment(rule: str, start: str) -> None:
    began = time.process_time()
    file = found(calendar(event(f"RRULE:{rule}", start=start), event(uid="b")))
    assert time.process_time() - began < 3
    assert {one.uid for one in file.events} == {"a", "b"}
    assert "time" in file.events[0].note


def test_many_series_share_the_time_there_is() -> None:
    slow = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;INTERVAL=13"
    began = time.process_time()
    file = found(calendar(*(event(slow, uid=f"{number}") for number in range(40))))
    assert time.process_time() - began < 4
    assert len(file.events) == 40
    assert all(one.note for one in file.events)


def test_a_description_of_a_hundred_thousand_lines_is_cut_off_and_said() -> None:
    file = found(calendar(event("DESCRIPTION:" + "word\\n" * 100_000), event(uid="b")))
    assert [one.uid for one in file.events] == ["a", "b"]
    assert file.events[0].description.startswith("word\nword")
    assert told(file) == ["cut off, being very long: DESCRIPTION"]


def test_an_attached_file_is_no_reason_to_leave_the_event_out() -> None:
    file = found(calendar(event("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 500_000)))
    assert len(file.events) == 1
    assert told(file) == []


# --- nothing in silence


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("BEGIN:VFREEBUSY\r\nUID:f\r\nEND:VFREEBUSY", "it tells when somebody is busy, and is no event"),
        ("BEGIN:VPOLL\r\nUID:p\r\nEND:VPOLL", "it is a poll, not an event"),
        ("BEGIN:X-PLAN\r\nUID:p\r\nEND:X-PLAN", "it is no event"),
        ("UID:lost\r\nDTSTART:20270714T070000Z\r\nSUMMARY:No beginning\r\nEND:VEVENT", "its beginning is missing"),
    ],
)  # fmt: skip
def test_whatever_stands_in_a_calendar_is_listed(part: str, reason: str) -> None:
    file = found(calendar(event(), part, event(uid="b")))
    assert [one.uid for one in file.events] == ["a", "b"]
    assert [(item.position, item.reason) for item in file.failed] == [(2, reason)]


def test_a_zone_that_nobody_knows_is_named() -> None:
    file = found(calendar(event(start="DTSTART;TZID=Head Office:20270714T090000")))
    assert file.events[0].starts == datetime(2027, 7, 14, 7, tzinfo=UTC)
    assert told(file) == ["its time zone “Head Office” is not known, and read as yours"]


@pytest.mark.parametrize("area", ["Europe", "America/Argentina"])
def test_an_area_is_no_zone(area: str) -> None:
    file = found(calendar(event(start=f"DTSTART;TZID={area}:20270714T090000"), event(uid="b")))
    assert [one.uid for one in file.events] == ["a", "b"]
    assert file.events[0].starts == datetime(2027, 7, 14, 7, tzinfo=UTC)
    assert told(file) == [f"its time zone “{area} (an area)” is not known, and read as yours"]


def test_a_rule_for_exceptions_is_not_passed_over() -> None:
    file = found(calendar(event("RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2")))
    assert "EXRULE" in file.events[0].note


def test_changed_times_of_a_series_that_is_over_are_events_of_their_own() -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART:20200101T070000Z")
    moved = event("RECURRENCE-ID:20200108T070000Z", start="DTSTART:20200109T070000Z")
    file = found(calendar(series, moved))
    assert [str(one.starts)[:10] for one in file.events] == ["2020-01-01", "2020-01-09"]


def test_a_change_of_a_time_that_is_not_read_is_said() -> None:
    series = event("RRULE:FREQ=WEEKLY", start="DTSTART:20270609T070000Z")
    early = event("RECURRENCE-ID:20270616T070000Z", start="DTSTART:20270617T070000Z")
    assert "item 2, a change of another of its times, is left out" in found(calendar(series, early)).events[0].note


def test_this_and_future_moves_what_follows() -> None:
    later = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20270721T070000Z", start="DTSTART:20270721T100000Z")
    file = found(calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"), later))
    assert [str(one.starts)[11:13] for one in file.events] == ["07", "10", "10"]


def test_two_series_and_an_event_under_one_uid_are_all_kept() -> None:
    file = found(
        calendar(
            event("RRULE:FREQ=WEEKLY;COUNT=3"),
            event("RRULE:FREQ=WEEKLY;COUNT=2", start="DTSTART:20270715T070000Z"),
            event(),
        )
    )
    assert len(file.events) == 6
    assert len({(one.uid, one.occurrence) for one in file.events}) == 6


def test_a_second_value_where_one_may_stand_is_said_and_the_first_read() -> None:
    file = found(calendar(event("RECURRENCE-ID:20270714T070000Z", "RECURRENCE-ID:20270715T070000Z", "SUMMARY:Other")))
    assert file.events[0].summary == "Lunch"
    assert told(file) == ["could not be read of it: a second SUMMARY, a second RECURRENCE-ID"] or told(file) == [
        "could not be read of it: a second RECURRENCE-ID, a second SUMMARY"
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-be"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"\r\n", b"\r\r\n"),
        lambda data: data.replace(b"SUMMARY", b"SUM\r\n\tMARY"),
        lambda data: data.replace("ö".encode(), "ö".encode()[:1] + b"\r\n " + "ö".encode()[1:]),
        lambda data: data.decode().encode("latin-1"),
        lambda data: b"\r\n\r\n" + data,
        lambda data: data.replace(b"T070000Z", b"T070060Z"),
    ],
)
def test_the_same_file_in_other_clothes(change: Callable[[bytes], bytes]) -> None:
    file = found(change(calendar(event(title="Körting")).encode()))
    assert [one.summary for one in file.events] == ["Körting"]
    assert file.failed == ()


# --- methods


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        yield made


def take(planner: Planner, text: str) -> EventImportReport:
    return planner.event_import.contents([("talks.ics", text.encode())])


def test_the_method_is_that_of_the_calendar_an_event_stands_in(planner: Planner) -> None:
    take(planner, calendar(event(), event(uid="b")))
    report = take(planner, calendar(event()) + calendar(event(uid="b"), method="CANCEL"))
    assert [(item.outcome, item.reason) for item in report.items] == [
        (Outcome.KNOWN, ""),
        (Outcome.CHANGED, "it is called off"),
    ]


def test_a_series_is_called_off_as_a_whole_even_without_its_times(planner: Planner) -> None:
    take(planner, calendar(event("RRULE:FREQ=WEEKLY;COUNT=3")))
    (item,) = take(planner, calendar(event(start=""), method="CANCEL")).items
    assert (item.outcome, item.reason) == (Outcome.CHANGED, "it is called off, 3 times")
    assert item.id is not None
    assert planner.event_queries.get(item.id).details.state is EventState.CALLED_OFF


def test_an_answer_to_an_invitation_is_no_event(planner: Planner) -> None:
    (item,) = take(
        planner, calendar(event("ATTENDEE;PARTSTAT=DECLINED:mailto:kofi@danso.example"), method="REPLY")
    ).items
    assert item.outcome is Outcome.KNOWN
    assert "answer to an invitation" in item.reason
    assert planner.event_queries.upcoming(5) == ()


def test_a_large_calendar_is_one_step_back(planner: Planner) -> None:
    report = take(planner, calendar(*(event(uid=f"{number}") for number in range(250))))
    assert report.in_words == "250 added"
    assert all(item.id for item in report.items)
    assert len({item.id for item in report.items}) == 250
    planner.history.undo()
    assert planner.event_queries.upcoming(5) == ()
    planner.history.redo()
    assert len(planner.event_queries.upcoming(5)) == 5


def test_the_same_event_in_two_files_is_added_once(planner: Planner) -> None:
    data = calendar(event()).encode()
    report = planner.event_import.contents([("one.ics", data), ("two.ics", data)])
    assert [item.outcome for item in report.items] == [Outcome.NEW, Outcome.KNOWN]


# --- damage


_DAMAGE = (
    "RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY;COUNT=99999999999", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RDATE;VALUE=PERIOD:20270801T100000Z/PT1H", "EXDATE;VALUE=DATE:20270714", "DTEND:99991231T235959Z",
    "RECURRENCE-ID;VALUE=DATE:20270721", "DURATION:-P99999999999D", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM",
    "END:VCALENDAR", "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID", "TZID:Office", "TZOFFSETTO:-9999", "END:VTIMEZONE",
    "DTSTART;TZID=../../etc:20270714T070000", "DTSTART:00010101", "ATTENDEE;CN=\"x:mailto:y", "METHOD:CANCEL",
    "SEQUENCE:many", "X-WR-TIMEZONE:Nowhere", "CATEGORIES:a,b\\,,", ":", ";=",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_read_or_refused_with_a_reason(seed: int) -> None:
    chance = random.Random(seed)
    whole = calendar(
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n"
        "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE",
        event("RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20270721T070000Z", "DURATION:PT1H"),
        event("RECURRENCE-ID:20270728T070000Z", start="DTSTART:20270729T070000Z"),
        event("BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM", uid="b", start="DTSTART;TZID=Office:20270714T090000"),
    ).encode()
    for _ in range(120):
        lines = whole.splitlines(keepends=True)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(lines))
            match chance.randrange(4):
                case 0:
                    del lines[place]
                case 1:
                    lines[place] = chance.choice(_DAMAGE).encode() + b"\r\n"
                case 2:
                    lines.insert(place, chance.choice(_DAMAGE).encode() + b"\r\n")
                case _:
                    at = chance.randrange(len(lines[place]))
                    lines[place] = lines[place][:at] + bytes([chance.randrange(256)]) + lines[place][at + 1 :]
        data = b"".join(lines)
        began = time.process_time()
        try:
            file = found(data)
        except NotACalendar:
            continue
        assert time.process_time() - began < 5
        events = sum(piece.name in ("VEVENT", "") for piece in cut(text_of(data)).cuts)
        assert len(file.events) + len(file.failed) >= min(events, 1)
        assert all(item.reason for item in file.failed)
