"""Cards out of a stream of bytes: where each begins and ends, also where BEGIN or END is missing or cards are nested.

Only one card is held at a time, so memory does not grow with the file, and no card may grow beyond `MAX_CARD`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from planner.contacts import encodings

CHUNK = 262_144
MAX_CARD = 16 * 1_048_576
# How much of an oversized card, or of text between cards, is kept to show.
KEPT_TEXT = 4_000
_MAX_DEPTH = 8

_RETURNS = re.compile(rb"\r+\n?")
_MARK = re.compile(
    rb"^(?:[\w\-]+\.)?(?:(?P<agent>AGENT[^:\n]{0,200}):[ \t]*)?"
    rb"(?:(?P<begin>BEGIN)|(?P<end>END))[ \t]*:[ \t]*VCARD[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_INDENTED = re.compile(rb"^([ \t>]{1,20})BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_AGENT_LINE = re.compile(rb"(?:^|\n)([ \t]*(?:[\w\-]+\.)?AGENT[^:\n]{0,200}):[ \t\n]*\Z", re.IGNORECASE)
_PROPERTY_LINE = re.compile(rb"^(?:FN|N|TEL|EMAIL|ORG)[;:]", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Piece:
    """What stood in a file: a card's inside without BEGIN and END, or text that is no card.

    `agents` are the cards inside AGENT properties: the property's head and the card's text.
    """

    body: bytes
    is_card: bool = True
    problem: str = ""
    too_long: bool = False
    agents: list[tuple[bytes, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    agent: bytes = b""
    agents: list[tuple[bytes, bytes]] = field(default_factory=list)
    # Cards that ended inside this one. Whether they are nested, or this one lacks its END, the next line tells.
    held: list[Piece] = field(default_factory=list)

    def add(self, text: bytes) -> None:
        if self.size <= MAX_CARD:
            self.parts.append(text)
        self.size += len(text)

    def piece(self, problem: str = "") -> Piece:
        body = b"".join(self.parts)
        if self.size > MAX_CARD:
            return Piece(body[:KEPT_TEXT], too_long=True)
        return Piece(body, problem=problem, agents=self.agents)


NO_END = "the card has no END line, so it may be incomplete"
NO_BEGIN = "the card has no BEGIN line, so it may be incomplete"


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes with `\\n` line breaks, UTF-16 and UTF-32 turned into UTF-8, no byte order mark."""
    head = stream.read(CHUNK)
    mark = encodings.byte_order_mark(head)
    wide = mark[0] if mark is not None else encodings.utf16_without_mark(head)
    if mark is not None:
        head = head[mark[1] :]
    decoder = codecs.getincrementaldecoder(wide)("replace") if wide is not None and wide != "utf-8" else None
    carry = b""
    chunk = head
    while chunk:
        data = decoder.decode(chunk).encode("utf-8", "replace") if decoder is not None else chunk
        data = carry + data
        if b"\0" in data:
            # No text holds these, and no database keeps them.
            data = data.replace(b"\0", b"")
        # A return at the very end may be the first half of a line break.
        carry = b"\r" if data.endswith(b"\r") else b""
        data = data.rstrip(b"\r") if carry else data
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
            if b"\r" in data:
                data = _RETURNS.sub(b"\n", data)
        if data:
            yield data
        chunk = stream.read(CHUNK)
    tail = carry + (decoder.decode(b"", final=True).encode("utf-8", "replace") if decoder is not None else b"")
    yield tail.replace(b"\r", b"\n") + b"\n"


