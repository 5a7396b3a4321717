"""Finding contacts fast enough for each key press, at a hundred thousand of them.

Ranking by BM25 reads every hit: 2,000 take 3 ms, 50,000 take 100. So it is asked for only when hits are few. Of many
hits nobody reads the end; those that begin a family name come first, by an index on the sort key, and the rest newest
first, which is the order the search index itself is kept in.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.conditions import SEARCH, Conditions, found_by, match_expression, matching, ranking_expression
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.records import Sort
from planner.contacts.rows import FIRST_DUE
from planner.contacts.search import Query
from planner.settings.records import Settings

#: Hits up to which ranking by fit costs next to nothing.
FEW = 2_000

# A word in a name weighs more than in the organisation or title, and that more than anywhere else.
_FIT: ColumnElement[float] = literal_column("bm25(contact_search, 12.0, 4.0, 1.0)")


def find(
    session: Session,
    query: Query,
    sort: Sort,
    clock: Clock,
    settings: Settings,
    descending: bool,
    limit: int | None,
) -> list[int]:
    """The ids a query finds, in order."""
    connection = session.connection()
    expression = match_expression(query.terms)
    conditions = Conditions(session, clock, settings).of(query)
    if expression and not conditions and sort is Sort.BEST:
        return _best(connection, expression, query, descending, limit)
    statement = select(CONTACT.c.id).where(*conditions)
    if expression:
        statement = statement.where(found_by(expression))
    return _ids(connection, _ordered(statement, sort, descending), limit)


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
    hits = select(SEARCH.c.rowid).where(matching(expression))
    newest_first = hits.order_by(SEARCH.c.rowid.asc() if descending else SEARCH.c.rowid.desc())
    newest = _ids(connection, newest_first, FEW + 1)
    if not newest:
        return newest
    if len(newest) <= FEW:
        fit = _FIT.desc() if descending else _FIT
        ranked = select(SEARCH.c.rowid).where(matching(ranking_expression(query.terms)))
        return _ids(connection, ranked.order_by(fit, SEARCH.c.rowid), limit)
    first = [] if descending else _named(connection, query, limit)
    if limit is None or limit > FEW:
        newest = _ids(connection, newest_first, limit)
    already = set(first)
    return (first + [id for id in newest if id not in already] if first else newest)[:limit]


def _named(connection: Connection, query: Query, limit: int | None) -> list[int]:
    """Those whose sort key begins with the one word that is asked for."""
    words = [word for term in query.terms for word in term.words]
    if len(words) != 1 or query.terms[0].exact or query.terms[0].negated:
        return []
    named = select(CONTACT.c.id).where(CONTACT.c.sort_key >= words[0], CONTACT.c.sort_key < words[0] + "\U0010ffff")
    return _ids(connection, named.order_by(CONTACT.c.sort_key, CONTACT.c.id), limit)


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


def _ids(connection: Connection, statement: Select[Any], limit: int | None) -> list[int]:
    if limit is not None:
        statement = statement.limit(limit)
    # Straight from the driver: a row object for each of 100,000 ids would cost more than the search.
    cursor: Any = connection.execute(statement).cursor
    return [id for (id,) in cursor]
