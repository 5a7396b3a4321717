"""Reads contacts from vCard files of any program and version."""

from __future__ import annotations

import io
import re
from binascii import a2b_qp
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from planner.contacts import encodings
from planner.contacts.records import FailedItem, ParsedContact, VCardProperty
from planner.contacts.vcard.assembly import Assembly
from planner.contacts.vcard.cards import KEPT_TEXT, MAX_CARD, Piece, Splitter, chunks
from planner.contacts.vcard.fields import reading_of
from planner.contacts.vcard.lines import Head, is_encoded, logical_lines, parse_head, split_line, unfolded
from planner.contacts.vcard.readings import IGNORED, STANDS_FOR, Reading
from planner.contacts.vcard.values import canonical_from_21, decode_base64, escape, without_space
from planner.contacts.vcard.ways import has_number
from planner.errors import FileUnreadable

MAX_PROPERTIES = 5_000
_MAX_HEADS = 1_024

_VERSION = re.compile(r"^[ \t]*VERSION[^:\n]{0,80}:[ \t]*(\d(?:\.\d)?)", re.IGNORECASE | re.MULTILINE)
_USUAL_BEGINNINGS = ("VERSION:3.0\n", "VERSION:4.0\n")
_NO_DOUBTS: Mapping[str, str] = MappingProxyType({})
_SHOULD_FILL = {"TEL": "phones", "EMAIL": "emails", "BDAY": "dates", "PHOTO": "photo", "URL": "links"}
# Values in which a line that was broken without being folded can go on.
_PROSE = frozenset(("NOTE", "LABEL", "ADR"))
# Values that are words, which some phones write in base64 (RFC 2426 section 5.8.4 leaves them the choice).
_WORDS = frozenset("FN N NICKNAME ORG TITLE ROLE NOTE ADR LABEL EMAIL TEL URL CATEGORIES SORT-STRING".split())
_MULTI_BYTE = frozenset(
    ("cp932", "euc_jp", "iso2022_jp", "gb18030", "hz", "big5", "cp949", "utf-16", "utf-16-le", "utf-16-be")
)


def read_vcards(source: bytes | Path | BinaryIO) -> Iterator[ParsedContact | FailedItem]:
    """The contacts of a file, in its order, one at a time.

    A card that can't be read is a `FailedItem`; it never costs another card. Raises `FileUnreadable` where the file
    can't be opened or breaks off.
    """
    if isinstance(source, Path):
        try:
            with source.open("rb") as stream:
                yield from _Reader().items(stream)
        except OSError as error:
            raise FileUnreadable(source, error.strerror or str(error)) from error
    else:
        yield from _Reader().items(io.BytesIO(source) if isinstance(source, bytes) else source)


