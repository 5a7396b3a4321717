"""Whether two contacts are the same person twice: with a score, and a reason in words.

What many share - a switchboard, info@, a very common name - tells nobody apart and is no reason by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from planner.contacts.likeness import name_likeness, name_words
from planner.contacts.nicknames import forms
from planner.folding import fold

#: What so many contacts share is a switchboard, a shared mailbox or a firm's page: it tells nobody apart.
SHARED_BY = 4

#: A name so many have is a common one: it takes the same organisation as well, or an address, to be a reason.
COMMON = 4

#: Pairs below are not shown.
LEAST = 0.5

_SHARED_MAILBOXES = frozenset(
    "accounts admin billing booking careers contact enquiries events feedback hello help hi hr info inquiries jobs "
    "kontakt mail marketing media newsletter noreply no-reply office order orders post postmaster press reception "
    "sales secretary service support team webmaster welcome".split()
)
_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame herr frau ing dipl mag med phd msc bsc mba jr sr md mme m".split()
)
_LEGAL = frozenset(
    "ab ag aps as asa bv co company corp corporation gmbh group holding inc incorporated kg limited llc llp ltd nv oy "
    "oyj plc pte sa sarl sas sl spa srl the und and".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """What of a contact is compared: all folded. `birthday` is (year, month, day) as far as known."""

    id: int
    words: tuple[str, ...]
    organisation: str = ""
    nickname: str = ""
    suffix: str = ""
    birthday: tuple[int | None, int | None, int | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that may be one person; `score` 0 to 1. `address`: they share one that is theirs alone."""

    a: int
    b: int
    score: float
    reason: str
    address: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts that may be one person, the fullest record first, with the pairs between them, the surest first.

    `automatic` when all but the first say nothing that the first does not say, so that nobody need look.
    """

    ids: tuple[int, ...]
    pairs: tuple[Pair, ...]
    automatic: bool = False

    @property
    def score(self) -> float:
        """How sure the surest pair is, 0 to 1."""
        return self.pairs[0].score

    @property
    def reason(self) -> str:
        """The reason of the surest pair."""
        return self.pairs[0].reason


@dataclass(slots=True)
class Shared:
    """Which contacts share which addresses: contact ids by key. A key nobody else has is left out."""

    emails: Mapping[str, Sequence[int]] = field(default_factory=dict)
    links: Mapping[str, Sequence[int]] = field(default_factory=dict)
    phones: Mapping[str, Sequence[int]] = field(default_factory=dict)


def person(
    id: int,
    given: str,
    family: str,
    name: str,
    organisation: str = "",
    nickname: str = "",
    suffix: str = "",
) -> Person:
    """What is compared of these fields."""
    found = tuple(word for word in name_words(given, family, name) if word not in _TITLES)
    return Person(id, found, organisation_key(organisation), fold(nickname), fold(suffix).strip("."))


@lru_cache(maxsize=8192)
def organisation_key(name: str) -> str:
    """An organisation for comparison: without accents, case, dots and legal form."""
    folded = fold(name)
    if not folded:
        return ""
    parts = "".join(char if char.isalnum() else " " for char in folded).split()
    return " ".join(part for part in parts if part not in _LEGAL) or folded


def is_shared_mailbox(email: str) -> bool:
    """Whether an email address is by its name one of a firm, not of a person."""
    return email.partition("@")[0].partition("+")[0] in _SHARED_MAILBOXES


def names_alike(a: Person, b: Person) -> tuple[float, str]:
    """How alike two people's names are, 0 to 1, and the reason; 0 for names that tell two people apart."""
    if len(a.words) < 2 or len(b.words) < 2 or (a.suffix and b.suffix and a.suffix != b.suffix):
        return 0.0, ""
    if a.words == b.words:
        return 0.94, "same name"
    likeness, reason = name_likeness(a.words, b.words)
    if reason == "very similar name" and not _is_slip(a.words, b.words):
        likeness, reason = 0.0, ""
    if likeness < 90:
        for one, other in ((a, b), (b, a)):
            if one.nickname and set(one.words[1:]) & set(other.words) and one.nickname in other.words:
                return 0.9, "same name, by nickname"
    return likeness / 100, reason


