"""Whether what was entered can be kept, and in which form.

One-line texts are trimmed and lose line breaks, repeated tags are one, a name that only repeats its parts is left to
them. Nothing else is changed, and nothing is dropped: what can't be kept is refused by name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from planner.contacts.records import (
    Address,
    Boundary,
    Channel,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    Tie,
    VCardProperty,
)
from planner.errors import Invalid

#: Longer than any name, address or note a person would keep; a guard against files made to hurt.
LINE, TEXT, VALUES = 2_000, 1_000_000, 500
PROPERTY = 8_000_000

_LINES = {
    "name": "Name",
    "prefix": "Prefix",
    "given": "First name",
    "additional": "Middle name",
    "family": "Last name",
    "suffix": "Suffix",
    "nickname": "Nickname",
    "phonetic": "Spoken as",
    "pronouns": "Pronouns",
    "organisation": "Organisation",
    "department": "Department",
    "title": "Title",
    "field": "Field",
    "time_zone": "Time zone",
}
_line_values = attrgetter(*_LINES)
_TEXTS = {
    "notes": "Notes",
    "remember": "Remember",
    "research": "Research",
    "looking_for": "Looking for",
    "can_offer": "Can offer",
}

# C0 and C1 controls but tab and line breaks, and halves of characters that no file can hold.
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_EMAIL = re.compile(r"[^\s@]+(?:\"[^\"]*\")?@[^\s@]+|\"[^\"]+\"@[^\s@]+")
_SPACE = re.compile(r"\s")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

# What most values are. A look at these tells at once that nothing has to be done.
_PLAIN_EMAIL = re.compile(r"[!-?A-~]{1,300}@[!-?A-~]{1,300}")
_PLAIN_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./\-]{0,60}[0-9]")
_PLAIN_LINK = re.compile(r"[!-~]{1,2000}")

T = TypeVar("T")


def checked(details: ContactDetails) -> ContactDetails:
    """The details as they are kept. Raises Invalid with the name of the first field that can't be."""
    changed: dict[str, Any] = {}
    checks, values = (_BEYOND_LINES, _beyond_lines) if _lines_fit(details) else (_CHECKED, _fields)
    for (name, check, label), value in zip(checks, values(details), strict=True):
        if value:
            kept = check(value, label)
            if kept is not value:
                changed[name] = kept
    zone = changed.get("time_zone", details.time_zone)
    if zone and not is_zone(zone):
        raise Invalid("Time zone", f"“{zone}” is not one, as “Europe/Lisbon” is")
    days(details.rhythm_days, "Rhythm", least=0)
    days(details.longest_days, "Longest silence", least=1)
    if details.tie is not None and type(details.tie) is not Tie:
        changed["tie"] = Tie(details.tie)
    whole = replace(details, **changed) if changed else details
    if whole.name:
        return replace(whole, name="") if whole.name == whole.made_name else whole
    if not (whole.given or whole.family or whole.made_name):
        raise Invalid("Name", "give a name, an organisation, an email address or a phone number")
    return whole


def _lines_fit(details: ContactDetails) -> bool:
    """Whether no text of one line needs a look: the usual case, told at a tenth of the time the look takes."""
    return _fit("|".join(_line_values(details)))


def _fit(joined: str) -> bool:
    """Whether texts with "|" between them are short, showable and trimmed, for sure. Of all blanks, only the plain one
    counts as printable."""
    return (
        len(joined) <= LINE
        and joined.isprintable()
        and "| " not in joined
        and " |" not in joined
        and joined[:1] != " "
        and joined[-1:] != " "
    )


def line(value: str, label: str) -> str:
    """A text of one line, trimmed; line breaks and tabs in it become spaces."""
    if not value:
        return value
    if value.isascii() and value.isprintable():
        trimmed = value.strip()
    else:
        if _UNSHOWABLE.search(value):
            raise Invalid(label, "it holds a character that can't be shown")
        trimmed = _BREAKS.sub(" ", value).strip()
    if len(trimmed) > LINE:
        raise Invalid(label, f"it is longer than {LINE:,} characters")
    return trimmed


