"""The history of a relationship, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class InteractionKind(StrEnum):
    """How you were in touch."""

    MET = "met"
    CALL = "call"
    VIDEO = "video"
    EMAIL = "email"
    MESSAGE = "message"
    LETTER = "letter"
    SOCIAL = "social"


class Direction(StrEnum):
    """Which way value, or a promise, goes."""

    GIVEN = "given"
    RECEIVED = "received"


class ExchangeKind(StrEnum):
    """The form value takes."""

    INTRODUCTION = "introduction"
    RESOURCE = "resource"
    ADVICE = "advice"
    REVIEW = "review"
    REFERRAL = "referral"
    OPPORTUNITY = "opportunity"
    SUPPORT = "support"
    ENDORSEMENT = "endorsement"
    CONGRATULATION = "congratulation"


class PromiseSide(StrEnum):
    """Who owes."""

    MINE = "mine"
    THEIRS = "theirs"


class PromiseState(StrEnum):
    """Whether a promise is open, was kept, or was let go."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class MilestoneKind(StrEnum):
    """A reason to celebrate."""

    NEW_JOB = "new job"
    PROMOTION = "promotion"
    AWARD = "award"
    WORK_ANNIVERSARY = "work anniversary"
    BIRTHDAY = "birthday"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A contact by number and shown name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something that happened. `at` is UTC; without `has_time` only its date in the person's zone is known."""

    id: int
    uid: str
    kind: InteractionKind
    at: datetime
    has_time: bool
    text: str
    contacts: tuple[PersonRef, ...]
    minutes: int | None = None
    place: str = ""
    private: bool = False
    event_id: int | None = None
    event_title: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Value given to a contact or received from one."""

    id: int
    contact: PersonRef
    direction: Direction
    kind: ExchangeKind
    on: date
    text: str = ""
    link: str = ""
    interaction_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed. A promise of mine has a follow-up while it is open."""

    id: int
    contact: PersonRef
    side: PromiseSide
    text: str
    made_on: date
    due_on: date | None
    state: PromiseState
    closed_on: date | None = None
    interaction_id: int | None = None
    event_id: int | None = None
    event_title: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated reason to celebrate."""

    id: int
    contact: PersonRef
    kind: MilestoneKind
    on: date
    text: str = ""
    state: str = "open"


class Consent(StrEnum):
    """What one side of an introduction answered."""

    UNKNOWN = ""
    YES = "yes"
    NO = "no"


class IntroductionState(StrEnum):
    """Where an introduction stands."""

    OPEN = "open"
    DECLINED = "declined"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two contacts made known to each other. `b` None: the other side is you. `introducer` None: you introduce.

    The introducer, where there is one, is asked first, and says yes or no like a side.
    """

    id: int
    a: PersonRef
    b: PersonRef | None
    introducer: PersonRef | None
    reason: str
    created_on: date
    a_asked_on: date | None = None
    a_consent: Consent = Consent.UNKNOWN
    b_asked_on: date | None = None
    b_consent: Consent = Consent.UNKNOWN
    made_on: date | None = None
    outcome: str = ""
    thanked_on: date | None = None
    state: IntroductionState = IntroductionState.OPEN
    introducer_asked_on: date | None = None
    introducer_consent: Consent = Consent.UNKNOWN


@dataclass(frozen=True, slots=True)
class ExchangeCount:
    """How often value of one kind went each way."""

    kind: ExchangeKind
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class GiveAndTake:
    """What went each way over a period; `kinds` with the most frequent first."""

    given: int = 0
    received: int = 0
    kinds: tuple[ExchangeCount, ...] = ()

    @property
    def total(self) -> int:
        """Both ways together."""
        return self.given + self.received
