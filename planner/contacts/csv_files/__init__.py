"""Tables of contacts (CSV): LinkedIn, Google, Outlook, Thunderbird, HubSpot, and any other by its headers.

- `preview(source)` finds encoding, separator and header, says which program wrote the file, proposes a mapping of
  columns to fields and shows the first rows. `Preview.key` is what a mapping can be remembered under.
- `read_csv(source, mapping)` yields a `ParsedContact`, `SkippedItem` (a row that names nobody) or `FailedItem` for each
  row, one at a time; without a mapping the proposed one is used.
- `write_csv(contacts, stream)` writes the columns of Google Contacts, with formula-like cells guarded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from planner.contacts.csv_files import dates
from planner.contacts.csv_files.headers import Kind
from planner.contacts.csv_files.mapping import Column, ColumnMapping, Target, key_of
from planner.contacts.csv_files.rows import SkippedItem, contact_from
from planner.contacts.csv_files.table import Table, look_at, rows_of
from planner.contacts.csv_files.writer import write_csv
from planner.contacts.records import FailedItem, ParsedContact

__all__ = [
    "Column",
    "ColumnMapping",
    "Kind",
    "Preview",
    "SkippedItem",
    "Target",
    "preview",
    "read_csv",
    "write_csv",
]

_SHOWN_ROWS = 20
_DATES = frozenset((Target.BIRTHDAY, Target.ANNIVERSARY, Target.DATE))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table looks like before it is imported. `rows` are its first rows, cell by cell."""

    kind: Kind
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: ColumnMapping
    key: str
    encoding: str
    separator: str


def preview(source: bytes | Path | BinaryIO) -> Preview:
    """Looks at the beginning of a file; a stream must be able to seek. Raises `FileUnreadable`."""
    table = look_at(source)
    rows = tuple(tuple(row.cells) for row in table.sample[:_SHOWN_ROWS])
    mapping = _with_day_order(table)
    kind = table.proposal.kind
    return Preview(kind, table.headers, rows, mapping, key_of(table.headers), table.encoding, table.separator)


def read_csv(
    source: bytes | Path | BinaryIO, mapping: ColumnMapping | None = None
) -> Iterator[ParsedContact | FailedItem]:
    """The contacts of a table, in its order. `position` counts the rows below the header from 1."""
    table = look_at(source)
    used = mapping if mapping is not None else _with_day_order(table)
    for position, row in enumerate(rows_of(source, table), 1):
        if row.problem:
            yield FailedItem(position, row.problem, row.text)
        else:
            yield contact_from(row.cells, row.text, position, used, table.headers)


def _with_day_order(table: Table) -> ColumnMapping:
    """The proposed mapping with the order of day and month that the dates of the first rows show."""
    mapping = table.proposal.mapping
    places = [index for index, column in enumerate(mapping.columns) if column.target in _DATES]
    cells = (row.cells[index] for row in table.sample for index in places if index < len(row.cells))
    return ColumnMapping(mapping.columns, dates.day_comes_first(cells))
