"""How an introduction moves on: each side is asked before the other learns of it, it is made, and looked back upon.

Asking both sides first (the "double opt-in" of professional etiquette) means that nobody has to refuse in front of the
other. The second side is asked only after the first has said yes. Where somebody else is to introduce you, that person
is asked, may say no, and is thanked. These functions are pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.followups.wording import plain_date
from planner.relations.records import Consent, Introduction, IntroductionState, PersonRef

#: How long an answer may take before you ask after it, and how long after an introduction to ask what came of it.
ANSWER_DAYS = 7
OUTCOME_DAYS = 21

_REFUSALS = ("no", "not", "declined", "refused", "rather not")


class Step(StrEnum):
    """What is to be done next for an introduction: the first six for one that you make, the others for one you ask
    somebody else for. Both end with what came of it."""

    ASK_A = "ask a"
    HEAR_A = "hear a"
    ASK_B = "ask b"
    HEAR_B = "hear b"
    MAKE = "make"
    OUTCOME = "outcome"
    ASK_INTRODUCER = "ask introducer"
    HEAR_INTRODUCER = "hear introducer"
    AWAIT = "await"
    THANK = "thank"


#: Steps that wait for what somebody else does.
WAITING = frozenset((Step.HEAR_A, Step.HEAR_B, Step.HEAR_INTRODUCER, Step.AWAIT))


def next_step(introduction: Introduction) -> Step | None:
    """What comes next; None once it is closed or declined, and where somebody else introduces two others."""
    it = introduction
    if it.state is not IntroductionState.OPEN or (it.introducer is None) == (it.b is None):
        return None
    if it.introducer is not None:
        return _next_asked_for(it)
    if it.made_on is not None:
        return None if it.outcome else Step.OUTCOME
    if it.a_consent is Consent.UNKNOWN:
        return Step.ASK_A if it.a_asked_on is None else Step.HEAR_A
    if it.b_consent is Consent.UNKNOWN:
        return Step.ASK_B if it.b_asked_on is None else Step.HEAR_B
    return Step.MAKE


def _next_asked_for(it: Introduction) -> Step | None:
    if it.made_on is not None:
        if it.thanked_on is None:
            return Step.THANK
        return None if it.outcome else Step.OUTCOME
    if it.introducer_consent is Consent.UNKNOWN:
        return Step.ASK_INTRODUCER if it.introducer_asked_on is None else Step.HEAR_INTRODUCER
    return Step.AWAIT


def due(step: Step, introduction: Introduction, today: date, room_from: date | None = None) -> date:
    """The day a step is due: asking, making and thanking at once, the rest after a decent while.

    `room_from` is the first day on which the introducer may be asked again; a later one puts that question off.
    """
    match step:
        case Step.HEAR_A:
            return (introduction.a_asked_on or today) + timedelta(days=ANSWER_DAYS)
        case Step.HEAR_B:
            return (introduction.b_asked_on or today) + timedelta(days=ANSWER_DAYS)
        case Step.HEAR_INTRODUCER:
            return (introduction.introducer_asked_on or today) + timedelta(days=ANSWER_DAYS)
        case Step.AWAIT:
            return today + timedelta(days=ANSWER_DAYS)
        case Step.OUTCOME:
            return (introduction.made_on or today) + timedelta(days=OUTCOME_DAYS)
        case Step.ASK_INTRODUCER:
            return max(today, room_from or today)
        case _:
            return today


def title(step: Step, introduction: Introduction) -> str:
    """The step in words, for the person it is addressed to (see `addressed`)."""
    a = introduction.a.name
    b = introduction.b.name if introduction.b else a
    match step:
        case Step.ASK_A:
            return f"Ask about an introduction to {b}"
        case Step.HEAR_A:
            return f"Hear back about meeting {b}"
        case Step.ASK_B:
            return f"Ask about an introduction to {a}"
        case Step.HEAR_B:
            return f"Hear back about meeting {a}"
        case Step.MAKE:
            return f"Introduce to {b}"
        case Step.OUTCOME:
            return f"Ask how meeting {b} went" if introduction.b else f"Note what came of meeting {a}"
        case Step.ASK_INTRODUCER:
            return f"Ask for an introduction to {a}"
        case Step.HEAR_INTRODUCER:
            return f"Hear back about an introduction to {a}"
        case Step.AWAIT:
            return f"Look out for the introduction to {a}"
        case Step.THANK:
            return f"Thank for the introduction to {a}"


def addressed(step: Step, introduction: Introduction) -> tuple[int, ...]:
    """The contacts a step is about, the one it is addressed to first."""
    it = introduction
    match step:
        case Step.ASK_A | Step.HEAR_A:
            return (it.a.id,)
        case Step.ASK_B | Step.HEAR_B if it.b is not None:
            return (it.b.id,)
        case Step.ASK_INTRODUCER | Step.HEAR_INTRODUCER | Step.AWAIT | Step.THANK if it.introducer is not None:
            return (it.introducer.id,)
        case _:
            return (it.a.id,) if it.b is None else (it.a.id, it.b.id)


def reason(step: Step, introduction: Introduction) -> str:
    """Why the step is due, as a short clause."""
    it = introduction
    because = f"reason: {it.reason}" if it.reason else ""
    match step:
        case Step.MAKE:
            said = "both said yes"
        case Step.HEAR_A | Step.HEAR_B | Step.HEAR_INTRODUCER:
            asked = _asked_on(step, it)
            said = f"asked on {plain_date(asked)}, no answer yet" if asked else ""
        case Step.AWAIT if it.introducer is not None:
            said = f"{it.introducer.name} said yes"
        case Step.THANK if it.made_on is not None:
            said = f"introduced you on {plain_date(it.made_on)}"
        case _:
            said = ""
    return " · ".join(part for part in (said, because) if part)


def consent_in(words: str) -> Consent:
    """The answer that a line about it tells: "no, too busy" is a no; anything else, and nothing at all, is a yes."""
    folded = words.strip().casefold()
    first = folded.split(maxsplit=1)[0].strip(",.;:!") if folded else ""
    return Consent.NO if first in _REFUSALS or folded.startswith(_REFUSALS[-1]) else Consent.YES


# --- where it stands, at a glance


class MarkState(StrEnum):
    """Where one of an introduction's steps stands."""

    DONE = "done"
    WAITING = "waiting"
    NEXT = "next"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the four steps that are shown of an introduction; `days` counts how long it has been waited for."""

    words: str
    state: MarkState
    days: int = 0

    def __str__(self) -> str:
        if self.state is MarkState.DONE:
            return f"{self.words} ✓"
        if self.state is MarkState.WAITING:
            return f"{self.words} – waiting {self.days} {'day' if self.days == 1 else 'days'}"
        return self.words


def marks(introduction: Introduction, today: date) -> tuple[Mark, ...]:
    """The steps at a glance: asked A, asked B, made, outcome; or, asked for: asked, introduced, thanked, outcome."""
    it = introduction
    return tuple(_asked_for_marks(it, today) if it.introducer is not None else _made_marks(it, today))


def _made_marks(it: Introduction, today: date) -> Iterator[Mark]:
    step = next_step(it)
    yield _asked(it.a, it.a_asked_on, it.a_consent, today, is_next=step is Step.ASK_A)
    if it.b is not None:
        yield _asked(it.b, it.b_asked_on, it.b_consent, today, is_next=step is Step.ASK_B)
    yield _mark("made", it.made_on is not None, is_next=step is Step.MAKE)
    yield _mark("outcome", bool(it.outcome), is_next=step is Step.OUTCOME)


def _asked_for_marks(it: Introduction, today: date) -> Iterator[Mark]:
    assert it.introducer is not None
    step = next_step(it)
    if it.introducer_asked_on is not None or it.made_on is None:
        asked = step is Step.ASK_INTRODUCER
        yield _asked(it.introducer, it.introducer_asked_on, it.introducer_consent, today, is_next=asked)
    yield _mark("introduced", it.made_on is not None, is_next=step is Step.AWAIT)
    yield _mark("thanked", it.thanked_on is not None, is_next=step is Step.THANK)
    yield _mark("outcome", bool(it.outcome), is_next=step is Step.OUTCOME)


def _asked(person: PersonRef, on: date | None, consent: Consent, today: date, *, is_next: bool) -> Mark:
    name = first_name(person)
    if consent is Consent.NO:
        return Mark(f"{name} said no", MarkState.REFUSED)
    if consent is Consent.YES:
        return Mark(f"asked {name}", MarkState.DONE)
    if on is not None:
        return Mark(f"asked {name}", MarkState.WAITING, max(0, (today - on).days))
    return Mark(f"ask {name}", MarkState.NEXT if is_next else MarkState.LATER)


def _mark(words: str, done: bool, *, is_next: bool) -> Mark:
    return Mark(words, MarkState.DONE if done else MarkState.NEXT if is_next else MarkState.LATER)


def first_name(person: PersonRef) -> str:
    """What fits into a line of steps."""
    return person.name.split(maxsplit=1)[0] if person.name.strip() else "someone"


def stuck(introduction: Introduction, today: date, planned_on: date | None = None) -> str:
    """Why an introduction does not move, in words; "" while it does.

    One that waits for somebody else is stuck from the day on which the follow-up to ask after it is late. Whatever you
    are to do yourself may be late for a week. `planned_on` is the day that follow-up stands on; without one, it is the
    day it would have been given.
    """
    it, step = introduction, next_step(introduction)
    if step is None:
        return ""
    since = _since(step, it)
    wait = OUTCOME_DAYS if step is Step.OUTCOME else ANSWER_DAYS if step in WAITING else 0
    expected_on = planned_on or since + timedelta(days=wait)
    if today <= expected_on + timedelta(days=0 if step in WAITING else ANSWER_DAYS):
        return ""
    days = (today - since).days
    match step:
        case Step.HEAR_A:
            return f"{it.a.name} has not answered for {days} days"
        case Step.HEAR_B:
            return f"{it.b.name if it.b else ''} has not answered for {days} days"
        case Step.HEAR_INTRODUCER:
            return f"{it.introducer.name if it.introducer else ''} has not answered for {days} days"
        case Step.MAKE:
            return "both said yes, and it is not made yet"
        case Step.AWAIT:
            return "a yes, and no introduction yet"
        case Step.THANK:
            return f"not thanked yet, {days} days on"
        case Step.OUTCOME:
            return f"made {days} days ago, and nothing heard since"
        case _:
            return f"nobody asked for {days} days"


def _since(step: Step, it: Introduction) -> date:
    asked = _asked_on(step, it)
    latest = max(day for day in (it.created_on, it.a_asked_on, it.b_asked_on, it.introducer_asked_on) if day)
    return asked or (it.made_on if step in (Step.THANK, Step.OUTCOME) and it.made_on else latest)


def _asked_on(step: Step, it: Introduction) -> date | None:
    return {
        Step.HEAR_A: it.a_asked_on,
        Step.HEAR_B: it.b_asked_on,
        Step.HEAR_INTRODUCER: it.introducer_asked_on,
    }.get(step)
