"""What was read from a card, as frozen values: lines, fields with their confidence, readings."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from planner.contacts.records import ContactDetails, ParsedContact, Photo
from planner.followups.records import FollowUpDetails
from planner.relations.drafts import ExchangeDraft, PromiseDraft

#: From this confidence on a field is shown as certain.
SURE = 0.8


class FieldKind(StrEnum):
    """What a field of a card is."""

    NAME = "name"
    TITLE = "title"
    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"


class ReadingKind(StrEnum):
    """Where a reading came from."""

    PHOTO = "photo"
    QR = "qr"
    VCARD = "vcard"
    CSV = "csv"
    TEXT = "text"


class CardState(StrEnum):
    """Where a card of the inbox stands."""

    WAITING = "waiting"
    SAVED = "saved"
    SKIPPED = "skipped"


Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on the upright picture: four corners in pixels, clockwise from where its text begins."""

    corners: tuple[Point, Point, Point, Point]

    @classmethod
    def upright(cls, left: int, top: int, right: int, bottom: int) -> Box:
        """A box whose sides are parallel to the picture's."""
        return cls(((left, top), (right, top), (right, bottom), (left, bottom)))

    @classmethod
    def around(cls, boxes: list[Box]) -> Box:
        """The upright box around several."""
        xs = [x for box in boxes for x, _ in box.corners]
        ys = [y for box in boxes for _, y in box.corners]
        return cls.upright(min(xs), min(ys), max(xs), max(ys))

    @property
    def left(self) -> int:
        """The leftmost pixel."""
        return min(x for x, _ in self.corners)

    @property
    def top(self) -> int:
        """The topmost pixel."""
        return min(y for _, y in self.corners)

    @property
    def width(self) -> int:
        """Of the upright box around it."""
        return max(x for x, _ in self.corners) - self.left

    @property
    def height(self) -> int:
        """Of the upright box around it."""
        return max(y for _, y in self.corners) - self.top

    @property
    def letters(self) -> float:
        """The height of its letters: from where its text begins down to the corner below."""
        (ax, ay), _, _, (dx, dy) = self.corners
        return math.hypot(dx - ax, dy - ay)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its corners."""
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    def moved(self, dx: int, dy: int) -> Box:
        """The same box elsewhere."""
        a, b, c, d = ((x + dx, y + dy) for x, y in self.corners)
        return Box((a, b, c, d))

    @property
    def direction(self) -> int:
        """Where its text runs, to the nearest quarter: 0 to the right, 90 down, 180 to the left, 270 up."""
        (ax, ay), (bx, by), *_ = self.corners
        if abs(bx - ax) >= abs(by - ay):
            return 0 if bx >= ax else 180
        return 90 if by >= ay else 270

    def turned(self, degrees: int, size: tuple[int, int]) -> Box:
        """The same box on a picture of `size` that is turned clockwise by 90, 180 or 270 degrees."""
        width, height = size

        def at(x: int, y: int) -> Point:
            return {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}.get(degrees, (x, y))

        a, b, c, d = (at(x, y) for x, y in self.corners)
        return Box((a, b, c, d))

    def scaled(self, factor: float) -> Box:
        """The same box on a picture of another size."""
        a, b, c, d = ((round(x * factor), round(y * factor)) for x, y in self.corners)
        return Box((a, b, c, d))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was read.

    `confidence` is the reader's, 0 to 1; `again` is what a second look at it read (None: it had none), and where the
    two differ neither can be trusted.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    again: str | None = None


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of a card. `label` is the kind of phone or link; `doubt` says in a few words why it may be wrong."""

    kind: FieldKind
    value: str
    confidence: float = 1.0
    label: str = ""
    box: Box | None = None
    doubt: str = ""

    @property
    def sure(self) -> bool:
        """Whether it may be shown as certain."""
        return self.confidence >= SURE and not self.doubt

    def corrected(self, value: str) -> ReadField:
        """The field as a person has put it right: certain."""
        return replace(self, value=value, confidence=1.0, doubt="")


@dataclass(frozen=True, slots=True)
class Note:
    """A line that fits no field."""

    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One card that was read.

    `position` is its 1-based place in its source. `base` holds what the fields can't (of a vCard: dates, other
    properties); the fields go over it. `picture` is the cleaned photo and `size` the pixels its boxes are counted in;
    `region` is the part of it that this card takes. `photo` is a picture of the person. `codes` are the texts of QR
    and bar codes, as read. `about` says what it is in a word or two ("vCard 3.0"). `apart` are the ids of contacts that
    the person has said it is not of.
    """

    source: str
    kind: ReadingKind
    fields: tuple[ReadField, ...] = ()
    notes: tuple[Note, ...] = ()
    position: int = 1
    base: ContactDetails | None = None
    uid: str = ""
    photo: Photo | None = None
    picture: Photo | None = None
    size: tuple[int, int] = (0, 0)
    region: Box | None = None
    codes: tuple[str, ...] = ()
    about: str = ""
    source_text: str = ""
    advice: str = ""
    apart: tuple[int, ...] = ()

    def values(self, kind: FieldKind) -> list[str]:
        """The values of one kind."""
        return [field.value for field in self.fields if field.kind is kind]

    @property
    def name(self) -> str:
        """What to call it in a list."""
        for kind in (FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK):
            if found := self.values(kind):
                return found[0]
        if self.base is not None and self.base.shown_name:
            return self.base.shown_name
        return next(iter(self.codes), "")

    @property
    def doubtful(self) -> tuple[ReadField, ...]:
        """The fields to check."""
        return tuple(field for field in self.fields if not field.sure)


@dataclass(frozen=True, slots=True)
class FilePerson:
    """Someone out of a file of contacts. `about` says what kind of file it is in a word or two ("LinkedIn CSV")."""

    source: str
    kind: ReadingKind
    parsed: ParsedContact
    about: str = ""

    @property
    def position(self) -> int:
        """Their 1-based place in the source."""
        return self.parsed.position

    @property
    def source_text(self) -> str:
        """What was read."""
        return self.parsed.source_text


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be read: where it stood, why, and its text, so that nothing is lost."""

    source: str
    position: int
    reason: str
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the inbox. `picture` is the hash of its stored picture."""

    id: int
    reading: Reading
    state: CardState
    created_at: datetime
    contact_id: int | None = None
    event_id: int | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line of the inbox: `about` is what it is and what is left to do ("photo · 2 fields to check")."""

    id: int
    name: str
    kind: ReadingKind
    about: str
    to_check: int = 0
    like: int | None = None


@dataclass(frozen=True, slots=True)
class InboxCount:
    """How many cards wait, and how many that came with them, or came today, are done."""

    waiting: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A follow-up that a plan proposes. `index` is its place in the plan."""

    index: int
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where and when you met the person of a card, and what came of it.

    `event_id` or None; `where` is free text; `on` the day, None for the event's day or today. `said` is what they said;
    `promises` and `exchanges` what was promised and given. `plan_id` is the plan that makes follow-ups and `steps` the
    places of those wanted, None for all.
    """

    event_id: int | None = None
    where: str = ""
    on: date | None = None
    said: str = ""
    promises: tuple[PromiseDraft, ...] = ()
    exchanges: tuple[ExchangeDraft, ...] = ()
    follow_ups: tuple[FollowUpDetails, ...] = ()
    plan_id: int | None = None
    steps: tuple[int, ...] | None = None

    @property
    def happened(self) -> bool:
        """Whether there is anything to log."""
        return bool(
            self.event_id is not None
            or self.where.strip()
            or self.said.strip()
            or self.on is not None
            or self.promises
            or self.exchanges
        )
