"""The frab (Pentabarf) schedule in its two forms, XML and JSON, as frab, pretalx and others publish it.

The form is described by the schema that c3voc maintains ("schedule.json", "schedule.xml"). Both forms hold the same
tree: conference, days, rooms, events. Both are turned into the same plain dictionaries first, then read once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from lxml import etree

from planner.contacts.records import FailedItem
from planner.events.schedule import times
from planner.events.schedule.plain_text import plain_text
from planner.events.schedule.records import PublishedSchedule, PublishedSession, PublishedSpeaker

#: Holds what stands where an event should.
_ODD = "\0"
#: A day of a schedule, its date, and one of its events, as a plain dictionary of texts.
_Found = tuple[date | None, Mapping[str, Any]]


class NotASchedule(ValueError):
    """The file is well-formed, but no schedule; the text says what it looks like instead."""


def read_xml(data: bytes, zone: tzinfo) -> PublishedSchedule:
    """Read schedule.xml. Entities are not resolved and nothing is fetched. Raises NotASchedule.

    `zone` is that of times printed without one.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotASchedule(f"it breaks off or is not well-formed ({error.msg})") from error
    if root.tag != "schedule":
        raise NotASchedule(f"it begins with <{etree.QName(root).localname}>, a schedule with <schedule>")
    conference = root.find("conference")
    about = {} if conference is None else _texts(conference)
    return schedule_of(about, _xml_events(root), zone)


def _xml_events(root: etree._Element) -> Iterator[_Found]:
    for event in root.iter("event"):
        day = next(event.iterancestors("day"), None)
        on = None if day is None else times.day(day.get("date", ""))
        found: dict[str, Any] = _texts(event)
        found["guid"], found["id"] = event.get("guid", ""), event.get("id", "")
        found.setdefault("room", "")
        room = event.getparent()
        if not found["room"] and room is not None and room.tag == "room":
            found["room"] = room.get("name", "")
        found["persons"] = [
            {"name": (person.text or "").strip(), "id": person.get("guid") or person.get("id") or ""}
            for person in event.iterfind("persons/person")
        ]
        yield on, found


def _texts(element: etree._Element) -> dict[str, str]:
    # Comments and processing instructions are children too, but have no name; itertext gives str for str input.
    return {child.tag: "".join(map(str, child.itertext())).strip() for child in element.iterchildren("*")}


def json_tree(data: bytes) -> Any:
    """What a JSON file holds. Raises NotASchedule."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotASchedule("it breaks off or is not well-formed JSON") from error


def read_json(data: bytes, zone: tzinfo) -> PublishedSchedule:
    """Read schedule.json. Raises NotASchedule. `zone` is that of times printed without one."""
    return read_tree(json_tree(data), zone)


def read_tree(tree: Any, zone: tzinfo) -> PublishedSchedule:
    """Read what schedule.json holds. Raises NotASchedule."""
    schedule = tree.get("schedule") if isinstance(tree, dict) else None
    conference = schedule.get("conference") if isinstance(schedule, dict) else None
    if not isinstance(conference, dict):
        if isinstance(tree, dict) and "$schema" in tree and "definitions" in tree:
            raise NotASchedule("it is the description of the schedule format, not a schedule")
        raise NotASchedule("it has no conference in it")
    return schedule_of(conference, _json_events(conference), zone)


def _json_events(conference: Mapping[str, Any]) -> Iterator[_Found]:
    for day in _list(conference.get("days")):
        rooms = day.get("rooms") if isinstance(day, dict) else day
        if not isinstance(day, dict) or not isinstance(rooms, dict):
            if rooms:
                yield None, {_ODD: rooms}
            continue
        on = times.day(str(day.get("date", "")))
        for room, events in rooms.items():
            for event in events if isinstance(events, list) else [events] if events else []:
                yield on, {**event, "room": event.get("room") or room} if isinstance(event, dict) else {_ODD: event}


def schedule_of(about: Mapping[str, Any], events: Iterator[_Found], zone: tzinfo) -> PublishedSchedule:
    """What a conference and its events, as dictionaries of the format's own words, tell."""
    named = str(about.get("time_zone_name") or "")
    own_zone = times.zone_named(named)
    change = times.minutes(str(about.get("day_change") or "")) or 0
    sessions: list[PublishedSession] = []
    failed: list[FailedItem] = []
    remarks: list[FailedItem] = []
    assumed = False
    for position, (on, event) in enumerate(events, 1):
        title = _text(event, "title")
        if not title:
            reason = "it is no session" if _ODD in event else "it has no title"
            failed.append(FailedItem(position, reason, _source(event)))
            continue
        starts, ends, told = _span(event, on, change, own_zone or zone)
        if lost := _lost(event, starts, ends):
            remarks.append(FailedItem(position, f"“{title}” is in, but {lost}", _source(event)))
        assumed = assumed or (not told and own_zone is None)
        sessions.append(_session(event, title, starts, ends))
    days = [day for day in (times.day(str(about.get(key) or "")) for key in ("start", "end")) if day]
    return PublishedSchedule(
        title=_text(about, "title"),
        sessions=tuple(sessions),
        failed=tuple(sorted([*failed, *remarks], key=lambda item: item.position)),
        complete=not failed,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        time_zone=named if own_zone else "",
        zone_assumed=assumed,
        place=", ".join(part for part in (_text(about, "venue"), _text(about, "city")) if part),
        link=_text(about, "url") or _text(about, "base_url"),
    )


