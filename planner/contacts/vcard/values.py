"""Values of content lines: escapes, lists, dates, binary data (RFC 2426 section 5, RFC 6350 section 4)."""

from __future__ import annotations

import binascii
import re
from calendar import monthrange
from urllib.parse import unquote_to_bytes

from planner.contacts.records import DateKind, PartialDate, Photo

_ESCAPED = re.compile(r"\\([nN\\;,:\"])")
_UNESCAPED = {"n": "\n", "N": "\n"}
_TO_ESCAPE = re.compile(r"[\\;,\n\r]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"}


def unescape(raw: str) -> str:
    """The text of a value: backslash escapes of RFC 2426, and the `\\:` and `\\"` that programs add to them."""
    if "\\" not in raw:
        return raw
    return _ESCAPED.sub(lambda match: _UNESCAPED.get(match[1], match[1]), raw)


def escape(text: str) -> str:
    """A text as a value, or as one component of a structured value."""
    if _TO_ESCAPE.search(text) is None:
        return text
    return _TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], text.replace("\r\n", "\n"))


# Controls that neither a field nor a screen can hold, and the breaks a field of one line can't.
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")


def one_line(text: str) -> tuple[str, bool]:
    """A text as a field of one line holds it, and whether that is all of it."""
    stripped = text.strip()
    if stripped.isprintable():
        return stripped, True
    shown = _BREAKS.sub(" ", _UNSHOWABLE.sub("", stripped)).strip()
    return shown, shown == stripped


def lines(text: str) -> tuple[str, bool]:
    """A text as a field of several lines holds it, and whether that is all of it."""
    if text.isprintable():
        return text, True
    shown = _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    return shown, shown == text.strip("\n")


def split_raw(raw: str, separator: str) -> list[str]:
    """The parts between separators that no backslash escapes, still escaped."""
    parts = raw.split(separator)
    if "\\" not in raw:
        return parts
    whole: list[str] = []
    pending: list[str] = []
    for part in parts:
        pending.append(part)
        if (len(part) - len(part.rstrip("\\"))) % 2 == 0:
            whole.append(separator.join(pending))
            pending = []
    if pending:
        whole.append(separator.join(pending))
    return whole


def components(raw: str) -> list[str]:
    """The parts of a structured value (N, ADR, ORG), unescaped and without blanks around them."""
    if "\\" not in raw:
        return [part.strip() for part in raw.split(";")]
    return [unescape(part).strip() for part in split_raw(raw, ";")]


def shown_components(parts: list[str], street: int = -1) -> tuple[list[str], bool]:
    """The parts as fields hold them, and whether that is all of them. Part number `street` may have several lines."""
    if "".join(parts).isprintable():
        return parts, True
    shown = [lines(part) if index == street else one_line(part) for index, part in enumerate(parts)]
    return [text.strip() for text, _ in shown], all(exact for _, exact in shown)


def listed(raw: str) -> list[str]:
    """The values of a list (CATEGORIES, NICKNAME), unescaped; empty ones are left out."""
    return [text for part in split_raw(raw, ",") if (text := unescape(part).strip())]


def canonical_from_21(raw: str, *, literal_commas: bool) -> str:
    """A decoded value of vCard 2.1 in the escaping of 3.0.

    2.1 knows only `\\;`; a backslash before anything but the usual escapes is a character of its own, and commas part
    nothing in names and addresses.
    """
    if "\\" in raw:
        raw = re.sub(r"\\(?:([nN\\;,:\"])|)", lambda match: match[0] if match[1] else "\\\\", raw)
    if "\n" in raw or "\r" in raw:
        raw = raw.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    if literal_commas and "," in raw:
        raw = re.sub(r"(\\.)|,", lambda match: match[1] or "\\,", raw, flags=re.DOTALL)
    return raw


# --- dates -----------------------------------------------------------------------------------------------------------

