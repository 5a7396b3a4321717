"""What still lacks before a meeting. Pure rules over what is prepared.

Someone is ready to be met when you have read about them, have something to start from, and know what to ask. A
one-to-one with a superior is another talk: what you report, what you want to hear, and a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from planner.contacts.records import Role
from planner.events.records import (
    Attendance,
    ChecklistItem,
    EventKind,
    EventReadiness,
    PreparationItem,
    PreparationKind,
    Readiness,
    Wish,
)

READY, STARTED, NOT_STARTED = "ready", "started", "not started"

RESEARCH = "research"
GROUND = "common ground"
QUESTIONS = "questions"
UPDATES = "updates"
FEEDBACK = "feedback to ask"

#: Roles whose one-to-ones have standing sections.
SUPERIOR = frozenset({Role.MANAGER, Role.MENTOR, Role.SPONSOR})

STANDING = (PreparationKind.UPDATE, PreparationKind.FEEDBACK, PreparationKind.EXPECTATION)

#: How each kind of preparation is headed.
TITLES = {
    PreparationKind.COMMON_GROUND: "Common ground",
    PreparationKind.TALKING_POINT: "Talking points",
    PreparationKind.QUESTION: "Questions to ask",
    PreparationKind.UPDATE: "Updates to give",
    PreparationKind.FEEDBACK: "Feedback to ask",
    PreparationKind.EXPECTATION: "Expectations agreed",
}


def is_superior(roles: Collection[Role]) -> bool:
    """Whether one of the roles is a manager's, a mentor's or a sponsor's."""
    return not SUPERIOR.isdisjoint(roles)


def has_standing_sections(kind: EventKind, roles: Collection[Role]) -> bool:
    """Whether the talk has updates to give, feedback to ask and expectations agreed."""
    return kind is EventKind.ONE_TO_ONE and is_superior(roles)


def sections(kind: EventKind, roles: Collection[Role]) -> tuple[PreparationKind, ...]:
    """What is prepared for someone, in the order in which it stands on the screen and in the brief."""
    ground, points, questions = (
        PreparationKind.COMMON_GROUND,
        PreparationKind.TALKING_POINT,
        PreparationKind.QUESTION,
    )
    if has_standing_sections(kind, roles):
        return (*STANDING, questions, points, ground)
    if kind in (EventKind.INFORMATIONAL_INTERVIEW, EventKind.ONE_TO_ONE):
        return ground, questions, points
    return ground, points, questions


def readiness(
    *, kind: EventKind, roles: Collection[Role], research: str, items: Iterable[PreparationItem]
) -> Readiness:
    """What lacks for one person, in the order in which one would do it."""
    there = {item.kind for item in items if item.text.strip()}
    researched = bool(research.strip())
    missing: list[str] = []
    if has_standing_sections(kind, roles):
        if PreparationKind.UPDATE not in there:
            missing.append(UPDATES)
        if PreparationKind.FEEDBACK not in there:
            missing.append(FEEDBACK)
    else:
        if not researched:
            missing.append(RESEARCH)
        if there.isdisjoint({PreparationKind.COMMON_GROUND, PreparationKind.TALKING_POINT}):
            missing.append(GROUND)
    if PreparationKind.QUESTION not in there:
        missing.append(QUESTIONS)
    if not missing:
        return Readiness(READY)
    return Readiness(STARTED if there or researched else NOT_STARTED, tuple(missing))


def event_readiness(
    attendances: Sequence[Attendance], checklist: Sequence[ChecklistItem], pitch_seconds: int | None
) -> EventReadiness:
    """How well an event is prepared, counted over the people you want to meet."""
    wanted = [attendance for attendance in attendances if attendance.wish is not Wish.NONE]
    return EventReadiness(
        people=len(wanted),
        ready=sum(attendance.readiness.ready for attendance in wanted),
        researched=sum(RESEARCH not in attendance.readiness.missing for attendance in wanted),
        without_questions=sum(QUESTIONS in attendance.readiness.missing for attendance in wanted),
        pitch_seconds=pitch_seconds,
        checked=sum(item.done for item in checklist),
        to_check=len(checklist),
    )
