"""Names and addresses that look like someone who is already here.

Candidates come from indexes alone, so that this can be asked at each key press; only they are compared.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.contacts.keys import email_key, link_key, phone_key
from planner.contacts.nicknames import forms
from planner.contacts.records import ContactDetails
from planner.folding import fold, words
from planner.relations.records import PersonRef

#: Candidates that are compared at most.
_MOST = 400

_HITS = "SELECT rowid FROM contact_search WHERE contact_search MATCH ?"
_NEWEST = "ORDER BY rowid DESC LIMIT 1000"
_AMONG = "IN (SELECT value FROM json_each(?))"

#: Likeness in percent from which two spellings of a name are worth a warning.
_CLOSE = 86.0


@dataclass(frozen=True, slots=True)
class Similar:
    """A contact that may be the same, why, and how surely (0 to 100)."""

    id: int
    reason: str
    likeness: float


def similar(
    rows: sqlite3.Connection, details: ContactDetails, *, region: str = "", but: int | None = None, limit: int = 5
) -> list[Similar]:
    """The contacts most like these details."""
    found: dict[int, Similar] = {}
    for one in (*_by_address(rows, details, region), *_by_name(rows, details)):
        if one.id not in found or found[one.id].likeness < one.likeness:
            found[one.id] = one
    for id in (but, *_told_apart(rows, but)):
        found.pop(id, None)  # type: ignore[arg-type]  # None is simply not there
    return sorted(found.values(), key=lambda one: (-one.likeness, one.id))[:limit]


def _by_address(rows: sqlite3.Connection, details: ContactDetails, region: str) -> Iterable[Similar]:
    emails = {email_key(email.address) for email in details.emails if "@" in email.address}
    phones = {phone_key(phone.number, region) for phone in details.phones} - {""}
    # The front page of a firm is everyone's there; a profile is one person's.
    links = {key for link in details.links if "/" in (key := link_key(link.url))}
    asked = (
        ("contact_email", "address_key", emails, "same email address", 100.0),
        ("contact_link", "url_key", links, "same link", 97.0),
        ("contact_phone", "e164", phones, "same phone number", 95.0),
    )
    for table, key, wanted, reason, sureness in asked:
        if wanted:
            there = f"SELECT contact_id FROM {table} WHERE {key} {_AMONG} LIMIT {_MOST}"
            for (id,) in rows.execute(there, (json.dumps(sorted(wanted)),)):
                yield Similar(id, reason, sureness)


def _by_name(rows: sqlite3.Connection, details: ContactDetails) -> Iterable[Similar]:
    mine = name_words(details.given, details.family, details.name)
    if len(mine) < 2:
        return
    organisation = fold(details.organisation)
    either = (_all_of(mine), _beginnings(mine))
    ids: dict[int, None] = {}
    for expression in either:
        for (id,) in rows.execute(f"{_HITS} LIMIT {_MOST}", (expression,)):
            ids[id] = None
    names = f"SELECT id, name, given, family, nickname, organisation FROM contact WHERE id {_AMONG}"
    for id, name, given, family, nickname, theirs_at in rows.execute(names, (json.dumps(list(ids)),)):
        theirs = name_words(given, family, name)
        likeness, reason = name_likeness(mine, theirs)
        if nickname and likeness < 90:
            likeness, reason = max((likeness, reason), name_likeness(mine, name_words(nickname, family, "")))
        if likeness < _CLOSE - 8:
            continue
        if organisation and fold(theirs_at) == organisation:
            yield Similar(id, f"{reason}, same organisation", min(likeness + 6, 99.0))
        elif likeness >= _CLOSE:
            yield Similar(id, reason, likeness)


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


def _told_apart(rows: sqlite3.Connection, id: int | None) -> set[int]:
    if id is None:
        return set()
    pairs = rows.execute("SELECT contact_id, other_id FROM contact_not_same WHERE ? IN (contact_id, other_id)", (id,))
    return {other for pair in pairs for other in pair} - {id}


def complete(rows: sqlite3.Connection, text: str, limit: int) -> tuple[PersonRef, ...]:
    """People by the beginnings of their names' words, then by names much like the text."""
    typed = words(text)
    if not typed:
        recent = (
            "SELECT contact.id, name FROM contact JOIN contact_summary ON contact_summary.id = contact.id "
            "ORDER BY last_interaction_at DESC LIMIT ?"
        )
        return tuple(PersonRef(*row) for row in rows.execute(recent, (limit,)))
    expression = " AND ".join(f'name : "{word}"*' for word in typed)
    found = _recent_first(rows, expression, limit)
    if len(found) < limit and len(fold(text)) >= 4:
        found += _spelled_alike(rows, typed, {person.id for person in found}, limit - len(found))
    return tuple(found)


def _recent_first(rows: sqlite3.Connection, expression: str, limit: int) -> list[PersonRef]:
    # Of very many, the newest and those lately in touch are looked at.
    met = (
        f"{_HITS} AND rowid IN (SELECT id FROM contact_summary WHERE last_interaction_at IS NOT NULL "
        "ORDER BY last_interaction_at DESC LIMIT 300)"
    )
    ids = {id for (id,) in rows.execute(f"{_HITS} {_NEWEST}", (expression,))}
    ids |= {id for (id,) in rows.execute(met, (expression,))}
    named = (
        "SELECT contact.id, name FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id "
        f"WHERE contact.id {_AMONG} ORDER BY last_interaction_at DESC NULLS LAST, sort_key, contact.id LIMIT ?"
    )
    return [PersonRef(*row) for row in rows.execute(named, (json.dumps(list(ids)), limit))]


def _spelled_alike(rows: sqlite3.Connection, typed: list[str], but: set[int], limit: int) -> list[PersonRef]:
    from rapidfuzz.fuzz import WRatio

    expression = " OR ".join(f'name : "{word[:2]}"*' for word in typed if len(word) > 2)
    if not expression:
        return []
    folded = " ".join(typed)
    scored = []
    near = f"SELECT id, name FROM contact WHERE id IN ({_HITS} {_NEWEST})"
    for id, name in rows.execute(near, (expression,)):
        score = WRatio(folded, fold(name))
        if score >= 82 and id not in but:
            scored.append((-score, name, id))
    return [PersonRef(id, name) for _, name, id in sorted(scored)[:limit]]