_DATE = re.compile(
    r"""(?: (?P<y>\d{4}) (?: -? (?P<m>\d{2}) -? (?P<d>\d{2}) | [-/.] (?P<m2>\d{1,2}) [-/.] (?P<d2>\d{1,2})
                           | -(?P<m3>\d{2}) )?
          | -- (?P<m4>\d{2}) (?: -? (?P<d4>\d{2}) )?
          | --- (?P<d5>\d{2}) )
        (?P<time> [Tt ] [\d:.,]* \d [\dZz:+\-]* | [Tt][\dZz:+\-]+ )? """,
    re.VERBOSE,
)
# Apple's stand-in for "no year": a leap year long ago.
APPLE_NO_YEAR = 1604


def parse_date(raw: str, kind: DateKind, omit_year: int = APPLE_NO_YEAR) -> tuple[PartialDate, bool] | None:
    """The date of a value and whether it carries a time as well; None where it is no date.

    Reads ISO 8601 in basic and extended form, RFC 6350's truncated forms (`--0509`, `---09`, `1985-04`, `1985`) and
    Apple's `1604-05-09`. Year, month or day zero means unknown.
    """
    text = unescape(raw).strip()
    if len(text) > 40 or (match := _DATE.fullmatch(text)) is None:
        return None
    found = match.groupdict()
    year = int(found["y"] or 0)
    month = int(found["m"] or found["m2"] or found["m3"] or found["m4"] or 0)
    day = int(found["d"] or found["d2"] or found["d4"] or found["d5"] or 0)
    if year == omit_year:
        year = 0
    if month > 12 or day > monthrange(year or 2000, month or 1)[1] or not (year or month or day):
        return None
    if day and year and not month:
        return None
    return PartialDate(kind, year or None, month or None, day or None), found["time"] is not None


def format_date(value: PartialDate, version: str) -> tuple[str, bool]:
    """A date as a value, and whether it uses Apple's year 1604 (3.0 has no form without a year)."""
    year, month, day = value.year, value.month, value.day
    dash = "-" if version == "3.0" else ""
    if year is not None and month and day:
        return f"{year:04d}{dash}{month:02d}{dash}{day:02d}", False
    if year is not None:
        return (f"{year:04d}-{month:02d}" if month else f"{year:04d}"), False
    if month and day:
        if version == "3.0":
            return f"{APPLE_NO_YEAR}-{month:02d}-{day:02d}", True
        return f"--{month:02d}{day:02d}", False
    if month:
        return f"--{month:02d}", False
    return (f"---{day:02d}" if day else ""), False


# --- binary data -----------------------------------------------------------------------------------------------------

_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=_\-]")
_SPACE = re.compile(r"\s+")
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
)


def without_space(raw: str) -> str:
    """Base64 without the blanks that folding leaves in it."""
    return _SPACE.sub("", raw)


def decode_base64(raw: str) -> bytes | None:
    """The bytes of base64 text, missing padding forgiven; None where it is something else."""
    text = without_space(raw)
    if not text or _NOT_BASE64.search(text) is not None:
        return None
    if "-" in text or "_" in text:
        text = text.replace("-", "+").replace("_", "/")
    text = text.rstrip("=")
    if len(text) % 4 == 1:
        text = text[:-1]
    try:
        return binascii.a2b_base64(text + "=" * (-len(text) % 4)) or None
    except binascii.Error:
        return None


def media_type_of(data: bytes, named: str = "") -> str:
    """The media type that the first bytes of a picture show, else the one that was named ("JPEG", "image/png")."""
    for offset, magic, media_type in _MAGIC:
        if data.startswith(magic, offset):
            return media_type
    named = named.strip().lower()
    if "/" in named:
        return named
    return f"image/{'jpeg' if named == 'jpg' else named}" if named else "application/octet-stream"


def parse_data_uri(raw: str) -> Photo | None:
    """The content of a `data:` URI (RFC 2397)."""
    uri = raw.strip()
    if uri[:5].lower() != "data:":
        return None
    head, comma, body = uri[5:].partition(",")
    if not comma:
        # Some writers escape the comma, as if the URI were text.
        return None
    head = head.replace("\\", "")
    parts = head.split(";")
    if "base64" in (part.strip().lower() for part in parts):
        data = decode_base64(body.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
    else:
        data = unquote_to_bytes(body) or None
    return Photo(data, media_type_of(data, parts[0])) if data else None
