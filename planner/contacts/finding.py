"""Finding contacts fast enough for each key press, at a hundred thousand of them.

The search index goes through its hits newest first, and stops as soon as there are enough. So few hits are put in order
by where their words stand. Of many nobody reads the end: those come first whose family name begins so, by an index on
the sort key, or who have all of several words in their names, and the rest newest first. (SQLite's own ranking, BM25,
looks for each word once more to learn how rare it is, which takes four times as long as finding.)
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Iterable

from planner.clock import Clock
from planner.contacts.conditions import Conditions, all_of, found_by, match_expression
from planner.contacts.records import Sort
from planner.contacts.rows import FIRST_DUE
from planner.contacts.search import Query, Term
from planner.settings.records import Settings

#: Hits up to which putting them in order costs next to nothing.
FEW = 100

_HITS = "SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY rowid"
# From the table in which the index keeps its texts (SQLite, "FTS5 Data Structures"): twice as fast as by way of it.
_PLACES = "SELECT id, c0, c1 FROM contact_search_content WHERE id IN (SELECT value FROM json_each(?))"
_NAMED = "SELECT id FROM contact WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key, id LIMIT ?"


def find(
    rows: sqlite3.Connection,
    query: Query,
    sort: Sort,
    clock: Clock,
    settings: Settings,
    descending: bool,
    limit: int | None,
) -> array[int]:
    """The ids a query finds, in order."""
    most = -1 if limit is None else limit
    expression = match_expression(query.terms)
    conditions = Conditions(rows, clock, settings).of(query)
    if expression and not conditions and sort is Sort.BEST:
        return array("q", _best(rows, expression, query, descending, most))
    if expression:
        conditions.append(found_by(expression))
    meant = all_of(conditions)
    statement = f"SELECT contact.id FROM contact {_SUMMED if sort is Sort.LAST_SEEN else ''} WHERE {meant.sql} "
    ordered = rows.execute(f"{statement} ORDER BY {_order(sort, descending)} LIMIT ?", (*meant.values, most))
    # One by one into eight bytes each: what a list of 100,000 ids takes for a moment, the process keeps.
    return array("q", (id for (id,) in ordered))


def count(rows: sqlite3.Connection, query: Query, clock: Clock, settings: Settings) -> int:
    """How many contacts a query finds."""
    expression = match_expression(query.terms)
    conditions = Conditions(rows, clock, settings).of(query)
    if expression and not conditions:
        hits = rows.execute("SELECT count(*) FROM contact_search WHERE contact_search MATCH ?", (expression,))
        return int(hits.fetchone()[0])
    if expression:
        conditions.append(found_by(expression))
    meant = all_of(conditions)
    return int(rows.execute(f"SELECT count(*) FROM contact WHERE {meant.sql}", meant.values).fetchone()[0])


def _best(rows: sqlite3.Connection, expression: str, query: Query, descending: bool, most: int) -> list[int]:
    def newest(expression: str, limit: int) -> list[int]:
        order = "ASC" if descending else "DESC"
        return [id for (id,) in rows.execute(f"{_HITS} {order} LIMIT ?", (expression, limit))]

    hits = newest(expression, max(FEW, most) + 1)
    if len(hits) <= FEW:
        fits = _fits(rows, hits, query.terms) if len(hits) > 1 else {}
        hits.sort(key=lambda id: fits.get(id, 0), reverse=not descending)
        return hits if most < 0 else hits[:most]
    if descending:
        first = []
    elif sum(len(term.words) for term in query.terms) == 1:
        first = _families(rows, query.terms[0], most)
    else:
        first = newest(match_expression(query.terms, "name"), most)
    if most < 0:
        hits = newest(expression, most)
    already = set(first)
    found = first + [id for id in hits if id not in already] if first else hits
    return found if most < 0 else found[:most]


def _fits(rows: sqlite3.Connection, ids: list[int], terms: Iterable[Term]) -> dict[int, int]:
    """How well each of these contacts fits the words that are asked for."""
    wanted = [(term.words[0], _pattern(term)) for term in terms if not term.negated]
    return {
        id: sum(_fit(word, pattern, name, work) for word, pattern in wanted)
        for id, name, work in rows.execute(_PLACES, (json.dumps(ids),))
    }


def _fit(word: str, pattern: re.Pattern[str], name: str, work: str) -> int:
    """How well words fit: best as whole words of the name, then as the beginning of such, then so in the work."""
    for text, weight in ((name, 4), (work, 1)):
        if word in text and (ends := pattern.findall(text)):
            return weight + ("" in ends)
    return 0


def _pattern(term: Term) -> re.Pattern[str]:
    # Words hold letters and digits alone, so nothing in them has a meaning to a pattern.
    words = r"[\W_]+".join(term.words)
    return re.compile(rf"(?<![^\W_]){words}([^\W_]?)")


def _families(rows: sqlite3.Connection, term: Term, limit: int) -> list[int]:
    """Those whose sort key begins with a word; with the limit -1 all of them."""
    if term.exact:
        return []
    word = term.words[0]
    return [id for (id,) in rows.execute(_NAMED, (word, f"{word}\U0010ffff", limit))]


_SUMMED = "LEFT JOIN contact_summary ON contact_summary.id = contact.id"


def _order(sort: Sort, descending: bool) -> str:
    down, up = ("", "DESC") if descending else ("DESC", "")
    name = "contact.sort_key, contact.id"
    match sort:
        case Sort.NAME | Sort.BEST:
            return f"contact.sort_key {up}, contact.id {up}"
        case Sort.ORGANISATION:
            return f"contact.organisation = '', contact.organisation COLLATE NOCASE {up}, {name}"
        case Sort.LAST_SEEN:
            return f"last_interaction_at IS NULL, last_interaction_at {down}, {name}"
        case Sort.DUE:
            return f"{FIRST_DUE} IS NULL, {FIRST_DUE} {up}, {name}"
        case Sort.ADDED:
            return f"contact.id {down}"
        case Sort.CHANGED:
            return f"contact.updated_at {down}, contact.id"
