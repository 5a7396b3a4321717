"""Messages, and what the placeholders of their templates stand for. `rendering` fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from planner.errors import UserError


@dataclass
class TemplateFault(UserError):
    """A template that can't be filled in: which line, and why, as a short clause."""

    name: str
    line: int
    reason: str

    what: ClassVar[str] = "The template “{name}” does not work: line {line}, {reason}."
    safe: ClassVar[str] = "Your messages are as they were."
    advice: ClassVar[str] = "Correct it in the settings, or restore the one it came with."


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A contact, or yourself, in a template. `first` is the given name, or the whole name where none is known."""

    name: str = ""
    first: str = ""
    family: str = ""
    title: str = ""
    organisation: str = ""
    field: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""
    signature: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event in a template; false where there is none. `date` is in words."""

    title: str = ""
    kind: str = ""
    place: str = ""
    date: str = ""
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.title)


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What was promised; false where nothing was. Dates are in words."""

    text: str = ""
    made_on: str = ""
    due_on: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class LastWords:
    """The last time you were in touch; false where you never were. `date` is in words."""

    date: str = ""
    text: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.date)


@dataclass(frozen=True, slots=True)
class Placeholders:
    """Everything a template may name. `other` is the second person, such as the one to be introduced."""

    contact: PersonWords = PersonWords()
    other: PersonWords = PersonWords()
    sender: PersonWords = PersonWords()
    event: EventWords = EventWords()
    promise: PromiseWords = PromiseWords()
    last: LastWords = LastWords()
    reason: str = ""
    names: str = ""

    def mapping(self) -> Mapping[str, Any]:
        """By name, as Jinja2 takes them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be edited or sent. `to` is an address, "" where none is known."""

    subject: str
    body: str
    to: str = ""
    to_name: str = ""
    cc: tuple[tuple[str, str], ...] = field(default=())


def placeholder_names() -> tuple[str, ...]:
    """Every placeholder, as written in a template: "contact.first", "event.title", …"""
    names: list[str] = []
    for name, value in Placeholders().mapping().items():
        parts = getattr(value, "__dataclass_fields__", None)
        names += [f"{name}.{part}" for part in parts] if parts else [name]
    return tuple(names)