def _is_slip(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether names differ by slips of the pen alone: Daniel and Daniela, Hans and Hansson are two names."""
    from rapidfuzz.distance import OSA

    left, right = [w for w in mine if w not in theirs], [w for w in theirs if w not in mine]
    if len(left) != len(right):
        return False
    for one, other in zip(sorted(left), sorted(right), strict=True):
        if min(len(one), len(other)) < 4 or (_is_first_name(one) and _is_first_name(other)):
            return False
        if OSA.distance(one, other) > (1 if min(len(one), len(other)) < 8 else 2):
            return False
        # "Julia" and "Julias" may be a slip at the end, but "Erik" and "Erika" are not, nor "Ferrer" and "Ferrera".
        if abs(len(one) - len(other)) and (one.startswith(other) or other.startswith(one)):
            return False
    return True


def _is_first_name(word: str) -> bool:
    return len(forms(word)) > 1


def judged(
    a: Person, b: Person, sharing: Iterable[str], crowd: Iterable[str] = (), *, common: bool = False
) -> Pair | None:
    """Whether two contacts are worth showing as one, with score and reason; None if not.

    `sharing` names what the two alone share: "email", "link", "phone"; `crowd` what they share with many others.
    `common` tells that others still have this very name.
    """
    if a.id > b.id:
        a, b = b, a
    shared, crowded = set(sharing), set(crowd)
    alike, reason = names_alike(a, b)
    named = len(a.words) > 1 and len(b.words) > 1
    same_work = bool(a.organisation) and a.organisation == b.organisation
    score, why = _by_address(shared, alike, named)
    if not shared and alike:
        score, why = _by_name(alike, reason, a, b, same_work, bool(crowded), common)
    elif score and alike:
        why = f"{why}, {reason}" + (", same organisation" if same_work else "")
        score = min(1.0, score + 0.01 * same_work)
    if _apart(a, b):
        # Father and son share an address and a name, but not the day they were born.
        score = min(score, 0.6) if shared and alike else 0.0
    if score < LEAST:
        return None
    return Pair(a.id, b.id, round(score, 2), why, bool(shared))


_WORDS = (("email", "same email address", 0.98), ("link", "same link", 0.96), ("phone", "same phone number", 0.93))


def _by_address(shared: set[str], alike: float, named: bool) -> tuple[float, str]:
    for key, words, score in _WORDS:
        if key not in shared:
            continue
        if alike >= 0.9:
            return score, words
        if alike:
            return score - 0.05, words
        if not named:
            return score - (0.2 if key == "phone" else 0.1), words
        # Two at one number are a couple or colleagues; at one mailbox or profile, often one person renamed.
        if key != "phone":
            return 0.6, f"{words}, but another name"
    return 0.0, ""


def _by_name(
    alike: float, reason: str, a: Person, b: Person, same_work: bool, crowded: bool, common: bool
) -> tuple[float, str]:
    if same_work:
        said = f"{reason}, same organisation" + (" and number" if crowded else "")
        if alike >= 0.93:
            return 0.9, said
        return (0.85 if alike >= 0.9 else 0.8 if alike >= 0.83 else 0.7), said
    if common or alike < 0.83:
        return 0.0, ""
    elsewhere = bool(a.organisation) and bool(b.organisation)
    if crowded:
        return 0.8 if alike >= 0.9 else 0.65, f"{reason}, same shared number or address"
    if alike >= 0.93:
        return (0.6, f"{reason}, another organisation") if elsewhere else (0.75, reason)
    if elsewhere:
        return 0.0, ""
    return (0.62 if alike >= 0.9 else 0.55), reason


def _apart(a: Person, b: Person) -> bool:
    return a.birthday is not b.birthday and any(
        one is not None and other is not None and one != other
        for one, other in zip(a.birthday, b.birthday, strict=True)
    )