class Splitter:
    """Finds the cards in a stream. The common case, one whole card after another, takes no regular expression."""

    def __init__(self, level: int = 0) -> None:
        # How often the text was set in already.
        self._level = level
        self._stack: list[_Open] = []
        self._stray = _Open()
        # After a card that is not so plain, as many marks are looked at one by one before the short way is tried again.
        self._careful = 0

    def pieces(self, blocks: Iterator[bytes]) -> Iterator[Piece]:
        """The pieces of a file in order; at the end whatever is still open."""
        buffer = b""
        for block in blocks:
            buffer = buffer + block if buffer else block
            position = 0
            while True:
                self._careful -= 1
                if self._careful < 0 and not self._stack and not self._stray.size:
                    position = yield from self._whole_cards(buffer, position)
                following = _MARK.search(buffer, position, buffer.rfind(b"\n") + 1)
                if following is None:
                    break
                self._text(buffer[position : following.start()])
                position = following.end() + 1
                yield from self._mark(following)
            cut = max(buffer.rfind(b"\n") + 1, position)
            if len(buffer) - cut > MAX_CARD:
                cut = len(buffer)
            self._text(buffer[position:cut])
            buffer = buffer[cut:]
        yield from self._finish()

    def _whole_cards(self, buffer: bytes, position: int) -> Generator[Piece, None, int]:
        while True:
            while buffer[position : position + 1] == b"\n":
                position += 1
            if not buffer.startswith(b"BEGIN:VCARD\n", position):
                return position
            end = buffer.find(b"\nEND:VCARD\n", position)
            body = buffer[position + 12 : end + 1]
            if end < 0 or body.upper().count(b"VCARD"):
                self._careful = 64
                return position
            yield Piece(body)
            position = end + 11

    def _text(self, text: bytes) -> None:
        if not self._stack:
            if text.strip() or self._stray.size:
                self._stray.add(text if self._stray.size < MAX_CARD else b"")
        elif text:
            top = self._stack[-1]
            top.add(text)

    def _mark(self, mark: re.Match[bytes]) -> Iterator[Piece]:
        if mark["begin"] is not None:
            yield from self._begin(mark["agent"])
        else:
            yield from self._end()

    def _begin(self, agent: bytes | None) -> Iterator[Piece]:
        if not self._stack:
            yield from self._flush_stray()
        else:
            top = self._stack[-1]
            if agent is None and top.parts and (line := _AGENT_LINE.search(top.parts[-1][-300:])) is not None:
                agent = line[1]
                top.parts[-1] = top.parts[-1][: len(top.parts[-1]) - len(line[0])] + b"\n"
            if agent is None and (self._open_ended(top) or len(self._stack) >= _MAX_DEPTH):
                yield from self._close_unfinished()
        self._stack.append(_Open(agent=agent or b""))

    def _open_ended(self, top: _Open) -> bool:
        """A card that ended inside this one and is followed by the next: this one's END is missing."""
        return bool(top.held) and not (top.parts[-1].strip() if top.parts else b"")

    def _close_unfinished(self) -> Iterator[Piece]:
        top = self._stack.pop()
        yield top.piece(NO_END)
        yield from top.held

    def _end(self) -> Iterator[Piece]:
        if not self._stack:
            if self._stray.size and _PROPERTY_LINE.search(b"".join(self._stray.parts)):
                piece = self._stray.piece(NO_BEGIN)
                self._stray = _Open()
                yield piece
            return
        top = self._stack.pop()
        piece = top.piece()
        if not self._stack:
            yield piece
            yield from top.held
            return
        parent = self._stack[-1]
        parent.size += top.size + 64
        if parent.size > MAX_CARD:
            # Too long to be kept whole; what ended inside it is not.
            yield piece
        elif top.agent:
            parent.agents.append((top.agent, b"BEGIN:VCARD\n" + piece.body + b"END:VCARD"))
        else:
            parent.held.append(piece)
            # So that only what follows is looked at when the next mark comes.
            parent.parts.append(b"")
        if top.held:
            parent.held.extend(top.held)

    def _flush_stray(self) -> Iterator[Piece]:
        if self._stray.size:
            body = b"".join(self._stray.parts)
            self._stray = _Open()
            indented = _INDENTED.search(body) if self._level < _MAX_DEPTH else None
            if indented is not None:
                # As in a quoted mail: every line is set in by as much as its BEGIN.
                level = re.compile(b"^" + re.escape(indented[1]), re.MULTILINE)
                yield from Splitter(self._level + 1).pieces(iter((level.sub(b"", body) + b"\n",)))
            elif body.strip():
                yield Piece(body[:KEPT_TEXT], is_card=False)

    def _finish(self) -> Iterator[Piece]:
        unfinished, self._stack = self._stack, []
        for level in unfinished:
            # An AGENT's card without an end belongs to nobody but itself any more.
            yield level.piece(NO_END)
            yield from level.held
        yield from self._flush_stray()
