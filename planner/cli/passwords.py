"""Where the command line takes passwords from: a file that is named, the system's keyring, or the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import DatabaseProtected, FileUnreadable, Invalid, WrongPassword
from planner.store.protected import is_protected

if TYPE_CHECKING:
    from planner.secrets import Secrets
    from planner.store.key import Key

#: The file with the password of the data, and of a backup to be restored; the file with a password to be set.
PASSWORD_FILE, NEW_PASSWORD_FILE = "RAPPORT_PASSWORD_FILE", "RAPPORT_NEW_PASSWORD_FILE"
#: The file with the password of an account on a server, where no keyring keeps it.
ACCOUNT_PASSWORD_FILE = "RAPPORT_ACCOUNT_PASSWORD_FILE"  # noqa: S105 - the name of a variable
_TRIES = 3


def key_of_data(database: Path, secrets: Secrets | None = None) -> Key | None:
    """What opens a data folder's database, None where it has no password.

    The file named in RAPPORT_PASSWORD_FILE counts first, then the keyring; the terminal is asked last. Raises
    DatabaseProtected where there is none of them, and WrongPassword.
    """
    if not is_protected(database):
        return None
    from planner.secrets import KeyringSecrets
    from planner.store.unlocking import remembered

    if named_file(PASSWORD_FILE) is None and (key := remembered(database, secrets or KeyringSecrets())) is not None:
        return key
    return key_of_file(database, "Password: ")


def key_of_file(path: Path, prompt: str) -> Key | None:
    """What opens any protected file, None for a plain one. The keyring is not asked."""
    if not is_protected(path):
        return None
    from planner.store.unlocking import unlocked

    if (given := named_file(PASSWORD_FILE)) is not None:
        return unlocked(path, given)
    if not sys.stdin.isatty():
        raise DatabaseProtected(path)
    for left in reversed(range(_TRIES)):
        try:
            return unlocked(path, _asked(prompt))
        except WrongPassword:
            if not left:
                raise
            print("That is not the password. Please try again.", file=sys.stderr)
    raise DatabaseProtected(path)


def new_password() -> str:
    """A password to be set: from the file named in RAPPORT_NEW_PASSWORD_FILE, or asked for twice. Raises Invalid."""
    if (given := named_file(NEW_PASSWORD_FILE)) is not None:
        return given
    if not sys.stdin.isatty():
        raise Invalid("New password", f"there is no terminal to ask on, and {NEW_PASSWORD_FILE} names no file with it")
    first = _asked("New password: ")
    if first and first != _asked("The same again: "):
        raise Invalid("New password", "the two are not the same")
    return first


def account_password(name: str, *, alone: bool) -> str:
    """The password of an account that no keyring keeps, "" where there is none to be had.

    From the file named in RAPPORT_ACCOUNT_PASSWORD_FILE where the account is synced `alone`, since a file holds one
    password; else it is asked for on the terminal. Raises FileUnreadable.
    """
    if alone and (given := named_file(ACCOUNT_PASSWORD_FILE)) is not None:
        return given
    return _asked(f"Password of “{name}”: ") if sys.stdin.isatty() else ""


def named_file(variable: str) -> str | None:
    """The first line of the file an environment variable names; None if it names none. Raises FileUnreadable."""
    if not (name := os.environ.get(variable)):
        return None
    path = Path(name).expanduser()
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0].removesuffix("\r")
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise FileUnreadable(path, reason or str(error)) from error


def _asked(prompt: str) -> str:
    from getpass import getpass

    try:
        return getpass(prompt)
    except EOFError:
        return ""
