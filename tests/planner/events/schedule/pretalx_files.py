"""Files in the forms of pretalx, with an invented conference: its export schedule.json, and a page of its API."""

from __future__ import annotations

import json
from typing import Any

_BASE = "https://talks.example/battery-days-2031"
_INGRID = {
    "code": "JHGFDS", "name": "Ingrid Vale", "public_name": "Ingrid Vale", "biography": "CTO of Norrvolt.",
    "avatar": None, "guid": "6b1f7a9e-0b1c-5b0e-8f6a-3f4d2b1c0a01", "url": f"{_BASE}/speaker/JHGFDS/",
}  # fmt: skip
_KOFI = {**_INGRID, "code": "ZXCVBN", "name": "Kofi Danso", "public_name": "Kofi Danso", "biography": None,
         "guid": "6b1f7a9e-0b1c-5b0e-8f6a-3f4d2b1c0a02"}  # fmt: skip


def _talk(code: str, number: int, title: str, date: str, duration: str, room: str, *people: Any) -> dict[str, Any]:
    return {
        "guid": f"0f3c9b52-1111-5222-8333-00000000000{number}", "code": code, "id": number, "logo": None, "date": date,
        "start": date[11:16], "duration": duration, "room": room, "slug": f"battery-days-2031-{number}-talk",
        "url": f"{_BASE}/talk/{code}/", "title": title, "subtitle": "", "track": "Cells" if number < 3 else None,
        "type": "Talk", "language": "en", "abstract": "What *lasts*, and why.", "description": None,
        "recording_license": "", "do_not_record": False, "persons": list(people), "links": [],
        "feedback_url": f"{_BASE}/talk/{code}/feedback/", "origin_url": f"{_BASE}/talk/{code}/", "attachments": [],
    }  # fmt: skip


def schedule() -> bytes:
    """The export: two days, the first ending after midnight, and a break of no track."""
    first = {
        "Main hall": [
            _talk("ABCDEF", 1, "Batteries that last", "2031-07-14T09:15:00+02:00", "00:45", "Main hall", _INGRID),
            _talk("QWERTY", 2, "Late lightning", "2031-07-15T00:30:00+02:00", "00:20", "Main hall", _INGRID, _KOFI),
        ],
        "Annex, left": [_talk("LKJHGF", 3, "Cells by hand", "2031-07-14T10:00:00+02:00", "01:30", "Annex, left")],
    }
    days = [
        {"index": 1, "date": "2031-07-14", "day_start": "2031-07-14T04:00:00+02:00",
         "day_end": "2031-07-15T03:59:00+02:00", "rooms": first},
        {"index": 2, "date": "2031-07-15", "day_start": "2031-07-15T04:00:00+02:00",
         "day_end": "2031-07-16T03:59:00+02:00", "rooms": {}},
    ]  # fmt: skip
    conference = {
        "acronym": "battery-days-2031", "title": "Battery Days 2031", "start": "2031-07-14", "end": "2031-07-15",
        "daysCount": 2, "timeslot_duration": "00:05", "time_zone_name": "Europe/Warsaw",
        "colors": {"primary": "#3aa57c"},
        "rooms": [{"name": name, "slug": name.lower(), "guid": None, "description": None, "capacity": 200}
                  for name in first],
        "tracks": [{"name": "Cells", "slug": "1-cells", "color": "#00ff00"}], "days": days,
    }  # fmt: skip
    body = {
        "url": f"{_BASE}/schedule/",
        "version": "1.2",
        "base_url": "https://talks.example",
        "conference": conference,
    }
    generator = {"name": "pretalx", "version": "2025.1.0"}
    tree = {"$schema": "https://c3voc.de/schedule/schema.json", "generator": generator, "schedule": body}
    return json.dumps(tree).encode()


def _api(code: str, title: str, speakers: list[Any], **more: Any) -> dict[str, Any]:
    return {
        "code": code, "speakers": speakers, "title": title, "submission_type": {"en": "Talk"}, "track": {"en": "Cells"},
        "state": "confirmed", "abstract": "What lasts.", "description": "", "duration": 45, "slot_count": 1,
        "do_not_record": False, "is_featured": False, "content_locale": "en", "answers": [], **more,
    }  # fmt: skip


def page(number: int = 0, of: int = 1) -> bytes:
    """A page of the API's talks; with `of` above 1 one of several."""
    speaker = {"code": "JHGFDS", "name": "Ingrid Vale", "biography": "CTO of Norrvolt.", "avatar": None}
    slot = {"start": "2031-07-14T09:15:00+02:00", "end": "2031-07-14T10:00:00+02:00"}
    later = {"start": "2031-07-15T11:00:00Z", "end": "2031-07-15T11:45:00Z", "room": {"id": 4, "name": {"en": "Annex"}}}
    talks = [
        _api("ABCDEF", "Batteries that last", [speaker], slot={**slot, "room": {"en": "Main hall"}, "room_id": 3}),
        _api("TWICES", "Cells by hand", ["ZXCVBN"], track=7, slots=[{**later, "start": slot["start"]}, later]),
        _api("NOSLOT", "To be placed", [], slot=None),
        _api("GONEGO", "Called off", [], state="canceled", slot=None),
    ]
    link = "https://talks.example/api/events/battery-days-2031/talks/?offset={}"
    before = link.format(4 * (number - 1)) if number else None
    after = link.format(4 * (number + 1)) if number + 1 < of else None
    return json.dumps({"count": 4 * of, "next": after, "previous": before, "results": talks}).encode()
