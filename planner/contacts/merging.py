"""Two records of one person made into one: what stands in it, field by field. Pure; `merge_rows` moves the history.

By default nothing is lost: empty fields are filled, lists united, texts joined, and of two values where only one can
stand, the kept record's stands and the other's is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from planner.contacts.keys import email_key, link_key, phone_key
from planner.contacts.records import Boundary, ContactDetails, VCardProperty
from planner.contacts.vcard import joined_extras, other_properties
from planner.folding import fold

#: The property that keeps the UID of a contact that was merged into another, so that a file that still has it is known.
MERGED_UID = "X-RAPPORT-MERGED-UID"


class Side(StrEnum):
    """Whose value stands."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


Choices = Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class MergeField:
    """One line of a merge: what both records say, in words, and what stands.

    `key` is what `Choices` goes by. `can_be_both` where values can stand together; `differs` where there is something
    to choose.
    """

    key: str
    label: str
    kept: str
    other: str
    side: Side
    can_be_both: bool
    differs: bool


_NAME = ("name", "prefix", "given", "additional", "family", "suffix")
_ONE_OF: tuple[tuple[str, str], ...] = (
    ("nickname", "Nickname"),
    ("phonetic", "Spoken as"),
    ("pronouns", "Pronouns"),
    ("organisation", "Organisation"),
    ("department", "Department"),
    ("title", "Title"),
    ("field", "Field"),
)
_LISTS: tuple[tuple[str, str], ...] = (
    ("emails", "Email"),
    ("phones", "Phone"),
    ("links", "Links"),
    ("addresses", "Address"),
    ("dates", "Dates"),
    ("roles", "Roles"),
    ("tags", "Tags"),
)
_LATER: tuple[tuple[str, str], ...] = (
    ("tie", "Tie"),
    ("rhythm_days", "Rhythm"),
    ("longest_days", "Longest silence"),
    ("time_zone", "Time zone"),
)
_TEXTS: tuple[tuple[str, str], ...] = (
    ("notes", "Notes"),
    ("remember", "Remember"),
    ("research", "Research"),
    ("looking_for", "Looking for"),
    ("can_offer", "Can offer"),
)
_BOUNDARY: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("preferred_channel", ("preferred_channel",), "Preferred channel"),
    ("hours", ("hours_from", "hours_to"), "Hours"),
    ("quiet_until", ("quiet_until",), "Quiet until"),
)
_BOUNDARY_TEXTS = (("topics_off", "Topics to keep off"), ("expectations", "Expectations"))


def merged(
    kept: ContactDetails,
    other: ContactDetails,
    choices: Choices | None = None,
    *,
    region: str = "",
    note_rest: bool = True,
) -> ContactDetails:
    """One record of two. `choices` says for the keys of `fields` which side stands; the rest goes by default.

    With `note_rest`, a value that does not stand is written below the notes ("Title: Engineer"). `region` is the ISO
    3166 country whose habits phone numbers without a country code follow.
    """
    chosen = choices or {}
    changed: dict[str, Any] = {}
    rest: list[str] = []
    for line in fields(kept, other, chosen, region=region):
        if line.differs and line.side is not Side.BOTH and not (line.can_be_both or line.key == "photo"):
            lost = line.other if line.side is Side.KEPT else line.kept
            if lost:
                rest.append(f"{'Also' if line.key == 'name' else line.label}: {lost}")
    if _side("name", kept, other, chosen) is Side.OTHER:
        changed |= {name: getattr(other, name) for name in _NAME}
    else:
        # Parts that only the other has (a name given whole here, in parts there) complete the same name.
        same = fold(kept.shown_name) == fold(other.shown_name)
        if same and not (kept.given or kept.family):
            changed |= {name: getattr(other, name) for name in _NAME[1:]}
    for name, _ in (*_ONE_OF, *_LATER, ("photo", "")):
        source = other if _side(name, kept, other, chosen) is Side.OTHER else kept
        changed[name] = getattr(source, name)
    for name, _ in _LISTS:
        changed[name] = _listed(name, kept, other, chosen, region)
    for name, _ in _TEXTS:
        changed[name] = _text(getattr(kept, name), getattr(other, name), chosen.get(name, Side.BOTH))
    changed["matters"] = kept.matters or other.matters
    changed["boundary"] = _boundary(kept, other, chosen)
    changed["extras"] = _extras(kept, other)
    if note_rest:
        for words in rest:
            changed["notes"] = _text(changed["notes"], words, Side.BOTH)
    return replace(kept, **changed)


