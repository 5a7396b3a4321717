"""The key of a protected database, and how a protected file is told from a plain one.

A protected file is an SQLCipher 4 database with that library's standard settings, so that any program that knows
SQLCipher opens it with the password. Its first 16 bytes are the salt; a plain file has SQLite's own words there
(https://www.sqlite.org/fileformat.html#the_database_header, https://www.zetetic.net/sqlcipher/design/).

The password goes through the key derivation once a file. What is kept while the program runs is the derived key, not
the password, and no password is ever part of an SQL statement.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

#: What every plain SQLite file begins with.
_PLAIN = b"SQLite format 3\0"
_PAGE = 4_096
_SALT = 16
_ROUNDS = 256_000  # SQLCipher 4's own
#: Of 256 values, a page of noise lacks none, as a rule; text, zeros and SQLite's own pages lack many.
_NOISE = 250


@dataclass(frozen=True, slots=True)
class Key:
    """A key of 32 bytes and the salt of 16 it was derived with. Neither is ever shown."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def of(cls, password: str, salt: bytes) -> Key:
        """Derive it; takes about 0.2 s. The password is taken in Unicode's composed form (NFC), whatever typed it."""
        import hashlib
        import unicodedata

        composed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
        return cls(hashlib.pbkdf2_hmac("sha512", composed, salt, _ROUNDS, 32), salt)

    @classmethod
    def new(cls, password: str) -> Key:
        """A key for a file to be made. Raises Invalid for an empty password."""
        from planner.errors import Invalid

        if not password:
            raise Invalid("Password", "it can’t be empty")
        return cls.of(password, os.urandom(_SALT))

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it, without deriving it again: hexadecimal digits alone, so nothing to quote."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


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
