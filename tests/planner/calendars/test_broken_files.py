"""Files that are broken in the ways people send them: what came in, and every word that is said about the rest."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.calendars.importing import EventImportReport, NoCalendar, Outcome
from planner.clock import FixedClock
from planner.errors import Cancelled, FileUnreadable
from planner.paths import DataFolder


def event(*lines: str, uid: str = "a", start: str = "DTSTART:20270714T070000Z", title: str = "Lunch") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, f"SUMMARY:{title}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        yield made


def taken(planner: Planner, text: str | bytes) -> EventImportReport:
    return planner.event_import.contents([("talks.ics", text.encode() if isinstance(text, str) else text)])


def told(report: EventImportReport) -> list[tuple[int, str]]:
    return [(item.position, item.reason) for item in report.items if item.reason]


TWO = calendar(event(title="Körting"), event(uid="b"))
BEFORE = "its end is left out, being before its start"
BROKEN_OFF = "it breaks off before its end"
SERIES = event("RRULE:FREQ=WEEKLY;COUNT=3")
MOVED = "RECURRENCE-ID:20270721T070000Z"


@pytest.mark.parametrize(
    ("text", "added", "said"),
    [
        (TWO, 2, []),
        ("<html><pre>\n" + TWO, 2, []),
        (TWO.replace("BEGIN:VCALENDAR\r\n", ""), 2, []),
        (calendar(event("DURATION:-PT5H")), 1, [(1, BEFORE)]),
        (calendar(event("DTEND:20270713T070000Z")), 1, [(1, BEFORE)]),
        (
            calendar(event("DTEND;VALUE=DATE:20270714")),
            1,
            [(1, "its end is left out, being of another kind than its start")],
        ),
        (calendar(event("DTEND;VALUE=DATE:20270714", start="DTSTART;VALUE=DATE:20270714")), 1, []),
        (TWO.replace("END:VEVENT\r\n", ""), 0, [(1, BROKEN_OFF), (2, BROKEN_OFF)]),
        (
            TWO[:-40],
            1,
            [(2, BROKEN_OFF), (3, "the file breaks off here, so there may have been more")],
        ),
        (calendar(event("EXDATE:yesterday", "RRULE:FREQ=NEVER")), 1, [(1, "could not be read of it: EXDATE, RRULE")]),
        (
            calendar(SERIES, event(MOVED, title="Early"), event(MOVED, title="Late")),
            3,
            [(1, "it repeats: 3 times until 2028-07-10; item 2 is left out: it changes what a later one changes too")],
        ),
        (calendar("BEGIN:VEVENT\r\n" * 3, event(uid="b")), 1, [(number, BROKEN_OFF) for number in (1, 2, 3)]),
        (calendar(*["BEGIN:VALARM"] * 3), 0, [(1, "it is an alarm without an event")]),
        (calendar(), 0, []),
    ],
)
def test_what_is_left_out_is_said(planner: Planner, text: str, added: int, said: list[tuple[int, str]]) -> None:
    report = taken(planner, text)
    assert len(report.of(Outcome.NEW)) == added
    assert told(report) == said


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "it holds no calendar"),
        (gzip.compress(TWO.encode()), "it is compressed, and has to be unpacked first"),
        (b'{"talks": []}', "it holds no calendar"),
        (bytes(range(256)) * 40, "it holds no calendar"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n", "it holds no calendar"),
    ],
)
def test_what_is_no_calendar_is_refused_by_name(planner: Planner, data: bytes, reason: str) -> None:
    with pytest.raises(NoCalendar, match=reason):
        taken(planner, data)


def test_of_several_files_a_broken_one_costs_no_other(planner: Planner, tmp_path: Path) -> None:
    whole, page, lost = tmp_path / "whole.ics", tmp_path / "page.ics", tmp_path / "lost.ics"
    whole.write_text(TWO, encoding="utf-8")
    page.write_text("<html></html>", encoding="utf-8")
    report = planner.event_import.files([page, whole, lost])
    assert report.in_words == "2 added, 2 not imported"
    assert [item.source for item in report.of(Outcome.FAILED)] == ["page.ics", "lost.ics"]
    assert "no calendar that can be read" in report.items[0].reason
    with pytest.raises(NoCalendar):
        planner.event_import.files([page])
    with pytest.raises(FileUnreadable):
        planner.event_import.files([lost, page])


def test_times_without_a_zone_are_in_that_of_the_start(planner: Planner) -> None:
    report = taken(
        planner,
        calendar(
            event(
                "DTEND:20270714T100000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270715T090000",
                start="DTSTART;TZID=America/New_York:20270714T090000",
            )
        ),
    )  # fmt: skip
    found = [planner.event_queries.get(item.id).details for item in report.items if item.id is not None]
    assert [f"{one.starts_at:%d %H}-{one.ends_at:%H}" for one in found] == ["14 13-14", "16 13-14"]


def test_cancel_is_heeded_before_a_file_is_read(planner: Planner) -> None:
    with pytest.raises(Cancelled):
        planner.event_import.contents([("talks.ics", TWO.encode())], cancelled=lambda: True)
    assert planner.event_queries.upcoming(5) == ()


def test_vcalendar_of_an_old_telephone(planner: Planner) -> None:
    report = taken(
        planner,
        b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\n"
        b"SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:K=C3=B6rting, =\r\n"
        b"lunch\r\nDTSTART:20270714T070000Z\r\nDESCRIPTION;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:one=0D=0At=E9n\r\n"
        b"LOCATION;ENCODING=QUOTED-PRINTABLE:broken off=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    (item,) = report.items
    assert (item.title, item.reason) == ("Körting, lunch", "")
    assert item.id is not None
    details = planner.event_queries.get(item.id).details
    assert (details.notes, details.place) == ("one\ntén", "broken off")


@pytest.mark.parametrize(
    "lines",
    [
        ["DESCRIPTION:" + "x" * 20_000_000],
        ["ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "\r\n ".join(["QUJD" * 18] * 200_000)],
        ["BEGIN:VALARM"] * 4_000 + ["END:VALARM"] * 4_000,
        ["EXDATE:20270714T070000Z"] * 5_000,
    ],
)
def test_size_alone_hangs_nothing(planner: Planner, lines: list[str]) -> None:
    began = time.process_time()
    report = taken(planner, calendar(event(*lines), event(uid="b")))
    assert time.process_time() - began < 3
    assert {item.position for item in report.items} == {1, 2}
    assert report.items[1].outcome is Outcome.NEW
