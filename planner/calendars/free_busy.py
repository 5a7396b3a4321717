"""When a person is busy, asked of their calendars on a server.

A free-busy-query (RFC 4791 section 7.10) tells taken times and nothing else, so it is asked first. Servers without it
are asked for the events of that time (section 7.8), which are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

import icalendar

from planner.calendars import reading
from planner.calendars.cutting import cut, text_of
from planner.calendars.patience import TookTooLong, within
from planner.calendars.series import NONSENSE
from planner.calendars.slots import Span
from planner.dav import errors, xml
from planner.dav.client import DavClient
from planner.dav.discovery import Collection

#: Seconds for reading one answer.
PATIENCE = 2.0
#: More taken times than this in a few weeks are no person's.
MOST = 5_000


def ask(client: DavClient, calendar: Collection, since: datetime, until: datetime, own: tzinfo) -> list[Span]:
    """The taken times of one calendar between two moments. Raises the errors of planner.dav.errors.

    `own` is the zone of times that name none.
    """
    start, end = (moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (since, until))
    try:
        reply = client.request(
            "REPORT",
            calendar.url,
            body=xml.free_busy_query(start, end),
            headers={"Depth": "1", "Content-Type": "application/xml"},
        )
    except (errors.Forbidden, errors.NotFoundThere, errors.ServerFault, errors.Changed):
        found = None  # it does not know the question
    else:
        found = told(reply.body)
    if found is None:
        found = _from_events(client, calendar, start, end, since, until, own)
    return [Span(max(span.starts, since), min(span.ends, until)) for span in found if _meets(span, since, until)]


def told(answer: bytes) -> list[Span] | None:
    """The taken times in a VFREEBUSY (RFC 5545 section 3.6.4); None where the answer is none."""
    if b"BEGIN:VFREEBUSY" not in answer.upper():
        return None
    try:
        return within(PATIENCE, lambda: list(_periods(answer)))
    except (*NONSENSE, TookTooLong):
        return None


def _periods(answer: bytes) -> Iterator[Span]:
    for piece in cut(text_of(answer)).cuts:
        if piece.name != "VFREEBUSY" or not piece.complete:
            continue
        made: Any = icalendar.FreeBusy.from_ical(piece.text)
        held = made.get("FREEBUSY", [])
        for value in held if isinstance(held, list) else [held]:
            for part in _parts(value)[:MOST]:
                kind = str(getattr(value, "params", {}).get("FBTYPE", "BUSY")).upper()
                starts, ends = part
                ends = starts + ends if isinstance(ends, timedelta) else ends
                # What a server calls by a name we do not know is busy (RFC 5545 section 3.2.9).
                if kind != "FREE":
                    yield Span(_utc(starts), _utc(ends))


def _parts(value: Any) -> list[Any]:
    if hasattr(value, "dts"):
        return [each.dt for each in value.dts]
    return [value.dt] if hasattr(value, "dt") else []


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _from_events(
    client: DavClient, calendar: Collection, start: str, end: str, since: datetime, until: datetime, own: tzinfo
) -> list[Span]:
    answers = client.report(calendar.url, xml.events_between(start, end), depth=1).answers
    found: list[Span] = []
    for answer in answers:
        element = answer.props.get(xml.q("c:calendar-data"))
        if element is not None and element.text:
            found += taken(element.text.encode(), own, since, until)
    return found


def taken(data: bytes, own: tzinfo, since: datetime, until: datetime) -> list[Span]:
    """The taken times in a calendar: its events that are neither called off nor transparent, whole days included."""
    try:
        file = reading.read(data, own, since, until)
    except reading.NotACalendar:
        return []
    spans = []
    for event in file.events:
        if event.cancelled or not event.busy:
            continue
        spans.append(Span(_moment(event.starts, own), _moment(event.ends, own)))
    return [span for span in spans if _meets(span, since, until)]


def _moment(value: Any, own: tzinfo) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(), own).astimezone(UTC)


def _meets(span: Span, since: datetime, until: datetime) -> bool:
    return span.starts < until and since < span.ends and span.starts < span.ends
