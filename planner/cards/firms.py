"""The name of an organisation made whole: set over several lines, its legal form apart, or its full stops misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.cards import names, scoring
from planner.cards.points import Text
from planner.cards.spelling import letters
from planner.cards.words import plain, section
from planner.folding import fold

#: Lines of one organisation's name at most.
_MOST = 3


def tidy(text: str) -> str:
    """An organisation's name without the signs around it, its legal form spelled as it should be."""
    return spelled(re.sub(r"\s+", " ", text.strip(" ,;|·•-–—®™©")))


def spelled(text: str) -> str:
    """A text with letters where its legal form needs them."""
    text = re.sub(r"\b([Ss]p\.\s?z) ?[0oO]\.\s?[0oO]\.?", r"\1 o.o.", text)
    # "S.r.1." and "Sp. z o.0.": digits between the full stops of an abbreviation are letters.
    text = re.sub(r"\bA\.[§$]\.", "A.Ş.", re.sub(r"(?<=[a-z]\.)I(?=\.|$)", "l", text))
    return re.sub(r"(?<=[A-Za-z]\.)\s?[01](?=\.|$)", lambda found: found[0].translate(_DIGITS), text)


_DIGITS = str.maketrans({"0": "o", "1": "l"})


def whole(text: Text, texts: Sequence[Text], known: scoring.Around) -> list[Text]:
    """The lines that the name of an organisation goes over, in reading order; `text` is the likeliest of them."""
    members = [text]
    while len(members) < _MOST:
        below = next(
            (other for other in texts if _follows(members[-1], other) and _goes_on(members, other, known)), None
        )
        if below is not None:
            members.append(below)
            continue
        above = next((other for other in texts if _follows(other, members[0]) and _begins(other, members, known)), None)
        if above is None:
            break
        members.insert(0, above)
    return members


def _follows(upper: Text, lower: Text) -> bool:
    """Whether a text stands right below another, in the same place of the card and in letters of like size."""
    a, b = upper.row, lower.row
    if (
        a.box is None
        or b.box is None
        or a.block != b.block
        or b.index != a.index + 1
        or not (upper.alone and lower.alone)
    ):
        return False
    return 0.4 < b.height / max(a.height, 0.01) < 2.2


def _bare(text: str) -> list[str]:
    """The words that are no legal form."""
    return [word for word in plain(scoring.without_legal_form(text)) if word not in section("legal") and len(word) > 1]


def _person(text: Text, known: scoring.Around) -> bool:
    if known.name is not None and text.row.index == known.name.row.index:
        return True
    return max((names.fits(text.text, local) for local in known.locals), default=0.0) >= 0.75


def _goes_on(members: Sequence[Text], lower: Text, known: scoring.Around) -> bool:
    """Whether the line below still belongs to the name: it brings the legal form, or the domain spells both."""
    if _person(lower, known) or (scoring.titled(lower.text) >= 0.5 and not scoring.has_legal_form(lower.text)):
        return False
    upper = " ".join(member.text for member in members)
    if len(lower.text) < 12 and scoring.joins_legal_form(upper, lower.text):
        return True
    if scoring.has_legal_form(lower.text):
        if not _bare(lower.text):
            return True
        return not scoring.has_legal_form(upper) and len(_bare(lower.text)) <= 3
    return _together(upper, lower, known)


def _begins(upper: Text, members: Sequence[Text], known: scoring.Around) -> bool:
    """Whether the line above is where the name begins: below it stands hardly more than a legal form."""
    if _person(upper, known) or scoring.titled(upper.text) >= 0.5 or re.search(r"[.!?:]$", upper.text):
        return False
    lower = members[0]
    if letters(fold(upper.text)) in letters(fold(lower.text)):
        return False  # the logo says it too
    if scoring.has_legal_form(lower.text) and not scoring.has_legal_form(upper.text):
        both = scoring.owner(f"{upper.text} {lower.text}", known)
        return len(_bare(lower.text)) <= 1 or both > scoring.owner(lower.text, known) or _shares(upper.text, known)
    return _together(upper.text, lower, known)


def _shares(text: str, known: scoring.Around) -> bool:
    """Whether a word of a text is part of the domain."""
    domains = [letters(fold(domain)) for domain in known.domains]
    return any(len(word) > 3 and word in domain for word in plain(text) for domain in domains)


def _together(upper: str, lower: Text, known: scoring.Around) -> bool:
    """Whether two lines without a legal form are one name: the domain has both, or they are set alike."""
    if len(lower.text.split()) > 3 or re.search(r"[.!?:,·|]", lower.text):
        return False
    if letters(fold(upper)) in letters(fold(lower.text)):
        return False
    both = scoring.owner(f"{upper} {lower.text}", known)
    if both >= 0.85 and both > max(scoring.owner(upper, known), scoring.owner(lower.text, known)):
        return True
    words = set(plain(lower.text))
    return upper.isupper() == lower.text.isupper() and bool(words & section("organisation")) and len(words) == 1
