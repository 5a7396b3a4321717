"""What two spellings of the same address, number or name have in common: the keys that are compared and sorted by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import urlsplit

from planner.contacts.records import ContactDetails
from planner.folding import fold


def email_key(address: str) -> str:
    """An email address for comparison: any case. Accents stay, they make another mailbox (RFC 6531)."""
    if address.isascii():
        return address.strip().lower()
    return unicodedata.normalize("NFKC", address).strip().casefold()


# An import asks for the same keys twice: when it reads, and some thousand contacts later when it writes.
_KEPT = 16_384
_PLAIN = str.maketrans("", "", " -./()\u00a0\u2010\u2011\u2012\u2013")
# Read without the library, which takes 25 µs a number: an import of 100,000 contacts has many.
_PLAINLY_INTERNATIONAL = re.compile(r"\+[1-9][0-9 ./\-]{7,20}")


@cache
def _country_codes() -> frozenset[str]:
    import phonenumbers  # 20 ms to import: only once there is a number

    return frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


@lru_cache(maxsize=_KEPT)
def phone_key(number: str, region: str = "") -> str:
    """The number in E.164 ("+4930123456"), or "" where it can't be told.

    `region` is the ISO 3166 country whose habits a number without a country code follows; without it such numbers have
    no key. An extension is left out: two desks behind one number are still the same firm.
    """
    if _PLAINLY_INTERNATIONAL.fullmatch(number):
        digits = number.translate(_PLAIN)
        if 9 <= len(digits) <= 16:
            codes = _country_codes()
            code = 1 if digits[1] in codes else 2 if digits[1:3] in codes else 3 if digits[1:4] in codes else 0
            # What begins with a zero after the country's code may be written so by mistake, or (Italy) by right.
            if code and digits[code + 1] != "0":
                return digits
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    key = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    # Shorter ones are emergency calls and extensions, which many people share.
    return key if len(key) >= 8 else ""


def phone_digits(number: str) -> str:
    """The number without what people set between its digits."""
    return number.translate(_PLAIN)


# A profile page has the same path under each of its country hosts.
_LINKEDIN = re.compile(r"^(?:[a-z]{2,3}\.)?linkedin\.com$")


# Nothing in it that only the parser of addresses tells apart: a port, a name before the host, a query, a fragment.
_PLAINLY_WEB = re.compile(r"https?://(?:www\.)?(?:m\.)?([a-z0-9\-][a-z0-9.\-]*)((?:/[A-Za-z0-9._~%+,\-]*)*)")


@lru_cache(maxsize=_KEPT)
def link_key(url: str) -> str:
    """A web address for comparison: without scheme, "www.", final slash, fragment and what only counts visits."""
    text = url.strip()
    if (plain := _PLAINLY_WEB.fullmatch(text)) and not plain[1].endswith("linkedin.com"):
        return f"{plain[1]}{plain[2].rstrip('/')}"
    return _parsed_link_key(text)


def _parsed_link_key(text: str) -> str:
    if "://" not in text and not re.match(r"^[a-z][a-z0-9+.-]*:[^/\d]", text, re.IGNORECASE):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return fold(text)
    if parts.scheme.lower() not in {"http", "https"}:
        return text.casefold()
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    if _LINKEDIN.match(host):
        # linkedin.com/in/name and /in/name/de are one profile, whatever its query says.
        return "linkedin.com" + "/".join(path.lower().split("/")[:3])
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.lower().startswith(("utm_", "ref=")))
    return f"{host}{path}" + (f"?{query}" if query else "")


def web_address(url: str) -> str:
    """The address a browser may open: http or https, or "" for anything else a link may hold."""
    text = url.strip()
    if re.match(r"^https?://[^\s/]+", text, re.IGNORECASE):
        return text
    if ":" not in text.split("/")[0] and re.match(r"^[^\s/@]+\.[^\s/.@]{2,}(/\S*)?$", text):
        return f"https://{text}"
    return ""


def sort_key(details: ContactDetails) -> str:
    """What the list sorts by: family name, then given name; without them the name as shown. All folded."""
    family, given = fold(details.family), fold(details.given)
    if family or given:
        # A tab sorts before any letter or space: "Van, Anna" stands before "Van der Berg, Eva".
        return "\t".join(part for part in (family, given, fold(details.additional)) if part)
    return fold(details.shown_name)
