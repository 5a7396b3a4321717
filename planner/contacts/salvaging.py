"""Putting aside single values that can't be kept, so that they don't cost the contact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.contacts import checking
from planner.contacts.records import ContactDetails
from planner.errors import Invalid


def salvaged(details: ContactDetails) -> tuple[ContactDetails, tuple[str, ...]]:
    """The details without values that can't be kept, and those in words; they also stand at the end of the notes."""
    aside: list[str] = []
    changed: dict[str, object] = {}
    for field, (check, label) in checking.CHECKS.items():
        values = getattr(details, field)
        good = tuple(value for value in values if _passes(check, value))
        if len(good) != len(values):
            changed[field] = good
            aside += [f"{label} “{_raw(value)}”" for value in values if value not in good and _raw(value)]
    if details.time_zone and not checking.is_zone(details.time_zone.strip()):
        changed["time_zone"] = ""
        aside.append(f"Time zone “{_raw(details.time_zone)}”")
    if not changed:
        return details, ()
    if aside:
        changed["notes"] = "\n".join(part for part in (details.notes.rstrip(), *aside) if part)
    return replace(details, **changed), tuple(aside)  # type: ignore[arg-type]  # names of fields, with their own values


def _passes(check: Callable[[object], object], value: object) -> bool:
    try:
        check(value)
    except Invalid:
        return False
    return True


def _raw(value: object) -> str:
    for name in ("address", "number", "url", "value"):
        if isinstance(text := getattr(value, name, None), str):
            return _printable(text)
    return _printable(value) if isinstance(value, str) else ""


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text.strip())[:200]
