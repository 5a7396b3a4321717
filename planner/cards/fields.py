"""From the lines of a card to its fields: the rules put together.

Ways to reach someone are found by their form, addresses by postcodes and streets, and of what is left the likeliest
line becomes the name, then the organisation, the title and the department. Each field says how sure it is and where it
stands; what fits nowhere is a note, so no line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.cards import crossing, points, postal, profiles, scoring, who
from planner.cards.lines import rows
from planner.cards.points import Draft, Text
from planner.cards.records import Box, FieldKind, Line, Note, ReadField
from planner.cards.spelling import known_tld, letters, nearly
from planner.contacts.countries import code_of
from planner.folding import fold

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
    lines = [line if len(line.again or "") <= _LONGEST else replace(line, again="") for line in lines]
    placed = rows([line if len(line.text) <= _LONGEST else replace(line, text="") for line in lines])
    drafts, texts = points.extracted(placed)
    drafts = _once(drafts)
    addressed, texts = _addresses(texts)
    points.checked(drafts, region, _country(addressed))
    texts = _broken_links(texts, drafts)
    emails = [draft.value for draft in drafts if draft.kind is FieldKind.EMAIL]
    sites = [draft.value for draft in drafts if draft.kind is FieldKind.LINK and draft.label == "website"]
    known = scoring.around(emails, sites, typed=typed)
    chosen, left = who.chosen(who.parted(texts, known), known)
    name = next((draft.value for draft in chosen if draft.kind is FieldKind.NAME), "")
    firm = next((draft for draft in chosen if draft.kind is FieldKind.ORGANISATION), None)
    organisation = firm.value if firm else ""
    again = firm.row.again if firm and not firm.row.agreed else ""
    crossing.check(drafts, name, organisation, [again] if again else [])
    if not organisation and known.domains and letters(fold(known.domains[0])) != letters(fold(name)):
        chosen.append(who.from_domain(known, drafts))
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


def _broken_links(texts: list[Text], drafts: list[Draft]) -> list[Text]:
    """The texts without those that are the card's own domain, misread; that one becomes a link to look at."""
    hosts = {draft.value.rpartition("@")[2].lower() for draft in drafts if draft.kind is FieldKind.EMAIL}
    left = []
    for text in texts:
        word = text.text.lower().removeprefix("www.")
        broken = " " not in word and "." in word and "@" not in word
        host = next((host for host in hosts if broken and nearly(word, [host])), "")
        if not host:
            left.append(text)
            continue
        if not any(draft.kind is FieldKind.LINK and host in draft.value.lower() for draft in drafts):
            # Read twice alike, only its ending is wrong.
            head = word.rpartition(".")[0]
            site = f"{head}.{host.rpartition('.')[2]}" if text.row.agreed and not known_tld(word) else host
            drafts.append(Draft(FieldKind.LINK, site, 0.5, text.row, "website"))
            drafts[-1].doubt(f"it was read as “{text.text}”", 0.5)
    return left


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
    return upper.row.block == lower.row.block or -0.3 < lower.row.top - upper.row.top < 2.2


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


def link_address(field: ReadField) -> str:
    """The page that a link or handle leads to."""
    return profiles.address(field.value, field.label)