def _session(event: Mapping[str, Any], title: str, starts: datetime | None, ends: datetime | None) -> PublishedSession:
    subtitle = _text(event, "subtitle")
    abstract = plain_text(_text(event, "abstract"))
    description = plain_text(_text(event, "description"))
    if description and description not in abstract:
        abstract = f"{abstract}\n\n{description}".strip()
    track = event.get("track")
    return PublishedSession(
        title=f"{title}: {subtitle}" if subtitle and subtitle != title else title,
        external_id=_text(event, "guid") or _text(event, "code") or _text(event, "id"),
        starts_at=starts,
        ends_at=ends,
        room=_translated(event.get("room")),
        track=_translated(track),
        abstract=abstract,
        link=_text(event, "url"),
        speakers=tuple(_speakers(event)),
    )


def _span(
    event: Mapping[str, Any], on: date | None, change: int, zone: tzinfo
) -> tuple[datetime | None, datetime | None, bool]:
    """Start and end in UTC, and whether the event itself told the offset."""
    try:
        return _worked_out(event, on, change, zone)
    except OverflowError:
        return None, None, True  # before the first year, or after the last


def _lost(event: Mapping[str, Any], starts: datetime | None, ends: datetime | None) -> str:
    """What of the times that are given could not be read."""
    if starts is None:
        given = _text(event, "date") or _text(event, "start")
        return "its time can’t be read" if given else ""
    return "its length can’t be read" if ends is None and (_text(event, "duration").strip("0: ")) else ""


def _worked_out(
    event: Mapping[str, Any], on: date | None, change: int, zone: tzinfo
) -> tuple[datetime | None, datetime | None, bool]:
    exact = times.moment(_text(event, "date"))
    at = times.minutes(_text(event, "start"))
    if exact is not None:
        starts: datetime | None = times.utc(exact, zone)
    elif on is not None and at is not None:
        starts = times.on_day(on, at, change, zone)
    else:
        return None, None, True
    assert starts is not None
    length = times.minutes(_text(event, "duration"))
    ends = starts + timedelta(minutes=length) if length else None
    if ends is None and (end := times.moment(_text(event, "end"))) is not None:
        ends = times.utc(end, zone)
    if ends is not None and ends < starts:
        ends = None
    return starts.astimezone(UTC), ends, exact is not None and exact.tzinfo is not None


def _speakers(event: Mapping[str, Any]) -> Iterator[PublishedSpeaker]:
    for person in _list(event.get("persons")):
        if isinstance(person, str):
            person = {"name": person}
        if not isinstance(person, dict):
            continue
        name = _text(person, "public_name") or _text(person, "name") or _text(person, "full_public_name")
        if name:
            yield PublishedSpeaker(
                name=" ".join(name.split()),
                external_id=_text(person, "guid") or _text(person, "code") or _text(person, "id"),
                about=plain_text(_text(person, "biography") or _text(person, "abstract")),
            )


def _text(record: Mapping[str, Any], key: str) -> str:
    return _translated(record.get(key))


def _translated(value: Any) -> str:
    """A text, or the English (else the first) of its translations."""
    if isinstance(value, dict):
        value = value.get("en") or value.get("name") or next(iter(value.values()), "")
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _source(event: Mapping[str, Any]) -> str:
    return json.dumps(dict(event), ensure_ascii=False, default=str)[:2_000]