def fields(
    kept: ContactDetails, other: ContactDetails, choices: Choices | None = None, *, region: str = ""
) -> tuple[MergeField, ...]:
    """Every field that either record has a value in, in the order a person looks at them."""
    chosen = choices or {}
    found: list[MergeField] = []

    def add(key: str, label: str, mine: str, theirs: str, both: bool, same: bool | None = None) -> None:
        if mine or theirs:
            side = _side(key, kept, other, chosen) if not both else chosen.get(key, Side.BOTH)
            alike = mine == theirs if same is None else same
            found.append(MergeField(key, label, mine, theirs, side, both, not alike))

    add("name", "Name", kept.shown_name, other.shown_name, False)
    add("photo", "Photo", "has a photo" * bool(kept.photo), "has a photo" * bool(other.photo), False,
        kept.photo == other.photo)  # fmt: skip
    for name, label in _ONE_OF:
        add(name, label, getattr(kept, name), getattr(other, name), False)
    for name, label in _LISTS:
        mine, theirs = getattr(kept, name), getattr(other, name)
        key = _keys(region)[name]
        same = {key(one) for one in mine} == {key(one) for one in theirs}
        add(name, label, _lines(name, mine), _lines(name, theirs), True, same)
    for name, label in _LATER:
        add(name, label, _words(name, getattr(kept, name)), _words(name, getattr(other, name)), False)
    for part, names, label in _BOUNDARY:
        add(part, label, _joined(kept.boundary, names), _joined(other.boundary, names), False)
    for name, label in _BOUNDARY_TEXTS:
        add(name, label, getattr(kept.boundary, name), getattr(other.boundary, name), True)
    for name, label in _TEXTS:
        add(name, label, getattr(kept, name), getattr(other, name), True)
    mine, theirs = (tuple(one for one in other_properties(side) if one.name != MERGED_UID) for side in (kept, other))
    if mine or theirs:
        ours, others = ", ".join(one.name for one in mine), ", ".join(one.name for one in theirs)
        add("extras", "Other properties", ours, others, True, True)  # nothing to choose: both are kept
    return tuple(found)


def contained(small: ContactDetails, large: ContactDetails, *, region: str = "") -> bool:
    """Whether all that the one record says stands in the other, word for word: merging changes nothing there."""
    if fold(small.shown_name) != fold(large.shown_name):
        return False
    for name, _ in (*_ONE_OF, *_LATER):
        # Nearly all pairs end here, at a fraction of what a merge on trial costs.
        value = getattr(small, name)
        if value not in (None, "") and value != getattr(large, name):
            return False
    united = merged(large, small, region=region, note_rest=True)
    ours = set(large.extras)
    quiet = replace(united, extras=large.extras, name=large.name)
    return quiet == large and all(extra in ours or extra.name in _PASSING for extra in small.extras)


# What only speaks of the file it stood in.
_PASSING = frozenset(("REV", "PRODID", "UID", "X-PRODID"))


def with_uids(details: ContactDetails, uids: Iterable[str]) -> ContactDetails:
    """The details with the UIDs of merged contacts remembered, none twice."""
    known = {extra.value for extra in details.extras if extra.name == MERGED_UID}
    new = tuple(VCardProperty(MERGED_UID, uid) for uid in dict.fromkeys(uids) if uid and uid not in known)
    return replace(details, extras=details.extras + new) if new else details


def uids_of(details: ContactDetails) -> tuple[str, ...]:
    """The UIDs of contacts that were merged into this one."""
    return tuple(extra.value for extra in details.extras if extra.name == MERGED_UID)


def completeness(details: ContactDetails) -> int:
    """How much a record says: of two, the one that says more is proposed to be kept."""
    single = (*_NAME, *(name for name, _ in (*_ONE_OF, *_LATER, *_TEXTS)), "photo")
    lists = sum(len(getattr(details, name)) for name, _ in _LISTS)
    return sum(1 for name in single if getattr(details, name)) + lists + (details.boundary != Boundary())


def _side(key: str, kept: ContactDetails, other: ContactDetails, chosen: Choices) -> Side:
    if key in chosen and chosen[key] is not Side.BOTH:
        return chosen[key]
    mine, theirs = _value(key, kept), _value(key, other)
    empty: tuple[Any, ...] = ("", None, ())
    return Side.OTHER if mine in empty and theirs not in empty else Side.KEPT


