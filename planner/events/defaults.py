"""What an event starts with: the lines of "Before you go", by kind, and how long such a meeting usually takes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta, tzinfo

from planner.events import times
from planner.events.records import EventDetails, EventKind, EventState

_BIG = (
    "Mark the sessions you want",
    "Choose whom to meet",
    "Research the people you must meet",
    "Write the pitch and rehearse it",
    "Print or send the brief",
)
_SMALL = ("Choose whom to meet", "Write the pitch and rehearse it", "Print or send the brief")

CHECKLIST: dict[EventKind, tuple[str, ...]] = {
    EventKind.CONFERENCE: _BIG,
    EventKind.WORKSHOP: (
        "Read what was sent ahead",
        "Choose whom to meet",
        "Bring what is asked for",
        "Print or send the brief",
    ),
    EventKind.MIXER: _SMALL,
    EventKind.MEETUP: _SMALL,
    EventKind.ORGANISATION_MEETING: ("Read the agenda", "Note what you want decided", "Choose whom to talk to"),
    EventKind.INFORMATIONAL_INTERVIEW: (
        "Read about their path",
        "Choose five questions",
        "Confirm time and place",
        "Print or send the brief",
    ),
    EventKind.ONE_TO_ONE: ("Read what was agreed last time", "Note your updates", "Choose what to ask"),
}

#: The usual length of a meeting that has hours; the other kinds last whole days.
_LENGTH = {
    EventKind.ONE_TO_ONE: timedelta(minutes=30),
    EventKind.INFORMATIONAL_INTERVIEW: timedelta(minutes=30),
    EventKind.ORGANISATION_MEETING: timedelta(hours=1),
    EventKind.MEETUP: timedelta(hours=2),
    EventKind.MIXER: timedelta(hours=2),
}
_EVENING = (EventKind.MEETUP, EventKind.MIXER)
#: Talks with one person, whose screen centres on the questions.
PERSONAL = (EventKind.ONE_TO_ONE, EventKind.INFORMATIONAL_INTERVIEW)


#: Words in a title that tell what sort of event it is, the first that fits counting.
_TELLING = (
    (EventKind.ONE_TO_ONE, r"\b1 ?[:–-] ?1\b|\bone[- ]to[- ]one\b|\bone[- ]on[- ]one\b|\bcatch[- ]up\b"),
    (EventKind.INFORMATIONAL_INTERVIEW, r"\binterview\b|\bcoffee chat\b"),
    (EventKind.WORKSHOP, r"\bworkshop\b|\btutorial\b|\btraining\b|\bhackathon\b|\bsprint\b"),
    (EventKind.MIXER, r"\bmixer\b|\breception\b|\bdrinks\b|\bparty\b|\bdinner\b"),
    (EventKind.MEETUP, r"\bmeet-?up\b|\buser group\b|\bstammtisch\b"),
    (EventKind.ORGANISATION_MEETING, r"\bboard\b|\bcommittee\b|\bassembly\b|\bchapter\b|\bagm\b|\ball[- ]hands\b"),
    (EventKind.CONFERENCE, r"\bconference\b|\bsummit\b|\bcon\b|\bcongress\b|\bsymposium\b|\bexpo\b|\bfair\b"),
)


def kind_told(title: str) -> EventKind | None:
    """The kind that a title gives away ("1:1 with Dana" is a one-to-one), or None."""
    folded = title.casefold()
    return next((kind for kind, words in _TELLING if re.search(words, folded)), None)


def new_event(kind: EventKind, title: str, day: date, zone: tzinfo) -> EventDetails:
    """An event of a kind on a day, with its usual hours in the person's zone: something to change, not to fill in."""
    length = _LENGTH.get(kind)
    if length is None:
        starts_at, ends_at = times.whole_days(day, day, zone)
        return EventDetails(title, kind, starts_at, ends_at, all_day=True)
    starts_at = times.at(day, time(18) if kind in _EVENING else time(10), zone)
    return EventDetails(title, kind, starts_at, starts_at + length)


def next_edition(details: EventDetails, own: tzinfo, today: date) -> EventDetails:
    """A proposal for the next edition: 52 weeks on, which keeps the weekday, and the year in the title turned over.

    A one-to-one comes again two weeks on. A day that has passed moves on by the same step. Local hours stay what they
    are across a clock change. Aim, zone, place and link are kept; outcome, notes and source are not.
    """
    zone = times.zone_named(details.time_zone, own)
    first, last = times.days_of(details, own)
    step = timedelta(weeks=2 if details.kind is EventKind.ONE_TO_ONE else 52)
    shift = step
    while first + shift < today:
        shift += step
    if details.all_day:
        starts_at, ends_at = times.whole_days(first + shift, last + shift, zone)
    else:
        start = details.starts_at.astimezone(zone)
        starts_at = times.at(first + shift, start.time(), zone)
        ends_at = starts_at + (details.ends_at - details.starts_at)
    years = (first + shift).year - first.year
    return replace(
        details,
        title=_turned_over(details.title, first.year, years),
        starts_at=starts_at,
        ends_at=ends_at,
        state=EventState.PLANNED,
        outcome="",
        notes="",
        source="",
    )


def _turned_over(title: str, year: int, years: int) -> str:
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + years), title)
