"""What typed words can become: an interaction logged, a new contact, event or follow-up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to make of words; `action` is the command that makes one without them, `kind` the page for it."""

    action: str
    kind: str
    verb: str
    asked_by: tuple[str, ...]
    icon: str


LOG = Offer("quick-entry", "", "Log", ("log",), "pencil")
OFFERS = (
    LOG,
    Offer("new-contact", "contacts", "New contact", ("new contact", "new person", "add"), "user-plus"),
    Offer("new-event", "events", "New event", ("new event",), "calendar-plus"),
    Offer(
        "new-followup", "followups", "New follow-up", ("new follow-up", "new followup", "remind me to"), "list-checks"
    ),
)


def asked(text: str) -> tuple[Offer | None, str]:
    """The offer that the words begin with, and the words after it; None and all words where they name none."""
    typed = text.strip()
    for offer in OFFERS:
        for words in offer.asked_by:
            rest = typed[len(words) :]
            if typed.casefold().startswith(words) and rest[:1].isspace():
                return offer, rest.strip()
    return None, typed
