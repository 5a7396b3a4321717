"""The zones of a foreign calendar file: named as IANA or Windows name them, or defined in the file itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
from icalendar.timezone import windows_to_olson

from planner.calendars.patience import TookTooLong, within
from planner.calendars.series import NONSENSE, Component


@dataclass
class Zones:
    """How this file's times become moments. `unknown` collects the zones that nobody knows, for the caller to tell."""

    own: dict[str, tzinfo]
    default: tzinfo
    assumed: bool = False
    unknown: list[str] = field(default_factory=list)

    def named(self, name: str) -> tzinfo | None:
        """The zone a TZID means: by IANA name, as Windows calls it, as the file defines it."""
        name = name.strip().strip('"')
        if found := iana(name) or iana(windows_to_olson_name(name)):
            return found
        return self.own.get(name)

    def settle(self, value: Any, tzid: str) -> Any:
        """A moment with its zone; dates stay dates."""
        if not isinstance(value, datetime):
            return value
        if tzid and (zone := self.named(tzid)) is not None:
            return value.replace(tzinfo=zone)
        # A zone nobody knows: icalendar may still have one of that name from another file, which is not this file's.
        if value.tzinfo is not None and not (tzid and value.tzinfo is not UTC):
            return value
        self.assumed = True
        if tzid:
            self.unknown.append(tzid)
        return value.replace(tzinfo=self.default)


def iana(name: str) -> tzinfo | None:
    """The zone of that IANA name, None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_area(name: str) -> bool:
    """Whether a name is that of a whole area, "America", where a zone should be: it is a folder of zones."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    except OSError:
        return True
    return False


def windows_to_olson_name(name: str) -> str:
    """ "W. Europe Standard Time" is "Europe/Berlin"; "" for what is no Windows name."""
    return windows_to_olson.WINDOWS_TO_OLSON.get(name, "")


def defined(texts: Iterable[str], seconds: Callable[[], float] = lambda: 1.0) -> dict[str, tzinfo]:
    """The zones that these VTIMEZONEs define, by TZID, where their definition can be used.

    `seconds` says how long working one out may take.
    """
    found: dict[str, tzinfo] = {}
    for text in texts:
        tzid = next(
            (line.split(":", 1)[1].strip() for line in text.splitlines() if re.match("TZID[;:].*:|TZID:", line, re.I)),
            "",
        )
        if iana(tzid) or iana(windows_to_olson_name(tzid)) or _too_fine(text):
            continue
        try:
            found[tzid] = within(seconds(), partial(_worked_out, text))
        except (*NONSENSE, TookTooLong):
            continue
    return found


def _worked_out(text: str) -> tzinfo:
    defined: Component = icalendar.Timezone.from_ical(text)
    zone: tzinfo = defined.to_tz(lookup_tzid=False)
    for year in (1970, 2020, 2037):
        zone.utcoffset(datetime(year, 1, 1))  # noqa: DTZ001 - wall time is what a zone is asked about
    return zone


def _too_fine(text: str) -> bool:
    return re.search(r"FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY)", text, re.IGNORECASE) is not None
