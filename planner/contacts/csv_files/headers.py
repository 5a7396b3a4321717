"""Which program wrote a table, and what its columns most likely hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from planner.contacts.csv_files.mapping import ADDRESS_PARTS, Column, ColumnMapping, Target
from planner.contacts.csv_files.words import (
    ADDRESSES,
    ASIDE,
    ASSISTANTS,
    CONNECTED,
    DEVICES,
    LONE_PHONES,
    PLACES,
    PLAIN_PHONES,
    PROFILES,
    THINGS,
    WHOLE,
)
from planner.contacts.csv_files.words_east import CONNECTED_EAST, EAST, key
from planner.folding import fold


class Kind(StrEnum):
    """The program a table comes from."""

    LINKEDIN = "LinkedIn"
    GOOGLE = "Google Contacts"
    OUTLOOK = "Outlook"
    THUNDERBIRD = "Thunderbird"
    HUBSPOT = "HubSpot"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the headers of a table amount to. `known` counts the columns that fill a field."""

    kind: Kind
    mapping: ColumnMapping
    known: int


_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(
    r"(e mail|phone|address|website|organization|event|relation|custom field|im|external id|calendar link|jot|language"
    r"|billing information|keyword|hobby|occupation|location|mileage|directory server|sensitivity|subject) (\d+) (.+)"
)
_GOOGLE_ADDRESS = {
    "street": Target.STREET, "city": Target.CITY, "po box": Target.PO_BOX, "region": Target.REGION,
    "postal code": Target.POSTCODE, "country": Target.COUNTRY, "extended address": Target.EXTENDED,
    "formatted": Target.ADDRESS,
}  # fmt: skip
_GOOGLE_VALUES = {"e mail": Target.EMAIL, "phone": Target.PHONE, "website": Target.LINK, "event": Target.DATE}
_NAMES = {"phonetic first name": "0", "phonetic middle name": "1", "phonetic last name": "2"}
_BIRTH = {
    "birth year": "year", "birth month": "month", "birth day": "day", "geburtsjahr": "year", "geburtsmonat": "month",
    "annee de naissance": "year", "mois de naissance": "month", "jour de naissance": "day",
    "ano de nacimiento": "year", "mes de nacimiento": "month", "dia de nacimiento": "day",
    "anno di nascita": "year", "mese di nascita": "month", "giorno di nascita": "day",
    "geboortejaar": "year", "geboortemaand": "month", "geboortedag": "day",
}  # fmt: skip
# What stands beside a year of birth for the month and the day, where the words alone may mean something else.
_BESIDE_YEAR = {"geburtstag": "day", "birthday": "day", "month": "month", "day": "day", "mois": "month", "jour": "day"}
_KOREAN_NAME = key("이름")
_CONNECTED = CONNECTED | CONNECTED_EAST
_YOMI = {"given name yomi": "0", "additional name yomi": "1", "family name yomi": "2"}


def words_of(header: str) -> str:
    """A header as the vocabulary spells it: "E-mail 1 - Value" is "e mail 1 value"."""
    spaced = _CAMEL.sub(" ", header) if " " not in header.strip() else header
    return " ".join(_WORDS.findall(fold(spaced)))


def propose(headers: Iterable[str]) -> Proposal:
    """The kind of a table and the most likely meaning of each column."""
    raw = list(headers)
    phrases = [words_of(header) for header in raw]
    kind = _kind(phrases)
    columns = [_column(header, phrase, kind) for header, phrase in zip(raw, phrases, strict=True)]
    _settle_titles(phrases, columns)
    _settle_names(phrases, columns)
    _settle_birth(phrases, columns)
    known = sum(column.target not in (Target.KEEP, Target.SKIP) for column in columns)
    return Proposal(kind, ColumnMapping(tuple(columns)), known)


def _kind(phrases: list[str]) -> Kind:
    found = set(phrases)
    if found & _CONNECTED and len(found) < 16:
        return Kind.LINKEDIN
    if any(_NUMBERED.fullmatch(phrase) and phrase.endswith(" value") for phrase in phrases):
        return Kind.GOOGLE
    if "group membership" in found or {"given name", "family name", "additional name"} <= found:
        return Kind.GOOGLE
    if "primary email" in found or {"screen name", "secondary email"} <= found:
        return Kind.THUNDERBIRD
    if found & {"record id", "lifecycle stage", "contact owner", "hubspot score"} and "email" in found:
        return Kind.HUBSPOT
    street = {
        "business street", "strasse geschaftlich", "rue bureau", "calle del trabajo", "via uff", "werkadres straat",
        "rua do endereco comercial", "gatuadress arbete", "rua da empresa", "adresse arbejde",
        *map(words_of, ("улица (раб. адрес)", "番地 (会社)", "商务地址 街道", "商務 - 街")),
    }  # fmt: skip
    if found & street or (len(phrases) >= 60 and sum(phrase in WHOLE for phrase in phrases) >= 6):
        return Kind.OUTLOOK
    return Kind.OTHER


