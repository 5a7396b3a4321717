"""What Insights shows, as frozen values. Every figure carries the numbers of the people behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.contacts.records import Tie
from planner.insights.diversity import Diversity
from planner.insights.layout import Positions
from planner.insights.periods import Period

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TieBalance:
    """Strong and weak ties today.

    Granovetter ("The Strength of Weak Ties", 1973) knows these two kinds: strong ties support, and share what you know
    already; weak ones reach into circles that are not yours and bring what is new. So a medium tie counts as weak
    here. People with whom nothing has happened yet and whose tie nobody has set are neither. `suggested` counts the
    strong ties that were judged from the history because none was set.
    """

    strong: Ids
    weak: int
    new_weak: Ids
    suggested: int
    not_yet: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Who of those with a rhythm was in touch within it. Somebody never yet in touch counts from being added."""

    on_time: Ids
    late: Ids

    @property
    def percent(self) -> int | None:
        """The share on time, rounded; None where nobody has a rhythm."""
        total = len(self.on_time) + len(self.late)
        return round(100 * len(self.on_time) / total) if total else None


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """What a promise of mine comes to: kept or not, made and closed when, due when. `kept` None: still open."""

    contact_id: int
    made_on: date
    due_on: date | None
    closed_on: date | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class PromisesKept:
    """My promises that came to an end in a period, or were due in it and are late.

    `median_days` from making to keeping; None where none was kept.
    """

    kept: Ids
    not_kept: Ids
    count_kept: int
    count: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Something your network lacks: `strong` words first, the rest of the sentence, and why it matters.

    `people` are behind it, or, where they are many, the `group` (a "field" or an "organisation", and its name). `find`:
    nobody is, and the goal's page tells how to find somebody.
    """

    strong: str
    rest: str
    why: str
    people: Ids = ()
    group: tuple[str, str] | None = None
    find: bool = False


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """An event and what came of it: whom you met, whom you were in touch with after it, and what that led to, with
    whom."""

    id: int
    title: str
    day: date
    met: Ids
    followed_up: Ids
    led_to: str
    led_people: Ids = ()


@dataclass(frozen=True, slots=True)
class MonthBalance:
    """Value given and received in a month."""

    year: int
    month: int
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class Group:
    """A field or an organisation: its share of those whose is known, and its number of people."""

    name: str
    share: float
    people: int


@dataclass(frozen=True, slots=True)
class Insights:
    """One page of figures over a period. `introductions`: how many you made, and how many others made for you."""

    period: Period
    contacts: int
    ties: TieBalance
    rhythm: Rhythm
    promises: PromisesKept
    blind_spots: tuple[BlindSpot, ...]
    events: tuple[EventOutcome, ...]
    months: tuple[MonthBalance, ...]
    gave_to: Ids
    received_from: Ids
    fields: Diversity
    field_groups: tuple[Group, ...]
    organisations: Diversity
    organisation_groups: tuple[Group, ...]
    introductions: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """A person on the map. `group` is a place in `Network.groups`; `suggested`: nobody has set the tie."""

    id: int
    name: str
    organisation: str
    field: str
    group: int
    tie: Tie
    suggested: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The map: people, their places in a disc of radius 1 around you, and who knows whom (places in `nodes`)."""

    nodes: tuple[Node, ...]
    positions: Positions
    edges: tuple[tuple[int, int], ...]
    groups: tuple[str, ...]
    left_out: int = 0
