"""Contacts by their names, with how well each fits. A few milliseconds at 100,000 contacts.

Nothing reads all names: the search index gives those that have the words, or words that begin so; where none has, those
that begin with the same letters are compared one by one, up to a bound.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from planner.contacts.nicknames import forms
from planner.folding import words

#: How well a name fits: every word is one of its words; one is the short or long form of another; words that begin so.
EXACT, SHORT_FORM, BEGINS = 100.0, 97.0, 95.0
#: Found by where someone works.
_BY_WORK = 88.0
#: Names that are only like it score up to this.
_LIKE = 94.0
_LEAST_LIKE = 72.0
#: More hits than this are not looked at; among so many, one more word is the way to go on.
_HITS = 600
_LATELY = 300
_COMPARED = 1_000
#: Two letters begin too many names to mean one of them.
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class NameHit:
    """A contact and how well the name fits, 0 to 100."""

    id: int
    name: str
    organisation: str
    title: str
    score: float


def by_name(connection: Connection, text: str, limit: int, *, shortest: int = _SHORTEST_BEGINNING) -> list[NameHit]:
    """Contacts whose name has all the words, the best fit first, then those lately in touch.

    The start of a word is enough where one of them has `shortest` letters or more.
    """
    typed = words(text)
    if not typed:
        return []
    exact = " AND ".join(
        "(" + " OR ".join(f'name : "{form}"' for form in sorted(forms(word) | {word}) if form.isalnum()) + ")"
        for word in typed
    )
    found = _read(connection, exact, typed, limit)
    if len(found) < limit and max(len(word) for word in typed) >= shortest:
        known = {hit.id for hit in found}
        expression = " AND ".join(f'name : "{word}"*' for word in typed)
        found += [hit for hit in _read(connection, expression, typed, limit) if hit.id not in known]
    return found[:limit]


def like_name(connection: Connection, text: str, limit: int, but: Collection[int] = ()) -> list[NameHit]:
    """Contacts whose name is nearly the text, as after a slip of the fingers; the first two letters must be right."""
    typed = [word for word in words(text) if len(word) > 2]
    if not typed:
        return []
    starts = [f'name : "{word[:2]}"*' for word in dict.fromkeys(typed)]
    hits = _compared(connection, " AND ".join(starts), typed, but)
    if not hits and len(starts) > 1:
        hits = _compared(connection, " OR ".join(starts), typed, but)
    return hits[:limit]


def _compared(connection: Connection, expression: str, typed: Sequence[str], but: Collection[int]) -> list[NameHit]:
    from rapidfuzz.fuzz import ratio  # the first search can wait for it, the first frame can't

    rows = connection.exec_driver_sql(
        "SELECT contact.id, contact.name, organisation, title FROM contact_search "
        "JOIN contact ON contact.id = contact_search.rowid WHERE contact_search MATCH ? LIMIT ?",
        (expression, _COMPARED),
    )
    hits = []
    for id, name, organisation, title in rows:
        parts = words(name)
        if not parts or id in but:
            continue
        each = [max(ratio(word, part) for part in parts) for word in typed]
        if min(each) >= _LEAST_LIKE:
            hits.append(NameHit(id, name, organisation, title, min(_LIKE, sum(each) / len(each))))
    hits.sort(key=lambda hit: (-hit.score, hit.name))
    return hits


def _read(connection: Connection, expression: str, typed: Sequence[str], limit: int) -> list[NameHit]:
    rows = connection.exec_driver_sql(
        "SELECT contact.id, contact.name, contact.nickname, organisation, title FROM "
        "(SELECT * FROM "
        "(SELECT rowid AS id FROM contact_search WHERE contact_search MATCH ? ORDER BY rowid DESC LIMIT ?) "
        "UNION SELECT rowid FROM contact_search WHERE contact_search MATCH ? AND rowid IN "
        "(SELECT id FROM contact_summary WHERE last_interaction_at IS NOT NULL "
        "ORDER BY last_interaction_at DESC LIMIT ?)) AS hit "
        "JOIN contact ON contact.id = hit.id LEFT JOIN contact_summary ON contact_summary.id = hit.id "
        "ORDER BY contact_summary.last_interaction_at DESC NULLS LAST, contact.sort_key",
        (expression, _HITS, expression, _LATELY),
    )
    hits = []
    for id, name, nickname, organisation, title in rows:
        own = words(f"{name} {nickname}")
        hits.append(NameHit(id, name, organisation, title, _score(typed, own)))
    hits.sort(key=lambda hit: -hit.score)  # stable: among equals, those lately in touch stay first
    return hits[:limit]


def _score(typed: Sequence[str], own: Sequence[str]) -> float:
    if all(word in own for word in typed):
        return EXACT
    if all(word in own or forms(word) & set(own) for word in typed):
        return SHORT_FORM
    return BEGINS


def by_work(connection: Connection, text: str, limit: int, but: Collection[int] = ()) -> list[NameHit]:
    """Contacts where each word begins one of the name, the organisation or the title."""
    expression = " AND ".join(f'{{name work}} : "{word}"*' for word in words(text))
    if not expression:
        return []
    rows = connection.exec_driver_sql(
        "SELECT contact.id, contact.name, organisation, title FROM contact_search "
        "JOIN contact ON contact.id = contact_search.rowid WHERE contact_search MATCH ? "
        "ORDER BY contact_search.rowid DESC LIMIT ?",
        (expression, limit + len(but)),
    )
    return [NameHit(row[0], row[1], row[2], row[3], _BY_WORK) for row in rows if row[0] not in but][:limit]