def _column(header: str, phrase: str, kind: Kind) -> Column:
    if not phrase:
        return Column(Target.KEEP)
    if " - " in header and (numbered := _NUMBERED.fullmatch(phrase)) is not None:
        column = _google(numbered[1], numbered[2], numbered[3])
        if column is not None:
            return column
    for table in (_NAMES, _YOMI):
        if phrase in table:
            return Column(Target.PHONETIC, group=table[phrase])
    if phrase in _CONNECTED:
        return Column(Target.DATE, "connected on LinkedIn" if kind is Kind.LINKEDIN else "connected")
    if kind is Kind.LINKEDIN and phrase in ("url", "profile url"):
        return Column(Target.LINK, "linkedin")
    if phrase in _BIRTH:
        return Column(Target.BIRTHDAY, group=_BIRTH[phrase])
    if kind is Kind.GOOGLE and phrase == "occupation":
        return Column(Target.KEEP)
    if phrase == "aniversario" and "á" in header.lower():
        # Portuguese, where the accent tells it from the Spanish word for an anniversary.
        return Column(Target.BIRTHDAY)
    return _whole(phrase) or _by_words(phrase)


def _whole(phrase: str) -> Column | None:
    """A header that the vocabulary has as it stands."""
    if (target := WHOLE.get(phrase)) is not None:
        return Column(target, "website" if target is Target.LINK else "")
    return EAST.get(phrase)


def _google(thing: str, number: str, part: str) -> Column | None:
    """A column of Google Contacts: "Phone 2 - Label", "Address 1 - City"."""
    group = f"{thing} {number}"
    if part in ("type", "label"):
        paired = thing == "address" or thing in _GOOGLE_VALUES
        return Column(Target.LABEL, group=group) if paired else Column(Target.KEEP)
    if thing == "address" and part in _GOOGLE_ADDRESS:
        return Column(_GOOGLE_ADDRESS[part], group=group)
    if part == "value" and thing in _GOOGLE_VALUES:
        return Column(_GOOGLE_VALUES[thing], group=group)
    if thing == "organization" and number == "1":
        target = {"name": Target.ORGANISATION, "title": Target.TITLE, "department": Target.DEPARTMENT}.get(part)
        return Column(target or Target.KEEP)
    return Column(Target.KEEP) if part == "value" or thing in ("organization", "address") else None


@lru_cache(maxsize=1024)
def _by_words(phrase: str) -> Column:
    """A header read word by word: "Ville (bureau)" is a city at work."""
    words = [word for word in phrase.split() if not word.isdigit()]
    profile = next((name for name in PROFILES if name in words), None)
    if profile is not None and not ASIDE.intersection(words):
        return Column(Target.LINK, profile)
    target = _thing(words)
    if target is None and ADDRESSES.intersection(words):
        target = Target.STREET
    place = next((PLACES[word] for word in words if word in PLACES), "")
    if target is None:
        lone = LONE_PHONES.get(" ".join(words))
        return Column(Target.PHONE, lone) if lone is not None else Column(Target.KEEP)
    if target is Target.PHONE and ASSISTANTS.intersection(words):
        return Column(Target.PHONE, "assistant")
    if ASIDE.intersection(words):
        return Column(Target.KEEP)
    if target is Target.PHONE:
        device = next((DEVICES[word] for word in words if word in DEVICES), "")
        if device == "mobile" or (device in ("pager", "car")):
            place = "" if place == "other" else place
            return Column(target, f"{place} {device}".strip() if place == "home" else device)
        if not device and not place and ("main" in words or "principal" in words or "principale" in words):
            return Column(target, "main")
        if not device and not place and not PLAIN_PHONES.issuperset(words):
            return Column(target, " ".join(words))
        return Column(target, f"{place} {device}".strip())
    if target is Target.LINK:
        return Column(target, "blog" if "blog" in words else place if place in ("work", "home") else "website")
    return Column(target, place, (place or "address") if target in ADDRESS_PARTS else "")


def _thing(words: list[str]) -> Target | None:
    """What the words of a header name; a longer phrase wins over a shorter one."""
    found = [
        (rank, target)
        for start, word in enumerate(words)
        for rank, phrase, target in THINGS.get(word, ())
        if tuple(words[start : start + len(phrase)]) == phrase
    ]
    return min(found)[1] if found else None


