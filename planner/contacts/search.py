"""What a search of people means: words in any field, and filters like `role:mentor quiet:8w -tag:energy`.

The whole language:

    word            every word must begin a word of some field, accents and case aside
    "two words"     these words, one after the other
    -word           none of its words may
    key:value       a filter; several values are joined by commas: role:mentor,peer
    -key:value      not so

Nothing is an error. What looks like a filter but is not understood is searched as text and reported, so that a person
sees why little is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.contacts.records import Role, Tie
from planner.folding import fold, words


class FilterKey(StrEnum):
    """What can be filtered by. The value is the word before the colon."""

    ROLE = "role"
    TIE = "tie"
    TAG = "tag"
    ORGANISATION = "org"
    TITLE = "title"
    FIELD = "field"
    LOOKING_FOR = "looking"
    CAN_OFFER = "offers"
    CITY = "city"
    COUNTRY = "country"
    MET = "met"
    QUIET = "quiet"
    SEEN = "seen"
    ADDED = "added"
    DUE = "due"
    BIRTHDAY = "birthday"
    HAS = "has"
    NO = "no"
    IS = "is"


#: Other words for the same filters.
_SYNONYMS = {
    "organisation": FilterKey.ORGANISATION,
    "organization": FilterKey.ORGANISATION,
    "company": FilterKey.ORGANISATION,
    "roles": FilterKey.ROLE,
    "tags": FilterKey.TAG,
    "looking-for": FilterKey.LOOKING_FOR,
    "needs": FilterKey.LOOKING_FOR,
    "seeks": FilterKey.LOOKING_FOR,
    "wants": FilterKey.LOOKING_FOR,
    "offer": FilterKey.CAN_OFFER,
    "can-offer": FilterKey.CAN_OFFER,
    "event": FilterKey.MET,
    "in": FilterKey.CITY,
    "without": FilterKey.NO,
    "with": FilterKey.HAS,
}

#: What `has:` and `no:` can ask for.
THINGS = (
    "email",
    "phone",
    "address",
    "link",
    "photo",
    "birthday",
    "tag",
    "role",
    "tie",
    "rhythm",
    "organisation",
    "title",
    "notes",
    "research",
    "needs",
    "offers",
    "followup",
    "history",
)
_THINGS = {"organization": "organisation", "org": "organisation", "emails": "email", "phones": "phone", "tags": "tag"}
_THINGS |= {"roles": "role", "links": "link", "website": "link", "note": "notes", "follow-up": "followup"}
_THINGS |= {"need": "needs", "looking": "needs", "wishes": "needs", "offer": "offers"}
_THINGS |= {"interaction": "history", "interactions": "history", "story": "history", "picture": "photo"}

#: What `due:` can ask for, with the days from today that it reaches.
DUE = {"overdue": -1, "today": 0, "tomorrow": 1, "week": 6, "month": 30, "any": None, "none": None}

#: What `is:` can ask for.
STATES = ("important", "drifting", "muted")
_STATES = {"matters": "important", "quiet": "muted"}

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_SPAN = re.compile(r"(\d{1,4})\s*([dwmy])(?:ays?|eeks?|onths?|ears?)?")
#: How far ahead `birthday:` looks.
_SOON = {"today": 0, "week": 6, "month": 30}


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found one after the other, the last of them as the beginning of a word unless it was quoted."""

    words: tuple[str, ...]
    exact: bool = False
    negated: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition. `values` are folded and checked; `days` is set for spans of time. Any of the values will do."""

    key: FilterKey
    values: tuple[str, ...]
    negated: bool = False
    days: int | None = None
    start: int = 0
    end: int = 0

    @property
    def label(self) -> str:
        """What it says, for a chip: "Mentor", "Quiet 8 weeks+", "No email"."""
        said = _in_words(self)
        return f"Not {said[0].lower()}{said[1:]}" if self.negated else said


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """Something written like a filter that is none: the text, and why."""

    text: str
    reason: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A search, understood. `start` and `end` of its parts are places in `text`."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    misunderstood: tuple[Misunderstood, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)

    def without(self, part: Term | Filter | Misunderstood) -> str:
        """The text without one part, as when its chip is closed."""
        return " ".join((self.text[: part.start] + " " + self.text[part.end :]).split())


_TOKEN = re.compile(
    r"""(?P<sign>-?)
        (?:(?P<key>[^\W\d_][\w-]*):)?
        (?P<value>"[^"]*"?(?:,"[^"]*"?|,[^\s",]+)*|[^\s"]*(?:"[^"]*"?[^\s"]*)*)""",
    re.VERBOSE,
)


def parse(text: str) -> Query:
    """Understand a search. Never raises."""
    terms: list[Term] = []
    filters: list[Filter] = []
    misunderstood: list[Misunderstood] = []
    for token in _tokens(text):
        negated, key, value = bool(token["sign"]), token["key"], token["value"]
        start, end = token.span()
        if key:
            found = _filter(key, value, negated, start, end)
            if isinstance(found, Filter):
                filters.append(found)
                continue
            if found is not None:
                misunderstood.append(Misunderstood(token[0], found, start, end))
                if not value:
                    continue  # still being typed
            value = f"{key} {value}"
        if inside := tuple(words(value)):
            exact = not key and value.startswith('"') and value.endswith('"') and len(value) > 2
            terms.append(Term(inside, exact, negated and not key, start, end))
    return Query(text, tuple(terms), tuple(filters), tuple(misunderstood))


def _tokens(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _TOKEN.match(text, place)
        if token is None or token.end() == place:
            place += 1
            continue
        yield token
        place = token.end()


def _filter(written: str, value: str, negated: bool, start: int, end: int) -> Filter | str | None:
    """The filter, or why it is none; None for what is plainly text, like "https://…" or "10:30"."""
    name = fold(written)
    key = _SYNONYMS.get(name)
    if key is None:
        try:
            key = FilterKey(name)
        except ValueError:
            return None if value.startswith("//") else f"there is no filter “{written}:”"
    values = tuple(dict.fromkeys(fold(part) for part in _split(value) if part.strip()))
    if not values:
        return f"say what “{written}:” should look for"
    return _checked(key, values, negated, start, end)


def _split(value: str) -> list[str]:
    """The values between commas; commas inside quotes belong to a value."""
    return [part.replace('"', "") for part in re.findall(r'(?:"[^"]*"?|[^,"])+', value)]


def _checked(key: FilterKey, values: tuple[str, ...], negated: bool, start: int, end: int) -> Filter | str:
    days: int | None = None
    match key:
        case FilterKey.ROLE:
            values, unknown = _known(values, {fold(role): role.value for role in Role})
        case FilterKey.TIE:
            values, unknown = _known(values, {tie.value: tie.value for tie in Tie})
        case FilterKey.HAS | FilterKey.NO:
            values, unknown = _known(values, {thing: thing for thing in THINGS} | _THINGS)
        case FilterKey.IS:
            values, unknown = _known(values, {state: state for state in STATES} | _STATES)
        case FilterKey.DUE:
            values, unknown = _known(values, {word: word for word in DUE})
        case FilterKey.QUIET | FilterKey.SEEN | FilterKey.ADDED:
            days = span(values[0])
            unknown = "" if days is not None else values[0]
        case FilterKey.BIRTHDAY:
            days = _SOON.get(values[0], span(values[0]))
            unknown = "" if days is not None else values[0]
        case _:
            unknown = ""
    if unknown:
        return _EXPECTED[key].format(unknown)
    return Filter(key, values, negated, days, start, end)


_EXPECTED = {
    FilterKey.ROLE: f"“{{}}” is no role; roles are {', '.join(Role)}",
    FilterKey.TIE: "“{}” is no tie; ties are strong, medium and weak",
    FilterKey.HAS: f"“{{}}” can't be asked for; try {', '.join(THINGS)}",
    FilterKey.NO: f"“{{}}” can't be asked for; try {', '.join(THINGS)}",
    FilterKey.IS: f"“{{}}” can't be asked for; try {', '.join(STATES)}",
    FilterKey.DUE: f"“{{}}” is no time; try {', '.join(DUE)}",
    FilterKey.QUIET: "“{}” is no span; try 8w, 60d, 3m or 1y",
    FilterKey.SEEN: "“{}” is no span; try 8w, 60d, 3m or 1y",
    FilterKey.ADDED: "“{}” is no span; try 8w, 60d, 3m or 1y",
    FilterKey.BIRTHDAY: "“{}” is no span; try today, week, month or 60d",
}


def _known(values: tuple[str, ...], names: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """The values in their proper form, or the first that has none. A beginning will do if it names one thing alone."""
    proper = []
    for value in values:
        found = names.get(value)
        if found is None and len(value) >= 3:
            beginnings = {name for word, name in names.items() if word.startswith(value)}
            found = beginnings.pop() if len(beginnings) == 1 else None
        if found is None:
            return values, value
        proper.append(found)
    return tuple(dict.fromkeys(proper)), ""


def span(text: str) -> int | None:
    """Days in "8w", "60d", "3 months", "1y"; a bare number is days; None for anything else."""
    if text.isdecimal() and len(text) <= 4:
        return int(text)
    found = _SPAN.fullmatch(text)
    return int(found[1]) * _UNITS[found[2]] if found else None


def quoted(key: FilterKey, value: str) -> str:
    """A filter as it is typed: `org:"Blue Harbour"`."""
    plain = value.replace('"', "")
    return f'{key.value}:"{plain}"' if re.search(r"[\s,]", plain) else f"{key.value}:{plain}"


#: Chips of filters that read the same whatever their values: {0} the values, {1} the span.
_LABELS = {
    FilterKey.TIE: "{0} tie",
    FilterKey.TAG: "#{0}",
    FilterKey.ORGANISATION: "At {0}",
    FilterKey.TITLE: "Title {0}",
    FilterKey.FIELD: "Field {0}",
    FilterKey.LOOKING_FOR: "Looking for {0}",
    FilterKey.CAN_OFFER: "Can offer {0}",
    FilterKey.CITY: "In {0}",
    FilterKey.MET: "Met at {0}",
    FilterKey.QUIET: "Quiet {1}+",
    FilterKey.SEEN: "In touch within {1}",
    FilterKey.ADDED: "Added within {1}",
    FilterKey.HAS: "Has {0}",
    FilterKey.NO: "No {0}",
}


def _in_words(part: Filter) -> str:
    values = part.values
    if part.key is FilterKey.DUE:
        values = tuple(_DUE_WORDS[value] for value in values)
    elif part.key is FilterKey.COUNTRY:
        return "Country " + " or ".join(value.upper() if len(value) == 2 else value for value in values)
    elif part.key is FilterKey.BIRTHDAY:
        return "Birthday today" if part.days == 0 else f"Birthday within {_length(part.days)}"
    said = _LABELS.get(part.key, "{0}").format(" or ".join(values), _length(part.days))
    return said[:1].upper() + said[1:]


_DUE_WORDS = {
    "overdue": "Overdue",
    "today": "Due today",
    "tomorrow": "Due by tomorrow",
    "week": "Due this week",
    "month": "Due this month",
    "any": "Something due",
    "none": "Nothing due",
}


def _length(days: int | None) -> str:
    count = days or 0
    for unit, size in (("year", 365), ("month", 30), ("week", 7)):
        if count and count % size == 0:
            return f"{count // size} {unit}" + ("s" if count != size else "")
    return f"{count} day" + ("s" if count != 1 else "")
