"""Schedules published as iCalendar, with what real publishers do to them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.errors import FileUnreadable
from planner.events.schedule.read import NoSchedule, looks_like_schedule, read, read_file
from planner.events.schedule.records import PublishedSchedule, PublishedSpeaker

ZONE = ZoneInfo("Europe/Stockholm")


def feed(*sessions: str, name: str = "Battery Days") -> bytes:
    parts = "".join(f"BEGIN:VEVENT\r\n{session}\r\nEND:VEVENT\r\n" for session in sessions)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:{name}\r\n{parts}END:VCALENDAR\r\n".encode()


def schedule(*sessions: str) -> PublishedSchedule:
    return read(feed(*sessions), "days.ics", ZONE)


def test_a_session_is_read_with_room_track_speakers_and_plain_text() -> None:
    found = schedule(
        "UID:7@days.example\r\nDTSTART;TZID=Europe/Warsaw:20270714T091500\r\nDTEND;TZID=Europe/Warsaw:20270714T100000\r\n"
        "SUMMARY:Batteries that last\r\nLOCATION:Hall 1\\, Main building\r\nCATEGORIES:Cells,Field reports\r\n"
        "URL:https://days.example/7\r\nATTENDEE;CN=Ingrid Vale:mailto:ingrid@vale.example\r\n"
        "DESCRIPTION:<p>One.</p><p>Two &amp; three.</p>"
    )
    (session,) = found.sessions
    assert (found.title, found.time_zone, found.first_day) == ("Battery Days", "Europe/Warsaw", date(2027, 7, 14))
    assert session.starts_at == datetime(2027, 7, 14, 7, 15, tzinfo=UTC)
    assert (session.room, session.track) == ("Hall 1, Main building", "Cells, Field reports")
    assert session.abstract == "One.\n\nTwo & three."
    assert session.speakers == (PublishedSpeaker("Ingrid Vale"),)
    assert found.complete


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Speaker: Ingrid Vale", ["Ingrid Vale"]),
        ("Speakers: Ingrid Vale, Kofi Danso and Mai Tran", ["Ingrid Vale", "Kofi Danso", "Mai Tran"]),
        ("Presenter(s): Ingrid Vale; Kofi Danso", ["Ingrid Vale", "Kofi Danso"]),
        ("By: everyone who was there and has something to say to the others about it", []),
        ("We speak of batteries", []),
    ],
)
def test_speakers_named_in_the_description_are_found(line: str, names: list[str]) -> None:
    text = line.replace(",", "\\,").replace(";", "\\;")
    (session,) = schedule(f"UID:1\r\nDTSTART:20270714T091500Z\r\nSUMMARY:A\r\nDESCRIPTION:Hi\\n{text}\\nBye").sessions
    assert [speaker.name for speaker in session.speakers] == names


def test_one_uid_on_many_sessions_gives_each_its_own_id() -> None:
    found = schedule(
        *(f"UID:same\r\nDTSTART:2027071{n}T091500Z\r\nSUMMARY:Talk {n}" for n in (4, 5, 6)),
    )
    assert len({session.external_id for session in found.sessions}) == 3


def test_times_without_a_zone_are_read_in_the_callers_and_told() -> None:
    found = schedule("UID:1\r\nDTSTART:20270714T091500\r\nSUMMARY:A")
    assert found.zone_assumed
    assert found.sessions[0].starts_at == datetime(2027, 7, 14, 7, 15, tzinfo=UTC)


def test_cancelled_and_untitled_sessions_are_left_out_and_listed() -> None:
    found = schedule(
        "UID:1\r\nDTSTART:20270714T091500Z\r\nSUMMARY:A\r\nSTATUS:CANCELLED",
        "UID:2\r\nDTSTART:20270714T091500Z",
        "UID:3\r\nDTSTART:20270714T091500Z\r\nSUMMARY:B",
    )
    assert [session.title for session in found.sessions] == ["B"]
    assert [item.reason for item in found.failed] == ["“A” is called off", "it has no title"]
    assert not found.complete


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"hello", "it is neither XML, JSON nor a calendar"),
        (b"<html></html>", "it begins with <html>"),
        (b"<schedule>", "it breaks off"),
        (b"{", "it breaks off"),
        (b"[]", "it has no conference in it"),
        (json.dumps({"$schema": "x", "definitions": {}}).encode(), "the description of the schedule format"),
        (b"<schedule></schedule>", "there are no sessions in it"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "the calendar in it is empty"),
    ],
)
def test_what_is_no_schedule_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NoSchedule, match="no schedule that can be read") as caught:
        read(data, "days.file", ZONE)
    assert reason in caught.value.reason


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_file(tmp_path / "none.ics", ZONE)
    assert not looks_like_schedule(tmp_path / "none.ics")


def test_schedules_are_told_from_other_files_by_their_first_bytes(tmp_path: Path) -> None:
    for content, is_one in ((feed(), True), (b"<?xml version='1.0'?><schedule/>", True), (b"BEGIN:VCARD", False)):
        path = tmp_path / "file"
        path.write_bytes(content)
        assert looks_like_schedule(path) is is_one
