"""Content lines: unfolding, soft breaks, and what stands before the colon (RFC 6350 sections 3.2 and 3.3).

A line's head (`item1.TEL;TYPE=CELL`) is parsed once and then found again by its text, since the same few heads return
in every card of a file.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass

from planner.contacts.encodings import known_encoding
from planner.contacts.vcard.labels import KNOWN_TYPES

Params = tuple[tuple[str, tuple[str, ...]], ...]

# What a name may be. Real files hold names with blanks around them, underscores and slashes.
_NAME = re.compile(r"[ \t]*(?:([\w./\-]+)\.)?([A-Za-z][\w/\-]*)[ \t]*", re.ASCII)
_HEAD_WITH_QUOTES = re.compile(r'[^":]*(?:"[^"]*"[^":]*)*')
_PARAM = re.compile(r';([^;"]*(?:"[^"]*"[^;"]*)*(?=;|$)|[^;]*)')
_PARAM_VALUE = re.compile(r'[^,"]*(?:"[^"]*"[^,"]*)*')
# How Android writes a label of the person's own in vCard 2.1, whose parameters can't hold other letters.
_OWN_LABEL = re.compile(r"X-CUSTOM\(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,([!-~ ]+)\)", re.IGNORECASE)
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_ENCODINGS = {"BASE64": "B", "B": "B", "QUOTED-PRINTABLE": "Q", "QP": "Q", "Q": "Q", "8BIT": "", "7BIT": ""}
_VALUES = frozenset(("INLINE", "URL", "URI", "CID", "CONTENT-ID"))
_MAX_HEAD = 8_192

# Where the next line is one of these, a soft line break before it was a mistake.
_PROPERTY = re.compile(
    r"(?:[\w\-]+\.)?(?:ADR|AGENT|BDAY|CATEGORIES|CLASS|EMAIL|END|FN|GEO|IMPP|KEY|LABEL|LOGO|N|NICKNAME|NOTE|ORG|PHOTO|PRODID|REV"
    r"|ROLE|SOUND|TEL|TITLE|TZ|UID|URL|VERSION|X-[A-Z\-]+)[;:]",
    re.ASCII,
)
_QUOTED_PRINTABLE = re.compile(r"quoted-printable|[;=]qp?[;:]", re.IGNORECASE)
_BASE64 = re.compile(r"base64|[;=]b[;:]", re.IGNORECASE)
_QP_HEAD = re.compile(r"[^:]*;(?:ENCODING[ \t]*=[ \t]*)?\"?(?:quoted-printable|qp?)\"?[ \t]*[;:]", re.IGNORECASE)
_BASE64_HEAD = re.compile(r"[^:]*;(?:ENCODING[ \t]*=[ \t]*)?\"?(?:base64|b)\"?[ \t]*[;:]", re.IGNORECASE)
_BASE64_LINE = re.compile(r"[ \t]*[A-Za-z0-9+/]+={0,2}[ \t]*")
_FOLD = re.compile(r"\n[ \t]")


@dataclass(slots=True, frozen=True)
class Head:
    """What stands before the colon. `encoding` is "Q", "B" or ""; `charset` a Python codec's name or ""."""

    group: str
    name: str
    params: Params
    encoding: str = ""
    charset: str = ""

    def values(self, name: str) -> list[str]:
        """All values of a parameter, in order."""
        return [value for key, values in self.params if key == name for value in values]

    def first(self, name: str) -> str:
        """The first value of a parameter, or an empty text."""
        return next((value for key, values in self.params if key == name for value in values), "")


def split_line(line: str) -> tuple[str, str] | None:
    """Head and value of a logical line, parted at the first colon outside quotes; None where there is none."""
    head, colon, value = line.partition(":")
    if not colon:
        return None
    if '"' in head and head.count('"') % 2:
        match = _HEAD_WITH_QUOTES.match(line)
        if match is not None and line[match.end() : match.end() + 1] == ":":
            return line[: match.end()], line[match.end() + 1 :]
    return head, value


def parse_head(text: str) -> Head | None:
    """The head of a content line; None where the text can't be one."""
    if len(text) > _MAX_HEAD:
        return None
    semicolon = text.find(";")
    match = _NAME.fullmatch(text if semicolon < 0 else text[:semicolon])
    if match is None:
        return None
    encoding = charset = ""
    params: list[tuple[str, tuple[str, ...]]] = []
    for param in _PARAM.finditer(text, semicolon) if semicolon >= 0 else ():
        name, values = _parameter(param[1])
        if name == "ENCODING":
            encoding = _ENCODINGS.get(values[0].strip().upper(), "") if values else ""
            if encoding == "B" or (values and values[0].strip().upper() not in _ENCODINGS):
                params.append((name, ("b",) if encoding == "B" else values))
        elif name == "CHARSET" and values and (known := known_encoding(values[0])) is not None:
            charset = known
        elif name:
            params.append((name, values))
    return Head(match[1] or "", match[2].upper(), tuple(params), encoding, charset)


