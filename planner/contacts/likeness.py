"""Names and addresses that look like someone who is already here.

Candidates come from indexes alone, so that this can be asked at each key press; only they are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from planner.contacts.conditions import SEARCH, matching
from planner.contacts.keys import email_key, link_key, phone_key
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.nicknames import forms
from planner.contacts.records import ContactDetails
from planner.folding import fold, words
from planner.relations.records import PersonRef
from planner.store.tables import EmailTable, LinkTable, NotSameTable, PhoneTable

#: Candidates that are compared at most.
_MOST = 400

#: Likeness in percent from which two spellings of a name are worth a warning.
_CLOSE = 86.0


@dataclass(frozen=True, slots=True)
class Similar:
    """A contact that may be the same, why, and how surely (0 to 100)."""

    id: int
    reason: str
    likeness: float


def similar(
    connection: Connection, details: ContactDetails, *, region: str = "", but: int | None = None, limit: int = 5
) -> list[Similar]:
    """The contacts most like these details."""
    found: dict[int, Similar] = {}
    for one in (*_by_address(connection, details, region), *_by_name(connection, details)):
        if one.id not in found or found[one.id].likeness < one.likeness:
            found[one.id] = one
    for id in (but, *_told_apart(connection, but)):
        found.pop(id, None)  # type: ignore[arg-type]  # None is simply not there
    return sorted(found.values(), key=lambda one: (-one.likeness, one.id))[:limit]


def _by_address(connection: Connection, details: ContactDetails, region: str) -> Iterable[Similar]:
    emails = {email_key(email.address) for email in details.emails if "@" in email.address}
    phones = {phone_key(phone.number, region) for phone in details.phones} - {""}
    # The front page of a firm is everyone's there; a profile is one person's.
    links = {key for link in details.links if "/" in (key := link_key(link.url))}
    asked: tuple[tuple[Any, Any, set[str], str, float], ...] = (
        (EmailTable.contact_id, EmailTable.address_key, emails, "same email address", 100.0),
        (LinkTable.contact_id, LinkTable.url_key, links, "same link", 97.0),
        (PhoneTable.contact_id, PhoneTable.e164, phones, "same phone number", 95.0),
    )
    for owner, key, wanted, reason, sureness in asked:
        if wanted:
            for id in connection.scalars(select(owner).where(key.in_(wanted)).limit(_MOST)):
                yield Similar(id, reason, sureness)


def _by_name(connection: Connection, details: ContactDetails) -> Iterable[Similar]:
    mine = name_words(details.given, details.family, details.name)
    if len(mine) < 2:
        return
    organisation = fold(details.organisation)
    either = (_all_of(mine), _beginnings(mine))
    ids: dict[int, None] = {}
    for expression in either:
        for id in connection.scalars(select(SEARCH.c.rowid).where(matching(expression)).limit(_MOST)):
            ids[id] = None
    statement = select(
        CONTACT.c.id, CONTACT.c.name, CONTACT.c.given, CONTACT.c.family, CONTACT.c.nickname, CONTACT.c.organisation
    ).where(CONTACT.c.id.in_(list(ids)))
    for row in connection.execute(statement):
        theirs = name_words(row.given, row.family, row.name)
        likeness, reason = name_likeness(mine, theirs)
        if row.nickname and likeness < 90:
            likeness, reason = max((likeness, reason), name_likeness(mine, name_words(row.nickname, row.family, "")))
        if likeness < _CLOSE - 8:
            continue
        if organisation and fold(row.organisation) == organisation:
            yield Similar(row.id, f"{reason}, same organisation", min(likeness + 6, 99.0))
        elif likeness >= _CLOSE:
            yield Similar(row.id, reason, likeness)


def name_words(given: str, family: str, name: str) -> tuple[str, ...]:
    """The folded words of a name, from its parts where it has them."""
    return tuple(words(f"{given} {family}")) or tuple(words(name))


def name_likeness(mine: Sequence[str], theirs: Sequence[str]) -> tuple[float, str]:
    """How alike two names are in percent, and the reason in words; whatever the order of their words."""
    if not mine or not theirs:
        return 0.0, ""
    if sorted(mine) == sorted(theirs):
        return 94.0, "same name"
    shorter, longer = sorted((mine, theirs), key=len)
    left = list(longer)
    told: list[str] = []
    initial = False
    for word in sorted(shorter, key=len, reverse=True):
        match = _counterpart(word, left)
        if match is None:
            break
        left.remove(match)
        if match != word and 1 in (len(match), len(word)):
            initial = True
        elif match != word:
            told.append(f"{match.capitalize()} for {word.capitalize()}")
    else:
        if len(shorter) >= 2 and not (initial and told):
            if initial:
                return 80.0, "same initial and last name"
            return (90.0, f"same name, {told[0]}") if told else (91.0, "same name")
    from rapidfuzz.fuzz import ratio

    # Not more than every word apart: "Jon Berg" is like "John Berg", but "Tim Berg" is not like "Tom Berg".
    score = ratio(" ".join(sorted(mine)), " ".join(sorted(theirs)))
    unlike = [word for word in mine if word not in theirs] or list(mine)
    if any(len(word) < 4 for word in unlike) and score < 93:
        return 0.0, ""
    return score * 0.97, "very similar name"


def _counterpart(word: str, among: Sequence[str]) -> str | None:
    if word in among:
        return word
    others = forms(word)
    for candidate in among:
        if candidate in others:
            return candidate
    for candidate in among:
        if 1 in (len(candidate), len(word)) and candidate[0] == word[0]:
            return candidate
    return None


def _all_of(name: Sequence[str]) -> str:
    """Each word in one of its forms."""
    return " AND ".join(
        "(" + " OR ".join(f'name : "{form}"' for form in sorted(forms(word)) if form.isalnum()) + ")" for word in name
    )


def _beginnings(name: Sequence[str]) -> str:
    """Each word by its first letters, as a slip is rarely among them; a first name by its initial."""
    longest = max(name, key=len)
    return " AND ".join(f'name : "{word[:3] if word == longest else word[:1]}"*' for word in dict.fromkeys(name))


def _told_apart(connection: Connection, id: int | None) -> set[int]:
    if id is None:
        return set()
    pairs = connection.execute(
        select(NotSameTable.contact_id, NotSameTable.other_id).where(
            or_(NotSameTable.contact_id == id, NotSameTable.other_id == id)
        )
    )
    return {other for pair in pairs for other in pair} - {id}


def complete(connection: Connection, text: str, limit: int) -> tuple[PersonRef, ...]:
    """People by the beginnings of their names' words, then by names much like the text."""
    typed = words(text)
    if not typed:
        recent = select(CONTACT.c.id, CONTACT.c.name).join(SUMMARY, SUMMARY.c.id == CONTACT.c.id)
        recent = recent.order_by(SUMMARY.c.last_interaction_at.desc()).limit(limit)
        return tuple(PersonRef(row.id, row.name) for row in connection.execute(recent))
    expression = " AND ".join(f'name : "{word}"*' for word in typed)
    found = _recent_first(connection, expression, limit)
    if len(found) < limit and len(fold(text)) >= 4:
        found += _spelled_alike(connection, typed, {person.id for person in found}, limit - len(found))
    return tuple(found)


