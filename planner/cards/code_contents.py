"""What the text of a code says: a contact, a profile, one way to reach someone, or just a text.

Sources: MECARD and MATMSG are NTT DoCoMo's formats; BIZCARD is from RIM; mailto RFC 6068; tel RFC 3966. A text that is
none of these is kept as read: the codes on badges hold ids that only their organiser can look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from planner.cards import postal, profiles
from planner.cards.contact_fields import fields_of, from_contact
from planner.cards.records import Note, Reading, ReadingKind
from planner.cards.spelling import known_tld
from planner.contacts.records import (
    Address,
    ContactDetails,
    DateKind,
    Email,
    Link,
    ParsedContact,
    PartialDate,
    Phone,
)
from planner.contacts.vcard import read_vcards

#: No code holds more; a text pasted as one may.
LONGEST = 20_000

# Some write the parts of a MECARD line by line, without the semicolons.
_LINES = re.compile(
    r"(?<![\s;]);?[ \t]*+[\r\n]\s*+(?=(?:N|SOUND|TEL|TEL-AV|EMAIL|NOTE|BDAY|ADR|URL|ORG|TITLE|NICKNAME|TO|SUB|BODY):)"
)
_NAMED_LINK = re.compile(r"(?:([^/:]*):)??((?:https?://|www\.)\S+|[^\s:]+)", re.IGNORECASE)
_BY_LINES = re.compile(r"(?i)(?=(?:.*\n)*MEMORY:)(?:MEMORY|NAME[12]|TEL[123]|MAIL[123]|ADD):.*\r?\n")
# A page without its scheme: a host in letters and a path.
_BARE_LINK = re.compile(r"((?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,})/\S*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def understood(text: str, source: str, position: int = 1) -> Reading:
    """The reading that a code's text gives. Nothing of the text is lost: what has no field is a note."""
    blank = Reading(source=source, kind=ReadingKind.QR, position=position, codes=(text,), source_text=text)
    if len(text) > LONGEST:
        return replace(blank, notes=(Note(text),), about="QR text")
    head = text.lstrip("\ufeff \t\r\n")
    upper = head[:16].upper()
    if upper.startswith("BEGIN:VCARD"):
        for item in read_vcards(head.encode("utf-8", "replace")):
            if isinstance(item, ParsedContact):
                card = from_contact(item, source, ReadingKind.QR, "QR vCard")
                return replace(card, position=position, codes=(text,), source_text=text)
        return replace(blank, notes=(Note(text),), about="QR text")
    for scheme, read, about in (
        ("MECARD:", _mecard, "QR MECARD"),
        ("BIZCARD:", _bizcard, "QR BIZCARD"),
        ("MATMSG:", _matmsg, "QR email"),
        ("MEBKM:", _bookmark, "QR link"),
    ):
        if upper.startswith(scheme):
            details, rest = read(dict(_grouped(_LINES.sub(";", head[len(scheme) :]))))
            return _filled(blank, details, rest, about)
    if _BY_LINES.match(head):
        details, rest = _by_lines(head)
        return _filled(blank, details, rest, "QR address book")
    details, rest, about = _single(head.strip())
    return _filled(blank, details, rest, about)


def _filled(blank: Reading, details: ContactDetails, rest: list[str], about: str) -> Reading:
    if details == ContactDetails() and not any(line.strip() for line in rest):
        rest = [blank.source_text]
    notes = tuple(Note(line) for line in rest if line.strip())
    return replace(
        blank,
        fields=fields_of(details),
        base=details if details != ContactDetails() else None,
        notes=notes,
        about=about,
    )


