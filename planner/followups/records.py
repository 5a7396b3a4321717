"""Follow-ups, plans and templates, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from planner.contacts.records import Role, Tie


class FollowUpKind(StrEnum):
    """What is to be done. The value is what the chip in the queue says, in lower case."""

    PROMISE = "promise"
    THANK_YOU = "thank-you"
    CHECK_IN = "check-in"
    INTRODUCTION = "introduction"
    CELEBRATE = "celebrate"
    CONNECT = "connect"
    RESOURCE = "resource"
    INVITE = "invite"
    REQUEST = "request"
    PREPARE = "prepare"
    REMINDER = "reminder"
    OFFER = "offer"
    OTHER = "other"


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FollowUpDetails:
    """All that can be edited of a follow-up.

    `due_time` is a time of that day in `time_zone` ("" for the person's own); None means any time. `remind_minutes`
    is how long before it to be reminded; None leaves it to the settings.
    """

    kind: FollowUpKind
    title: str
    due_on: date
    contact_ids: tuple[int, ...] = ()
    due_time: time | None = None
    time_zone: str = ""
    remind_minutes: int | None = None
    why: str = ""
    message_subject: str = ""
    message: str = ""
    event_id: int | None = None
    promise_id: int | None = None
    introduction_id: int | None = None
    milestone_id: int | None = None
    template_id: int | None = None
    origin: str = ""
    origin_key: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpPerson:
    """What the queue needs to know of a person. `last_interaction_at` is UTC; `rhythm_days` is what holds, own or
    by role."""

    id: int
    name: str
    title: str = ""
    organisation: str = ""
    roles: tuple[Role, ...] = ()
    tie: Tie | None = None
    matters: bool = False
    rhythm_days: int | None = None
    last_interaction_at: datetime | None = None
    quiet_until: date | None = None
    no_asks: bool = False
    photo: str | None = None
    preferred_channel: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One stored follow-up. Moments are UTC."""

    id: int
    uid: str
    details: FollowUpDetails
    state: FollowUpState
    people: tuple[FollowUpPerson, ...]
    snoozes: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    event_title: str = ""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One follow-up of a plan, `days` after the plan's date."""

    kind: FollowUpKind
    title: str
    days: int
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps that create follow-ups from a date."""

    id: int
    name: str
    steps: tuple[PlanStep, ...]
    builtin: str = ""
    event_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A message with placeholders. `kind` is the follow-up it suits, None for any."""

    id: int
    name: str
    kind: FollowUpKind | None
    subject: str
    body: str
    builtin: str = ""
