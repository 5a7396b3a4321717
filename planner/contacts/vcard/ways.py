"""Properties that say how to reach someone: emails, phones, addresses, links and messengers."""

from __future__ import annotations

import re
from urllib.parse import unquote

from planner.contacts.records import Address, Email, Link, Phone
from planner.contacts.vcard.labels import label_of
from planner.contacts.vcard.lines import Head
from planner.contacts.vcard.readings import (
    LONGEST_LINE,
    Filled,
    Reading,
    plain_params,
    preferred_of,
    types_of,
)
from planner.contacts.vcard.values import components, one_line, shown_components, split_raw, unescape

MESSENGERS = {
    "X-AIM": "aim", "X-ICQ": "icq", "X-JABBER": "xmpp", "X-MSN": "msnim", "X-YAHOO": "ymsgr", "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype", "X-GOOGLE-TALK": "gtalk", "X-GTALK": "gtalk", "X-QQ": "qq", "X-GADUGADU": "gg",
    "X-GROUPWISE": "groupwise", "X-SIP": "sip", "X-TELEGRAM": "telegram", "X-MATRIX": "matrix", "X-SIGNAL": "signal",
}  # fmt: skip
MESSENGER_SCHEMES = frozenset(MESSENGERS.values()) | {
    "im", "sips", "facetime", "irc", "ircs", "whatsapp", "threema", "mumble", "tg", "apple", "imessage", "ts3server",
}  # fmt: skip
# What a field can hold; anything else stays a property. The same bounds as in `planner.contacts.checking`.
_EMAIL = re.compile(r"(?:[^\s@]+|[^\s@]*\"[^\"\n]*\")@[^\s@]+")
# "Ann Berg" <ann@fjord.example>: the name stays with the line it came from.
# What most lines hold: nothing escaped, no scheme, no blank at an end. It is taken as it is.
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,200}@[A-Za-z0-9.\-]{1,200}")
_PLAIN_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./\-]{0,60}[0-9]")
_PLAIN_LINK = re.compile(r"[!-\[\]-~]{1,2000}")
_NAMED_EMAIL = re.compile(r"[^<>]*<([^<>\s]+@[^<>\s]+)>")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]")
_LINK = re.compile(r"\S{1,2000}")


# Fields of which one line may hold several values, and what stands between them. An address has no blank in it.
# Never taken back, and tried only where a run of blanks begins: the time must not grow with its square.
_BETWEEN = {
    "emails": re.compile(r"(?<![\s,;\\])(?<!\\n)(?:\\?[,;]|\\n|\s)++"),
    "phones": re.compile(r"(?<!\s)\s*+(?:\\?[,;]|\\n)\s*+"),
    "links": re.compile(r"(?<![\s,;\\])(?<!\\n)(?:\\?[,;]|\\n|\s)++(?=https?:|www\.)", re.IGNORECASE),
}
_MOST = 20
# Two whole numbers on a line; an extension after a comma is none.
_TWO_NUMBERS = re.compile(r"\+?[(\d][\d ()./\-]{5,}\d\s*[,;\n]\s*\+?[(\d][\d ()./\-]{5,}\d(?:\s*[,;\n].*)?", re.DOTALL)


def several_of(field: str, raw: str) -> list[str]:
    """The values of a line that holds several for a field, still escaped; the line as it is where it holds one."""
    between = _BETWEEN.get(field)
    if between is None or len(raw) > LONGEST_LINE:
        return [raw]
    parts = [part for part in between.split(raw.strip()) if part]
    return parts if len(parts) <= _MOST else [raw]


def _is_link(text: str) -> bool:
    return _LINK.fullmatch(text) is not None and text.isprintable()


# "twitter:https://…": some programs write the service before the address.
_NAMED_LINK = re.compile(r"([A-Za-z][A-Za-z0-9_\-]{1,30}):(https?://.*)", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]{1,30}):(?=\S)")


def email_of(head: Head) -> Reading:
    label, exact = label_of("emails", types_of(head))
    preferred, counted = preferred_of(head)

    def read(raw: str) -> object | None:
        if _PLAIN_EMAIL.fullmatch(raw) is not None:
            return Email(raw, label, preferred)
        address, plain = one_line(unescape(raw))
        if address[:7].lower() == "mailto:":
            address, clean = one_line(unquote(address[7:]))
            plain = plain and clean
        if (named := _NAMED_EMAIL.fullmatch(address)) is not None:
            address, plain = named[1], False
        if _EMAIL.fullmatch(address) is None or len(address) > LONGEST_LINE:
            return None
        email = Email(address, label, preferred)
        return email if plain else Filled("emails", email, exact=False)

    return Reading(head, "emails", read, exact and counted and plain_params(head))


