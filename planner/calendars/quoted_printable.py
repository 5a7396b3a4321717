"""Quoted-printable values, as vCalendar 1.0 has them and old telephones still write them, put into iCalendar's words.

vCalendar (versit, 1996) names the encoding in a parameter, carries a long value over line ends by a trailing "=", and
may name a character set. RFC 5545 dropped all three.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from planner.contacts.encodings import decode, guess, known_encoding

_QUOTED = re.compile(rb"^([A-Z0-9-]+)((?:;[^:;\n]*)*;(?:ENCODING=)?QUOTED-PRINTABLE(?:;[^:\n]*)?):", re.IGNORECASE)
_CHARSET = re.compile(rb";CHARSET=\"?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_GONE = re.compile(rb";(?:(?:ENCODING=)?QUOTED-PRINTABLE|CHARSET=[^;:]*)", re.IGNORECASE)


def plain(data: bytes) -> bytes:
    """A file, its lines ended by line feeds, with quoted-printable values as UTF-8 text of iCalendar."""
    if b"QUOTED-PRINTABLE" not in data.upper():
        return data
    return b"\n".join(_lines(data.split(b"\n")))


def _lines(lines: list[bytes]) -> Iterator[bytes]:
    waiting = iter(lines)
    for line in waiting:
        head = _QUOTED.match(line)
        if head is None:
            yield line
            continue
        parts = [line[head.end() :]]
        while parts[-1].endswith(b"="):
            parts[-1] = parts[-1][:-1]
            following = next(waiting, None)
            if following is None:
                break
            if re.match(rb"(?:END|BEGIN):V", following):
                # The value was broken off: what follows is not part of it.
                yield _decoded(head, b"".join(parts))
                yield following
                parts = []
                break
            parts.append(following)
        if parts:
            yield _decoded(head, b"".join(parts))


def _decoded(head: re.Match[bytes], value: bytes) -> bytes:
    raw = quopri.decodestring(value)
    named = _CHARSET.search(head[2])
    encoding = (named and known_encoding(named[1].decode("ascii"))) or guess(raw)
    # A text escapes these (RFC 5545 section 3.3.11); what was escaped already stays as it was.
    text = re.sub(r"\\?([;,])", r"\\\1", decode(raw, encoding))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", r"\n")
    return head[1] + _GONE.sub(b"", head[2]) + b":" + text.encode("utf-8", "replace")
