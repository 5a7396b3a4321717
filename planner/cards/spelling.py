"""Letters that look alike on paper, and what that means for an address read from it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.cards.words import section
from planner.folding import fold

_ALIKE = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "6": "b", "9": "g", "q": "g"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})

#: Mailbox providers: such a domain says nothing about an organisation, and needs nothing else on the card to be right.
PROVIDERS = frozenset(
    """gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web t-online freenet posteo mailbox
    proton protonmail pm fastmail hey zoho orange wanadoo free laposte sfr libero tiscali virgilio bluewin hispeed
    telia seznam wp onet interia mail yandex qq 163 126 naver ziggo xs4all kpn planet skynet telenet btinternet sky
    comcast verizon att bellsouth cox earthlink shaw rogers bigpond optusnet""".split()
)


def skeleton(text: str) -> str:
    """A text with letters that look alike made one: "norrvo1t" and "norrvolt" have the same."""
    return fold(text).replace("rn", "m").replace("vv", "w").replace("cl", "d").translate(_ALIKE)


def spellings(word: str) -> set[str]:
    """How a word of a name is spelled in an address: "Müller" as "muller" and "mueller"."""
    german = fold(word.lower().translate(_GERMAN))
    return {letters(fold(word)), letters(german)}


def letters(text: str) -> str:
    """Only the letters and digits of a folded text."""
    return re.sub(r"[\W_]+", "", text)


def known_tld(domain: str) -> bool:
    """Whether a domain ends as one can: in a country's two letters or in a well-known ending."""
    from planner.contacts.countries import names

    ending = domain.rpartition(".")[2].lower()
    if ending.startswith("xn--"):
        return True
    return ending in section("tld") or (len(ending) == 2 and ending.upper() in names())


def label_of(domain: str) -> str:
    """The part of a domain that names its owner: "norrvolt" of "mail.norrvolt.co.uk"."""
    parts = [part for part in domain.lower().split(".") if part]
    if (
        len(parts) > 2
        and len(parts[-1]) == 2
        and parts[-2] in {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"}
    ):
        return parts[-3]
    return parts[-2] if len(parts) > 1 else parts[0] if parts else ""


def odd_letters(text: str) -> bool:
    """Whether an address mixes letters and look-alike digits as a misreading does ("norrvo1t", "WiIson", "c0m")."""
    if re.search(r"(?<=[a-z])I(?=[a-z])|(?<=[a-z])[O](?=[a-z])|[|!]", text):
        return True
    return bool(re.search(r"(?<=[A-Za-z])[0158](?=[A-Za-z])", text))


def alike(word: str, others: Iterable[str]) -> str:
    """The one of `others` that looks like `word` but is spelled otherwise, "" if there is none."""
    mine, bones = letters(fold(word)), skeleton(letters(fold(word)))
    for other in others:
        theirs = letters(fold(other))
        if len(mine) > 2 and theirs != mine and skeleton(theirs) == bones:
            return theirs
    return ""


def nearly(word: str, others: Iterable[str]) -> str:
    """The one of `others` that differs from `word` by one letter in six or less, "" if there is none."""
    from rapidfuzz.distance import OSA

    mine = letters(fold(word))
    for other in others:
        theirs = letters(fold(other))
        if theirs and mine != theirs and min(len(mine), len(theirs)) >= 4:
            most = min(3, max(1, len(theirs) // 6))
            # Beyond the cutoff it says one more than that, however far apart they are.
            if OSA.distance(mine, theirs, score_cutoff=most) <= most:
                return theirs
    return ""
