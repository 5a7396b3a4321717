"""From a follow-up to its message: the template that suits, filled in and addressed."""

from __future__ import annotations

from collections.abc import Sequence

from planner.followups.filling import Filling
from planner.followups.messages import Message, Placeholders
from planner.followups.records import FollowUp, FollowUpKind, Template
from planner.followups.rendering import render
from planner.settings.records import Me


def suiting(followup: FollowUp, known: Sequence[Template]) -> Template | None:
    """The template that suits a follow-up: the one chosen, else that of its step, else the first of its kind."""
    by_id = {each.id: each for each in known}
    if followup.details.template_id in by_id:
        return by_id[followup.details.template_id]
    by_key = {each.builtin: each for each in known if each.builtin}
    for key in _suiting(followup):
        if key in by_key:
            return by_key[key]
    return next((each for each in known if each.kind is followup.details.kind), None)


def filled_in(template: Template, filling: Filling, followup: FollowUp, me: Me) -> Message:
    """A template filled in; `me` is the sender. Raises TemplateFault with the line that does not work."""
    filled = filling.placeholders(followup, me)
    subject = " ".join(render(template.name, template.subject, filled).split())
    return _addressed(Message(subject, render(template.name, template.body, filled)), filled, followup)


def as_written(filling: Filling, followup: FollowUp, me: Me) -> Message:
    """What was written for a follow-up so far."""
    message = Message(followup.details.message_subject, followup.details.message)
    return _addressed(message, filling.placeholders(followup, me), followup)


#: The message for each step of an introduction.
_STEPS = {
    "ask a": "ask-first",
    "ask b": "ask-second",
    "hear a": "remind",
    "hear b": "remind",
    "make": "make",
    "ask introducer": "request",
    "hear introducer": "remind",
    "await": "remind",
    "thank": "thank",
    "outcome": "outcome",
}


def _suiting(followup: FollowUp) -> tuple[str, ...]:
    details = followup.details
    if details.introduction_id is not None:
        step = details.origin_key.rpartition(":")[2]
        return (f"introduction-{_STEPS[step]}",) if step in _STEPS else ("check-in",)
    if details.kind is FollowUpKind.CELEBRATE:
        return ("birthday" if "birthday" in f"{details.origin_key} {details.title}".casefold() else "congratulation",)
    return {
        FollowUpKind.PROMISE: ("promised-item",),
        FollowUpKind.THANK_YOU: ("thank-you",),
        FollowUpKind.INTRODUCTION: ("introduction-make" if len(followup.people) > 1 else "introduction-ask-first",),
    }.get(details.kind, ())


def _addressed(message: Message, filled: Placeholders, followup: FollowUp) -> Message:
    others = ((filled.other.name, filled.other.email),) if filled.other.email and len(followup.people) > 1 else ()
    return Message(message.subject, message.body, filled.contact.email, filled.contact.name, others)
