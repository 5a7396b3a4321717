"""Finding contacts fast enough for each key press, at a hundred thousand of them.

Ranking by BM25 reads every hit: 1,000 take 1.5 ms, 50,000 take 100. So it is asked for only when hits are few. Of many
hits nobody reads the end; those that begin a family name come first, by an index on the sort key, and the rest newest
first, which is the order the search index itself is kept in.
"""

from __future__ import annotations

import sqlite3
from array import array

from planner.clock import Clock
from planner.contacts.conditions import Conditions, all_of, found_by, match_expression, ranking_expression
from planner.contacts.records import Sort
from planner.contacts.rows import FIRST_DUE
from planner.contacts.search import Query
from planner.settings.records import Settings

#: Hits up to which ranking by fit costs next to nothing.
FEW = 1_000

# A word in a name weighs more than in the organisation or title, and that more than anywhere else.
_FIT = "bm25(contact_search, 12.0, 4.0, 1.0)"
_HITS = "SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY"
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
    def newest(limit: int) -> list[int]:
        order = "ASC" if descending else "DESC"
        return [id for (id,) in rows.execute(f"{_HITS} rowid {order} LIMIT ?", (expression, limit))]

    hits = newest(FEW + 1)
    if not hits:
        return hits
    if len(hits) <= FEW:
        fit = f"{_FIT} DESC" if descending else _FIT
        ranked = rows.execute(f"{_HITS} {fit}, rowid LIMIT ?", (ranking_expression(query.terms), most))
        return [id for (id,) in ranked]
    first = [] if descending else _named(rows, query, most)
    if most < 0 or most > FEW:
        hits = newest(most)
    already = set(first)
    found = first + [id for id in hits if id not in already] if first else hits
    return found if most < 0 else found[:most]


def _named(rows: sqlite3.Connection, query: Query, limit: int) -> list[int]:
    """Those whose sort key begins with the one word that is asked for; with the limit -1 all of them."""
    words = [word for term in query.terms for word in term.words]
    if len(words) != 1 or query.terms[0].exact or query.terms[0].negated:
        return []
    return [id for (id,) in rows.execute(_NAMED, (words[0], f"{words[0]}\U0010ffff", limit))]


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
