"""Postal addresses as cards and signatures write them: found among lines, taken apart, and shown in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.cards.words import plain, section
from planner.contacts.countries import code_of
from planner.contacts.records import Address
from planner.folding import fold

_CITY = r"[^\W\d_][^\d,;|]{1,40}"
# Postcode and city, or the other way round, as the countries have them (Universal Postal Union).
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), country)
    for pattern, country in (
        (rf"(?P<city>{_CITY}?)[, ]+(?P<region>[A-Z]{{2}})[, .]+(?P<postcode>\d{{5}}(?:-\d{{4}})?)(?=$|\W)", "US"),
        (rf"(?P<city>{_CITY}?)[, ]+(?P<region>[A-Z]{{2}})[, ]+(?P<postcode>[A-Z]\d[A-Z] ?\d[A-Z]\d)\b", "CA"),
        (rf"(?P<city>{_CITY}?)[, ]+(?P<region>NSW|VIC|QLD|WA|SA|TAS|ACT|NT)[, ]+(?P<postcode>\d{{4}})\b", "AU"),
        (rf"(?:(?P<city>{_CITY}?)[, ]+)?(?P<postcode>[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})(?=$|[\s,])", "GB"),
        (rf"\b(?P<postcode>\d{{4}} ?[A-Z]{{2}})[ ,]+(?P<city>{_CITY})", "NL"),
        (rf"\b(?P<postcode>\d{{2}}-\d{{3}})[ ,]+(?P<city>{_CITY})", "PL"),
        (rf"\b(?P<postcode>\d{{4}}-\d{{3}})[ ,]+(?P<city>{_CITY})", "PT"),
        (rf"(?:(?P<city>{_CITY}?)[, ]+)?〒? ?(?P<postcode>\d{{3}}-\d{{4}})(?=$|[\s,])", "JP"),
        (rf"\b(?P<postcode>(?:S-|SE-)?\d{{3}} \d{{2}})[ ,]+(?P<city>{_CITY})", "SE"),
        (rf"\b(?P<postcode>(?:[A-Z]{{1,3}}[-–] ?)?\d{{4,6}})[ ,]+(?P<city>{_CITY})", ""),
        (rf"(?P<city>{_CITY}?)[,\- ]+(?P<postcode>\d{{6}})(?=$|\W)", "IN"),
    )
)
# The countries that are written so shortly; other pairs and triples of capitals may be anything.
_SHORT = frozenset(("UK", "USA", "UAE", "U.K", "U.S.A", "U.A.E"))
# Of the words that make a number no phone number, those that an address may have.
_ROOMS = frozenset("room raum zimmer no nr no. nr. id ein reg bp cp".split())
_PO_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|postfach|postboks|postbus|boîte postale|apartado(?: de correos)?|casella postale)\b"
    r"[\s:]*[\d\s]*",
    re.IGNORECASE,
)
# German and Scandinavian streets carry the word for street at their end; "Hauptstr. 5", "Storgatan 12 B".
_COMPOUND = re.compile(
    r"[^\W\d_]{2,}(?:stra(?:ß|ss)e|str\.?|weg|allee|platz|gasse|ring|damm|ufer|chaussee|stieg|graben|markt|gatan|gata|vägen"
    r"|väg|torg|gränd|vej|gade|veien|vegen|gate|katu|tie|kuja|straat|laan|plein|gracht|kade|dijk|singel|utca)\s*\.?\s*\d",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:^|[\s,])(?:No\.?\s?|Nr\.?\s?|#)?\d{1,5}\s?[A-Za-z]?(?:\s?[-–/]\s?\d{1,5}\s?[A-Za-z]?){0,3}(?=$|[\s,.])"
)
_INSIDE = re.compile(
    r"\b(?:suite|ste\.?|floor|fl\.|flr|unit|apt\.?|room|rm\.?|building|bldg\.?|block|level|etage|og|stock|stg\.?|aufgang|haus"
    r"|geb(?:ä|ae)ude|piso|planta|piano|étage|bâtiment|edificio|tower)\b",
    re.IGNORECASE,
)


def with_postcode(text: str) -> re.Match[str] | None:
    """Where a text holds a postcode with its city, if it does."""
    # The numbers of registers and banks look like postcodes.
    if set(plain(text)) & (section("not phone") - _ROOMS):
        return None
    for pattern, country in _PATTERNS:
        for found in pattern.finditer(text):
            city = (found["city"] or "").strip(" ,.-")
            if country == "GB" or country == "JP" or (len(city) > 1 and plausible_city(city)):
                return found
    return None


def plausible_city(city: str) -> bool:
    """Whether words can be a city's name: capitals, and no word of a street or of a firm."""
    words = plain(city)
    if not words or len(words) > 5 or not (city[0].isupper() or city[0] in "'’d" or not city.isascii()):
        return False
    return not any(
        word in section("legal") or word in section("street") - {"st", "al", "berg", "hof"} for word in words[:2]
    )