def _grouped(text: str) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for name, value in _pairs(text):
        groups.setdefault(name, []).append(value)
    yield from groups.items()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The `NAME:value;` pairs of a DoCoMo text, still escaped."""
    for part in re.findall(r"((?:\\.|[^;\\])*)(?:;|\Z)", text, re.DOTALL):
        name, colon, value = part.partition(":")
        if colon and value.strip():
            yield name.strip().upper(), value.strip()


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value).strip()


def _split(value: str) -> list[str]:
    """Parts between commas that are not escaped."""
    return [_plain(part) for part in re.findall(r"((?:\\.|[^,\\])*)(?:,|\Z)", value, re.DOTALL)][: value.count(",") + 1]


def _named(value: str) -> ContactDetails:
    family, *given = _split(value)
    rest = " ".join(part for part in given if part)
    if rest and family:
        return ContactDetails(given=rest, family=family)
    return ContactDetails(name=family or rest)


def _mecard(pairs: dict[str, list[str]]) -> tuple[ContactDetails, list[str]]:
    known = {"N", "SOUND", "TEL", "TEL-AV", "EMAIL", "NOTE", "BDAY", "ADR", "URL", "NICKNAME", "ORG", "TITLE", "DIV"}
    first = {name: _plain(values[0]) for name, values in pairs.items()}
    born = _birthday(first.get("BDAY", ""))
    rest = [f"{name}: {_plain(value)}" for name, values in pairs.items() if name not in known for value in values]
    if first.get("BDAY") and born is None:
        rest.append(f"BDAY: {first['BDAY']}")
    details = replace(
        _named(pairs["N"][0]) if "N" in pairs else ContactDetails(),
        phonetic=" ".join(_split(pairs["SOUND"][0])) if "SOUND" in pairs else "",
        nickname=first.get("NICKNAME", ""),
        organisation=first.get("ORG", ""),
        department=first.get("DIV", ""),
        title=first.get("TITLE", ""),
        phones=(
            *(Phone(_plain(value)) for value in pairs.get("TEL", ()) if _has_digit(value)),
            *(Phone(_plain(value), "video") for value in pairs.get("TEL-AV", ()) if _has_digit(value)),
        ),
        emails=tuple(Email(address) for value in pairs.get("EMAIL", ()) if (address := _email(_plain(value)))),
        links=tuple(_link(link) for value in pairs.get("URL", ()) if (link := _plain(value).replace(" ", "%20"))),
        addresses=tuple(_adr(value) for value in pairs.get("ADR", ())),
        dates=(born,) if born else (),
        notes="\n".join(_plain(value) for value in pairs.get("NOTE", ())),
    )
    rest += [f"TEL: {_plain(value)}" for value in pairs.get("TEL", ()) if not _has_digit(value)]
    rest += [f"EMAIL: {_plain(value)}" for value in pairs.get("EMAIL", ()) if not _email(_plain(value))]
    return details, rest


def _adr(value: str) -> Address:
    """A MECARD address: seven parts between commas as DoCoMo has them, or, as most write it, one free text."""
    pieces = _split(value)
    if len(pieces) == 7 and value.count(",") == 6:
        box, room, house, city, region, postcode, country = pieces
        return Address(
            po_box=box, extended=room, street=house, city=city, region=region, postcode=postcode, country=country
        )
    return postal.parts(_plain(value))


def _birthday(text: str) -> PartialDate | None:
    found = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return PartialDate(DateKind.BIRTHDAY, year if year > 1 else None, month, day)


def _bizcard(pairs: dict[str, list[str]]) -> tuple[ContactDetails, list[str]]:
    first = {name: _plain(values[0]) for name, values in pairs.items()}
    labels = {"B": "work", "M": "mobile", "F": "fax"}
    rest = [
        f"{name}: {_plain(value)}" for name, values in pairs.items() if name not in "NXTCABMFEUW" for value in values
    ]
    web = [_plain(value) for name in ("U", "W") for value in pairs.get(name, ())]
    return ContactDetails(
        given=first.get("N", ""),
        family=first.get("X", ""),
        title=first.get("T", ""),
        organisation=first.get("C", ""),
        addresses=tuple(postal.parts(_plain(value)) for value in pairs.get("A", ())),
        phones=tuple(
            Phone(_plain(value), label)
            for name, label in labels.items()
            for value in pairs.get(name, ())
            if _has_digit(value)
        ),
        emails=tuple(Email(address) for value in pairs.get("E", ()) if (address := _email(_plain(value)))),
        links=tuple(_link(url.replace(" ", "%20")) for url in web if url),
    ), rest


def _matmsg(pairs: dict[str, list[str]]) -> tuple[ContactDetails, list[str]]:
    details = ContactDetails(
        emails=tuple(Email(address) for value in pairs.get("TO", ()) if (address := _email(_plain(value))))
    )
    return details, [_plain(value) for name in ("SUB", "BODY") for value in pairs.get(name, ())]


def _by_lines(text: str) -> tuple[ContactDetails, list[str]]:
    """The address book of KDDI's phones: NAME1 and how it is spoken, TEL1 to TEL3, MAIL1 to MAIL3, ADD, MEMORY."""
    pairs: dict[str, list[str]] = {}
    rest: list[str] = []
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        known = re.fullmatch(r"(NAME|TEL|MAIL)([123])|ADD|MEMORY", name.strip(), re.IGNORECASE)
        if colon and known is not None and value.strip():
            pairs.setdefault(name.strip().upper(), []).append(value.strip())
        elif value.strip() or not colon:
            rest.append(line)
    several = {kind: [one for n in "123" for one in pairs.get(f"{kind}{n}", ())] for kind in ("TEL", "MAIL")}
    rest += [one for one in several["TEL"] if not _has_digit(one)] + [one for one in several["MAIL"] if not _email(one)]
    return ContactDetails(
        name=" ".join(pairs.get("NAME1", ())),
        phonetic=" ".join(pairs.get("NAME2", ())),
        phones=tuple(Phone(one) for one in several["TEL"] if _has_digit(one)),
        emails=tuple(Email(one) for one in several["MAIL"] if _email(one)),
        addresses=tuple(postal.parts(one) for one in pairs.get("ADD", ())),
        notes="\n".join((*pairs.get("MEMORY", ()), *pairs.get("NAME3", ()))),
    ), rest