@lru_cache(maxsize=1024)
def _is_word(label: str) -> bool:
    """Whether a label is one word of plain letters, or none."""
    return not label or (len(label) <= LINE and label.isascii() and label.isalnum())


def text(value: str, label: str) -> str:
    """A text of several lines, ended by newlines alone."""
    if not value:
        return value
    if _UNSHOWABLE.search(value):
        raise Invalid(label, "it holds a character that can't be shown")
    if len(value) > TEXT:
        raise Invalid(label, f"it is longer than {TEXT:,} characters")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def each(check: Callable[[T], T]) -> Callable[[tuple[T, ...], str], tuple[T, ...]]:
    """A check of each of several values, of which there may not be absurdly many."""

    def all_of(values: tuple[T, ...], label: str) -> tuple[T, ...]:
        if len(values) > VALUES:
            raise Invalid(label, f"there are more than {VALUES}")
        for value in values:
            if check(value) is not value:
                return tuple([check(value) for value in values])
        # The very same values need no new record around them.
        return values

    return all_of


def email(value: Email) -> Email:
    """An address with one "@" and something on both its sides."""
    if _PLAIN_EMAIL.fullmatch(value.address) and _is_word(value.label):
        return value
    shown, label = line(value.address, "Email"), line(value.label, "Email label")
    if not _EMAIL.fullmatch(shown):
        raise Invalid("Email", f"“{shown}” is not an address" if shown else "it is empty")
    same = shown == value.address and label == value.label
    return value if same else Email(shown, label, value.preferred)


def phone(value: Phone) -> Phone:
    """A number, or words in its place: some numbers spell words, and files say "see website" there."""
    if _PLAIN_PHONE.fullmatch(value.number) and _is_word(value.label):
        return value
    shown, label = line(value.number, "Phone"), line(value.label, "Phone label")
    if not (shown[-1:].isdigit() or any(char.isalnum() for char in shown)):
        raise Invalid("Phone", f"“{shown}” is no number" if shown else "it is empty")
    same = shown == value.number and label == value.label
    return value if same else Phone(shown, label, value.preferred)


_PARTS = ("city", "region", "postcode", "country", "po_box", "extended", "label")
_address_values = attrgetter("street", *_PARTS[:-1])


def address(value: Address) -> Address:
    """An address with at least one part. The street may have several lines."""
    values = _address_values(value)
    if any(values) and _fit("|".join((*values, value.label))):
        return value
    parts = {name: line(getattr(value, name), "Address") for name in _PARTS}
    kept = Address(street=text(value.street, "Address").strip(), preferred=value.preferred, **parts)
    if not (kept.street or any(parts[name] for name in _PARTS if name != "label")):
        raise Invalid("Address", "it is empty")
    return kept


def link(value: Link) -> Link:
    """A link without spaces."""
    if _PLAIN_LINK.fullmatch(value.url) and _is_word(value.label):
        return value
    shown, label = line(value.url, "Link"), line(value.label, "Link label")
    if not shown:
        raise Invalid("Link", "it is empty")
    if _SPACE.search(shown):
        raise Invalid("Link", f"“{shown}” has a space in it")
    return value if shown == value.url and label == value.label else Link(shown, label)


def partial_date(value: PartialDate) -> PartialDate:
    """A date of which something is known, and that the calendar has."""
    year, month, day = value.year, value.month, value.day
    if year is None and month is None and day is None:
        raise Invalid("Date", "it is empty")
    if year is not None and not 1 <= year <= 9999:
        raise Invalid("Date", f"there is no year {year}")
    if month is not None and not 1 <= month <= 12:
        raise Invalid("Date", f"there is no month {month}")
    if day is not None:
        # Without a year, 29 February may be right.
        longest = 31 if month is None else monthrange(year or 2000, month)[1]
        if not 1 <= day <= longest:
            raise Invalid("Date", f"that month has no day {day}")
    if type(value.kind) is DateKind and _is_word(value.label):
        return value
    return PartialDate(DateKind(value.kind), year, month, day, line(value.label, "Date label"))


