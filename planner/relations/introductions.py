"""How an introduction moves on: each side is asked before the other learns of it, it is made, and looked back upon.

Asking both sides first (the "double opt-in" of professional etiquette) means that nobody has to refuse in front of the
other. The second side is asked only after the first has said yes. These functions are pure.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from planner.relations.records import Consent, Introduction, IntroductionState

#: How long an answer may take before you ask after it, and how long after an introduction to ask what came of it.
ANSWER_DAYS = 7
OUTCOME_DAYS = 21

_REFUSALS = ("no", "not", "declined", "refused", "rather not")


class Step(StrEnum):
    """What is to be done next for an introduction that you make."""

    ASK_A = "ask a"
    HEAR_A = "hear a"
    ASK_B = "ask b"
    HEAR_B = "hear b"
    MAKE = "make"
    OUTCOME = "outcome"


def next_step(introduction: Introduction) -> Step | None:
    """What comes next; None once it is closed or declined, and where somebody else introduces or you are one side."""
    it = introduction
    if it.state is not IntroductionState.OPEN or it.introducer is not None or it.b is None:
        return None
    if it.made_on is not None:
        return None if it.outcome else Step.OUTCOME
    if it.a_consent is Consent.UNKNOWN:
        return Step.ASK_A if it.a_asked_on is None else Step.HEAR_A
    if it.b_consent is Consent.UNKNOWN:
        return Step.ASK_B if it.b_asked_on is None else Step.HEAR_B
    return Step.MAKE


def due(step: Step, introduction: Introduction, today: date) -> date:
    """The day a step is due: asking and making at once, the rest after a decent while."""
    match step:
        case Step.HEAR_A:
            return (introduction.a_asked_on or today) + timedelta(days=ANSWER_DAYS)
        case Step.HEAR_B:
            return (introduction.b_asked_on or today) + timedelta(days=ANSWER_DAYS)
        case Step.OUTCOME:
            return (introduction.made_on or today) + timedelta(days=OUTCOME_DAYS)
        case _:
            return today


def title(step: Step, introduction: Introduction) -> str:
    """The step in words, for the person it is addressed to (see `addressed`)."""
    assert introduction.b is not None
    a, b = introduction.a.name, introduction.b.name
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
            return f"Ask how meeting {b} went"


def addressed(step: Step, introduction: Introduction) -> tuple[int, ...]:
    """The contacts a step is about, the one it is addressed to first."""
    assert introduction.b is not None
    match step:
        case Step.ASK_A | Step.HEAR_A:
            return (introduction.a.id,)
        case Step.ASK_B | Step.HEAR_B:
            return (introduction.b.id,)
        case _:
            return (introduction.a.id, introduction.b.id)


def reason(step: Step, introduction: Introduction) -> str:
    """Why the step is due, as a short clause."""
    because = f"reason: {introduction.reason}" if introduction.reason else ""
    said = "both said yes" if step is Step.MAKE else ""
    return " · ".join(part for part in (said, because) if part)


def consent_in(words: str) -> Consent:
    """The answer that a line about it tells: "no, too busy" is a no; anything else, and nothing at all, is a yes."""
    folded = words.strip().casefold()
    first = folded.split(maxsplit=1)[0].strip(",.;:!") if folded else ""
    return Consent.NO if first in _REFUSALS or folded.startswith(_REFUSALS[-1]) else Consent.YES
