"""Gathering a brief's content and writing it to a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts import pictures
from planner.contacts.reading import read_contacts
from planner.contacts.records import Photo
from planner.errors import UserError
from planner.events.brief import Brief, compose
from planner.events.queries import EventQueries
from planner.files import write_atomically
from planner.relations.records import PromiseState
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import PromiseTable

#: Sizes of paper a brief is made for.
PAPERS = ("A4", "Letter")


class NotABrief(UserError):
    """A file name that says neither PDF nor HTML."""

    what = "A brief is a .pdf or an .html file."
    safe = "Nothing was written."
    advice = "Choose a name that ends so."


class Briefs:
    """Briefs of events, as content, as bytes and as files."""

    def __init__(self, store: Store, clock: Clock, events: EventQueries, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._events = events
        self._settings = settings

    def content(self, event_id: int) -> Brief:
        """What stands in the brief of an event. Raises NotFound."""
        file = self._events.file(event_id)
        settings = self._settings.get()
        ids = [person.contact_id for person in file.attendances]
        with self._store.read() as session:
            contacts = read_contacts(under(session), ids)
            photos = _photos(session, [person.photo for person in file.attendances if person.photo])
            owed = _owed(session, ids)
        return compose(
            file,
            {id: contact.details for id, contact in contacts.items()},
            own=self._clock.zone,
            made=self._clock.now(),
            words_a_minute=settings.speaking_words_a_minute,
            photos=photos,
            owed=owed,
            author=settings.me.name,
        )

    def pdf(self, event_id: int, paper: str = "A4") -> bytes:
        """The brief as a PDF. Raises NotFound."""
        from planner.events.brief_pdf import pdf_of

        return pdf_of(self.content(event_id), paper)

    def html(self, event_id: int) -> str:
        """The brief as one HTML page that loads nothing. Raises NotFound."""
        from planner.events.brief_html import html_of

        return html_of(self.content(event_id))

    def save(self, event_id: int, path: Path, paper: str = "A4") -> Path:
        """Write the brief to a file, PDF or HTML by its name, which is returned. An older file is replaced as a whole.

        Raises NotABrief for another ending, NotFound, FileUnwritable.
        """
        suffix = path.suffix.casefold()
        if suffix not in (".pdf", ".html", ".htm"):
            raise NotABrief
        data = self.pdf(event_id, paper) if suffix == ".pdf" else self.html(event_id).encode()
        with write_atomically(path) as file:
            file.write(data)
        return path


def _photos(session: Session, hashes: Collection[str]) -> dict[str, Photo]:
    return {digest: photo for digest in set(hashes) if (photo := pictures.find(session, digest)) is not None}


def _owed(session: Session, contact_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Open promises with these people, in words."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.scalars(
        select(PromiseTable)
        .where(PromiseTable.contact_id.in_(contact_ids), PromiseTable.state == PromiseState.OPEN.value)
        .order_by(PromiseTable.due_on.is_(None), PromiseTable.due_on, PromiseTable.id)
    )
    for row in rows:
        who = "You promised" if row.direction == "mine" else "They promised"
        found[row.contact_id].append(f"{who}: {row.text}")
    return {id: tuple(lines) for id, lines in found.items()}
