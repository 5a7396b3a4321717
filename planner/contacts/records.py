"""What a contact is, as frozen values. Screens, files and the store all speak in these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# Han, kana and Hangul, as names hold them.
_EAST_ASIAN = re.compile(r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]+")


def is_east_asian(name: str) -> bool:
    """Whether a name is written in a script that sets the family name first."""
    return _EAST_ASIAN.fullmatch(name) is not None


class Role(StrEnum):
    """What someone is to you."""

    MENTOR = "mentor"
    SPONSOR = "sponsor"
    PEER = "peer"
    INDUSTRY_LEADER = "industry leader"
    COLLEAGUE = "colleague"
    MANAGER = "manager"
    REPORT = "report"
    RECRUITER = "recruiter"
    CLIENT = "client"
    FRIEND = "friend"
    OTHER = "other"


class Tie(StrEnum):
    """How strong a relationship is."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class DateKind(StrEnum):
    """What a date of a contact marks."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    WORK_ANNIVERSARY = "work anniversary"
    OTHER = "other"


class Channel(StrEnum):
    """How to reach someone."""

    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    VIDEO = "video"
    IN_PERSON = "in person"


@dataclass(frozen=True, slots=True)
class Email:
    """An email address as written. `label` is "work", "home" or the person's own word."""

    address: str
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as written. `label` is "mobile", "work", "home", "fax", "pager" or the person's own word."""

    number: str
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in the parts of RFC 6350 section 6.3.1."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    po_box: str = ""
    extended: str = ""
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A web page or a profile. `label` is "website", "linkedin", "mastodon", "github" … or the person's own word."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the year, or the month and day, may be unknown (RFC 6350 section 4.3.1)."""

    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class VCardProperty:
    """A vCard property without a field of its own here. `params` in order, names in upper case; `value` is raw text."""

    name: str
    value: str
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it came: its bytes and media type ("image/jpeg")."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """What to respect. Hours are HH:MM in the contact's own time zone."""

    preferred_channel: str = ""
    hours_from: str = ""
    hours_to: str = ""
    quiet_until: date | None = None
    topics_off: str = ""
    no_asks: bool = False
    expectations: str = ""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Everything about a person that can be edited, imported and exported.

    `name` is the name as shown (vCard FN); empty means: made from the parts. `rhythm_days` is how often you mean to
    be in touch; None leaves it to the role, 0 means no rhythm. `longest_days` is the longest silence that is still
    fine. `research`, `notes` and `remember` are Markdown. `looking_for` and `can_offer` say, parted by commas, what
    would help them and what they could do for others. `photo` is the hash of a stored picture (see `Photo`).
    """

    name: str = ""
    prefix: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    phonetic: str = ""
    pronouns: str = ""
    organisation: str = ""
    department: str = ""
    title: str = ""
    field: str = ""
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    roles: tuple[Role, ...] = ()
    tags: tuple[str, ...] = ()
    tie: Tie | None = None
    rhythm_days: int | None = None
    longest_days: int | None = None
    matters: bool = False
    time_zone: str = ""
    notes: str = ""
    remember: str = ""
    research: str = ""
    looking_for: str = ""
    can_offer: str = ""
    boundary: Boundary = Boundary()
    photo: str | None = None
    extras: tuple[VCardProperty, ...] = ()

    @property
    def shown_name(self) -> str:
        """The name as given, else from the parts, else the organisation, an email address or a phone number."""
        return self.name.strip() or self.made_name

    @property
    def made_name(self) -> str:
        """The name that is shown where none was given."""
        parts = (self.prefix, self.given, self.additional, self.family, self.suffix)
        if self.family and self.given and not self.family.isascii() and is_east_asian(self.family + self.given):
            parts = (self.prefix, self.family, self.given, self.additional, self.suffix)
        found = " ".join(filter(None, parts)).strip() or self.nickname.strip() or self.organisation.strip()
        if found:
            return found
        if self.emails:
            return self.emails[0].address
        return self.phones[0].number if self.phones else ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One stored person. `last_interaction_at` is a moment in UTC."""

    id: int
    uid: str
    details: ContactDetails
    created_at: datetime
    updated_at: datetime
    last_interaction_at: datetime | None = None
    interactions: int = 0

    @property
    def name(self) -> str:
        """The name to show."""
        return self.details.shown_name


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of the People list.

    `rhythm_days` is what holds, the contact's own or the one of a role; `drifting` that it has been overrun by far.
    `due_on` is when the first open follow-up is due. `email` and `phone` are the preferred ones, else the first.
    """

    id: int
    name: str
    organisation: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    roles: tuple[Role, ...] = ()
    tags: tuple[str, ...] = ()
    tie: Tie | None = None
    matters: bool = False
    rhythm_days: int | None = None
    last_interaction_at: datetime | None = None
    interactions: int = 0
    due_on: date | None = None
    drifting: bool = False
    quiet_until: date | None = None
    photo: str | None = None


class Sort(StrEnum):
    """An order of the People list. The value is what the menu says."""

    BEST = "best match"
    NAME = "name"
    ORGANISATION = "organisation"
    LAST_SEEN = "last in touch"
    DUE = "next due"
    ADDED = "newest"
    CHANGED = "last changed"


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many wear it."""

    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A search of the People list that was given a name."""

    id: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class SimilarContact:
    """A contact that may be the same person as another, and why: "same email address". `likeness` is 0 to 100."""

    row: ContactRow
    reason: str
    likeness: float


@dataclass(frozen=True, slots=True)
class ParsedContact:
    """A person read from a file, not yet stored. `position` is the 1-based place in it; `source_text` is what was read.

    `photo` holds the picture's bytes until the person is saved. `doubts` says, for the names of fields, why they
    may be wrong.
    """

    details: ContactDetails
    uid: str = ""
    photo: Photo | None = None
    position: int = 1
    source_text: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FailedItem:
    """A part of a file that could not be read: where it stood, why, and its text, so that nothing is lost."""

    position: int
    reason: str
    source_text: str