def roles(values: Iterable[Role], _label: str = "Role") -> tuple[Role, ...]:
    """Roles, none twice."""
    return tuple(dict.fromkeys(Role(role) for role in values))


def tags(values: Iterable[str], _label: str = "Tag") -> tuple[str, ...]:
    """Tags as they are kept: none twice, whatever its case; the first spelling stays."""
    kept: dict[str, str] = {}
    for value in values:
        if tag := " ".join(line(value, "Tag").split()):
            if len(tag) > 100:
                raise Invalid("Tag", "it is longer than 100 characters")
            kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def days(value: int | None, label: str, *, least: int) -> int | None:
    """A number of days up to ten years, or None."""
    if value is not None and not least <= value <= 3650:
        raise Invalid(label, f"{value} days can't be kept, only {least} to 3,650")
    return value


_UNBOUND = ContactDetails().boundary


def boundary(value: Boundary, _label: str = "") -> Boundary:
    """Boundaries whose hours are hours and whose channel is one."""
    if value is _UNBOUND or value == _UNBOUND:
        return value
    channel = line(value.preferred_channel, "Preferred channel")
    if channel and channel not in tuple(Channel):
        raise Invalid("Preferred channel", f"“{channel}” is none of {', '.join(Channel)}")
    for label, hour in (("Hours from", value.hours_from), ("Hours to", value.hours_to)):
        if hour and not _HOUR.fullmatch(hour):
            raise Invalid(label, f"“{hour}” is not a time like 09:00")
    if bool(value.hours_from) != bool(value.hours_to):
        raise Invalid("Hours to" if value.hours_from else "Hours from", "give both hours, or neither")
    return replace(
        value,
        preferred_channel=channel,
        topics_off=text(value.topics_off, "Topics to keep off").strip(),
        expectations=text(value.expectations, "Expectations").strip(),
    )


def extra(value: VCardProperty) -> VCardProperty:
    """A property of another program, untouched if SQLite and a file can hold it."""
    if not (_is_keepable(value.value) and _is_head_keepable(value.name, value.group, value.params)):
        raise Invalid(value.name or "Other property", "it holds a character that can't be kept")
    if len(value.value) > PROPERTY:
        raise Invalid(value.name, "it is longer than 8 MB")
    return value


def _is_keepable(text: str) -> bool:
    return "\x00" not in text and (text.isascii() or _UNKEEPABLE.search(text) is None)


@lru_cache(maxsize=1024)
def _is_head_keepable(name: str, group: str, params: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    parts = (name, group, *(part for key, values in params for part in (key, *values)))
    return all(map(_is_keepable, parts))


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether the time zone database has a zone of that name."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


#: What can be put right by leaving out one value, by field.
CHECKS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "emails": (email, "Email"),
    "phones": (phone, "Phone"),
    "addresses": (address, "Address"),
    "links": (link, "Link"),
    "dates": (partial_date, "Date"),
    "extras": (extra, "Other property"),
}

_FIELDS: dict[str, tuple[Callable[[Any, str], Any], str]] = {
    **{name: (line, label) for name, label in _LINES.items()},
    **{name: (text, label) for name, label in _TEXTS.items()},
    **{name: (each(check), label) for name, (check, label) in CHECKS.items()},
    "roles": (roles, "Role"),
    "tags": (tags, "Tag"),
    "boundary": (boundary, "Boundary"),
}
_CHECKED = tuple((name, check, label) for name, (check, label) in _FIELDS.items())
_BEYOND_LINES = tuple(one for one in _CHECKED if one[0] not in _LINES)
_fields = attrgetter(*_FIELDS)
_beyond_lines = attrgetter(*(name for name, _, _ in _BEYOND_LINES))
