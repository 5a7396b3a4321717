"""What a typed sentence was understood to say, as frozen values with their places in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Protocol

from planner.followups.records import FollowUpKind
from planner.relations.records import Direction, ExchangeKind, InteractionKind, PersonRef, PromiseSide


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the sentence, from `start` up to `end`, in characters."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether any character is in both."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


class PartKind(StrEnum):
    """What a part of the sentence was understood as."""

    KIND = "kind"
    PERSON = "person"
    WHEN = "when"
    MINUTES = "minutes"
    EVENT = "event"
    PLACE = "place"
    PROMISE = "promise"
    EXCHANGE = "exchange"
    FOLLOW_UP = "follow-up"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A contact whose name fits some words. `score` is 0 to 100; 100 means that every word is a word of the name."""

    id: int
    name: str
    organisation: str = ""
    title: str = ""
    score: float = 100.0
    here: bool = False  # attends the event that is being written about

    @property
    def ref(self) -> PersonRef:
        """The contact alone."""
        return PersonRef(self.id, self.name)


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event whose title fits some words; days in its own zone, both included."""

    id: int
    title: str
    first_day: date
    last_day: date


class Lookups(Protocol):
    """What understanding a sentence asks of the person's data."""

    def people(self, words: str, limit: int, *, fuzzy: bool = False) -> tuple[FoundPerson, ...]:
        """Contacts with a name that has all these words (100) or words that begin so (95); the likeliest first.

        With `fuzzy`, also names that are only nearly the same, with a score below 95.
        """

    def events(self, words: str, limit: int) -> tuple[FoundEvent, ...]:
        """Events whose title has words that begin so, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the sentence is typed: on a person's page, or an event's. These take part without being named.

    With `only_unnamed` the people do so only where the sentence names nobody: they just happen to be shown there.
    """

    people: tuple[PersonRef, ...] = ()
    event: FoundEvent | None = None
    only_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """Someone who took part. `chosen` is None for a new contact, who will be called `new_name`.

    `sure` is False where another candidate fits as well, or the name was only nearly the same: worth a look before
    saving.
    `span` is None for someone the context brought or the person added by hand.
    """

    key: str
    chosen: PersonRef | None
    new_name: str = ""
    organisation: str = ""
    email: str = ""
    candidates: tuple[FoundPerson, ...] = ()
    sure: bool = True
    span: Span | None = None

    @property
    def name(self) -> str:
        """The name to show."""
        return self.chosen.name if self.chosen else self.new_name


@dataclass(frozen=True, slots=True)
class OwedPart:
    """A promise. `due_on` None: no day was named. `people` empty: it is with everyone the sentence is about."""

    key: str
    span: Span
    side: PromiseSide
    text: str
    due_on: date | None = None
    people: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangePart:
    """Value that changed hands. `people` empty: with everyone the sentence is about."""

    key: str
    span: Span
    direction: Direction
    kind: ExchangeKind
    text: str
    link: str = ""
    people: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpPart:
    """Something to do later. `dated` is False where no day was named and one was proposed.

    `people` empty: it is for everyone the sentence is about.
    """

    key: str
    span: Span
    kind: FollowUpKind
    title: str
    due_on: date
    due_time: time | None = None
    dated: bool = True
    people: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the sentence and what it was taken for. With `kept` its words also stay in the note."""

    kind: PartKind
    span: Span
    key: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Who a name in the sentence stands for: a contact, or, with None, somebody new."""

    person: PersonRef | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the person set right by hand. It holds while they go on typing, for as long as the words are there.

    `choices`, `due`, `sides` and `directions` are by the key of the part. Parts in `left_out` are not understood: their
    words stay in the note. `no_event` and `minutes=0` take away what the sentence or the context brought.
    """

    kind: InteractionKind | None = None
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    event: FoundEvent | None = None
    no_event: bool = False
    choices: dict[str, Choice] = field(default_factory=dict)
    also: tuple[PersonRef, ...] = ()
    left_out: frozenset[str] = frozenset()
    due: dict[str, date | None] = field(default_factory=dict)
    sides: dict[str, PromiseSide] = field(default_factory=dict)
    directions: dict[str, Direction] = field(default_factory=dict)

    def choose(self, key: str, person: PersonRef | None) -> Corrections:
        """This name means that contact; None for a new one."""
        return replace(self, choices={**self.choices, key: Choice(person)}, left_out=self.left_out - {key})

    def leave_out(self, key: str) -> Corrections:
        """Take these words as plain text, and this person as not having been there."""
        return replace(self, left_out=self.left_out | {key}, also=tuple(p for p in self.also if person_key(p) != key))

    def set_due(self, key: str, day: date | None) -> Corrections:
        """Another day for a promise or a follow-up."""
        return replace(self, due={**self.due, key: day})

    def set_side(self, key: str, side: PromiseSide) -> Corrections:
        """The promise is mine, or theirs."""
        return replace(self, sides={**self.sides, key: side})

    def set_direction(self, key: str, direction: Direction) -> Corrections:
        """The value was given, or received."""
        return replace(self, directions={**self.directions, key: direction})

    def add_person(self, person: PersonRef) -> Corrections:
        """Somebody took part whom the sentence does not name."""
        return replace(
            self,
            also=(*(p for p in self.also if p.id != person.id), person),
            left_out=self.left_out - {person_key(person)},
        )


@dataclass(frozen=True, slots=True)
class Understanding:
    """A sentence and what it says.

    `kind` None: nothing happened that would be logged, only promises, follow-ups or tags. `kind_guessed` is True where
    no word named it. `on` and `at` are in the person's zone. `text` is what stays as the note: every word that no part
    took.
    """

    sentence: str
    today: date
    kind: InteractionKind | None
    kind_guessed: bool = False
    people: tuple[Who, ...] = ()
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    event: FoundEvent | None = None
    place: str = ""
    promises: tuple[OwedPart, ...] = ()
    exchanges: tuple[ExchangePart, ...] = ()
    follow_ups: tuple[FollowUpPart, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def logs(self) -> bool:
        """Whether an interaction will be logged."""
        return self.kind is not None

    @property
    def missing(self) -> str:
        """What is needed before it can be saved: "what", "who", or nothing."""
        if not (self.logs or self.promises or self.follow_ups or (self.tags and self.people)):
            return "what"
        if any(part.kind is FollowUpKind.OFFER and not (part.people or self.people) for part in self.follow_ups):
            return "who"
        needs_people = self.logs or self.promises or self.exchanges or self.tags
        return "who" if needs_people and not self.people else ""


def person_key(person: PersonRef) -> str:
    """The key of somebody who is not named in the sentence."""
    return f"person:#{person.id}"


#: Typed on no page in particular, and corrected by nobody.
NOWHERE = Context()
AS_READ = Corrections()