def is_street(text: str) -> bool:
    """Whether a line names a street with a number, or a box at the post office."""
    if _PO_BOX.search(text) or _COMPOUND.search(text):
        return True
    if not _NUMBER.search(text) or not re.search(r"[^\W\d_]{2,}", text):
        return False
    words = plain(text)
    return any(word in section("street") for word in words)


def is_inside(text: str) -> bool:
    """Whether a line says where in a building ("3rd floor", "Suite 400")."""
    return bool(_INSIDE.search(text)) and len(text) < 40 and bool(re.search(r"\d", text))


def may_be_street(text: str) -> bool:
    """Whether a line can be a street next to a city: words with a number, or a square without."""
    if len(text) > 70 or re.search(r"[@+]|www\.|\d{6,}", text):
        return False
    return bool(_NUMBER.search(text) and re.search(r"[^\W\d_]{3,}", text))


def is_country(text: str) -> bool:
    """Whether a line is the name of a country."""
    stripped = text.strip(" .,")
    return stripped in _SHORT or (len(stripped) > 3 and bool(code_of(stripped)))


def shown(address: Address) -> str:
    """An address in one line, street first."""
    codes = {fold(address.country)} & {"us", "usa", "united states", "ca", "canada", "au", "australia"}
    if address.region and (codes or re.fullmatch(r"[A-Z]{2,3}", address.region)):
        place = ", ".join(part for part in (address.city, f"{address.region} {address.postcode}".strip()) if part)
    elif re.match(r"[A-Z]{1,2}\d", address.postcode):
        place = ", ".join(part for part in (address.city, address.region, address.postcode) if part)
    else:
        city = " ".join(part for part in (address.postcode, address.city) if part)
        place = ", ".join(part for part in (city, address.region) if part)
    street = ", ".join(line.strip() for line in address.street.splitlines() if line.strip())
    parts = (address.po_box, street, address.extended, place, address.country)
    return ", ".join(part for part in parts if part.strip())


def parts(text: str) -> Address:
    """An address of one or more lines in its parts; what can't be told apart stays in the street."""
    pieces = [piece.strip() for piece in re.split(r"[\n,;|·•]+", text) if piece.strip()]
    if not pieces:
        return Address()
    country = ""
    if len(pieces) > 1 and is_country(pieces[-1]):
        country = pieces.pop()
    box = next((piece for piece in pieces if _PO_BOX.fullmatch(piece)), "")
    pieces = [piece for piece in pieces if piece != box]
    rest = ", ".join(pieces)
    found = with_postcode(rest)
    if found is None:
        city = pieces[-1] if len(pieces) > 1 and not re.search(r"\d", pieces[-1]) else ""
        lines = pieces[:-1] if city else pieces
        return Address(street=", ".join(lines), city=city, country=country, po_box=box)
    groups = found.groupdict()
    city = (groups.get("city") or "").strip(" ,.-")
    after = rest[found.end() :].strip(" ,")
    street = rest[: found.start()].strip(" ,-")
    if found["postcode"] and re.match(r"[A-Z]{1,2}\d", found["postcode"]) and not groups.get("region"):
        # A British post town stands before its postcode, with the county or the quarter between.
        before = [piece.strip() for piece in f"{street}, {city}".split(",") if piece.strip()]
        town = [piece for piece in before if not re.search(r"\d", piece) and not is_street(piece)]
        city = town[-1] if town and len(before) > 1 else city
        street = ", ".join(piece for piece in before if piece != city)
    elif groups.get("region") and not street:
        street, city = _street_and_city(city)
    if after and not country and is_country(after):
        country, after = after, ""
    return Address(
        street=street,
        city=city,
        region=(groups.get("region") or "") or after,
        postcode=(found["postcode"] or "").strip(),
        country=country,
        po_box=box,
    )


def _street_and_city(text: str) -> tuple[str, str]:
    """ "1 Main St Springfield" is a street and a city that no comma sets apart."""
    words = text.split()
    for at in range(len(words) - 1, 0, -1):
        if plain(words[at])[:1] and plain(words[at])[0] in section("street") | {"ne", "nw", "se", "sw"}:
            return " ".join(words[: at + 1]), " ".join(words[at + 1 :])
    return "", text


def grouped(texts: Sequence[str]) -> str:
    """Lines of an address in one line."""
    return ", ".join(text.strip(" ,;·•|") for text in texts if text.strip(" ,;·•|"))


def country_of(found: re.Match[str]) -> str:
    """The country whose habit a postcode follows, "" where several have it."""
    return next((country for pattern, country in _PATTERNS if pattern is found.re), "")
