"""What a number or address is for: vCard types and Apple's labels on one side, one word on the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.contacts.vcard.values import one_line

_LONGEST = 200

# The types a label is written with, and read from again.
PHONE_TYPES: dict[str, tuple[str, ...]] = {
    "": ("VOICE",),
    "work": ("WORK", "VOICE"),
    "home": ("HOME", "VOICE"),
    "mobile": ("CELL", "VOICE"),
    "work mobile": ("WORK", "CELL", "VOICE"),
    "home mobile": ("HOME", "CELL", "VOICE"),
    "fax": ("FAX",),
    "work fax": ("WORK", "FAX"),
    "home fax": ("HOME", "FAX"),
    "pager": ("PAGER",),
    "work pager": ("WORK", "PAGER"),
    "home pager": ("HOME", "PAGER"),
    "video": ("VIDEO",),
    "car": ("CAR",),
}
EMAIL_TYPES: dict[str, tuple[str, ...]] = {
    "": ("INTERNET",),
    "work": ("INTERNET", "WORK"),
    "home": ("INTERNET", "HOME"),
}
PLACE_TYPES: dict[str, tuple[str, ...]] = {"": (), "work": ("WORK",), "home": ("HOME",)}

_TYPES = {"phones": PHONE_TYPES, "emails": EMAIL_TYPES, "addresses": PLACE_TYPES, "links": PLACE_TYPES}

# Types that say nothing a reader of the field needs to be told.
_SILENT = frozenset(("voice", "internet", "pref"))
# Types that describe an address or a number without naming it.
_MINOR = frozenset(
    ("dom", "intl", "postal", "parcel", "msg", "text", "textphone", "bbs", "isdn", "modem", "pcs", "x400")
)
_DEVICES = {"cell": "mobile", "mobile": "mobile", "fax": "fax", "pager": "pager", "video": "video", "car": "car"}

KNOWN_TYPES = _SILENT | _MINOR | frozenset(_DEVICES) | {"work", "home", "main", "other"}


def types_for(field: str, label: str) -> tuple[str, ...] | None:
    """The types a label is written with; None where it is the person's own word and needs Apple's form."""
    return _TYPES[field].get(label)


def label_of(field: str, types: Iterable[str]) -> tuple[str, bool]:
    """The label that types amount to, and whether writing that label would lose some of them."""
    place = device = ""
    others: list[str] = []
    exact = True
    for written in types:
        lowered = written.lower()
        if lowered in _SILENT or not lowered:
            continue
        if lowered in ("work", "home"):
            exact, place = exact and place in ("", lowered), place or lowered
        elif lowered in _DEVICES and field in ("phones", "emails"):
            found = _DEVICES[lowered]
            exact, device = exact and device in ("", found), device or found
        else:
            others.append(written)
    label = f"{place} {device}".strip()
    if others:
        exact = False
        if not label:
            named = [written for written in others if written.lower() not in _MINOR] or others
            label = named[0].lower() if named[0].lower() in KNOWN_TYPES else _own_word(named[0])
    return label, exact and label in _TYPES[field]


def _own_word(written: str) -> str:
    word = one_line(written)[0][:_LONGEST]
    return word[2:] if word[:2].lower() == "x-" and len(word) > 2 else word


# --- Apple -----------------------------------------------------------------------------------------------------------

_APPLE = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_APPLE_WORDS = {
    "mobile": "mobile",
    "homepage": "website",
    "homefax": "home fax",
    "workfax": "work fax",
    "otherfax": "other fax",
}


def from_apple(written: str) -> tuple[str, bool]:
    """A label of X-ABLabel in words, and whether it is one of Apple's own (`_$!<HomeFAX>!$_`)."""
    match = _APPLE.fullmatch(written.strip())
    if match is None:
        return written.strip(), False
    inner = match[1].strip()
    lowered = inner.lower()
    if lowered in _APPLE_WORDS:
        return _APPLE_WORDS[lowered], True
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", inner).lower(), True


def to_apple(label: str) -> str:
    """A label as X-ABLabel shows it."""
    return {"website": "_$!<HomePage>!$_", "anniversary": "_$!<Anniversary>!$_"}.get(label, label)
