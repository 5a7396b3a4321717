"""Message templates filled in with invented people, so that an edit shows at once what will be written."""

from __future__ import annotations

from dataclasses import dataclass

from planner.followups.messages import (
    EventWords,
    LastWords,
    PersonWords,
    Placeholders,
    PromiseWords,
    TemplateFault,
    placeholder_names,
)
from planner.followups.rendering import render
from planner.settings.records import Me

_MEANINGS = {
    "contact.name": "Full name",
    "contact.first": "Given name or nickname",
    "other.name": "The second person, as in an introduction",
    "sender.name": "Your name",
    "sender.signature": "Your signature",
    "event.title": "The event you met at",
    "promise.text": "What was promised",
    "last.date": "When you were last in touch",
    "reason": "Why now",
    "names": "Everyone it is for",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A template filled in, or the fault that keeps it from being."""

    subject: str = ""
    body: str = ""
    fault: TemplateFault | None = None


def placeholders() -> tuple[tuple[str, str], ...]:
    """Every placeholder as it is written, "{{ contact.first }}", and what it stands for."""
    return tuple((f"{{{{ {name} }}}}", _meaning(name)) for name in placeholder_names())


def preview(name: str, subject: str, body: str, me: Me = Me()) -> Preview:  # noqa: B008  frozen
    """A template as it would read for somebody invented; never raises."""
    filled = _invented(me)
    try:
        return Preview(" ".join(render(name, subject, filled).split()), render(name, body, filled))
    except TemplateFault as fault:
        return Preview(fault=fault)


def _meaning(name: str) -> str:
    if name in _MEANINGS:
        return _MEANINGS[name]
    whose, _, part = name.partition(".")
    owner = {"contact": "Their", "other": "The second person’s", "sender": "Your", "event": "The event’s"}
    words = part.replace("_", " ")
    return f"{owner.get(whose, f'The {whose}’s')} {words}"


def _invented(me: Me) -> Placeholders:
    return Placeholders(
        contact=PersonWords(
            "Ingrid Vale", "Ingrid", "Vale", "Board member", "Sable", "batteries", "ingrid@sable.example",
            "+46 8 123 45 67", "https://sable.example",
        ),
        other=PersonWords(
            "Kofi Danso", "Kofi", "Danso", "Product lead", "Mirrus", "logistics", "kofi@mirrus.example",
            "+49 30 123 45 67", "https://mirrus.example",
        ),
        sender=PersonWords(
            me.name or "Ada Ek",
            (me.name or "Ada").split(maxsplit=1)[0],
            "",
            me.title or "Engineering manager",
            me.organisation or "Brightwire",
            "",
            me.email or "ada@brightwire.example",
            me.phone,
            me.link,
            me.signature or f"Best wishes,\n{me.name or 'Ada'}",
        ),
        event=EventWords("EuroPython 2027", "conference", "Kraków", "14 July", "https://europython.example"),
        promise=PromiseWords("the retention paper", "30 June", "9 July"),
        last=LastWords("30 June", "Talked about battery recycling", "Berlin"),
        reason="you both work on battery recycling",
        names="Ingrid Vale",
    )  # fmt: skip