def phone_of(head: Head) -> Reading:
    label, exact = label_of("phones", types_of(head))
    preferred, counted = preferred_of(head)

    def read(raw: str) -> object | None:
        if _PLAIN_PHONE.fullmatch(raw) is not None:
            return Phone(raw, label, preferred)
        number, plain = one_line(unescape(raw))
        scheme = number[:5].lower()
        if scheme.startswith(("sip:", "sips:")) and _is_link(number):
            return Filled("links", Link(number, scheme.partition(":")[0]), exact=False)
        if scheme.startswith("tel:"):
            number, clean = one_line(unquote(number[4:]))
            plain = plain and clean
        if _WORD.search(number) is None or len(number) > LONGEST_LINE or _TWO_NUMBERS.fullmatch(unescape(raw)):
            return None
        phone = Phone(number, label, preferred)
        # Words where a number should be ("see website") are kept beside it, and doubted by `has_number`.
        return phone if plain and _DIGIT.search(number) else Filled("phones", phone, exact=False)

    return Reading(head, "phones", read, exact and counted and plain_params(head))


def has_number(raw: str) -> bool:
    """Whether a TEL value can be dialled at all."""
    return _DIGIT.search(raw) is not None


def address_of(head: Head) -> Reading:
    label, exact = label_of("addresses", types_of(head))
    preferred, counted = preferred_of(head)
    exact = exact and counted and plain_params(head)

    def read(raw: str) -> object | None:
        if "," not in raw and "\\" not in raw and len(raw) <= LONGEST_LINE and raw.isprintable():
            plainly = tuple(map(str.strip, raw.split(";")))
            if len(plainly) == 7:
                return Address(*plainly[2:], *plainly[:2], label, preferred) if any(plainly) else None
        parts, plain = shown_components(components(raw), street=2)
        filled = (*parts[:7], *("",) * (7 - len(parts)))
        if not any(filled):
            return None
        po_box, extended, street, city, region, postcode, country = filled
        address = Address(street, city, region, postcode, country, po_box, extended, label, preferred)
        if max(map(len, filled)) > LONGEST_LINE:
            return None
        if not plain or len(parts) > 7 or ("," in raw and len(split_raw(raw, ",")) > 1):
            return Filled("addresses", address, exact=False)
        return address

    return Reading(head, "addresses", read, exact)


def link_of(head: Head) -> Reading:
    label, exact = label_of("links", types_of(head))
    # A link knows no preference.
    exact = exact and plain_params(head) and not preferred_of(head)[0] and not head.values("PREF")

    def read(raw: str) -> Link | None:
        if _PLAIN_LINK.fullmatch(raw) is not None:
            return Link(raw, label)
        url = unescape(raw).strip()
        return Link(url, label) if _is_link(url) else None

    return Reading(head, "links", read, exact)


def messenger_of(head: Head) -> Reading:
    service = head.first("X-SERVICE-TYPE") or head.first("SERVICE-TYPE")
    scheme = MESSENGERS.get(head.name, "")

    def read(raw: str) -> object | None:
        address = unescape(raw).strip()
        if not _is_link(address):
            return None
        match = _SCHEME.match(address)
        if scheme:
            return Filled("links", Link(address if match else f"{scheme}:{address}", scheme), exact=False)
        if match is None:
            # Without a scheme there is nothing to open; it stays as written.
            return None
        exact = not head.params and match[1].islower() and match[1] in MESSENGER_SCHEMES
        return Filled("links", Link(address, one_line(service or match[1])[0].lower()[:200]), exact)

    return Reading(head, "links", read)


def social_of(head: Head) -> Reading:
    types = [value for value in types_of(head) if value.lower() not in ("pref", "home", "work")]
    service = head.first("SERVICE-TYPE") or head.first("X-SERVICE-TYPE") or (types[0] if types else "")

    def read(raw: str) -> object | None:
        url = unescape(raw).strip()
        if "://" not in url or not _is_link(url):
            return None
        named = _NAMED_LINK.fullmatch(url)
        name, url = (service or named[1], named[2]) if named is not None else (service, url)
        return Filled("links", Link(url, one_line(name)[0].lower()[:200]), exact=False)

    return Reading(head, "links", read, exact=False)
