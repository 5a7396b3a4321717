"""Saved filters: searches of the People list that were given a name."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.contacts import checking
from planner.errors import Invalid, NotFound
from planner.folding import fold
from planner.store.tables import SavedFilterTable


def save(session: Session, name: str, query: str) -> int:
    """Save a search; one of the same name gets the new search."""
    wanted = _name(name)
    text = checking.line(query, "Search")
    if not text:
        raise Invalid("Search", "it is empty")
    for row in session.scalars(select(SavedFilterTable)):
        if fold(row.name) == fold(wanted):
            row.name, row.query = wanted, text
            return row.id
    last = session.scalar(select(func.max(SavedFilterTable.position)))
    row = SavedFilterTable(name=wanted, query=text, position=0 if last is None else last + 1)
    session.add(row)
    session.flush()
    return row.id


def rename(session: Session, id: int, name: str) -> None:
    """Give a saved filter another name."""
    wanted = _name(name)
    for row in session.scalars(select(SavedFilterTable).where(SavedFilterTable.id != id)):
        if fold(row.name) == fold(wanted):
            raise Invalid("Name", f"there is a filter “{row.name}” already")
    _one(session, id).name = wanted


def delete(session: Session, id: int) -> None:
    """Delete a saved filter."""
    session.delete(_one(session, id))


def _name(name: str) -> str:
    wanted = checking.line(name, "Name")
    if not wanted:
        raise Invalid("Name", "give the filter one")
    return wanted


def _one(session: Session, id: int) -> SavedFilterTable:
    row = session.get(SavedFilterTable, id)
    if row is None:
        raise NotFound("filter", id)
    return row
