"""From the lines of a card to its fields: the rules put together.

Ways to reach someone are found by their form, addresses by postcodes and streets, and of what is left the likeliest
line becomes the name, then the organisation, the title and the department. Each field says how sure it is and where it
stands; what fits nowhere is a note, so no line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.cards import crossing, names, points, postal, profiles, scoring
from planner.cards.lines import Row, rows
from planner.cards.points import Draft, Text
from planner.cards.records import Box, FieldKind, Line, Note, ReadField
from planner.cards.spelling import PROVIDERS, letters
from planner.cards.words import section
from planner.contacts.countries import code_of
from planner.folding import fold

_NAME_LEAST, _ORGANISATION_LEAST, _TITLE_LEAST, _DEPARTMENT_LEAST = 0.35, 0.4, 0.42, 0.45
_LONGEST = 200
_ORDER = tuple(FieldKind)


@dataclass(frozen=True, slots=True)
class Understood:
    """The fields of a card in the order of its form, and the lines that found no field."""

    fields: tuple[ReadField, ...]
    notes: tuple[Note, ...]


def understood(lines: Sequence[Line], region: str = "", *, typed: bool = False) -> Understood:
    """The fields of one card's lines.

    `region` is where bare numbers are dialled; `typed` says that the lines were typed, not read from a picture.
    """
    # No line of a card is so long; the rules are for short ones.
    long = [Note(line.text, line.box) for line in lines if len(line.text) > _LONGEST]
    placed = rows([line if len(line.text) <= _LONGEST else replace(line, text="") for line in lines])
    drafts, texts = points.extracted(placed)
    drafts = _once(drafts)
    addressed, texts = _addresses(texts)
    points.checked(drafts, region, _country(addressed))
    emails = [draft.value for draft in drafts if draft.kind is FieldKind.EMAIL]
    sites = [draft.value for draft in drafts if draft.kind is FieldKind.LINK and draft.label == "website"]
    known = scoring.around(emails, sites, typed=typed)
    texts = _split_names(texts, known)
    chosen, left = _chosen(texts, known)
    name = next((draft.value for draft in chosen if draft.kind is FieldKind.NAME), "")
    organisation = next((draft.value for draft in chosen if draft.kind is FieldKind.ORGANISATION), "")
    crossing.check(drafts, name, organisation)
    if not organisation and known.domains and letters(fold(known.domains[0])) != letters(fold(name)):
        chosen.append(_from_domain(known, drafts))
    every = [*chosen, *drafts, *addressed]
    fields = tuple(_field(draft) for draft in sorted(every, key=lambda draft: _ORDER.index(draft.kind)))
    return Understood(fields, (*(Note(text.text, text.row.box) for text in left), *long))


def _field(draft: Draft) -> ReadField:
    doubt = draft.reasons[0] if draft.reasons else ""
    box = draft.box or draft.row.box
    return ReadField(draft.kind, draft.value, round(max(0.05, draft.confidence), 2), draft.label, box, doubt)


def _once(drafts: list[Draft]) -> list[Draft]:
    """Each value once; the surer reading stays."""
    kept: dict[tuple[FieldKind, str], Draft] = {}
    for draft in drafts:
        value = re.sub(r"\W", "", draft.value) if draft.kind is FieldKind.PHONE else draft.value.casefold()
        # The same number may be for calls and for fax.
        key = draft.kind, f"{value}{draft.label if draft.kind is FieldKind.PHONE else ''}"
        if key not in kept or kept[key].confidence < draft.confidence:
            kept[key] = draft
    return list(kept.values())


# --- addresses


def _addresses(texts: list[Text]) -> tuple[list[Draft], list[Text]]:
    """Addresses, each from the rows of a postcode, its street and its country; and the texts that are left."""
    used: set[int] = set()
    found: list[Draft] = []
    for at, text in enumerate(texts):
        if at in used or not (postal.with_postcode(text.text) or _is_box(text.text)):
            continue
        members = _members(texts, at, used)
        used.update(members)
        found.append(_address([texts[one] for one in members], 0.93))
    for at, text in enumerate(texts):
        # A street without a postcode, with its city below.
        if at in used or not postal.is_street(text.text) or scoring.titled(text.text) >= 0.5:
            continue
        members = [at]
        below = at + 1
        while (
            below < len(texts) and below not in used and _next_to(texts[below - 1], texts[below]) and len(members) < 3
        ):
            if not (postal.is_country(texts[below].text) or postal.plausible_city(texts[below].text.partition(",")[0])):
                break
            if scoring.titled(texts[below].text) or scoring.has_legal_form(texts[below].text):
                break
            members.append(below)
            below += 1
        used.update(members)
        found.append(_address([texts[one] for one in members], 0.8 if len(members) > 1 else 0.7))
    return found, [text for at, text in enumerate(texts) if at not in used]


def _is_box(text: str) -> bool:
    return bool(re.search(r"(?i)\b(?:p\.?\s?o\.?\s?box|postfach|postbus|postboks)\b", text))


def _members(texts: list[Text], at: int, used: set[int]) -> list[int]:
    """The texts around one with a postcode that belong to the same address."""
    members = [at]
    whole = postal.parts(texts[at].text)
    above = at - 1
    street = bool(whole.street) and (postal.is_street(whole.street) or bool(re.search(r"\d", whole.street)))
    while above >= 0 and above not in used and _next_to(texts[above], texts[above + 1]) and len(members) < 4:
        text = texts[above].text
        if postal.is_street(text) or postal.is_inside(text) or (not street and postal.may_be_street(text)):
            if street and not postal.is_inside(text) and not _is_box(text):
                break
            street = street or not postal.is_inside(text)
            members.insert(0, above)
        else:
            break
        above -= 1
    below = at + 1
    while below < len(texts) and below not in used and _next_to(texts[below - 1], texts[below]):
        if not (
            postal.is_country(texts[below].text)
            or (_is_box(texts[at].text) and postal.with_postcode(texts[below].text))
        ):
            break
        members.append(below)
        below += 1
    return members


def _next_to(upper: Text, lower: Text) -> bool:
    """Whether two texts follow each other closely, on one row or on neighbouring ones."""
    if upper.row.index == lower.row.index:
        return True
    if lower.row.index - upper.row.index > 1 + (lower.row.box is not None):
        return False
    return upper.row.block == lower.row.block or abs(lower.row.top - upper.row.top) < 2.2


def _address(members: list[Text], confidence: float) -> Draft:
    value = postal.grouped([text.text for text in members])
    boxes = [text.row.box for text in members if text.row.box is not None]
    sure = min([confidence, *(text.row.confidence for text in members)])
    draft = Draft(FieldKind.ADDRESS, value, sure, members[0].row, box=Box.around(boxes) if len(boxes) > 1 else None)
    if any(not text.row.agreed for text in members):
        draft.doubt("two looks at it differ", 0.7)
    return draft


def _country(addressed: Sequence[Draft]) -> str:
    for draft in addressed:
        found = postal.parts(draft.value)
        if found.country and (code := code_of(found.country)):
            return code
        if (match := postal.with_postcode(draft.value)) and (country := postal.country_of(match)):
            return country
    return ""


# --- names, titles, departments, organisations


def _split_names(texts: list[Text], known: scoring.Around) -> list[Text]:
    """ "Jane Berg, CTO" and "CTO, Norrvolt AB" made two texts each."""
    done: list[Text] = []
    for text in texts:
        parts = _first_and_second(text, known)
        if parts is not None:
            done += [Text(part, text.row, text.part + at, False) for at, part in enumerate(parts)]
            continue
        at = re.match(r"(?i)(?P<title>.{3,50}?)\s+(?:at|bei|@|chez|hos)\s+(?P<firm>[A-Z].{2,50})$", text.text)
        if at and scoring.titled(at["title"]) >= 0.5 and _firmly(at["firm"], known):
            done += [Text(at["title"], text.row, text.part, False), Text(at["firm"], text.row, text.part + 1, False)]
            continue
        done.append(text)
    return done


def _first_and_second(text: Text, known: scoring.Around) -> tuple[str, str] | None:
    """The two parts of a text that says two things with a comma or a dash between."""
    for cut in re.finditer(r",|\s[–—-]\s", text.text):
        first, second = text.text[: cut.start()].strip(), text.text[cut.end() :].strip()
        if first and second and _parted(Text(first, text.row), Text(second, text.row), known):
            return first, second
    return None


def _firmly(text: str, known: scoring.Around) -> bool:
    return scoring.has_legal_form(text) or scoring.owner(text, known) >= 0.7 or known.typed


def _parted(first: Text, second: Text, known: scoring.Around) -> bool:
    fits = max((names.fits(first.text, local) for local in known.locals), default=0.0)
    if (names.score(first.text) >= 0.65 or fits >= 0.75) and names.score(second.text) < 0.65:
        suffixes = all(fold(word).strip(".") in _SUFFIXES for word in second.text.replace(",", " ").split())
        return not suffixes and (scoring.titled(second.text) >= 0.5 or scoring.has_legal_form(second.text))
    # "Vice President, Operations" is one title; "Directrice, Service Juridique" is a title and a department.
    part = scoring.department(second, scoring.Around())
    if scoring.titled(first.text) >= 0.5 and part >= (0.35 if " " in second.text else 0.5):
        return True
    return scoring.titled(first.text) >= 0.5 and (
        (scoring.has_legal_form(second.text) and scoring.titled(second.text) < 0.5)
        or scoring.owner(second.text, known) >= 0.8
    )


_SUFFIXES = frozenset(word.strip(".") for word in section("suffix")) | {"phd", "msc", "mba", "bsc"}


def _chosen(texts: list[Text], known: scoring.Around) -> tuple[list[Draft], list[Text]]:
    """The likeliest text for each of name, organisation, title and department, and what is left."""
    left = list(texts)
    chosen: list[Draft] = []
    name = _best(left, [scoring.name(text, known) for text in left], _NAME_LEAST)
    if name is not None:
        text, score, gap = name
        left.remove(text)
        chosen.append(_name(text, score, gap, known))
        known = scoring.Around(known.locals, known.domains, text, known.typed)
    firm = _best(left, [_as_firm(text, known) for text in left], _ORGANISATION_LEAST)
    if firm is not None:
        text, score, gap = firm
        left.remove(text)
        value = _firm_name(text.text)
        chosen.append(_plain(FieldKind.ORGANISATION, value, text, score, gap))
        words = letters(fold(value))
        left = [other for other in left if not (letters(fold(other.text)) in words and len(other.text) > 2)]
    scored = [scoring.title(text, known) for text in left]
    title = _best(left, scored, _TITLE_LEAST)
    if title is None:
        title = _under_the_name(left, known)
    if title is not None:
        chosen += _with_continuation(FieldKind.TITLE, title, left)
    part = _best(left, [scoring.department(text, known) for text in left], _DEPARTMENT_LEAST)
    if part is not None:
        chosen += _with_continuation(FieldKind.DEPARTMENT, part, left)
    return chosen, left


def _best(texts: list[Text], scores: list[float], least: float) -> tuple[Text, float, float] | None:
    """The text with the highest score if it is enough, its score, and how far the next one is behind."""
    if not texts:
        return None
    order = sorted(range(len(texts)), key=lambda at: -scores[at])
    best = order[0]
    if scores[best] < least:
        return None
    gap = scores[best] - scores[order[1]] if len(order) > 1 else 1.0
    return texts[best], scores[best], gap


def _name(text: Text, score: float, gap: float, known: scoring.Around) -> Draft:
    fits = max((names.fits(text.text, local) for local in known.locals), default=0.0)
    sure = min(0.99, 0.45 + 0.4 * min(score, 1.2) + 0.1 * min(gap, 0.5))
    value = names.tidy(text.text)
    draft = Draft(FieldKind.NAME, value, sure if fits < 0.9 else max(sure, 0.95), text.row)
    if not text.row.agreed and fits < 0.9:
        draft.doubt("two looks at it differ", 0.65)
    elif text.row.confidence < 0.9 and fits < 0.9:
        draft.doubt("it was hard to read", 0.7)
    elif gap < 0.08 and fits < 0.75:
        draft.doubt("another line may be the name", 0.6)
    return draft


def _as_firm(text: Text, known: scoring.Around) -> float:
    score = scoring.organisation(text, known)
    # On one row with the name stands what they do more often than where.
    if known.name is not None and text.row.index == known.name.row.index and not scoring.has_legal_form(text.text):
        score -= 0.1
    return score


def _firm_name(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip(" ,;|·•-–—®™©"))


def _plain(kind: FieldKind, value: str, text: Text, score: float, gap: float) -> Draft:
    sure = min(0.98, 0.5 + 0.45 * min(score, 1.0) + 0.1 * min(gap, 0.4))
    draft = Draft(kind, value, sure, text.row)
    if not text.row.agreed:
        draft.doubt("two looks at it differ", 0.65)
    elif text.row.confidence < 0.88:
        draft.doubt("it was hard to read", 0.7)
    return draft


def _under_the_name(left: list[Text], known: scoring.Around) -> tuple[Text, float, float] | None:
    """The line right under the name, if it can be a title that none of our words knows."""
    if known.name is None:
        return None
    for text in left:
        close = text.row.index in (known.name.row.index, known.name.row.index + 1)
        words = re.fullmatch(r"[^\W\d_][^\d@]{3,60}", text.text)
        elsewhere = scoring.department(text, known) >= _DEPARTMENT_LEAST or scoring.organisation(text, known) >= 0.4
        if close and text.row.block == known.name.row.block and words and not elsewhere:
            return text, 0.35, 0.0
    return None


def _with_continuation(kind: FieldKind, best: tuple[Text, float, float], left: list[Text]) -> list[Draft]:
    """A title or department, with the line below it where it goes on there."""
    text, score, gap = best
    at = left.index(text)
    left.remove(text)
    draft = _plain(kind, text.text.strip(" ,;|"), text, score, gap)
    if at < len(left) and _continues(text, left[at]):
        below = left.pop(at)
        draft.value = f"{draft.value} {below.text.strip(' ,;|')}"
        if text.row.box and below.row.box:
            draft.box = Box.around([text.row.box, below.row.box])
    return [draft]


def _continues(upper: Text, lower: Text) -> bool:
    if upper.row.block != lower.row.block or lower.row.index - upper.row.index > 1:
        return False
    open_end = re.search(r"(?i)(?:[&,/+\-–]|\b(?:and|und|of|for|für|der|des|de|et|y|e|the|in|im))$", upper.text.strip())
    return bool(open_end) or bool(re.match(r"(?:[a-zà-ÿ&+]|and |und |et )", lower.text))


def _from_domain(known: scoring.Around, drafts: Sequence[Draft]) -> Draft:
    """The organisation as its own web address calls it: a proposal, never certain."""
    label = next(label for label in known.domains if label not in PROVIDERS)
    row: Row = next((draft.row for draft in drafts if label in draft.value.lower()), drafts[0].row)
    value = label.upper() if len(label) <= 3 else "-".join(part.capitalize() for part in label.split("-"))
    draft = Draft(FieldKind.ORGANISATION, value, 0.4, row)
    draft.doubt("it is taken from the web address", 0.4)
    return draft


def link_address(field: ReadField) -> str:
    """The page that a link or handle leads to."""
    return profiles.address(field.value, field.label)
