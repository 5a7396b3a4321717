"""A table of text in a file: its encoding, its separator, where its header stands, and its rows one by one."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from planner.contacts import encodings
from planner.contacts.csv_files.headers import Kind, Proposal, is_heading, propose, propose_by_content, with_content
from planner.errors import FileUnreadable

_HEAD = 131_072
_LONGEST_LINE = 1_000_000
# A header stands near the top; LinkedIn puts a paragraph before it.
_HEADER_WITHIN = 30
_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, its text as it stood in the file, and why it could not be read, if it could not."""

    cells: list[str]
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What the beginning of a file tells. `header_row` counts from 0; -1 where the table has no header."""

    encoding: str
    separator: str
    header_row: int
    headers: tuple[str, ...]
    sample: tuple[Row, ...]
    proposal: Proposal


def open_source(source: bytes | Path | BinaryIO) -> BinaryIO:
    """The bytes of a source from their beginning. Raises FileUnreadable where a file can't be opened."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, Path):
        try:
            return source.open("rb")
        except OSError as error:
            raise FileUnreadable(source, error.strerror or str(error)) from error
    source.seek(0)
    return source


def look_at(source: bytes | Path | BinaryIO) -> Table:
    """Reads the beginning of a file and finds out how it is written. Never fails on what it holds."""
    stream = open_source(source)
    try:
        head = stream.read(_HEAD)
    finally:
        if isinstance(source, Path):
            stream.close()
    encoding = encodings.guess(head)
    best: tuple[tuple[int, int], str, int, list[Row], Proposal] | None = None
    separators: tuple[str, ...] = _SEPARATORS
    first = head.decode(encoding, "replace").lstrip("\ufeff")[:6].lower()
    if first.startswith("sep=") and len(first) > 4:
        # Excel's own line about the separator.
        separators = (head.decode(encoding, "replace").lstrip("\ufeff")[4],)
    for separator in separators:
        rows = list(islice(_rows(_lines(io.BytesIO(head), encoding), separator), _SAMPLE_ROWS + _HEADER_WITHIN))
        index, proposal = _header(rows)
        width = len(rows[index].cells) if rows and index >= 0 else max((len(row.cells) for row in rows), default=0)
        score = (proposal.known, width)
        if best is None or score > best[0]:
            best = (score, separator, index, rows, proposal)
    assert best is not None
    _, separator, index, rows, proposal = best
    headers = tuple(rows[index].cells) if index >= 0 and rows else ()
    if not headers:
        headers = tuple(f"Column {number + 1}" for number in range(len(proposal.mapping.columns)))
    sample = tuple(row for row in rows[index + 1 :] if not row.problem)[:_SAMPLE_ROWS]
    if index >= 0:
        proposal = with_content(proposal, list(headers), [row.cells for row in sample])
    return Table(encoding, separator, index, headers, sample, proposal)


def rows_of(source: bytes | Path | BinaryIO, table: Table) -> Iterator[Row]:
    """The rows below the header, one at a time."""
    stream = open_source(source)
    try:
        yield from islice(_rows(_lines(stream, table.encoding), table.separator), table.header_row + 1, None)
    except OSError as error:
        raise FileUnreadable(source if isinstance(source, Path) else Path(), error.strerror or str(error)) from error
    finally:
        if isinstance(source, Path):
            stream.close()


def _header(rows: list[Row]) -> tuple[int, Proposal]:
    """Where the header stands and what it proposes: the row near the top whose cells are known best."""
    best_index, best = -1, Proposal(Kind.OTHER, propose([]).mapping, 0)
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if row.problem or len(row.cells) > 2_000:
            continue
        proposal = propose(row.cells)
        filled = sum(1 for cell in row.cells if cell.strip())
        # A sentence is no header, whatever words it holds.
        if any(len(cell) > 80 for cell in row.cells) or proposal.known * 5 < filled:
            continue
        if proposal.known > best.known:
            best_index, best = index, proposal
    if best.known == 0 or (best.known == 1 and len(rows[best_index].cells) > 1 and best_index > 0):
        below = propose_by_content([row.cells for row in rows[1:50] if not row.problem])
        if rows and not rows[0].problem and is_heading(rows[0].cells, below):
            return 0, below
        return -1, propose_by_content([row.cells for row in rows[:50] if not row.problem])
    return best_index, best


