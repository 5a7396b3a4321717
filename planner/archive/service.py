"""Taking everything out in one .zip: people as vCards, follow-ups and events as a calendar, all records as JSON."""

from __future__ import annotations

import base64
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, select

from planner.calendars.records import Scope
from planner.calendars.service import CalendarExport
from planner.clock import Clock
from planner.contacts.exporting import ContactExport
from planner.contacts.queries import ContactQueries
from planner.errors import Cancelled
from planner.files import write_atomically
from planner.relations.log_book import DIFFICULT
from planner.store.store import Store
from planner.store.tables import Base, LogEntryTable
from planner.store.types import utc_text

#: The undo journal and what is made from other records are no data of the person's.
_LEFT_OUT = frozenset({"command", "command_row", "change_mark", "contact_summary"})
_BATCH = 2_000
FORMAT = 1

Progress = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written: how many contacts, calendar entries and records."""

    path: Path
    contacts: int
    entries: int
    records: int


class Archive:
    """Writes the .zip. Private notes are in it: it is the person's own copy of everything.

    The log of a difficult relationship is in it only where that is asked for.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        contact_queries: ContactQueries,
        contact_export: ContactExport,
        calendars: CalendarExport,
    ) -> None:
        self._store = store
        self._clock = clock
        self._contact_queries = contact_queries
        self._contact_export = contact_export
        self._calendars = calendars

    def name(self) -> str:
        """A name for the file, with today's date."""
        return f"rapport-{self._clock.today()}.zip"

    def save(
        self,
        path: Path,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        difficult: bool = False,
    ) -> Taken:
        """Write everything into one .zip: contacts.vcf (vCard 4.0), calendar.ics (RFC 5545), rapport.json, READ ME.txt.

        `difficult`: also the private logs of difficult relationships. What calendars are known to have been given
        stays as it was. `progress(done, total, words)`. Raises
        FileUnwritable and Cancelled; a file that was there is then as it was.
        """
        tell = progress or _quiet
        stop = cancelled or _never
        ids = self._contact_queries.find("")
        with tempfile.TemporaryDirectory(prefix="rapport-") as folder, write_atomically(path) as file:
            cards, entries = Path(folder, "contacts.vcf"), Path(folder, "calendar.ics")
            tell(0, 3, "People")
            contacts = self._contact_export.vcards(ids, cards, version="4.0", private=True, stop=stop)
            tell(1, 3, "Calendar")
            outcome = self._calendars.export(entries, Scope.ALL, remember=False, cancelled=stop)
            tell(2, 3, "Records")
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
                bundle.write(cards, cards.name)
                bundle.write(entries, entries.name)
                with bundle.open("rapport.json", "w", force_zip64=True) as out, self._store.read() as session:
                    records = self._write_records(session.connection(), out, stop, difficult)
                bundle.writestr("READ ME.txt", _READ_ME.format(day=self._clock.today()))
            tell(3, 3, "")
        return Taken(Path(path), contacts, outcome.counts.total, records)

    def _write_records(self, connection: Connection, out: IO[bytes], stop: Callable[[], bool], difficult: bool) -> int:
        head = {"program": "Rapport", "format": FORMAT, "written_at": utc_text(self._clock.now())}
        out.write(json.dumps(head)[:-1].encode() + b', "tables": {')
        count = 0
        tables = [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT]
        for at, table in enumerate(tables):
            out.write((",\n" if at else "\n").encode() + json.dumps(table.name).encode() + b": [")
            for row_at, row in enumerate(_rows(connection, table, difficult)):
                if not row_at % 500 and stop():
                    raise Cancelled
                out.write((",\n" if row_at else "\n").encode() + row)
                count += 1
            out.write(b"]")
        out.write(b"\n}}\n")
        return count


_READ_ME = """Rapport, everything of {day}

contacts.vcf   all people, as vCard 4.0 (RFC 6350); address books read it
calendar.ics   follow-ups, events and marked sessions (RFC 5545); calendars read it
rapport.json   every record, a list for each kind, under "tables"; moments are in UTC

It holds your private notes: keep it where nobody else reads it.
"""


def _rows(connection: Connection, table: Table, difficult: bool) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    statement = select(table).order_by(*table.primary_key.columns)
    if table.name == LogEntryTable.__tablename__ and not difficult:
        statement = statement.where(table.c.kind.not_in([kind.value for kind in DIFFICULT]))
    result = connection.execution_options(yield_per=_BATCH).execute(statement)
    for row in result:
        values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _quiet(*_: object) -> None:
    """Progress that nobody watches."""


def _never() -> bool:
    return False
