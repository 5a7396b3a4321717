"""A contact out of pasted text: an address block or the end of an email."""

from __future__ import annotations

import re
from dataclasses import replace

from planner.contacts.keys import link_key, web_address
from planner.contacts.names import with_name
from planner.contacts.records import ContactDetails, Email, Link, Phone

_EMAIL = re.compile(r"[\w.+\-']+@[\w\-]+(?:\.[\w\-]+)+")
_LINK = re.compile(r"(?:https?://|www\.|(?:\w+\.)?linkedin\.com/)[^\s<>|,;]+", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:e-?mail|mail|e|phone|tel(?:ephone)?|t|p|m|mobile|cell|fax|f|w|web|website|url)\s*[:.]\s*", re.I
)
_MOBILE = re.compile(r"^\W*(?:m|mobile|cell)\b", re.IGNORECASE)
_FAX = re.compile(r"^\W*(?:f|fax)\b", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:best|kind|warm|many thanks|thanks|regards|cheers|sincerely|yours|--+|sent from)\b", re.IGNORECASE
)
_TITLE = re.compile(
    r"\b(?:engineer|director|manager|partner|analyst|head|lead|officer|professor|consultant|designer|developer|founder|"
    r"president|principal|researcher|scientist|architect|editor|lawyer|vp|ceo|cto|cfo|coo)\b",
    re.IGNORECASE,
)


def contact_from(text: str, region: str = "") -> ContactDetails:
    """What a text says of a person; details without a name when it says nothing. What fits no field goes to the notes.

    `region` is the ISO 3166 country of phone numbers without a country code.
    """
    emails = tuple(Email(address) for address in dict.fromkeys(_EMAIL.findall(text)))[:5]
    links = {link_key(found): Link(found) for raw in _LINK.findall(text) if (found := web_address(raw.rstrip(".)")))}
    phones: list[Phone] = []
    rest: list[str] = []
    for raw in text.splitlines():
        line = _LINK.sub(" ", _EMAIL.sub(" ", raw)).strip(" \t|·•,;<>")
        numbers = _numbers(line, region)
        for number in numbers:
            label = "mobile" if _MOBILE.match(raw) else "fax" if _FAX.match(raw) else ""
            phones.append(Phone(number, label))
            line = line.replace(number, " ")
        line = _LABELLED.sub("", line).strip(" \t|·•,;:<>-–—")
        if len(re.findall(r"[^\W\d_]", line)) >= 2 and not _GREETING.match(line) and not _only_label(line):
            rest.append(" ".join(line.split()))
    details = ContactDetails(emails=emails, phones=tuple(phones[:5]), links=tuple(links.values())[:5])
    return _named(details, rest)


def _only_label(line: str) -> bool:
    return bool(_LABELLED.fullmatch(f"{line}:")) or line.lower() in {"linkedin", "email", "phone"}


def _numbers(line: str, region: str) -> list[str]:
    import phonenumbers

    try:
        return [match.raw_string for match in phonenumbers.PhoneNumberMatcher(line, region.upper() or None)][:3]
    except (ValueError, KeyError):
        return []


def _named(details: ContactDetails, lines: list[str]) -> ContactDetails:
    if not lines or len(lines[0].split()) > 6:
        return replace(details, notes="\n".join(lines))
    details = with_name(details, lines[0])
    title = organisation = ""
    others: list[str] = []
    for line in lines[1:]:
        parts = [part.strip() for part in re.split(r"\s*[|·•]\s*|,\s+|\s+at\s+|\s+@\s+", line, maxsplit=1)]
        if not title and _TITLE.search(parts[0]):
            title = parts[0]
            if len(parts) > 1 and not organisation:
                organisation = parts[1]
        elif not organisation and not any(char.isdigit() for char in line):
            organisation = line
        else:
            others.append(line)
    return replace(details, title=title, organisation=organisation, notes="\n".join(others))
