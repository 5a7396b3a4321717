"""How a protected database file is told from a plain one. Light: the window asks before its first frame.

A protected file begins with the salt of its key, 16 bytes of noise, and is noise throughout; a plain one has SQLite's
own words there (https://www.sqlite.org/fileformat.html#the_database_header, https://www.zetetic.net/sqlcipher/design/).
"""

from __future__ import annotations

import os
from pathlib import Path

#: What every plain SQLite file begins with.
_PLAIN = b"SQLite format 3\0"
_PAGE = 4_096
_SALT = 16
#: Of 256 values, a page of noise lacks none, as a rule; text, zeros and SQLite's own pages lack many.
_NOISE = 250


def is_protected(path: Path) -> bool:
    """Whether a file looks like a protected database: whole pages, and the first one is noise.

    Not for a database that this process has open: closing any descriptor of it takes this process's locks off it.
    """
    return _first_page(path) is not None


def salt_of(path: Path) -> bytes | None:
    """The salt of a protected file, None for any other. Not for a database that this process has open."""
    first = _first_page(path)
    return None if first is None else first[:_SALT]


def _first_page(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            first = file.read(_PAGE)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return None
    noise = size % _PAGE == 0 and not first.startswith(_PLAIN) and len(set(first)) >= _NOISE
    return first if noise else None
