"""Countries by the two letters of ISO 3166, as the time zone database names them in English."""

from __future__ import annotations

from functools import cache
from importlib import resources

from planner.folding import fold

# What people write besides, folded.
_ALSO = {
    "uk": "GB",
    "united kingdom": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "united states of america": "US",
    "deutschland": "DE",
    "osterreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "svizzera": "CH",
    "sverige": "SE",
    "norge": "NO",
    "danmark": "DK",
    "suomi": "FI",
    "island": "IS",
    "nederland": "NL",
    "the netherlands": "NL",
    "holland": "NL",
    "belgie": "BE",
    "belgique": "BE",
    "espana": "ES",
    "italia": "IT",
    "polska": "PL",
    "cesko": "CZ",
    "ceska republika": "CZ",
    "czechia": "CZ",
    "slovensko": "SK",
    "magyarorszag": "HU",
    "romania": "RO",
    "hrvatska": "HR",
    "turkiye": "TR",
    "brasil": "BR",
    "mexico": "MX",
    "eire": "IE",
    "south korea": "KR",
    "russia": "RU",
    "日本": "JP",
    "中国": "CN",
}


@cache
def names() -> dict[str, str]:
    """The English name of each country by its code; empty should the list be missing."""
    try:
        table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError):
        return {}
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) == 2}


@cache
def _codes() -> dict[str, str]:
    return {fold(name): code for code, name in names().items()} | _ALSO


def code_of(text: str) -> str:
    """The code of a country written as its code or by a name, "" if it is none."""
    folded = fold(text).replace(".", "")
    if folded in _ALSO:
        return _ALSO[folded]
    return folded.upper() if folded.upper() in names() else _codes().get(folded, "")


@cache
def dialling_code(code: str) -> str:
    """The prefix of the country's phone numbers in E.164 ("+46"), "" if unknown or shared with other countries."""
    import phonenumbers

    number = phonenumbers.country_code_for_region(code)
    alone = number and len(phonenumbers.region_codes_for_country_code(number)) == 1
    return f"+{number}" if alone else ""
