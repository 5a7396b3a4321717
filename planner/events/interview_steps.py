"""Where an informational interview stands, and what comes next: records and rules, all pure.

The steps are those that career services teach for such talks (Bolles, "What Color Is Your Parachute?", calls it
informational interviewing): ask for little time and no job, agree a time, come with questions, write down what was
learned and whom they named, thank within a day or two, and ask to be introduced to those named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.relations.records import PersonRef


class Step(StrEnum):
    """A step of the flow. The value is what it is called on screen."""

    ASK = "Ask for it"
    HEAR = "Hear back, agree a time"
    PREPARE = "Choose questions"
    TALK = "Talk"
    LEARN = "Write down what you learned"
    THANK = "Say thank you"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the other side named. `contact_id` None: not in the contact book. `asked`: to be introduced."""

    id: int
    name: str
    about: str = ""
    contact_id: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """Where an interview stands. `declined` ends it; `questions` are how many are chosen, `held` whether you talked."""

    event_id: int
    title: str
    person: PersonRef | None
    starts_at: datetime
    asked_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    questions: int = 0
    held: bool = False
    learned: str = ""
    thanked_on: date | None = None
    named: tuple[Named, ...] = ()
    request_id: int | None = None
    thanks_id: int | None = None

    @property
    def declined(self) -> bool:
        """Whether it will not be."""
        return self.answer == "no"


def is_done(interview: Interview, step: Step) -> bool:
    """Whether a step is behind you. A later one that is done leaves no earlier one open: nobody nags about the past."""
    return list(Step).index(step) < _reached(interview)


def next_step(interview: Interview) -> Step | None:
    """The step to take now, None when all are done or it was declined."""
    at = _reached(interview)
    return None if interview.declined or at >= len(Step) else list(Step)[at]


def _reached(it: Interview) -> int:
    done = (
        it.asked_on is not None or bool(it.answer),
        it.answer == "yes",
        it.questions > 0,
        it.held,
        bool(it.learned.strip()),
        it.thanked_on is not None,
    )
    # Questions and notes may be left out by those who need none: only the last done counts.
    return max((place + 1 for place, each in enumerate(done) if each), default=0)
