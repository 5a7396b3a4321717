"""An invitation as a mail: iTIP (RFC 5546) carried by iMIP (RFC 6047).

One event, METHOD:REQUEST or CANCEL, in a `text/calendar` part with the same method beside the plain text: that is what
Outlook, Gmail and Apple Mail show with buttons. The same calendar goes along as `invite.ics`, for programs that look at
attachments alone. What goes out says when and where, and nothing of what was prepared.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import icalendar

from planner.calendars import ics
from planner.calendars.invitations import InvitationMail
from planner.calendars.records import CalendarEntry, Component, EntryKind, EntryState, News, Outgoing
from planner.calendars.wording import line
from planner.events import times
from planner.events.records import EventDetails
from planner.files import write_atomically
from planner.followups.mail import draft, file_name
from planner.followups.messages import Message
from planner.settings.records import Me


@dataclass(frozen=True, slots=True)
class Invited:
    """A guest as the calendar names them."""

    name: str
    address: str


def calendar(
    uid: str,
    sequence: int,
    details: EventDetails,
    me: Me,
    guests: Sequence[Invited],
    own: tzinfo,
    now: datetime,
    *,
    withdrawn: bool = False,
) -> bytes:
    """The invitation as iCalendar, or its withdrawal. Raises ValueError or OverflowError for times it can't say."""
    entry = _entry(uid, details, own, withdrawn=withdrawn)
    zones = ics.zones_of([entry])
    event = ics.component(Outgoing(entry, News.NEW, sequence, now, "", ""), now, zones)
    event.add("organizer", _person(me.name, me.email))
    for guest in guests:
        person = _person(guest.name, guest.address)
        person.params |= {"ROLE": "REQ-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
        if not withdrawn:
            person.params |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", person)
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Rapport//Rapport//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "CANCEL" if withdrawn else "REQUEST")
    for zone in zones.values():
        if zone is not None:
            whole.add_component(zone)
    whole.add_component(event)
    written: bytes = whole.to_ical()
    return written


def mail(message: Message, me: Me, invitation: bytes, now: datetime, more: Sequence[tuple[str, str]] = ()) -> bytes:
    """The unsent draft that carries an invitation. `more` are further addressees, as name and address."""
    method = "CANCEL" if b"METHOD:CANCEL" in invitation else "REQUEST"
    made = draft(message, me, now, more)
    made.add_alternative(
        invitation.decode(), subtype="calendar", charset="utf-8", cte="base64", params={"method": method}
    )
    made.add_attachment(invitation, maintype="application", subtype="ics", filename="invite.ics")
    return made.as_bytes()


def name_for(message: Message, first: str = "") -> str:
    """A file name for the draft; with the guest's name where there are several."""
    subject = f"{message.subject} {first}" if first else message.subject
    return file_name(Message(subject, ""))


def save(mails: Sequence[InvitationMail], path: Path) -> list[Path]:
    """Write drafts: one to the path itself, several beside it under their own names. Raises FileUnwritable.

    Where one of several can't be written, none is left.
    """
    paths = [path] if len(mails) == 1 else _beside(path, mails)
    done: list[Path] = []
    try:
        for mail, target in zip(mails, paths, strict=True):
            with write_atomically(target) as file:
                file.write(mail.content)
            done.append(target)
    except BaseException:
        for target in done:
            with suppress(OSError):
                target.unlink()
        raise
    return done


def _entry(uid: str, details: EventDetails, own: tzinfo, *, withdrawn: bool) -> CalendarEntry:
    zone = times.zone_named(details.time_zone, own)
    state = EntryState.CANCELLED if withdrawn else EntryState.OPEN
    link = details.link.strip()
    common = {
        "kind": EntryKind.EVENT,
        "uid": uid,
        "component": Component.EVENT,
        "summary": details.title,
        "description": link,
        "location": details.place,
        "url": link if link.lower().startswith(("http://", "https://")) else "",
        "busy": not details.all_day,
        "state": state,
    }
    if details.all_day:
        first, last = times.days_of(details, own)
        return CalendarEntry(starts=first, ends=last.fromordinal(last.toordinal() + 1), **common)  # type: ignore[arg-type]  # by name
    name = times.name_of(zone)
    zone = zone if name else UTC
    starts, ends = (moment.astimezone(zone).replace(tzinfo=None) for moment in (details.starts_at, details.ends_at))
    return CalendarEntry(starts=starts, ends=ends, zone=name, **common)  # type: ignore[arg-type]  # by name


def _person(name: str, address: str) -> icalendar.vCalAddress:
    person = icalendar.vCalAddress(f"mailto:{address.strip()}")
    # A parameter can't hold a double quote (RFC 5545 section 3.1).
    if called := line(name).replace('"', "’"):
        person.params["CN"] = called
    return person


def _beside(path: Path, mails: Sequence[InvitationMail]) -> list[Path]:
    taken: set[str] = set()
    paths = []
    for mail in mails:
        name, number = mail.file_name, 2
        while name.casefold() in taken or (path.parent / name).exists():
            name, number = f"{mail.file_name.removesuffix('.eml')} {number}.eml", number + 1
        taken.add(name.casefold())
        paths.append(path.parent / name)
    return paths
