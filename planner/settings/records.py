"""The settings, each with its default. One frozen record; a change of any of them is one undoable command."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from planner.contacts.records import Role
from planner.followups.records import FollowUpKind

#: How often to be in touch, in days, where a contact has no rhythm of their own.
#: Close working relationships fade within weeks, weak ties are kept by a sign of life a few times a year.
RHYTHM_BY_ROLE = {
    Role.MENTOR: 28,
    Role.SPONSOR: 42,
    Role.PEER: 56,
    Role.INDUSTRY_LEADER: 90,
    Role.COLLEAGUE: 42,
    Role.MANAGER: 14,
    Role.REPORT: 14,
    Role.RECRUITER: 182,
    Role.CLIENT: 56,
    Role.FRIEND: 56,
}


@dataclass(frozen=True, slots=True)
class Me:
    """The person who uses Rapport: the sender of messages, and the card others scan."""

    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    title: str = ""
    link: str = ""
    country: str = ""  # ISO 3166 alpha-2: how phone numbers without a country code are read
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen.

    `reminder_hour` is when a follow-up without a time stands in the calendar, `reminder_minutes` how long before it
    the alarm rings, `duration_minutes` how long it lasts there. `day_capacity` and `week_capacity` are follow-ups a
    day and a week. `rhythms` and `longest` are days by role: how often, and the longest silence that is still fine,
    where a contact has none of their own. `minutes` are what a follow-up of a kind takes, where you know better.
    `asks_a_month` is how often one person may be asked for an introduction within thirty days. `theme` is "system",
    "light" or "dark"; `font_scale` a factor. `calendar_folder` is where the calendar file that is always current
    stands, "" for none.
    """

    me: Me = Me()
    reminder_hour: time = time(9, 0)
    reminder_minutes: int = 15
    duration_minutes: int = 15
    calendar_as: str = "event"
    day_capacity: int = 5
    week_capacity: int = 20
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    hours_from: time = time(9, 0)
    hours_to: time = time(17, 0)
    rhythms: dict[Role, int] = field(default_factory=lambda: dict(RHYTHM_BY_ROLE))
    longest: dict[Role, int] = field(default_factory=dict)
    minutes: dict[FollowUpKind, int] = field(default_factory=dict)
    speaking_words_a_minute: int = 140
    theme: str = "system"
    font_scale: float = 1.0
    asks_a_month: int = 2
    list_columns: tuple[str, ...] = ()
    vcard_version: str = "3.0"
    calendar_folder: str = ""