def _bookmark(pairs: dict[str, list[str]]) -> tuple[ContactDetails, list[str]]:
    links = tuple(_link(url) for value in pairs.get("URL", ()) if (url := _plain(value).replace(" ", "%20")))
    return ContactDetails(links=links), [_plain(value) for value in pairs.get("TITLE", ())]


def _single(text: str) -> tuple[ContactDetails, list[str], str]:
    """A link, an address for mail or messages, a number, or a text that is kept as read."""
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower() if colon else ""
    if scheme == "mailto":
        address, _, query = rest.partition("?")
        given = dict(parse_qsl(query))
        emails = tuple(Email(one) for part in unquote(address).split(",") if (one := _email(part.strip())))
        return ContactDetails(emails=emails), [given[key] for key in ("subject", "body") if key in given], "QR email"
    if scheme in {"tel", "sms", "smsto", "mms", "mmsto"}:
        number, _, said = rest.partition(":" if scheme in {"smsto", "mmsto"} else "?")
        number = unquote(number.partition(";")[0]).strip()
        if _has_digit(number):
            label = "" if scheme == "tel" else "mobile"
            said = dict(parse_qsl(said)).get("body", "") if said.startswith("body=") else said
            return ContactDetails(phones=(Phone(number, label),)), [said], "QR number"
    if scheme == "smtp" and (address := _email(rest.partition(":")[0])):
        return ContactDetails(emails=(Email(address),)), rest.split(":", 2)[1:], "QR email"
    if scheme in {"http", "https"} and not re.search(r"\s", text):
        return ContactDetails(links=(_link(text),)), [], "QR link"
    if scheme in {"url", "urlto"} and (named := _NAMED_LINK.fullmatch(rest.strip())):
        return ContactDetails(links=(_link(named[2]),)), [named[1] or ""], "QR link"
    if (bare := _BARE_LINK.fullmatch(text)) is not None and known_tld(bare[1]):
        return ContactDetails(links=(_link(text),)), [], "QR link"
    if re.fullmatch(r"(?i)www\.[^\s/]+\.[a-z]{2,}(/\S*)?", text) or profiles.network_of(text):
        return ContactDetails(links=(_link(text),)), [], "QR link"
    if _email(text):
        return ContactDetails(emails=(Email(text),)), [], "QR email"
    return ContactDetails(), [text], "QR text" if re.search(r"\s", text) else "QR code"


def _link(url: str) -> Link:
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname or ""
    except ValueError:
        host = ""
    return Link(url, profiles.network_of(url) or ("website" if host else ""))


def _email(text: str) -> str:
    return text if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text) else ""


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
