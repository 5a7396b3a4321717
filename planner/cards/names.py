"""Names of people: how they are written on cards, and whether a line of a card is one."""

from __future__ import annotations

import re
import unicodedata

from planner.cards.spelling import letters, spellings
from planner.cards.words import section
from planner.folding import fold

_WORD = re.compile(r"[^\W\d_][\w'’`.\-]*\.?", re.UNICODE)
_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af\uf900-\ufaff]")


_ANNOUNCED = re.compile(
    r"^(?:inh\.?|inhaber(?:in)?|owner|contact|ansprechpartner(?:in)?|name)\s*[:.]?\s+(?=\S)", re.IGNORECASE
)


def tidy(name: str) -> str:
    """A name as it is written in a list: capitals made ordinary, spaces set right."""
    text = " ".join(re.sub(r"\s+([,.])", r"\1", name).split()).strip(" ,;|·•-–—")
    text = _ANNOUNCED.sub("", text)
    if any(char.islower() for char in text):
        # "MUSTERMANN Max" and "Max MUSTERMANN": only words that shout.
        return " ".join(_ordinary(word) if _shouts(word) else word for word in text.split(" "))
    return " ".join(_ordinary(word) for word in text.split(" "))


def _shouts(word: str) -> bool:
    plain = fold(word).strip(".,")
    return (
        len(plain) > 2
        and word.isupper()
        and plain not in section("suffix")
        and plain not in section("prefix")
        and not re.fullmatch(r"(?:[A-Z]\.?){1,4}|[A-Z]+\.[A-Z.]*", word)
    )


def _ordinary(word: str) -> str:
    plain = fold(word).strip(".,")
    if plain in section("suffix") or re.fullmatch(r"(?:[^\W\d_]\.)+", word):
        return word
    if plain in section("particle") and not plain.endswith("c"):
        return word.lower()
    cased = re.sub(r"[^\W\d_]+", lambda part: part[0][:1].upper() + part[0][1:].lower(), word)
    return re.sub(r"\b(Mc)([a-z])", lambda part: part[1] + part[2].upper(), cased)


def score(text: str) -> float:
    """How much a line looks like a person's name by itself, 0 to 1."""
    text = " ".join(text.split())
    if not 2 <= len(text) <= 60 or re.search(r"[\d@/\\|<>%&+=#_!?:;*€$]", text):
        return 0.0
    if re.search(r", [A-Z]{2}$", text) and fold(text[-2:]) not in section("suffix"):
        return 0.0  # a city and its state
    if _CJK.search(text):
        packed = text.replace(" ", "")
        return 0.6 if 2 <= len(packed) <= 6 and all(_CJK.match(char) for char in packed) else 0.0
    tokens = [token for token in re.split(r"[\s,]+", text) if token]
    if not all(_WORD.fullmatch(token.strip("()\"'“”„")) for token in tokens) or len(tokens) > 8:
        return 0.0
    folded = [fold(token).strip(".()\"'“”„") for token in tokens]
    prefixes = sum(_is_prefix(word) for word in folded)
    core = [
        (token, word)
        for token, word in zip(tokens, folded, strict=True)
        if not _is_prefix(word) and word not in section("suffix")
    ]
    suffixes = len(tokens) - prefixes - len(core)
    if not 1 <= len(core) <= 5:
        return 0.0
    if any(not token[0].isupper() and word not in section("particle") for token, word in core):
        return 0.0
    given = any(_is_given(word) for _, word in core)
    total = 0.35 + (0.35 if given else 0.0) + (0.2 if prefixes else 0.0) + (0.1 if suffixes else 0.0)
    if len(core) == 1:
        total -= 0.3
    if all(len(letters(word)) < 2 for _, word in core):
        return 0.0
    words = {word for _, word in core}
    for name, cost in (("title", 0.45), ("department", 0.3), ("legal", 0.5), ("organisation", 0.35), ("street", 0.2)):
        hits = words & section(name) - section("given")
        if name == "legal" and len(core) > 1 and core[0][0].istitle():
            hits -= {core[0][1]}  # "Åsa Lindqvist" is no ASA
        total -= cost * len(hits) * (0.5 if given and core[0][1] not in hits else 1.0)
    return max(0.0, min(1.0, total))


def _is_given(word: str) -> bool:
    return any(part in section("given") for part in (word, *word.split("-")))


def _is_prefix(word: str) -> bool:
    return word in section("prefix") or f"{word}." in section("prefix")


def core_words(name: str) -> list[str]:
    """The words of a name in lower case, accents kept, without titles, degrees and full stops."""
    tokens = [token.strip(".,()\"'") for token in re.split(r"[\s,]+", unicodedata.normalize("NFC", name).lower())]
    return [token for token in tokens if token and not _is_prefix(fold(token)) and fold(token) not in section("suffix")]


_MOST_WORDS = 8


def fits(name: str, local: str) -> float:
    """How well the part of an email address before the "@" fits a name, 0 to 1. 0.9 and above: it is spelled so."""
    words = [token for token in core_words(name) if token not in section("particle")]
    # A line of more words is no name, and each word would be tried with each other.
    if not words or not local or len(words) > _MOST_WORDS:
        return 0.0
    variants = [spellings(word) for word in words]
    mailbox = fold(local.partition("+")[0])
    pieces = [piece for piece in re.split(r"[._\-]+", re.sub(r"\d+$", "", mailbox)) if piece]
    packed = "".join(pieces)
    whole = [piece for piece in pieces if any(piece in variant for variant in variants)]
    if pieces and len(whole) == len(pieces):
        return 1.0 if len(pieces) > 1 or len(words) == 1 else 0.75
    pairs = [(one, other) for a in variants for b in variants if a is not b for one in a for other in b]
    if any(packed in {one + other, *_hyphened(one, other)} for one, other in pairs):
        return 1.0
    if any(len(other) > 2 and one and packed in _abbreviated(one, other) for one, other in pairs):
        return 0.95
    if whole and all(piece in whole or (len(piece) == 1 and piece.isalpha()) for piece in pieces):
        return 0.9
    if len(pieces) > 1 and all(
        any(form.startswith(piece) for variant in variants for form in variant) for piece in pieces
    ):
        return 0.8
    if packed == "".join(word[0] for word in words) and len(packed) > 1:
        return 0.5
    return 0.0


def _abbreviated(one: str, other: str) -> set[str]:
    return {one[0] + other, other + one[0], one[:2] + other, other + one[:2]}


def _hyphened(one: str, other: str) -> set[str]:
    return {one.replace("-", "") + other, one + other.replace("-", "")}
