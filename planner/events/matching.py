"""Which contact a printed name is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from planner.folding import words
from planner.store.tables import AttendanceTable, ContactTable, SessionSpeakerTable, SessionTable

_SEARCH = text("SELECT rowid FROM contact_search WHERE contact_search MATCH :terms LIMIT 20").bindparams(
    bindparam("terms")
)

_NAMED = (
    "SELECT contact.id, contact.name FROM contact JOIN "
    "(SELECT rowid AS id FROM contact_search WHERE contact_search MATCH ? LIMIT 20) AS hit ON hit.id = contact.id"
)


def same_name(printed: str, known: str) -> bool:
    """Whether two names are the same person's: the same words in any order, blind to case, accents and punctuation."""
    return sorted(words(printed)) == sorted(words(known)) != []


def contact_named(session: Session, name: str, among: Collection[int] = ()) -> int | None:
    """The one contact of this name, or None where there is none or several. Those in `among` come first."""
    terms = words(name)
    if not terms:
        return None
    ids = session.scalars(_SEARCH, {"terms": " ".join(f'name:"{term}"' for term in terms)}).all()
    rows = session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(ids)))
    found = {id for id, known in rows if same_name(name, known)}
    near = found & set(among)
    candidates = near if len(near) == 1 else found
    return min(candidates) if len(candidates) == 1 else None


def contacts_named(session: Session, names: Iterable[str], among: Collection[int] = ()) -> dict[str, int]:
    """`contact_named` for many names at once: those that are found, with their contacts."""
    execute = session.connection().exec_driver_sql
    near = set(among)
    found: dict[str, int] = {}
    for name in dict.fromkeys(names):
        terms = words(name)
        if not terms:
            continue
        rows = execute(_NAMED, (" ".join(f'name:"{term}"' for term in terms),)).all()
        ids = {int(id) for id, known in rows if same_name(name, known)}
        candidates = ids & near if len(ids & near) == 1 else ids
        if len(candidates) == 1:
            found[name] = min(candidates)
    return found


def link_speakers(session: Session, event_id: int, contact_ids: Iterable[int]) -> None:
    """Link the speakers of an event's agenda that nobody is linked to yet, where one of these contacts has the name."""
    rows = session.scalars(
        select(SessionSpeakerTable)
        .join(SessionTable, SessionTable.id == SessionSpeakerTable.session_id)
        .where(SessionTable.event_id == event_id, SessionSpeakerTable.contact_id.is_(None))
    ).all()
    if not rows:
        return
    names = session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(set(contact_ids))))
    by_words = {tuple(sorted(words(name))): id for id, name in names}
    for row in rows:
        row.contact_id = by_words.get(tuple(sorted(words(row.name))))


def people_at(session: Session, event_id: int) -> set[int]:
    """The contacts at an event."""
    return set(session.scalars(select(AttendanceTable.contact_id).where(AttendanceTable.event_id == event_id)))
