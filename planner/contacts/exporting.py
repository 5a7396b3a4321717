"""Contacts into vCard files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from sqlalchemy.orm import Session

from planner.contacts import pictures
from planner.contacts.bulk import Progress, Stop, in_batches
from planner.contacts.reading import read_contacts
from planner.contacts.records import Contact
from planner.contacts.vcard import Version, write_vcards
from planner.errors import Cancelled
from planner.files import write_atomically
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store


class ContactExport:
    """Writes contacts as other programs read them: names, addresses, dates, tags, notes and picture.

    What is private to you (roles, tie, rhythm, boundaries, research, what to remember) is written only when asked for.
    """

    def __init__(self, store: Store, settings: SettingsService) -> None:
        self._store = store
        self._settings = settings

    def vcards(
        self,
        ids: Sequence[int],
        path: Path,
        *,
        version: Version | None = None,
        private: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> int:
        """Write these contacts to a file, in this order, and return how many there were. `version` as in the settings.

        The file takes its name only once it is whole. Raises FileUnwritable, and Cancelled when `stop` returns True.
        """
        with self._store.read() as session, write_atomically(path) as file:
            contacts = self._read(session, ids, progress, stop)
            return write_vcards(
                contacts,
                file,
                version or self.version(),
                photo_of=lambda digest: pictures.find(session, digest),
                private=private,
            )

    def text(self, ids: Sequence[int], *, version: Version | None = None) -> str:
        """The contacts as the text of a vCard file, to be copied or dragged."""
        out = io.BytesIO()
        with self._store.read() as session:
            write_vcards(
                self._read(session, ids, None, None),
                out,
                version or self.version(),
                photo_of=lambda digest: pictures.find(session, digest),
            )
        return out.getvalue().decode()

    def version(self) -> Version:
        """The version of the settings; 3.0 if they name none that is written."""
        chosen = self._settings.get().vcard_version
        return cast("Version", chosen) if chosen in ("3.0", "4.0") else "3.0"

    @staticmethod
    def _read(session: Session, ids: Iterable[int], progress: Progress | None, stop: Stop | None) -> Iterator[Contact]:
        wanted = list(ids)
        done = 0
        for batch in in_batches(wanted, 200):
            yield from read_contacts(under(session), batch).values()
            done += len(batch)
            if progress:
                progress(done, len(wanted))
            if stop and stop():
                raise Cancelled
