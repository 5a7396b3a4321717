"""A relationship as a timeline: what one line of it is, and the words on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.relations.records import (
    Direction,
    Exchange,
    ExchangeKind,
    InteractionKind,
    Introduction,
    IntroductionState,
    Milestone,
    PersonRef,
    Promise,
    PromiseSide,
    PromiseState,
)


class StoryKind(StrEnum):
    """What an entry of the timeline is; its `id` is that record's."""

    INTERACTION = "interaction"
    EXCHANGE = "exchange"
    PROMISE = "promise"
    INTRODUCTION = "introduction"
    MILESTONE = "milestone"
    EVENT = "event"
    FOLLOWUP = "followup"


class Tone(StrEnum):
    """What a chip means; screens colour by it."""

    OWED = "owed"
    EXPECTED = "expected"
    KEPT = "kept"
    BROKEN = "broken"
    GIVEN = "given"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class StoryChip:
    """Something that came of an interaction, with the id of its promise or exchange."""

    text: str
    tone: Tone
    promise_id: int | None = None
    exchange_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One thing that happened, or was given, promised, celebrated.

    `on` is its date in the person's zone; `at` its moment in UTC where a time is known. `headline` goes after the date
    ("Call · 25 min"), `text` are the person's own words, `others` those who took part besides the contact asked about.
    """

    kind: StoryKind
    id: int
    on: date
    headline: str
    text: str = ""
    at: datetime | None = None
    chips: tuple[StoryChip, ...] = ()
    others: tuple[PersonRef, ...] = ()
    event_id: int | None = None
    private: bool = False


_INTERACTIONS = {
    InteractionKind.MET: "Met",
    InteractionKind.CALL: "Call",
    InteractionKind.VIDEO: "Video call",
    InteractionKind.EMAIL: "Email",
    InteractionKind.MESSAGE: "Message",
    InteractionKind.LETTER: "Letter",
    InteractionKind.SOCIAL: "Online",
}

_EXCHANGES = {
    ExchangeKind.INTRODUCTION: "an introduction",
    ExchangeKind.RESOURCE: "a resource",
    ExchangeKind.ADVICE: "advice",
    ExchangeKind.REVIEW: "a review",
    ExchangeKind.REFERRAL: "a referral",
    ExchangeKind.OPPORTUNITY: "an opportunity",
    ExchangeKind.SUPPORT: "support",
    ExchangeKind.ENDORSEMENT: "an endorsement",
    ExchangeKind.CONGRATULATION: "congratulations",
}


def interaction_headline(kind: InteractionKind, minutes: int | None, place: str, event_title: str) -> str:
    """ "Met at PyCon DE · hallway", "Call · 25 min"."""
    first = _INTERACTIONS[kind] + (f" at {event_title}" if event_title else "")
    return " · ".join(part for part in (first, f"{minutes} min" if minutes else "", place) if part)


def promise_headline(promise: Promise) -> str:
    """Who owes, or how it ended."""
    if promise.state is PromiseState.KEPT:
        return "Promise kept" if promise.side is PromiseSide.MINE else "They kept a promise"
    if promise.state is PromiseState.BROKEN:
        return "Promise let go" if promise.side is PromiseSide.MINE else "They did not keep a promise"
    return "You promised" if promise.side is PromiseSide.MINE else "They promised"


def promise_chip(promise: Promise) -> StoryChip:
    """The promise as a chip under the interaction it was made in."""
    tone = {PromiseState.KEPT: Tone.KEPT, PromiseState.BROKEN: Tone.BROKEN}.get(
        promise.state, Tone.OWED if promise.side is PromiseSide.MINE else Tone.EXPECTED
    )
    return StoryChip(f"{promise_headline(promise)}: {promise.text}", tone, promise_id=promise.id)


def exchange_headline(exchange: Exchange) -> str:
    """ "Gave advice", "Received an introduction"."""
    verb = "Gave" if exchange.direction is Direction.GIVEN else "Received"
    return f"{verb} {_EXCHANGES[exchange.kind]}"


def exchange_chip(exchange: Exchange) -> StoryChip:
    """The exchange as a chip under the interaction it was part of."""
    tone = Tone.GIVEN if exchange.direction is Direction.GIVEN else Tone.RECEIVED
    text = exchange_headline(exchange) + (f": {exchange.text}" if exchange.text else "")
    return StoryChip(text, tone, exchange_id=exchange.id)


def introduction_headline(introduction: Introduction, contact_id: int) -> str:
    """The introduction as seen from one contact's page."""
    it = introduction
    if it.introducer is not None:
        if it.introducer.id == contact_id:
            return f"Introduced {it.a.name} to {it.b.name if it.b else 'you'}"
        return f"Introduced to {'you' if it.b is None else _other(it, contact_id)} by {it.introducer.name}"
    if it.b is None:
        return "Got to know each other"
    verb = "Introduced to" if it.made_on else "Introduction planned with"
    if it.state is IntroductionState.DECLINED:
        verb = "No introduction to"
    return f"{verb} {_other(it, contact_id)}"


def milestone_headline(milestone: Milestone) -> str:
    """ "New job", "Award"."""
    return "Milestone" if milestone.kind.value == "other" else milestone.kind.value.capitalize()


def _other(introduction: Introduction, contact_id: int) -> str:
    if introduction.b is not None and introduction.b.id != contact_id:
        return introduction.b.name
    return introduction.a.name
