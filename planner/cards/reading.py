"""One front door for everything a card can come as: photos, codes, vCards, tables and text, by what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planner.cards import code_contents, photos, pictures, signature
from planner.cards.contact_fields import as_reading
from planner.cards.ocr import TextReader
from planner.cards.records import Failed, FilePerson, Note, Reading, ReadingKind
from planner.contacts import encodings
from planner.contacts.csv_files import ColumnMapping, Kind, Preview, preview, read_csv
from planner.contacts.records import FailedItem
from planner.contacts.vcard import read_vcards
from planner.errors import Cancelled, FileUnreadable, UserError

#: A photo or a text of more bytes is none; vCard files and tables are read as streams and may be larger.
LARGEST_PICTURE, LARGEST_TEXT, LARGEST_FILE = 120_000_000, 2_000_000, 2_000_000_000
#: Files of one folder that are looked at.
MOST_FILES = 20_000

_HEAD = 65_536
_TABLES = (".csv", ".tsv", ".tab")
_CODES = re.compile(r"(?i)\s*(?:MECARD:|BIZCARD:|MATMSG:|MEBKM:|mailto:|tel:|smsto?:|https?://\S+\s*$)")

#: Texts that are no cards, however many names there are in them.
_OTHERS = (
    (re.compile(r"\s*BEGIN\s*:\s*VCALENDAR", re.IGNORECASE), "it is a calendar, not a file of contacts"),
    (re.compile(r"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE), "it is a web page, not a file of contacts"),
    (re.compile(r"\s*(?:<\?xml|<!--|<[a-z]\w*[\s>])", re.IGNORECASE), "it is XML, not a file of contacts"),
    (re.compile(r'\s*(?:\{\s*"|\[\s*[\[{"])'), "it is JSON, not a file of contacts"),
)

Stop = Callable[[], bool]


@dataclass(frozen=True)
class CardReader:
    """Reads cards. `text_reader` is what reads the text of photos; `region` says where bare numbers are dialled, and
    `mapping` how the columns of a table that was seen before are to be read."""

    text_reader: TextReader
    region: Callable[[], str] = lambda: ""
    mapping: Callable[[Preview], ColumnMapping | None] = lambda _: None

    def read(
        self, source: Path | bytes | str, name: str = "", stop: Stop | None = None
    ) -> tuple[Reading | Failed, ...]:
        """All that a file, a folder, a file's bytes or a text holds. See `items`."""
        return tuple(self.items(source, name, stop))

    def items(self, source: Path | bytes | str, name: str = "", stop: Stop | None = None) -> Iterator[Reading | Failed]:
        """What a source holds, one at a time, in its order.

        `name` is what to call bytes or a text. Nothing that is wrong with a source is raised: it is a `Failed` item.
        Raises Cancelled when `stop` says so.
        """
        for item in self.people(source, name, stop):
            yield item if isinstance(item, Failed) else as_reading(item)

    def people(
        self, source: Path | bytes | str, name: str = "", stop: Stop | None = None
    ) -> Iterator[Reading | FilePerson | Failed]:
        """The same as `items`, but people out of files as the file's reader gives them: for an import, which does
        without the fields that a form shows."""
        if isinstance(source, str):
            yield from self._text(source, name or "pasted")
        elif isinstance(source, bytes):
            yield from self._guarded(source, name or "pasted", stop)
        elif source.is_dir():
            yield from self._folder(source, stop)
        else:
            yield from self._guarded(source, name or source.name, stop)

    def unknown_table(self, path: Path) -> Preview | None:
        """The table in a file if nobody knows yet what its columns hold: then they have to be matched first."""
        if not path.name.lower().endswith(_TABLES):
            return None
        try:
            found = preview(path)
        except (FileUnreadable, OSError):
            return None
        return found if found.kind is Kind.OTHER and self.mapping(found) is None else None

    def files_in(self, folder: Path) -> list[tuple[Path | Failed, str]]:
        """The files of a folder and of the folders in it, with what to call each; or why there are none, or not all."""
        try:
            found = sorted(path for path in folder.rglob("*") if path.is_file())
        except OSError as error:
            return [(Failed(folder.name, 1, error.strerror or "it could not be opened"), folder.name)]
        # What a system keeps for itself (".DS_Store") is not the person's.
        files = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
        parts: list[tuple[Path | Failed, str]] = [(path, str(path.relative_to(folder))) for path in files[:MOST_FILES]]
        if len(files) > MOST_FILES:
            more = f"it holds more than {MOST_FILES:,} files; the others were not looked at"
            parts.append((Failed(folder.name, 1, more), folder.name))
        return parts

    def _folder(self, folder: Path, stop: Stop | None) -> Iterator[Reading | FilePerson | Failed]:
        for one, name in self.files_in(folder):
            if stop is not None and stop():
                raise Cancelled
            if isinstance(one, Failed):
                yield one
            else:
                yield from self._guarded(one, name, stop)

    def _guarded(self, source: Path | bytes, name: str, stop: Stop | None) -> Iterator[Reading | FilePerson | Failed]:
        position = 0
        try:
            for item in self._one(source, name, stop):
                position = item.position
                if stop is not None and stop():
                    raise Cancelled
                yield item
        except Cancelled:
            raise
        except FileUnreadable as error:
            yield Failed(name, position + 1, error.reason)
        except UserError as error:
            yield Failed(name, position + 1, error.explain().what.rstrip("."))
        except OSError as error:
            yield Failed(name, position + 1, (error.strerror or "it could not be opened").lower())

    def _one(self, source: Path | bytes, name: str, stop: Stop | None) -> Iterator[Reading | FilePerson | Failed]:
        if isinstance(source, Path) and source.exists() and not source.is_file():
            # A pipe or a device may never end, and never begin.
            raise FileUnreadable(Path(name), "it is no file")
        head = source[:_HEAD] if isinstance(source, bytes) else _head(source)
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if not head.strip(b"\0 \t\r\n"):
            raise FileUnreadable(Path(name), "it is empty")
        if size > LARGEST_FILE:
            raise FileUnreadable(Path(name), "it is larger than 2 GB")
        if photos.is_picture(head[:64]):
            yield from pictures.read(_bytes(source, name, LARGEST_PICTURE), name, self.text_reader, self.region(), stop)
            return
        text = encodings.decode(head, encodings.guess(head)).lstrip("\ufeff")
        if other := next((words for pattern, words in _OTHERS if pattern.match(text)), ""):
            raise FileUnreadable(Path(name), other)
        if re.match(r"\s*BEGIN\s*:\s*VCARD", text[:2_000], re.IGNORECASE) or _is_vcard(name, text):
            yield from _vcards(source, name)
        elif _binary(head, text):
            raise FileUnreadable(Path(name), "it is no picture, no contact file and no text")
        elif (table := _table(source, name, text)) is not None:
            yield from self._rows(source, name, table)
        elif size > LARGEST_TEXT:
            raise FileUnreadable(Path(name), "it is too long for a card")
        else:
            whole = _bytes(source, name, LARGEST_TEXT)
            yield from self._text(encodings.decode(whole, encodings.guess(whole)).lstrip("\ufeff"), name)

    def _rows(self, source: Path | bytes, name: str, table: Preview) -> Iterator[Reading | FilePerson | Failed]:
        about = "CSV" if table.kind is Kind.OTHER else f"{table.kind.value} CSV"
        for item in read_csv(source, self.mapping(table) or table.mapping):
            if isinstance(item, FailedItem):
                yield Failed(name, item.position, item.reason, item.source_text)
            else:
                yield FilePerson(name, ReadingKind.CSV, item, about)

    def _text(self, text: str, name: str) -> Iterator[Reading | FilePerson | Failed]:
        if not text.strip():
            yield Failed(name, 1, "there is no text in it")
        elif re.match(r"\s*BEGIN\s*:\s*VCARD", text, re.IGNORECASE):
            yield from _vcards(text.encode("utf-8", "replace"), name)
        elif len(text) > LARGEST_TEXT:
            yield Failed(name, 1, "it is too long for a card", text[:1_000])
        elif _CODES.match(text):
            found = code_contents.understood(text.strip(), name)
            yield replace(found, kind=ReadingKind.TEXT, about=found.about.replace("QR ", ""))
        else:
            printed = signature.read(text, self.region())
            if printed.fields:
                yield Reading(name, ReadingKind.TEXT, printed.fields, printed.notes, about="text", source_text=text)
            else:
                notes = tuple(Note(line.strip()) for line in text.splitlines() if line.strip())
                reason = "no name, email, number or address was found in it"
                yield Failed(name, 1, reason, "\n".join(note.text for note in notes)[:20_000])