class _Reader:
    """Reads one file: remembers the heads of its lines and the encoding it turned out to have."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading | None] = {}
        # Those of them whose values mean what they say as they stand.
        self._plain: dict[str, Reading] = {}
        self._guess = ""
        self._doubts: dict[str, str] = {}

    def items(self, stream: BinaryIO) -> Iterator[ParsedContact | FailedItem]:
        for position, piece in enumerate(Splitter().pieces(chunks(stream)), 1):
            yield self._item(piece, position)

    def _item(self, piece: Piece, position: int) -> ParsedContact | FailedItem:
        if piece.too_long:
            reason = f"the card is longer than {MAX_CARD // 1_048_576} MB; only its beginning is shown"
            return FailedItem(position, reason, "BEGIN:VCARD\n" + self._shown(piece.body))
        if not piece.is_card:
            return FailedItem(position, "this text is not inside a card", self._shown(piece.body))
        self._doubts = {"card": piece.problem} if piece.problem else {}
        text, as_bytes = self._text(piece.body)
        source = f"BEGIN:VCARD\n{self._shown(piece.body) if as_bytes else text}END:VCARD\n"
        try:
            return self._card(piece, text, as_bytes, position, source)
        except _TooManyError:
            return FailedItem(position, f"the card has more than {MAX_PROPERTIES:,} lines", source[:KEPT_TEXT])

    def _card(self, piece: Piece, text: str, as_bytes: bool, position: int, source: str) -> ParsedContact | FailedItem:
        assembly = Assembly()
        count = 0 if as_bytes else self._plainly(assembly, text)
        count = count or self._properties(assembly, text, as_bytes)
        for agent_head, agent in piece.agents:
            self._agent(assembly, agent_head, agent)
        if not count and not piece.agents:
            return FailedItem(position, "the card is empty", source)
        found = assembly.finish()
        details = found.details
        if not details.shown_name:
            self._doubts["name"] = "the card gives no name"
        for item in details.extras:
            self._doubt(item)
        return ParsedContact(details, found.uid, found.photo, position, source, self._doubts or _NO_DOUBTS)

    def _plainly(self, assembly: Assembly, text: str) -> int:
        """Reads a card in which nothing has to be decoded, joined or guessed, as in most; 0 where a line is unlike
        those that were read before, and nothing is read."""
        if not text.startswith(_USUAL_BEGINNINGS):
            return 0
        lines = unfolded(text).split("\n")
        plain, properties, ignored = self._plain, [], 0
        for line in lines:
            head_text, colon, value = line.partition(":")
            reading = plain.get(head_text)
            if reading is None or not colon:
                if line:
                    return 0
            elif reading is IGNORED:
                ignored += 1
            else:
                properties.append((reading, value))
        count = len(properties) + ignored
        if count > MAX_PROPERTIES:
            return 0
        assembly.add_all(properties)
        return count

    def _properties(self, assembly: Assembly, text: str, as_bytes: bool) -> int:
        """Reads the lines of a card and returns their number."""
        version_21 = False
        if not text.startswith(_USUAL_BEGINNINGS):
            match = _VERSION.search(text)
            version_21 = match is None or match[1][0] in "12"
        # A property is taken only when the next one begins, since prose may go on after a wrong line break.
        pending: tuple[Reading, str] | None = None
        count = 0
        readings, add = self._readings, assembly.add
        for line in logical_lines(text, version_21=version_21):
            if not line or line.isspace():
                continue
            count += 1
            if count > MAX_PROPERTIES:
                raise _TooManyError
            head_text, colon, value = line.partition(":")
            reading = readings.get(head_text)
            if reading is None or not colon:
                found = self._new_reading(line)
                if found is None:
                    pending = self._continued(assembly, pending, line, as_bytes)
                    continue
                reading, value = found
            if pending is not None:
                add(pending[0], pending[1])
            if reading is IGNORED:
                pending = None
                continue
            head = reading.head
            if as_bytes or version_21 or head.encoding or head.charset or "\n" in value:
                value = self._value(head, value, as_bytes, version_21)
            pending = (reading, value)
        if pending is not None:
            assembly.add(*pending)
        return count

    def _value(self, head: Head, value: str, as_bytes: bool, version_21: bool) -> str:
        """The value with its encoding undone, escaped as in vCard 3.0."""
        if head.encoding or head.charset or as_bytes:
            value = self._decoded(head, value, as_bytes).replace("\0", "")
        if version_21:
            if "\\" in value or "," in value or "\n" in value:
                return canonical_from_21(value, literal_commas=head.name in ("N", "ADR"))
        elif "\n" in value:
            return value.replace("\r\n", "\\n").replace("\n", "\\n")
        return value

    def _doubt(self, item: VCardProperty) -> None:
        """Says of a property that should have filled a field that it could not be read."""
        if item.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and item.value.lower() in ("group", "organization", "org"):
            self._doubts["name"] = f"this card is a {item.value.lower()}, not a person"
        field = _SHOULD_FILL.get(item.name)
        if field is None:
            return
        if not any(name == STANDS_FOR for name, _ in item.params):
            self._doubts.setdefault(field, f"a {item.name} line could not be read as one and was kept as it is")
        elif field == "phones" and not has_number(item.value):
            self._doubts.setdefault(field, "a TEL line has no number in it")

    def _new_reading(self, line: str) -> tuple[Reading, str] | None:
        parted = split_line(line)
        if parted is None:
            return None
        head_text, value = parted
        reading = self._readings.get(head_text)
        if reading is None:
            if value[:2] == "//" and head_text.strip().lower() in ("http", "https", "ftp"):
                return None
            head = parse_head(head_text)
            if head is None:
                return None
            if head.encoding == "B" and head.name in _WORDS:
                params = tuple(param for param in head.params if param[0] != "ENCODING")
                head = Head(head.group, head.name, params, "W", head.charset)
            if any(name == STANDS_FOR for name, _ in head.params):
                params = tuple(param for param in head.params if param[0] != STANDS_FOR)
                head = Head(head.group, head.name, params, head.encoding, head.charset)
            reading = IGNORED if head.name in ("VERSION", "BEGIN", "END") else reading_of(head)
            if len(self._readings) >= _MAX_HEADS:
                self._readings.clear()
                self._plain.clear()
            # A head with a colon in quotes is not found by its text up to the first colon, and must not be.
            if ":" not in head_text:
                self._readings[head_text] = reading
                if not (head.encoding or head.charset or is_encoded(head_text)):
                    self._plain[head_text] = reading
        return reading, value

    def _continued(
        self, assembly: Assembly, pending: tuple[Reading, str] | None, line: str, as_bytes: bool
    ) -> tuple[Reading, str] | None:
        """A line that is no property: more of the prose before it, else kept on its own."""
        if as_bytes:
            line = self._by_guess(line.encode("latin-1", "replace"))
        if pending is not None and pending[0].head.name in _PROSE and not line.lstrip().startswith("#"):
            return pending[0], f"{pending[1]}\\n{line.strip()}"
        assembly.unread(line)
        return pending

    def _agent(self, assembly: Assembly, head_text: bytes, agent: bytes) -> None:
        head = parse_head(head_text.decode("utf-8", "replace").strip())
        if head is not None:
            plain = Head(head.group, head.name, head.params)
            text, as_bytes = self._text(agent)
            assembly.add(Reading(plain, "", None), escape(self._shown(agent) if as_bytes else text))

    # --- text ----------------------------------------------------------------------------------------------------

    def _text(self, body: bytes) -> tuple[str, bool]:
        """The card's text; where it is not UTF-8, one character a byte and True, so that each value can say its own."""
        try:
            return body.decode("utf-8"), False
        except UnicodeDecodeError:
            return body.decode("latin-1"), True

    def _shown(self, body: bytes) -> str:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return encodings.decode(body, self._guess or encodings.guess(body))

    def _decoded(self, head: Head, value: str, as_bytes: bool) -> str:
        if head.encoding == "B":
            return without_space(value)
        if head.encoding == "W":
            data = decode_base64(value)
            sound = data is not None and (head.charset or _is_utf8(data))
            return self._from_bytes(data, head.charset, declared_wins=True) if data is not None and sound else value
        if head.encoding == "Q":
            data = a2b_qp(value.encode("latin-1" if as_bytes else "utf-8"))
            return self._from_bytes(data, head.charset, declared_wins=True)
        if value.isascii() and "\x1b" not in value and head.charset not in ("utf-7", "hz"):
            return value
        if as_bytes:
            return self._from_bytes(value.encode("latin-1"), head.charset, declared_wins=True)
        # The whole card is sound UTF-8. Only the encodings whose text is not so by chance are believed beside that.
        if head.charset in _MULTI_BYTE:
            return self._from_bytes(value.encode("utf-8"), head.charset, declared_wins=False)
        return value

    def _from_bytes(self, data: bytes, charset: str, *, declared_wins: bool) -> str:
        if charset and (declared_wins or charset != "utf-8"):
            try:
                text = data.decode(charset)
            except UnicodeDecodeError:
                pass
            else:
                # One byte fits every one-byte encoding: what is sound UTF-8 was not meant as another.
                if charset in _MULTI_BYTE or charset == "utf-8" or data.isascii() or not _is_utf8(data):
                    # What is declared for one value holds for those beside it that declare nothing.
                    if not self._guess and charset not in ("utf-8", "iso2022_jp") and not data.isascii():
                        self._guess = charset
                    return text
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if charset and charset != "utf-8" and charset not in _MULTI_BYTE:
                return encodings.decode(data, charset)
            return self._by_guess(data)

    def _by_guess(self, data: bytes) -> str:
        """Text without a declared encoding, in the one this file's other text has turned out to be in."""
        if self._guess:
            try:
                return data.decode(self._guess)
            except UnicodeDecodeError:
                pass
        guess = encodings.guess(data)
        self._guess = self._guess or guess
        text = encodings.decode(data, guess)
        self._doubts.setdefault("encoding", f"the file does not say how its letters are written; read as {guess}")
        return text


class _TooManyError(Exception):
    """A card with more lines than any person's."""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
