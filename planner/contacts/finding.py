"""Finding contacts fast enough for each key press, at a hundred thousand of them.

Ranking by BM25 reads every hit: 1,000 take 1.5 ms, 50,000 take 100. So it is asked for only when hits are few. Of many
hits nobody reads the end; those that begin a family name come first, by an index on the sort key, and the rest newest
first, which is the order the search index itself is kept in.
"""

from __future__ import annotations

import sqlite3
from array import array
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.conditions import SEARCH, Conditions, found_by, match_expression, matching, ranking_expression
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.records import Sort
from planner.contacts.rows import FIRST_DUE
from planner.contacts.search import Query
from planner.settings.records import Settings
from planner.store.engine import raw

#: Hits up to which ranking by fit costs next to nothing.
FEW = 1_000

# A word in a name weighs more than in the organisation or title, and that more than anywhere else.
_FIT = "bm25(contact_search, 12.0, 4.0, 1.0)"
_HITS = "SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY"
_NAMED = "SELECT id FROM contact WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key, id LIMIT ?"


def find(
    session: Session,
    query: Query,
    sort: Sort,
    clock: Clock,
    settings: Settings,
    descending: bool,
    limit: int | None,
) -> array[int]:
    """The ids a query finds, in order."""
    connection = session.connection()
    expression = match_expression(query.terms)
    conditions = Conditions(session, clock, settings).of(query)
    if expression and not conditions and sort is Sort.BEST:
        return array("q", _best(connection, expression, query, descending, limit))
    statement = select(CONTACT.c.id).where(*conditions)
    if expression:
        statement = statement.where(found_by(expression))
    statement = _ordered(statement, sort, descending)
    if limit is not None:
        statement = statement.limit(limit)
    # Straight from the driver: a row object for each of 100,000 ids would cost more than the search. And one by one
    # into eight bytes each: what a list of all of them takes for a moment, the process keeps.
    cursor: Any = connection.execute(statement).cursor
    return array("q", (id for (id,) in cursor))


def count(session: Session, query: Query, clock: Clock, settings: Settings) -> int:
    """How many contacts a query finds."""
    connection = session.connection()
    expression = match_expression(query.terms)
    conditions = Conditions(session, clock, settings).of(query)
    if expression and not conditions:
        statement = select(func.count()).select_from(SEARCH).where(matching(expression))
    else:
        statement = select(func.count()).select_from(CONTACT).where(*conditions)
        if expression:
            statement = statement.where(found_by(expression))
    return int(connection.scalar(statement) or 0)


def _best(connection: Connection, expression: str, query: Query, descending: bool, limit: int | None) -> list[int]:
    # Words for the driver itself: this is asked at each key press, and building statements takes as long as some hits.
    driver = raw(connection)
    all_of_them = -1 if limit is None else limit

    def newest(limit: int) -> list[int]:
        order = "ASC" if descending else "DESC"
        return [id for (id,) in driver.execute(f"{_HITS} rowid {order} LIMIT ?", (expression, limit))]

    hits = newest(FEW + 1)
    if not hits:
        return hits
    if len(hits) <= FEW:
        fit = f"{_FIT} DESC" if descending else _FIT
        ranked = driver.execute(f"{_HITS} {fit}, rowid LIMIT ?", (ranking_expression(query.terms), all_of_them))
        return [id for (id,) in ranked]
    first = [] if descending else _named(driver, query, all_of_them)
    if limit is None or limit > FEW:
        hits = newest(all_of_them)
    already = set(first)
    return (first + [id for id in hits if id not in already] if first else hits)[:limit]


def _named(driver: sqlite3.Connection, query: Query, limit: int) -> list[int]:
    """Those whose sort key begins with the one word that is asked for; with the limit -1 all of them."""
    words = [word for term in query.terms for word in term.words]
    if len(words) != 1 or query.terms[0].exact or query.terms[0].negated:
        return []
    return [id for (id,) in driver.execute(_NAMED, (words[0], f"{words[0]}\U0010ffff", limit))]


def _ordered(statement: Select[Any], sort: Sort, descending: bool) -> Select[Any]:
    name = (CONTACT.c.sort_key, CONTACT.c.id)
    match sort:
        case Sort.NAME | Sort.BEST:
            return statement.order_by(*(part.desc() for part in name) if descending else name)
        case Sort.ORGANISATION:
            nobody = CONTACT.c.organisation == ""
            key: Any = CONTACT.c.organisation.collate("NOCASE")
            return statement.order_by(nobody, key.desc() if descending else key, *name)
        case Sort.LAST_SEEN:
            statement = statement.outerjoin(SUMMARY, SUMMARY.c.id == CONTACT.c.id)
            seen = SUMMARY.c.last_interaction_at
            return statement.order_by(seen.is_(None), seen if descending else seen.desc(), *name)
        case Sort.DUE:
            return statement.order_by(FIRST_DUE.is_(None), FIRST_DUE.desc() if descending else FIRST_DUE, *name)
        case Sort.ADDED:
            return statement.order_by(CONTACT.c.id if descending else CONTACT.c.id.desc())
        case Sort.CHANGED:
            changed = CONTACT.c.updated_at
            return statement.order_by(changed if descending else changed.desc(), CONTACT.c.id)
