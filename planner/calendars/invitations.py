"""Invitations to an event, as frozen values, and the words that belong to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from planner.contacts.records import Boundary
from planner.events import times
from planner.events.records import EventDetails, EventKind
from planner.followups.messages import Message

#: Meetings that are yours to call; to the others you invite somebody along.
OWN = (EventKind.ONE_TO_ONE, EventKind.INFORMATIONAL_INTERVIEW, EventKind.ORGANISATION_MEETING)


class InvitationState(StrEnum):
    """Where an invitation stands."""

    INVITED = "invited"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What a guest said. The values are iCalendar's PARTSTAT (RFC 5545 section 3.2.12), in lower case."""

    NONE = ""
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that somebody was given. Moments are UTC."""

    id: int
    event_id: int
    contact_id: int
    name: str
    address: str
    state: InvitationState
    answer: Answer
    invited_at: datetime
    sequence: int = 0
    uid: str = ""

    @property
    def in_words(self) -> str:
        """ "Invited", "Comes", "Comes perhaps", "Can't come", "Invitation withdrawn"."""
        if self.state is InvitationState.WITHDRAWN:
            return "Invitation withdrawn"
        return {
            Answer.NONE: "Invited",
            Answer.ACCEPTED: "Comes",
            Answer.TENTATIVE: "Comes perhaps",
            Answer.DECLINED: "Can’t come",
        }[self.answer]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who may be invited. `cautions` are what to respect, each a short sentence; `zone` is an IANA name."""

    contact_id: int
    name: str
    first: str
    address: str
    cautions: tuple[str, ...] = ()
    zone: str = ""
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class InvitationSheet:
    """What is seen before an invitation goes out: to what, to whom, and with which words for the first of them.

    `sender` is your own address, "" where the settings have none yet. `together`: one mail to all is usual here.
    """

    event_id: int
    title: str
    when: str
    place: str
    sender: str
    guests: tuple[Guest, ...]
    message: Message
    together: bool


@dataclass(frozen=True, slots=True)
class InvitationMail:
    """One mail that is ready to be sent: an .eml draft with its invitation inside."""

    contact_ids: tuple[int, ...]
    to: str
    file_name: str
    content: bytes


def cautions(name: str, boundary: Boundary, today: date) -> tuple[str, ...]:
    """What somebody asked to be respected, before they are written to."""
    found = []
    if boundary.no_asks:
        found.append(f"{name} wants no requests: leave the answer open")
    if boundary.quiet_until and boundary.quiet_until >= today:
        found.append(f"{name} wants quiet until {times.day_words(boundary.quiet_until)}")
    if boundary.topics_off.strip():
        found.append(f"Keep off: {' '.join(boundary.topics_off.split())}")
    if boundary.preferred_channel and boundary.preferred_channel != "email":
        found.append(f"Prefers {boundary.preferred_channel} to mail")
    return tuple(found)


def details_lines(details: EventDetails, own: tzinfo, guest_zone: str) -> str:
    """When and where, as lines of a mail, for whoever has no calendar; in the guest's zone too where that differs."""
    lines = [f"When: {times.when_words(details, own, year=True)}"]
    zone = times.zone_named(details.time_zone, own)
    if not details.all_day:
        if "(" not in lines[0] and (name := times.name_of(zone)):
            lines[0] += f" ({name})"
        theirs = times.zone_named(guest_zone, zone)
        if details.starts_at.astimezone(theirs).utcoffset() != details.starts_at.astimezone(zone).utcoffset():
            start = times.clock_words(details.starts_at, theirs)
            day = times.day_words(details.starts_at.astimezone(theirs).date())
            lines.append(f"For you: {day}, {start}–{times.clock_words(details.ends_at, theirs)} ({guest_zone})")
    if details.place.strip():
        lines.append(f"Where: {' '.join(details.place.split())}")
    if details.link.strip():
        lines.append(details.link.strip())
    return "\n".join(lines)


def addressed_to(body: str, written_for: Sequence[str], firsts: Sequence[str]) -> str:
    """The same letter to somebody else: the name in its first line is theirs, if it was there."""
    head, newline, rest = body.partition("\n")
    before, after = names_in_words(written_for), names_in_words(firsts)
    return f"{head.replace(before, after, 1) if before else head}{newline}{rest}"


def names_in_words(names: Sequence[str]) -> str:
    """ "Ada", "Ada and Tom", "Ada, Tom and Mai"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