_TITLES = frozenset(("title", "titel", "titre", "titulo", "title 1", "titolo", "titteli"))


def _settle_titles(phrases: list[str], columns: list[Column]) -> None:
    """ "Title" is how someone is addressed where a job title stands beside it or names follow it, else the job."""
    places = [index for index, phrase in enumerate(phrases) if phrase in _TITLES]
    has_job = any(column.target is Target.TITLE for column in columns)
    for order, index in enumerate(places):
        followed = index + 1 < len(columns) and columns[index + 1].target in (Target.GIVEN, Target.FAMILY)
        is_prefix = has_job or (followed and order == 0 and index == 0) or (len(places) > 1 and order == 0)
        columns[index] = Column(Target.PREFIX if is_prefix else Target.TITLE)
        has_job = has_job or not is_prefix


def _settle_names(phrases: list[str], columns: list[Column]) -> None:
    """A "Name" beside a first name, and without another last name, is the last name."""
    targets = {column.target for column in columns}
    if Target.FAMILY in targets and Target.GIVEN not in targets and _KOREAN_NAME in phrases:
        # Korean has one word for a name and for a first name.
        columns[phrases.index(_KOREAN_NAME)] = Column(Target.GIVEN)
    elif Target.GIVEN in targets and Target.FAMILY not in targets:
        for index, phrase in enumerate(phrases):
            if phrase in ("name", "naam", "namn", "navn"):
                columns[index] = Column(Target.FAMILY)
                return


def _settle_birth(phrases: list[str], columns: list[Column]) -> None:
    """ "Geburtstag" beside a year and a month of birth is the day."""
    if not any(column.target is Target.BIRTHDAY and column.group == "year" for column in columns):
        return
    for index, phrase in enumerate(phrases):
        if (part := _BESIDE_YEAR.get(phrase)) is not None:
            columns[index] = Column(Target.BIRTHDAY, group=part)


_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_DATA = re.compile(r"@|://|\d{3}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,}")


def propose_by_content(rows: list[list[str]]) -> Proposal:
    """The meaning of columns that have no headers, from what stands in them."""
    width = max((len(row) for row in rows), default=0)
    columns: list[Column] = []
    for index in range(width):
        cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        if cells and all(_EMAIL.fullmatch(cell) for cell in cells):
            columns.append(Column(Target.EMAIL))
        elif cells and all(_PHONE.fullmatch(cell) for cell in cells):
            columns.append(Column(Target.PHONE))
        elif cells and all(cell.startswith(("http://", "https://")) for cell in cells):
            columns.append(Column(Target.LINK, "website"))
        elif not any(column.target is Target.NAME for column in columns) and cells and not cells[0][:1].isdigit():
            columns.append(Column(Target.NAME))
        else:
            columns.append(Column(Target.KEEP))
    known = sum(column.target is not Target.KEEP for column in columns)
    return Proposal(Kind.OTHER, ColumnMapping(tuple(columns)), known)


def with_content(proposal: Proposal, headers: list[str], rows: list[list[str]]) -> Proposal:
    """The proposal, with columns whose header says little known by what stands in them.

    Email addresses under a word nobody knows are the person's where no other column holds any; numbers under "Home"
    or "Work" are phones.
    """
    columns = list(proposal.mapping.columns)
    has_email = any(column.target is Target.EMAIL for column in columns)
    for index, column in enumerate(columns):
        if column.target is not Target.KEEP:
            continue
        words = words_of(headers[index]).split() if index < len(headers) else []
        cells = [cell for row in rows if index < len(row) and (cell := row[index].strip())]
        if not cells or ASIDE.intersection(words):
            continue
        place = PLACES.get(words[0]) if words and PLAIN_PHONES.issuperset(words[1:]) else None
        if not has_email and all(_EMAIL.fullmatch(cell) for cell in cells):
            columns[index] = Column(Target.EMAIL)
            has_email = True
        elif place is not None and all(_PHONE.fullmatch(cell) for cell in cells):
            columns[index] = Column(Target.PHONE, place)
    known = sum(column.target not in (Target.KEEP, Target.SKIP) for column in columns)
    return replace(proposal, mapping=ColumnMapping(tuple(columns)), known=known)


def is_heading(cells: list[str], below: Proposal) -> bool:
    """Whether a row of unknown words heads the columns below it: it has none of the addresses that they hold."""
    typed = [
        index
        for index, column in enumerate(below.mapping.columns)
        if column.target in (Target.EMAIL, Target.PHONE, Target.LINK)
    ]
    words = [cell.strip() for cell in cells]
    return (
        bool(typed) and all(words) and len(set(words)) == len(words) and not any(_DATA.search(cell) for cell in words)
    )