def _recent_first(connection: Connection, expression: str, limit: int) -> list[PersonRef]:
    # Of very many, the newest and those lately in touch are looked at.
    hits = select(SEARCH.c.rowid).where(matching(expression)).order_by(SEARCH.c.rowid.desc()).limit(1_000)
    lately = select(SUMMARY.c.id).where(SUMMARY.c.last_interaction_at.is_not(None))
    lately = lately.order_by(SUMMARY.c.last_interaction_at.desc()).limit(300)
    met = select(SEARCH.c.rowid).where(matching(expression), SEARCH.c.rowid.in_(lately))
    ids = {*connection.scalars(hits), *connection.scalars(met)}
    statement = (
        select(CONTACT.c.id, CONTACT.c.name)
        .outerjoin(SUMMARY, SUMMARY.c.id == CONTACT.c.id)
        .where(CONTACT.c.id.in_(ids))
        .order_by(SUMMARY.c.last_interaction_at.desc().nulls_last(), CONTACT.c.sort_key, CONTACT.c.id)
        .limit(limit)
    )
    return [PersonRef(row.id, row.name) for row in connection.execute(statement)]


def _spelled_alike(connection: Connection, typed: list[str], but: set[int], limit: int) -> list[PersonRef]:
    from rapidfuzz.fuzz import WRatio

    expression = " OR ".join(f'name : "{word[:2]}"*' for word in typed if len(word) > 2)
    if not expression:
        return []
    hits = select(SEARCH.c.rowid).where(matching(expression)).order_by(SEARCH.c.rowid.desc()).limit(1_000)
    folded = " ".join(typed)
    scored = []
    for row in connection.execute(select(CONTACT.c.id, CONTACT.c.name).where(CONTACT.c.id.in_(hits))):
        score = WRatio(folded, fold(row.name))
        if score >= 82 and row.id not in but:
            scored.append((-score, row.name, row.id))
    return [PersonRef(id, name) for _, name, id in sorted(scored)[:limit]]