class _TooLongError(csv.Error):
    """A line beyond all measure."""


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file as text, with their ends; one that is far too long comes as an empty line after a mark."""
    blocks = _blocks(stream, encoding)
    if encoding.startswith(("utf-16", "utf-32")):
        encoding = "utf-8"
    pending = b""
    for block in blocks:
        whole, newline, pending = (pending + block).rpartition(b"\n")
        if newline:
            try:
                text = whole.decode(encoding).replace("\0", "")
            except UnicodeDecodeError:
                yield from (_decoded(line + b"\n", encoding) for line in whole.split(b"\n"))
            else:
                yield from (f"{line}\n" for line in text.split("\n"))
        if len(pending) > _LONGEST_LINE:
            yield _decoded(pending[:_LONGEST_LINE], encoding) + "\x00"
            pending = _rest_after_line(blocks)
    if pending:
        yield _decoded(pending, encoding)


def _blocks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The bytes of a file without its byte order mark; wide encodings become UTF-8, old Macs' line ends newlines."""
    mark = encodings.byte_order_mark(stream.read(4))
    stream.seek(mark[1] if mark is not None else 0)
    wide = encoding if encoding.startswith(("utf-16", "utf-32")) else ""
    decoder = codecs.getincrementaldecoder(wide)("replace") if wide else None
    old_mac: bool | None = None
    while block := stream.read(_HEAD):
        if decoder is not None:
            block = decoder.decode(block).encode("utf-8", "replace")
        if old_mac is None:
            old_mac = b"\r" in block and b"\n" not in block
        yield block.replace(b"\r", b"\n") if old_mac else block


def _rest_after_line(blocks: Iterator[bytes]) -> bytes:
    for block in blocks:
        _, found, rest = block.partition(b"\n")
        if found:
            return rest
    return b""


def _decoded(line: bytes, encoding: str) -> str:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        # A line in another encoding than the rest is read by itself.
        text = encodings.decode(line, encodings.guess(line) if encoding == "utf-8" else encoding)
    return text.replace("\0", "")


class _Recorder:
    """Hands lines to the csv reader and remembers those of the row at hand, to be handed out again after a mishap."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.taken: list[str] = []

    def __iter__(self) -> _Recorder:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        while not self.taken and line.isspace():
            # Blank lines between rows are no rows.
            line = next(self._lines)
        self.taken.append(line)
        if line.endswith("\x00"):
            raise _TooLongError
        return line

    def hand_back(self, lines: list[str]) -> None:
        self._lines = chain(lines, self._lines)


def _rows(lines: Iterator[str], separator: str) -> Generator[Row, None, None]:
    recorder = _Recorder(lines)
    reader = csv.reader(recorder, delimiter=separator, skipinitialspace=separator != "\t")
    while True:
        recorder.taken = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # Most often a quote that is never closed: the line it stands on is listed, the rest is read again.
            first, *rest = recorder.taken or [""]
            recorder.hand_back(rest)
            reader = csv.reader(recorder, delimiter=separator, skipinitialspace=separator != "\t")
            long = isinstance(error, _TooLongError) and not rest
            problem = "the line is longer than 1 MB" if long else "a quotation mark in this line is never closed"
            yield Row([], first[:4_000].rstrip("\x00"), problem)
            continue
        text = "".join(recorder.taken)
        if len(recorder.taken) > 1 and text.count('"') % 2:
            # The file ended inside a quote: the rows that it swallowed are people too.
            first, *rest = recorder.taken
            recorder.hand_back(rest)
            reader = csv.reader(recorder, delimiter=separator, skipinitialspace=separator != "\t")
            yield Row([], first[:4_000], "a quotation mark in this line is never closed")
            continue
        if any(cell.strip() for cell in cells):
            yield Row(cells, text)