def is_picture(source: Path | bytes) -> bool:
    """Whether a file, or its bytes, are a picture, which takes a second and more to read."""
    if isinstance(source, bytes):
        return photos.is_picture(source[:64])
    try:
        return source.is_file() and photos.is_picture(_head(source)[:64])
    except OSError:
        return False


def _vcards(source: Path | bytes, name: str) -> Iterator[Reading | FilePerson | Failed]:
    for item in read_vcards(source):
        if isinstance(item, FailedItem):
            yield Failed(name, item.position, item.reason, item.source_text)
        else:
            yield FilePerson(name, ReadingKind.VCARD, item)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _bytes(source: Path | bytes, name: str, most: int) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > most:
        raise FileUnreadable(Path(name), f"it is larger than {most // 1_000_000} MB")
    return source if isinstance(source, bytes) else source.read_bytes()


def _is_vcard(name: str, text: str) -> bool:
    named = name.lower().endswith((".vcf", ".vcard"))
    return named or bool(re.search(r"(?im)^\s*BEGIN\s*:\s*VCARD", text))


def _binary(head: bytes, text: str) -> bool:
    if head.startswith((b"%PDF", b"PK\x03\x04", b"\x7fELF", b"MZ", b"SQLite format 3", b"\x1f\x8b")):
        return True
    sample = text[:4_000]
    odd = sum(1 for char in sample if (ord(char) < 32 and char not in "\t\r\n\f\x1b") or char == "\ufffd")
    return odd > max(2, len(sample) // 50)


def _table(source: Path | bytes, name: str, text: str) -> Preview | None:
    """What kind of table a file is, None if it is none. Without a table's name it has to look like one."""
    named = name.lower().endswith(_TABLES)
    if not named:
        lines = [line for line in text.splitlines()[:4] if line.strip()]
        counts = [max(line.count(mark) for mark in ",;\t") for line in lines]
        if len(counts) < 2 or min(counts[:2]) < 2:
            return None
    try:
        found = preview(source)
    except FileUnreadable:
        if named:
            raise
        return None
    useful = sum(column.target not in ("keep", "skip") for column in found.mapping.columns)
    return found if named or useful >= 3 else None
