"""From a password to the key of a file: given by a person, or kept in the system's keyring."""

from __future__ import annotations

from pathlib import Path

from planner.errors import WrongPassword
from planner.secrets import Secrets
from planner.store.backup import address_to_read
from planner.store.key import Key
from planner.store.opening import connect
from planner.store.protected import salt_of


def account_of(database: Path) -> str:
    """What the keyring calls the password of a data folder."""
    return f"data in {database.parent.resolve()}"


def unlocked(path: Path, password: str) -> Key | None:
    """The key of a file, None where it has no password. Takes about 0.2 s.

    Raises WrongPassword and CipherMissing. This process must not have the file open.
    """
    if (salt := salt_of(path)) is None:
        return None
    if not password:
        raise WrongPassword(path)
    key = Key.of(password, salt)
    connect(path, key, address=address_to_read(path)).close()
    return key


def remembered(database: Path, secrets: Secrets) -> Key | None:
    """The key of a data folder's database from the keyring's password; None where there is none, or another's."""
    password = secrets.get(account_of(database))
    if password is None:
        return None
    try:
        return unlocked(database, password)
    except WrongPassword:
        return None


def remember(database: Path, password: str, secrets: Secrets) -> None:
    """Have the keyring keep the password of a data folder. Raises KeyringUnusable."""
    secrets.put(account_of(database), password)
