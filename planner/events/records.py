"""Events and what is prepared for them, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from planner.contacts.records import Role, Tie


class EventKind(StrEnum):
    """What sort of meeting it is."""

    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    MIXER = "mixer"
    MEETUP = "meetup"
    ORGANISATION_MEETING = "organisation meeting"
    INFORMATIONAL_INTERVIEW = "informational interview"
    ONE_TO_ONE = "one-to-one"


class EventState(StrEnum):
    """Where an event stands."""

    PLANNED = "planned"
    WRAPPED_UP = "wrapped up"
    CALLED_OFF = "called off"


class Wish(StrEnum):
    """How much you want to meet someone there."""

    MUST = "must"
    WOULD = "would"
    NONE = ""


class Part(StrEnum):
    """What someone does at the event."""

    SPEAKER = "speaker"
    HOST = "host"
    ATTENDEE = "attendee"


class Outcome(StrEnum):
    """Whether you met."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = ""


class PreparationKind(StrEnum):
    """What a line of preparation is. The last three are the standing sections of a talk with a superior."""

    COMMON_GROUND = "common ground"
    TALKING_POINT = "talking point"
    QUESTION = "question"
    UPDATE = "update to give"
    FEEDBACK = "feedback to ask"
    EXPECTATION = "expectation agreed"


@dataclass(frozen=True, slots=True)
class EventDetails:
    """All that can be edited of an event itself.

    `starts_at` and `ends_at` (exclusive) are aware; `time_zone` is an IANA name, "" for the person's own. For
    `all_day` events both are midnights in that zone.
    """

    title: str
    kind: EventKind
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False
    time_zone: str = ""
    place: str = ""
    link: str = ""
    aim: str = ""
    notes: str = ""
    outcome: str = ""
    state: EventState = EventState.PLANNED
    plan_id: int | None = None
    pitch_id: int | None = None
    previous_id: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event."""

    id: int
    uid: str
    details: EventDetails
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as printed, and the contact it is, if known."""

    name: str
    contact_id: int | None = None
    external_id: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """All that can be edited of an item of the agenda. Moments are aware. `speakers` are names as printed."""

    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    track: str = ""
    abstract: str = ""
    link: str = ""
    marked: bool = False
    notes: str = ""
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """An item of the agenda. Times are UTC, None where the schedule gives none."""

    id: int
    event_id: int
    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    track: str = ""
    abstract: str = ""
    link: str = ""
    marked: bool = False
    notes: str = ""
    external_id: str = ""
    gone: bool = False
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparationItem:
    """One line of preparation."""

    id: int
    kind: PreparationKind
    text: str
    done: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How well a meeting is prepared: `state` is "ready", "started" or "not started"; `missing` names what lacks."""

    state: str
    missing: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Nothing lacks."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class EventReadiness:
    """How well a whole event is prepared, counted over the people to meet. `pitch_seconds` None: no pitch yet."""

    people: int = 0
    ready: int = 0
    researched: int = 0
    without_questions: int = 0
    pitch_seconds: int | None = None
    checked: int = 0
    to_check: int = 0

    @property
    def share(self) -> float:
        """How much is done, 0 to 1: the people's share, or that of "Before you go" where nobody is to be met."""
        done, of = (self.ready, self.people) if self.people else (self.checked, self.to_check)
        return done / of if of else 0.0

    def __str__(self) -> str:
        parts = []
        if self.people:
            parts.append(f"{self.researched} of {self.people} {'person' if self.people == 1 else 'people'} researched")
        if self.pitch_seconds is not None:
            parts.append(f"pitch {self.pitch_seconds} s")
        if self.without_questions:
            parts.append(
                f"{self.without_questions} {'question' if self.without_questions == 1 else 'questions'} missing"
            )
        if not parts and self.to_check:
            parts.append(f"{self.checked} of {self.to_check} things done")
        return " · ".join(parts) or "Nothing prepared yet"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A contact at an event, with what is prepared and what came of it."""

    id: int
    event_id: int
    contact_id: int
    name: str
    title: str
    organisation: str
    wish: Wish
    part: Part
    outcome: Outcome
    readiness: Readiness
    photo: str | None = None
    roles: tuple[Role, ...] = ()
    tags: tuple[str, ...] = ()
    tie: Tie | None = None
    said: str = ""
    note: str = ""
    research: str = ""
    items: tuple[PreparationItem, ...] = ()
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of "Before you go"."""

    id: int
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class PitchVersion:
    """An earlier text of a pitch; `at` is UTC."""

    id: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Pitch:
    """An elevator pitch. Times in seconds."""

    id: int
    audience: str
    text: str
    target_seconds: int
    updated_at: datetime
    versions: tuple[PitchVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the list of events. `first_day` and `last_day` are in the event's zone; counts are of people."""

    id: int
    details: EventDetails
    first_day: date
    last_day: date
    people: int = 0
    must: int = 0
    met: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Another edition of the same event, by number and title."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class EventFile:
    """An event with everything that is known of it, read in one go. `zone` is the zone its times are shown in."""

    event: Event
    zone: tzinfo
    attendances: tuple[Attendance, ...]
    agenda: tuple[Session, ...]
    checklist: tuple[ChecklistItem, ...]
    pitch: Pitch | None
    readiness: EventReadiness
    previous: Edition | None = None
    following: Edition | None = None

    @property
    def wanted(self) -> tuple[Attendance, ...]:
        """The people to meet."""
        return tuple(attendance for attendance in self.attendances if attendance.wish is not Wish.NONE)


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question ready to be asked. `id` is None for those that come with the program. `role` "" suits everyone."""

    text: str
    role: str = ""
    id: int | None = None
