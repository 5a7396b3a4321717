"""The key of a protected database, derived as SQLCipher 4 does by its standard settings, so that any program that knows
SQLCipher opens the file with the password (https://www.zetetic.net/sqlcipher/design/).

The password goes through the key derivation once a file. What is kept while the program runs is the derived key, not
the password, and no password is ever part of an SQL statement.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

_SALT = 16
_ROUNDS = 256_000  # SQLCipher 4's own


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
