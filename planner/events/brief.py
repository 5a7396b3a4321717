"""The brief: what is printed of an event, or sent to the phone. One content, from which PDF and HTML are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from planner.contacts.records import ContactDetails, Photo, Role
from planner.events import readiness, speech, times
from planner.events.records import Attendance, EventFile, Outcome, Part, PreparationKind, Session, Wish


@dataclass(frozen=True, slots=True)
class BriefSession:
    """One item of the agenda. `time` is in the event's zone, "" where none is known."""

    time: str
    title: str
    place: str = ""
    speakers: str = ""
    marked: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class BriefDay:
    """A day of the agenda; "" heads what has no time yet."""

    heading: str
    sessions: tuple[BriefSession, ...]


@dataclass(frozen=True, slots=True)
class BriefPitch:
    """The pitch, and how long it takes in words."""

    text: str
    audience: str
    time: str


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A line of preparation, ticked or not, with the answer noted to it."""

    text: str
    done: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Lines of one kind. `to_tick` says that they are to be ticked off on paper."""

    heading: str
    lines: tuple[BriefLine, ...]
    to_tick: bool = True


@dataclass(frozen=True, slots=True)
class BriefPerson:
    """One person: who they are, what to respect, what is known and prepared. `research` is Markdown."""

    name: str
    line: str = ""
    chips: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    research: str = ""
    sections: tuple[BriefSection, ...] = ()
    reach: tuple[str, ...] = ()
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """All that stands in a brief. `made` is UTC, `notes` Markdown."""

    title: str
    kind: str
    when: str
    place: str
    link: str
    aim: str
    notes: str
    pitch: BriefPitch | None
    to_do: tuple[str, ...]
    days: tuple[BriefDay, ...]
    people: tuple[BriefPerson, ...]
    made: datetime
    language: str = "en"
    author: str = ""


def compose(
    file: EventFile,
    contacts: Mapping[int, ContactDetails],
    *,
    own: tzinfo,
    made: datetime,
    words_a_minute: int,
    photos: Mapping[str, Photo] | None = None,
    owed: Mapping[int, tuple[str, ...]] | None = None,
    author: str = "",
) -> Brief:
    """The content of an event's brief.

    `contacts` are the details of those who attend, by number; `photos` go by their hash; `owed` says what is promised,
    either way. People without a wish are left out unless nobody else is there; the agenda is `chosen_sessions`.
    """
    details = file.event.details
    people = file.wanted or file.attendances
    return Brief(
        title=details.title,
        kind=details.kind.value,
        when=times.when_words(details, own, year=True),
        place=details.place,
        link=details.link,
        aim=details.aim,
        notes=details.notes,
        pitch=_pitch(file, words_a_minute),
        to_do=tuple(item.text for item in file.checklist if not item.done),
        days=_days(chosen_sessions(file.agenda, {person.contact_id for person in people}), file.zone),
        people=tuple(
            _person(
                person,
                file,
                contacts.get(person.contact_id, ContactDetails()),
                (photos or {}).get(person.photo or ""),
                (owed or {}).get(person.contact_id, ()),
            )
            for person in people
        ),
        made=made,
        author=author,
    )


def chosen_sessions(agenda: Iterable[Session], contact_ids: Collection[int]) -> tuple[Session, ...]:
    """The sessions worth paper: those marked and those where somebody to meet speaks; all, where none is marked."""
    present = tuple(item for item in agenda if not item.gone or item.marked)
    if not any(item.marked for item in present):
        return present
    return tuple(
        item for item in present if item.marked or any(speaker.contact_id in contact_ids for speaker in item.speakers)
    )


def _pitch(file: EventFile, words_a_minute: int) -> BriefPitch | None:
    if file.pitch is None or not file.pitch.text.strip():
        return None
    spoken = speech.speaking_time(file.pitch.text, file.pitch.target_seconds, words_a_minute)
    return BriefPitch(file.pitch.text.strip(), file.pitch.audience, str(spoken))


def _days(sessions: Iterable[Session], zone: tzinfo) -> tuple[BriefDay, ...]:
    def day_of(item: Session) -> date | None:
        return item.starts_at.astimezone(zone).date() if item.starts_at else None

    return tuple(
        BriefDay("" if day is None else times.day_words(day), tuple(_session(item, zone) for item in items))
        for day, items in groupby(sessions, key=day_of)
    )


def _session(item: Session, zone: tzinfo) -> BriefSession:
    time = times.clock_words(item.starts_at, zone) if item.starts_at else ""
    if time and item.ends_at:
        time = f"{time}–{times.clock_words(item.ends_at, zone)}"
    return BriefSession(
        time=time,
        title=item.title,
        place=", ".join(part for part in (item.room, item.track) if part),
        speakers=", ".join(speaker.name for speaker in item.speakers),
        marked=item.marked,
        notes=item.notes,
    )


def _person(
    person: Attendance, file: EventFile, details: ContactDetails, photo: Photo | None, owed: tuple[str, ...]
) -> BriefPerson:
    kind = file.event.details.kind
    by_kind = {
        section: tuple(BriefLine(item.text, item.done, item.answer) for item in person.items if item.kind is section)
        for section in PreparationKind
    }
    order = readiness.sections(kind, person.roles)
    order += tuple(section for section in PreparationKind if section not in order)
    return BriefPerson(
        name=person.name,
        line=", ".join(part for part in (person.title, person.organisation) if part),
        chips=_chips(person),
        facts=(*((person.note,) if person.note else ()), *(_speaks(item, file.zone) for item in person.sessions)),
        careful=_careful(details),
        owed=owed,
        research=person.research,
        sections=tuple(
            BriefSection(readiness.TITLES[section], by_kind[section], section is not PreparationKind.COMMON_GROUND)
            for section in order
            if by_kind[section]
        ),
        reach=(*(email.address for email in details.emails[:1]), *(phone.number for phone in details.phones[:1])),
        photo=photo,
    )


def _chips(person: Attendance) -> tuple[str, ...]:
    wish = {Wish.MUST: "Must meet", Wish.WOULD: "", Wish.NONE: ""}[person.wish]
    outcome = {Outcome.MET: "Met", Outcome.MISSED: "Missed", Outcome.UNKNOWN: ""}[person.outcome]
    part = {Part.SPEAKER: "Speaker", Part.HOST: "Host", Part.ATTENDEE: ""}[person.part]
    roles = (role.value.capitalize() for role in person.roles if role is not Role.OTHER)
    tie = f"{person.tie.value.capitalize()} tie" if person.tie else ""
    return tuple(chip for chip in (outcome, wish, part, *roles, tie, *person.tags) if chip)


def _speaks(item: Session, zone: tzinfo) -> str:
    when = ""
    if item.starts_at:
        day = times.day_words(item.starts_at.astimezone(zone).date(), month=False)
        when = f"{day}, {times.clock_words(item.starts_at, zone)}"
    return " · ".join(part for part in (f"Speaks: {item.title}", when, item.room) if part)


def _careful(details: ContactDetails) -> tuple[str, ...]:
    boundary = details.boundary
    lines = []
    if boundary.topics_off.strip():
        lines.append(f"Keep off: {boundary.topics_off.strip()}")
    if boundary.no_asks:
        lines.append("Ask for nothing")
    if boundary.expectations.strip():
        lines.append(f"Agreed: {boundary.expectations.strip()}")
    return tuple(lines)
