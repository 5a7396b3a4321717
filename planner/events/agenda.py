"""Commands on an event's agenda."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.errors import Invalid
from planner.events import matching, writing
from planner.events.records import SessionDetails
from planner.store.store import Store
from planner.store.tables import EventTable, SessionSpeakerTable, SessionTable


class Agenda:
    """Every method is one undoable command. Speakers are linked to the one contact of the same name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, event_id: int, details: SessionDetails) -> Changes:
        """Add an item. Raises NotFound, and Invalid for an empty title or an end before the start."""
        with self._store.write(f"add {_title(details)} to the agenda") as work:
            writing.one(work.session, EventTable, event_id, "event")
            row = SessionTable(event_id=event_id)
            _fill(row, details)
            work.session.add(row)
            work.session.flush()
            _set_speakers(work.session, row, details.speakers)
        return work.changes

    def update(self, session_id: int, details: SessionDetails) -> Changes:
        """Replace an item's details. Speakers whose name stays keep their link."""
        with self._store.write(f"edit {_title(details)} on the agenda") as work:
            row = writing.one(work.session, SessionTable, session_id, "session")
            _fill(row, details)
            _set_speakers(work.session, row, details.speakers)
        return work.changes

    def mark(self, session_ids: Collection[int], marked: bool = True) -> Changes:
        """Mark the items you want to go to, or unmark them."""
        verb = "mark" if marked else "unmark"
        many = "an agenda item" if len(session_ids) == 1 else f"{len(session_ids)} agenda items"
        with self._store.write(f"{verb} {many}") as work:
            for row in writing.all_of(work.session, SessionTable, session_ids, "session"):
                row.marked = marked
        return work.changes

    def delete(self, session_ids: Collection[int]) -> Changes:
        """Delete items."""
        many = "an agenda item" if len(session_ids) == 1 else f"{len(session_ids)} agenda items"
        with self._store.write(f"delete {many}") as work:
            for row in writing.all_of(work.session, SessionTable, session_ids, "session"):
                work.session.delete(row)
        return work.changes


def _title(details: SessionDetails) -> str:
    return f"“{' '.join(details.title.split())}”"


def _fill(row: SessionTable, details: SessionDetails) -> None:
    title = " ".join(details.title.split())
    if not title:
        raise Invalid("Title", "give the session a name")
    if details.starts_at and details.ends_at and details.ends_at < details.starts_at:
        raise Invalid("Time", "the end is before the start")
    row.title = title
    row.starts_at = details.starts_at
    row.ends_at = details.ends_at
    row.room = details.room.strip()
    row.track = details.track.strip()
    row.abstract = details.abstract.strip()
    row.link = details.link.strip()
    row.marked = details.marked
    row.notes = details.notes.strip()


def _set_speakers(session: Session, row: SessionTable, names: Collection[str]) -> None:
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    there = {
        speaker.name: speaker
        for speaker in session.scalars(select(SessionSpeakerTable).where(SessionSpeakerTable.session_id == row.id))
    }
    near = matching.people_at(session, row.event_id)
    for name, speaker in there.items():
        if name not in wanted:
            session.delete(speaker)
    for position, name in enumerate(wanted):
        if name in there:
            there[name].position = position
            continue
        contact_id = matching.contact_named(session, name, near)
        session.add(SessionSpeakerTable(session_id=row.id, position=position, name=name, contact_id=contact_id))
    session.flush()
