"""Which field of a contact a property fills, and whether the field can say all that the property says.

A property that says more than its field (types, parameters, several name parts) fills the field and is kept beside
it, as it was written, in `extras`. On writing it stands for its field again, as long as the field was not changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.contacts.partial_dates import parsed
from planner.contacts.records import DateKind, PartialDate, Photo
from planner.contacts.vcard import private
from planner.contacts.vcard.lines import Head
from planner.contacts.vcard.readings import LONGEST_TAG, Filled, Reading, no_more, types_of
from planner.contacts.vcard.values import (
    APPLE_NO_YEAR,
    components,
    decode_base64,
    lines,
    listed,
    media_type_of,
    one_line,
    parse_data_uri,
    parse_date,
    shown_components,
    split_raw,
    unescape,
)
from planner.contacts.vcard.ways import MESSENGERS, address_of, email_of, link_of, messenger_of, phone_of, social_of

_LONGEST_DATE = 40
_TURNED = re.compile(r"\s*([^,;\n]+?)\s*,\s*([^,;\n]+?)\s*")
_DATE_HELD = frozenset(("VALUE", "X-APPLE-OMIT-YEAR", "TYPE"))

PHONETIC = {"X-PHONETIC-FIRST-NAME": 0, "X-PHONETIC-MIDDLE-NAME": 1, "X-PHONETIC-LAST-NAME": 2}


def reading_of(head: Head) -> Reading:
    """The way to read what follows a head."""
    maker = _MAKERS.get(head.name)
    if maker is None:
        return Reading(head, "", None)
    return maker(head)


def _text(field: str) -> Callable[[Head], Reading]:
    def read(raw: str) -> object | None:
        if "\\" not in raw and raw.isprintable():
            return raw.strip() or None
        text, exact = one_line(unescape(raw))
        return (text if exact else Filled(field, text, exact=False)) if text else None

    def make(head: Head) -> Reading:
        return Reading(head, field, read, not head.params or no_more(head))

    return make


def _prose(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        text, exact = lines(unescape(raw))
        text = text.strip("\n") if text.strip() else ""
        return (text if exact else Filled("notes", text, exact=False)) if text else None

    return Reading(head, "notes", read, not head.params or no_more(head))


def _date(kind: DateKind, *, written: bool = False) -> Callable[[Head], Reading]:
    """Reads dates. `written`: the name is one that dates are written under, so that it need not be kept."""

    def make(head: Head) -> Reading:
        types = {value.lower() for value in types_of(head)}
        named = next((known for known in DateKind if known.value.replace(" ", "-") in types), None)
        omit = head.first("X-APPLE-OMIT-YEAR")
        omit_year = int(omit) if omit.isascii() and omit.isdigit() and len(omit) == 4 else APPLE_NO_YEAR
        as_text = head.first("VALUE").lower() == "text"
        exact = written and all(name in _DATE_HELD for name, _ in head.params) and len(types) == (named is not None)

        def read(raw: str) -> object | None:
            found = None if as_text else parse_date(raw, named or kind, omit_year)
            if found is None:
                # In words, or day before month: not what vCard asks for, and not to be mistaken for another date.
                told = parsed(PartialDate(named or kind), unescape(raw)) if len(raw) <= _LONGEST_DATE else None
                return Filled("dates", told, exact=False) if told is not None else None
            return Filled("dates", found[0], exact=False) if found[1] else found[0]

        return Reading(head, "dates", read, exact)

    return make


def _name(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        if "," not in raw and "\\" not in raw and raw.isprintable():
            plainly = tuple(map(str.strip, raw.split(";")))
            if len(plainly) == 5:
                return plainly if any(plainly) else None
        if ";" not in raw and (turned := _TURNED.fullmatch(unescape(raw))) is not None:
            # All of it in the first part, as lists of names have it: "Berg, Ann".
            parts, exact = [turned[1], turned[2]], False
        elif "," in raw:
            # Several values in a part (RFC 6350 section 6.2.2): "Richter,James", "ing. jr,M.Sc.".
            parts, exact = [], True
            for index, part in enumerate(split_raw(raw, ";")):
                found = listed(part)
                exact = exact and len(split_raw(part, ",")) == 1
                parts.append((", " if index > 2 else " ").join(found))
        else:
            parts, exact = components(raw), True
        parts, plain = shown_components(parts)
        if not any(parts):
            return None
        value = (*parts[:5], *("",) * (5 - len(parts)))
        return Filled("structured", value, exact and plain and not any(parts[5:]))

    return Reading(head, "structured", read, not head.params or no_more(head))


def _organisation(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        if ";" not in raw and "\\" not in raw and raw.isprintable():
            return Filled("organisation", (name, "")) if (name := raw.strip()) else None
        parts, plain = shown_components(components(raw))
        organisation, *units = parts
        units = [unit for unit in units if unit]
        if not organisation and not units:
            return None
        return Filled("organisation", (organisation, ", ".join(units)), plain and len(units) < 2)

    return Reading(head, "organisation", read, not head.params or no_more(head))


def _nickname(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        text, exact = one_line(", ".join(listed(raw)))
        return Filled("nickname", text, exact) if text else None

    return Reading(head, "nickname", read, not head.params or no_more(head))


def _tags(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        found = listed(raw)
        # Tags have single blanks in them and no more than a hundred letters.
        tags = tuple(" ".join(one_line(tag)[0].split()) for tag in found)
        if not tags or not all(tags) or any(len(tag) > LONGEST_TAG for tag in tags):
            return None
        return Filled("tags", tags, tags == tuple(found))

    return Reading(head, "tags", read, not head.params or no_more(head))


def _phonetic(head: Head) -> Reading:
    order = PHONETIC.get(head.name, 0)

    def read(raw: str) -> object | None:
        text = " ".join(part for part in components(raw) if part) if head.name == "SOUND" else unescape(raw)
        text = one_line(text)[0]
        return (order, text) if text else None

    return Reading(head, "phonetic", read, exact=head.name != "SOUND" and order == 0 and not head.params)


def _sound(head: Head) -> Reading:
    if any(value.upper() == "X-IRMC-N" for value in types_of(head)):
        return _phonetic(head)
    return Reading(head, "", None)


def _time_zone(head: Head) -> Reading:
    def read(raw: str) -> str | None:
        name = unescape(raw).strip()
        return name if name[:1].isalpha() and _is_zone(name) else None

    return Reading(head, "time_zone", read, no_more(head))


@lru_cache(maxsize=64)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _photo(head: Head) -> Reading:
    named = head.first("MEDIATYPE") or next(iter(types_of(head)), "")

    def read(raw: str) -> object | None:
        if raw[:5].lower() == "data:":
            return parse_data_uri(raw)
        if head.encoding != "B":
            return None
        data = decode_base64(raw)
        return Photo(data, media_type_of(data, named)) if data is not None else None

    plain = all(name in ("TYPE", "ENCODING", "VALUE", "MEDIATYPE", "PREF") for name, _ in head.params)
    return Reading(head, "photo", read, plain)


_ANDROID_EVENTS = {"1": DateKind.ANNIVERSARY, "3": DateKind.BIRTHDAY}


def _android(head: Head) -> Reading:
    def read(raw: str) -> object | None:
        kind, *values = components(raw)
        values += [""] * (3 - len(values))
        if kind.endswith("/nickname") and values[0]:
            return Filled("nickname", values[0], exact=False)
        if kind.endswith("/contact_event"):
            found = parse_date(values[0], _ANDROID_EVENTS.get(values[1], DateKind.OTHER))
            if found is not None:
                # Type 0 is the person's own, named in the third place.
                label = one_line(values[2])[0] if values[1] == "0" else ""
                return Filled("dates", replace(found[0], label=label), exact=False)
        return None

    return Reading(head, "android", read, exact=False)


def _private(head: Head) -> Reading:
    return Reading(head, head.name, lambda raw: private.parse(head.name, raw), not head.params)


_MAKERS: dict[str, Callable[[Head], Reading]] = {
    "FN": _text("name"),
    "N": _name,
    "NICKNAME": _nickname,
    "ORG": _organisation,
    "TITLE": _text("title"),
    "NOTE": _prose,
    "EMAIL": email_of,
    "TEL": phone_of,
    "ADR": address_of,
    "URL": link_of,
    "IMPP": messenger_of,
    **dict.fromkeys(MESSENGERS, messenger_of),
    "X-SOCIALPROFILE": social_of,
    "SOCIALPROFILE": social_of,
    "BDAY": _date(DateKind.BIRTHDAY, written=True),
    "X-EVOLUTION-BIRTHDAY": _date(DateKind.BIRTHDAY),
    "ANNIVERSARY": _date(DateKind.ANNIVERSARY, written=True),
    "X-ANNIVERSARY": _date(DateKind.ANNIVERSARY),
    "X-EVOLUTION-ANNIVERSARY": _date(DateKind.ANNIVERSARY),
    "X-KADDRESSBOOK-X-ANNIVERSARY": _date(DateKind.ANNIVERSARY),
    "X-WAB-ANNIVERSARY": _date(DateKind.ANNIVERSARY),
    "X-MS-ANNIVERSARY": _date(DateKind.ANNIVERSARY),
    "X-ABDATE": _date(DateKind.OTHER, written=True),
    "CATEGORIES": _tags,
    "TZ": _time_zone,
    "PRONOUNS": _text("pronouns"),
    "X-PRONOUNS": _text("pronouns"),
    "EXPERTISE": _text("field"),
    "X-EXPERTISE": _text("field"),
    "SOUND": _sound,
    **dict.fromkeys(PHONETIC, _phonetic),
    "PHOTO": _photo,
    "X-ANDROID-CUSTOM": _android,
    "UID": _text("uid"),
    "X-ABLABEL": _text("label"),
    **dict.fromkeys(private.NAMES, _private),
}