def _parameter(text: str) -> tuple[str, tuple[str, ...]]:
    """Name in upper case and values of one parameter; a bare word of vCard 2.1 gets the name that is meant."""
    name, equals, written = text.partition("=")
    if name[:9] == "X-CUSTOM(" and (own := _OWN_LABEL.fullmatch(text)) is not None:
        return "TYPE", (a2b_qp(own[1].encode()).decode("utf-8", "replace"),)
    if not equals:
        return _bare(text.strip())
    name = name.strip().upper()
    if '"' not in written and "," not in written:
        values = [_plain(written.strip())]
    elif written.count('"') % 2:
        # A quote that never closes is a letter like any other.
        values = [plain for piece in written.split(",") if (plain := _plain(piece.strip()))]
    else:
        values = []
        for match in _PARAM_VALUE.finditer(written):
            if match.end() == match.start() and match.start() != len(written):
                continue
            piece = match[0].strip()
            quoted = len(piece) > 1 and piece[0] == piece[-1] == '"'
            plain = _plain(piece[1:-1] if quoted else piece)
            if name == "TYPE" and quoted and "," in plain:
                parts = [part.strip() for part in plain.split(",")]
                if all(part.lower() in KNOWN_TYPES for part in parts):
                    values.extend(parts)
                    continue
            if plain or quoted:
                values.append(plain)
    return name, tuple(values)


def _bare(word: str) -> tuple[str, tuple[str, ...]]:
    upper = word.upper()
    if not word:
        return "", ()
    if upper in _ENCODINGS:
        return "ENCODING", (word,)
    if upper in _VALUES:
        return "VALUE", (word,)
    return "TYPE", (_plain(word),)


def _plain(value: str) -> str:
    """A parameter value with the escapes of RFC 6868 undone."""
    return _CARET.sub(lambda match: _CARETS[match[1]], value) if "^" in value else value


def parameter_text(name: str, values: tuple[str, ...]) -> str:
    """One parameter as written in a line (RFC 6350 section 3.3, RFC 6868)."""
    written = []
    for value in values:
        if "^" in value or '"' in value or "\n" in value:
            value = value.replace("^", "^^").replace('"', "^'").replace("\r\n", "^n").replace("\n", "^n")
        bare = value and not any(char in value for char in ',;:"') and value == value.strip()
        written.append(value if bare else f'"{value}"')
    return f"{name}={','.join(written)}"


def logical_lines(text: str, *, version_21: bool) -> list[str]:
    """The unfolded lines of a card whose line breaks are `\\n`.

    Quoted-printable soft breaks are joined, and so are lines that a writer broke without folding them: base64 that was
    not indented, and the continuation of encoded text.
    """
    # Plain searches first: they cost a tenth of a pattern's, and most cards hold none of these.
    encoded = (
        "RINTABLE" in text or "rintable" in text or "=Q" in text or "=q" in text or ";Q" in text or ";q" in text
    ) and _QUOTED_PRINTABLE.search(text) is not None
    base64 = (
        "ASE64" in text or "ase64" in text or "=b" in text or "=B" in text or ";b" in text or ";B" in text
    ) and _BASE64.search(text) is not None
    if not encoded and not base64 and not (version_21 and ("\n " in text or "\n\t" in text)):
        return unfolded(text).split("\n")
    return _Unfolder(version_21).lines(text.split("\n"))


def unfolded(text: str) -> str:
    """A card of vCard 3.0 or 4.0 whose folds are undone."""
    return _FOLD.sub("", text) if "\n " in text or "\n\t" in text else text


def is_encoded(head: str) -> bool:
    """Whether lines with this head may go on in the next without being folded."""
    return _is(_QP_HEAD, head + ":") or _is(_BASE64_HEAD, head + ":")


class _Unfolder:
    """Joins physical lines one by one, knowing what kind of value it is in."""

    def __init__(self, version_21: bool) -> None:
        self._version_21 = version_21
        self._parts: list[str] = []
        self._kind = ""
        self._done: list[str] = []

    def lines(self, physical: list[str]) -> list[str]:
        for line in physical:
            if not self._continues(line):
                self._flush()
                self._parts = [line]
                self._kind = "Q" if _is(_QP_HEAD, line) else "B" if _is(_BASE64_HEAD, line) else ""
        self._flush()
        return self._done

    def _continues(self, line: str) -> bool:
        parts = self._parts
        if not parts:
            return False
        if self._kind == "Q":
            if parts[-1].endswith("=") and not (_PROPERTY.match(line) or not line):
                parts[-1] = parts[-1][:-1]
                parts.append(line)
                return True
            if line[:1] == "=" and ":" not in line:
                parts.append(line)
                return True
        if self._kind == "B" and _BASE64_LINE.fullmatch(line):
            parts.append(line.strip())
            return True
        if line[:1] in (" ", "\t") and line.strip():
            parts.append(line)
            return True
        return False

    def _flush(self) -> None:
        parts = self._parts
        if len(parts) == 1:
            line = parts[0]
            self._done.append(line[:-1] if self._kind == "Q" and line.endswith("=") else line)
        elif self._kind == "B":
            self._done.append("".join(part.strip() for part in parts))
        elif self._kind == "Q":
            self._done.append("".join(parts).removesuffix("="))
        elif parts:
            self._done.append(parts[0] + "".join(self._unfolded(parts)))
        self._parts = []

    def _unfolded(self, parts: list[str]) -> list[str]:
        """Continuations without the fold.

        2.1 folds at a blank and the blank stays; most programs fold it as 3.0 does, at a column, where the blank is
        added. Lines of one length tell the second kind.
        """
        if self._version_21:
            lengths = {len(part) for part in parts[:-1]}
            by_column = min(lengths) >= 72 or (len(parts) > 2 and max(lengths) - min(lengths) <= 1)
            if not by_column:
                return [part if part[1:2] not in (" ", "\t") else " " + part.lstrip() for part in parts[1:]]
        return [part[1:] for part in parts[1:]]


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return pattern.match(line, 0, 300) is not None
