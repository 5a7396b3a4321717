"""Mutated calendars and schedules: lines lost, doubled, swapped and replaced by those that once cost a reader dear."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from planner.calendars import cutting, reading
from planner.errors import UserError
from planner.events.schedule import read as schedules

ZONE = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2027, 7, 1, tzinfo=UTC), datetime(2028, 7, 1, tzinfo=UTC)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nX-WR-TIMEZONE:Europe/Prague\r\nBEGIN:VTIMEZONE\r\n"
    "TZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART;TZID=Office:20270713T090000\r\nDTEND;TZID=Office:20270713T100000\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271001T000000Z\r\nEXDATE;TZID=Office:20270715T090000\r\n"
    "RDATE;VALUE=PERIOD:20271224T100000Z/PT1H\r\nSUMMARY:Stand-up\\, weekly\r\n"
    'ORGANIZER;CN="Vale, Ingrid":mailto:ingrid@norrvolt.example\r\nCATEGORIES:a,b\r\nBEGIN:VALARM\r\n'
    "TRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "RECURRENCE-ID;TZID=Office:20270720T090000\r\nDTSTART;TZID=Office:20270720T110000\r\nDURATION:PT30M\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20270724\r\nDTEND;VALUE=DATE:20270727\r\n"
    "SUMMARY;ENCODING=QUOTED-PRINTABLE:K=C3=B6rting=\r\n here\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
TREES = (
    (
        "<schedule><conference><title>C</title><day_change>04:00</day_change><time_zone_name>Europe/Berlin"
        '</time_zone_name></conference><day date="2027-07-14"><room name="A"><event id="1"><start>10:00</start>'
        "<date>2027-07-14T10:00:00+02:00</date><duration>00:45</duration><title>T</title><abstract>&lt;p&gt;Hi&lt;/p&gt;"
        '</abstract><persons><person id="1">Ada</person></persons></event></room></day></schedule>'
    ),
    (
        '{"schedule":{"conference":{"title":"C","time_zone_name":"Europe/Berlin","days":[{"date":"2027-07-14","rooms":'
        '{"A":[{"id":1,"date":"2027-07-14T10:00:00+02:00","start":"10:00","duration":"00:45","title":{"en":"T"},'
        '"persons":[{"id":1,"public_name":"Ada"},"Tom"]}]}}]}}}'
    ),
    (
        '{"count":1,"next":null,"results":[{"code":"A","title":"T","state":"confirmed","speakers":[{"name":"Ada"}],'
        '"slots":[{"room":{"name":{"en":"R"}},"start":"2027-07-14T10:00:00+02:00","end":null}]}]}'
    ),
)
_LINES = (
    "RRULE:FREQ=SECONDLY;UNTIL=30271231T000000Z\nRRULE:FREQ=DAILY;COUNT=99999999999\nRRULE:FREQ=YEARLY;BYMONTH=2;"
    "BYMONTHDAY=30\nRRULE:FREQ=DAILY;INTERVAL=0\nRRULE:\nRRULE:FREQ=MONTHLY;BYSETPOS=-1\nRDATE:20270801\nEXDATE:none\n"
    "EXDATE;VALUE=DATE:20270714\nDTEND:99991231T235959Z\nDTEND:20010101T000000Z\nRECURRENCE-ID;VALUE=DATE:20270721\n"
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20270720T070000Z\nDURATION:-P99999999999D\nDURATION:P1Y\nBEGIN:VEVENT\n"
    "END:VEVENT\nBEGIN:VALARM\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID\nTZID:\nTZOFFSETTO:-9999\n"
    "END:VTIMEZONE\nDTSTART;TZID=America:20270714T070000\nDTSTART;TZID=../../etc:20270714T070000\nDTSTART:00010101\n"
    'DTSTART;TZID=Office:99991231T235959\nDTSTART;TZID="Europe/Berlin:20270714T080000\nATTENDEE;CN="x:mailto:y\n'
    "METHOD:CANCEL\nMETHOD:REPLY\nSEQUENCE:many\nX-WR-TIMEZONE:Nowhere\nCATEGORIES:a,b\\,,\n:\n;=\nUID:\nBEGIN:VTODO\n"
    "SUMMARY;QUOTED-PRINTABLE:=\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=nowhere:=E9=\n<html>\nBEGIN:\n folded"
).split("\n")
_WORDS = (
    "99999999999", "-1", "99999999999:00", "", "null", "[]", "{}", '"', "<", "&", "&amp;", "&#0;", "<!--", "0001-01-01",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2027-13-01", "T", "\0", "1e999", "NaN", "[[[[", "²",
    '<day date="9999-12-31">', "<event>", "</event>", "24:00", "../..", "America",
)  # fmt: skip


def _lines_changed(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(dice.randint(1, 5)):
        place, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                lines[place] = "\r\n"
            case 1 | 2:
                lines.insert(place, dice.choice(_LINES) + "\r\n")
            case 3:
                lines[place], lines[other] = lines[other], lines[place]
            case 4:
                lines[place:place] = lines[place : place + dice.randint(1, 15)]
            case _:
                lines[place] = lines[place].partition(":")[0] + ":" + lines[other].partition(":")[2]
    return "".join(lines)


def _words_changed(dice: random.Random, text: str) -> str:
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(text) + 1)
        end = start + dice.choice((0, 0, 1, 2, 5, 30))
        text = text[:start] + dice.choice((dice.choice(_WORDS), text[start:end] * 2)) + text[end:]
    return text


def _encoded(dice: random.Random, text: str) -> bytes:
    data = text.encode(dice.choice(("utf-8",) * 9 + ("utf-16", "utf-16-le", "latin-1")), "replace")
    if dice.random() < 0.05:
        data = data[: dice.randrange(len(data) + 1)]
    return data.replace(b"\r\n", b"\r") if dice.random() < 0.02 else data


def calendar(dice: random.Random) -> None:
    """A calendar file. Every one of its items comes in, or is named."""
    changed = _lines_changed if dice.random() < 0.8 else _words_changed
    data = _encoded(dice, changed(dice, CALENDAR))
    try:
        found = reading.read(data, ZONE, SINCE, UNTIL)
    except reading.NotACalendar:
        return
    told = {event.position for event in found.events} | {item.position for item in found.failed}
    told |= {int(number) for event in found.events for number in re.findall(r"item (\d+)", event.note)}
    for piece in cutting.cut(cutting.text_of(data)).cuts:
        # What changes one time of a series comes in with the series.
        part = piece.name == "VTIMEZONE" or "RECURRENCE-ID" in piece.text.upper()
        assert part or piece.position in told, f"item {piece.position} is left out in silence"
    assert all(item.reason for item in found.failed)


def schedule(dice: random.Random) -> None:
    """A conference schedule, in each form there is."""
    source = dice.choice((*TREES, CALENDAR))
    try:
        schedules.read(_encoded(dice, _words_changed(dice, source)), "schedule", ZONE)
    except UserError:
        return
