"""Imports a calendar file into Evolution Data Server and prints what it then holds: run by the system's own Python.

`python3 evolution.py FILE events|tasks` under a session bus of its own; `python3 evolution.py` tells whether it could.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402


def main(path: str, kind: str) -> None:
    """Import, ask, print."""
    events = kind == "events"
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = registry.ref_builtin_calendar() if events else registry.ref_builtin_task_list()
    store = ECal.ClientSourceType.EVENTS if events else ECal.ClientSourceType.TASKS
    client = ECal.Client.connect_sync(source, store, 30, None)
    whole = ICalGLib.Component.new_from_string(Path(path).read_bytes().decode())
    for part in parts(whole, ICalGLib.ComponentKind.VTIMEZONE_COMPONENT):
        zone = ICalGLib.Timezone.new()
        zone.set_component(part)
        client.add_timezone_sync(zone, None)
    wanted = ICalGLib.ComponentKind.VEVENT_COMPONENT if events else ICalGLib.ComponentKind.VTODO_COMPONENT
    for part in parts(whole, wanted):
        client.create_object_sync(part, ECal.OperationFlags.NONE, None)
    _, found = client.get_object_list_as_comps_sync("#t", None)
    told = {}
    for each in found:
        inner = each.get_icalcomponent()
        when = inner.get_dtstart() if events else inner.get_due()
        told[each.get_uid()] = {
            "summary": each.get_summary().get_value(),
            "when": when.as_ical_string(),
            "zone": (when.get_tzid() or "").rpartition("sourceforge.net/")[2],
            "alarms": [alarm.get_trigger().get_duration().as_ical_string() for alarm in each.get_all_alarms() or []],
        }
    print(json.dumps(told))


def parts(whole: ICalGLib.Component, kind: ICalGLib.ComponentKind) -> list[ICalGLib.Component]:
    """Copies of the parts of that kind."""
    found = []
    part = whole.get_first_component(kind)
    while part:
        found.append(part.clone())
        part = whole.get_next_component(kind)
    return found


if len(sys.argv) == 3:
    main(*sys.argv[1:])