def _value(key: str, details: ContactDetails) -> Any:
    if key == "name":
        # A record that only has an organisation or an address shows that as its name, and it is none.
        return details.shown_name if details.name or any(getattr(details, name) for name in _NAME) else ""
    for name, columns, _ in _BOUNDARY:
        if key == name:
            return _joined(details.boundary, columns)
    return getattr(details, key)


def _listed(name: str, kept: ContactDetails, other: ContactDetails, chosen: Choices, region: str) -> tuple[Any, ...]:
    mine, theirs = getattr(kept, name), getattr(other, name)
    side = chosen.get(name, Side.BOTH)
    if side is not Side.BOTH:
        return tuple(mine if side is Side.KEPT else theirs)
    key = _keys(region)[name]
    # What stands twice on the kept side was meant so, or is at least not ours to tidy here.
    stands = list(mine)
    places = {key(one): place for place, one in reversed(list(enumerate(mine)))}
    has_preferred = any(getattr(one, "preferred", False) for one in mine)
    for one in theirs:
        place = places.get(key(one))
        if place is None:
            places[key(one)] = len(stands)
            stands.append(replace(one, preferred=False) if has_preferred and getattr(one, "preferred", False) else one)
        elif getattr(one, "label", "") and not stands[place].label:
            stands[place] = replace(stands[place], label=one.label)
    return tuple(stands)


def _keys(region: str) -> dict[str, Callable[[Any], object]]:
    return {
        "emails": lambda email: email_key(email.address),
        "phones": lambda phone: phone_key(phone.number, region) or "".join(filter(str.isalnum, phone.number)),
        "links": lambda link: link_key(link.url),
        "addresses": lambda one: tuple(
            fold(part)
            for part in (one.street, one.postcode, one.city, one.region, one.country, one.po_box, one.extended)
        ),
        "dates": lambda date: (date.kind, date.year, date.month, date.day, fold(date.label)),
        "roles": lambda role: role,
        "tags": lambda tag: tag.casefold(),
    }


def _text(mine: str, theirs: str, side: Side) -> str:
    if side is not Side.BOTH:
        return mine if side is Side.KEPT else theirs
    if not mine or not theirs:
        return mine or theirs
    # Whole paragraphs, so that "Anna" within a sentence does not pass for a note that says "Anna".
    there = {part.strip() for part in mine.split("\n\n")} | {part.strip() for part in mine.splitlines()}
    new = [part for part in theirs.split("\n\n") if part.strip() and part.strip() not in there]
    return "\n\n".join((mine, *new)) if theirs.strip() != mine.strip() else mine


def _boundary(kept: ContactDetails, other: ContactDetails, chosen: Choices) -> Boundary:
    values: dict[str, Any] = {"no_asks": kept.boundary.no_asks or other.boundary.no_asks}
    for key, names, _ in _BOUNDARY:
        source = other if _side(key, kept, other, chosen) is Side.OTHER else kept
        values |= {name: getattr(source.boundary, name) for name in names}
    for name, _ in _BOUNDARY_TEXTS:
        side = chosen.get(name, Side.BOTH)
        values[name] = _text(getattr(kept.boundary, name), getattr(other.boundary, name), side)
    return Boundary(**values)


def _extras(kept: ContactDetails, other: ContactDetails) -> tuple[VCardProperty, ...]:
    return joined_extras(kept.extras, other.extras)


def _joined(boundary: Boundary, names: Iterable[str]) -> str:
    return " – ".join(str(value) for name in names if (value := getattr(boundary, name)))


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name in ("rhythm_days", "longest_days"):
        return "none wanted" if value == 0 else f"{value} days"
    return str(value)


def _lines(name: str, items: Iterable[Any]) -> str:
    return "\n".join(_line(name, one) for one in items)


def _line(name: str, one: Any) -> str:
    match name:
        case "emails":
            text = one.address
        case "phones":
            text = one.number
        case "links":
            text = one.url
        case "addresses":
            place = " ".join(part for part in (one.postcode, one.city) if part)
            parts = (one.po_box, one.extended, one.street.replace("\n", ", "), place, one.region, one.country)
            text = ", ".join(part for part in parts if part)
        case "dates":
            day = "-".join(f"{part:02d}" for part in (one.year, one.month, one.day) if part is not None)
            return f"{day} ({one.label or one.kind.value})"
        case _:
            return str(one)
    return f"{text} ({one.label})" if one.label else text
