"""Adding what a card says to a contact that is here already: nothing that stands there is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from planner.contacts.keys import email_key, link_key, phone_key
from planner.contacts.records import ContactDetails
from planner.folding import fold

T = TypeVar("T")

_TEXTS = ("nickname", "phonetic", "pronouns", "organisation", "department", "title", "field", "time_zone")
_NAMES = ("prefix", "given", "additional", "family", "suffix")
_LISTS: dict[str, Callable[[Any], object]] = {
    "emails": lambda email: email_key(email.address),
    "phones": lambda phone: phone_key(phone.number) or "".join(char for char in phone.number if char.isdigit())[-9:],
    "links": lambda link: link_key(link.url),
    "addresses": lambda address: fold(f"{address.street}{address.postcode}{address.city}"),
    "dates": lambda date: (date.kind, date.year, date.month, date.day),
    "roles": lambda role: role,
    "tags": fold,
    "extras": lambda extra: (extra.name, extra.value, extra.params),
}


def added(known: ContactDetails, new: ContactDetails) -> ContactDetails:
    """The known details with what is new: empty fields are filled, values added, and what differs is noted below."""
    changed: dict[str, Any] = {}
    notes = [known.notes] if known.notes else []
    for name in _TEXTS:
        mine, theirs = getattr(known, name), getattr(new, name)
        if theirs and not mine:
            changed[name] = theirs
        elif theirs and fold(theirs) != fold(mine):
            notes.append(f"{name.replace('_', ' ').capitalize()}: {theirs}")
    if not any(getattr(known, name) for name in (*_NAMES, "name")):
        changed.update({name: getattr(new, name) for name in (*_NAMES, "name")})
    elif new.shown_name and fold(new.shown_name) not in (fold(known.shown_name), fold(new.organisation)):
        notes.append(f"Also: {new.shown_name}")
    for name, key in _LISTS.items():
        changed[name] = _together(getattr(known, name), getattr(new, name), key)
    notes += [part for line in new.notes.split("\n\n") if (part := line.strip()) and part not in known.notes]
    if new.photo and not known.photo:
        changed["photo"] = new.photo
    return replace(known, notes="\n\n".join(notes), **changed)


def adds_nothing(known: ContactDetails, new: ContactDetails) -> bool:
    """Whether all that the new details say stands in the known ones already."""
    return added(known, new) == replace(known, notes=known.notes)


def agree(known: ContactDetails, new: ContactDetails) -> bool:
    """Whether nothing in one contradicts the other: then the one can be filled from the other."""
    for name in (*_TEXTS, *_NAMES):
        mine, theirs = fold(getattr(known, name)), fold(getattr(new, name))
        if mine and theirs and mine != theirs:
            return False
    return fold(known.shown_name) == fold(new.shown_name)


def _together(mine: Iterable[T], theirs: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    kept = list(mine)
    there = {key(one) for one in kept}
    for one in theirs:
        if key(one) not in there:
            there.add(key(one))
            kept.append(one)
    return tuple(kept)
