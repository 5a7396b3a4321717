"""Passwords: in the system's own keyring, or remembered until the program ends. Never on disk or in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from planner.errors import UserError

#: Under which service the keyring files our entries.
SERVICE = "Rapport"


@dataclass
class KeyringUnusable(UserError):
    """There is no keyring, or it stays locked."""

    reason: str

    what: ClassVar[str] = "The system's password store can't be used: {reason}."
    safe: ClassVar[str] = "The password was not written anywhere."
    advice: ClassVar[str] = "Rapport asks for it again at the next start; a keyring (GNOME Keyring, KWallet) keeps it."


class Secrets(Protocol):
    """Where passwords are kept, by the uid of their account."""

    def get(self, account: str) -> str | None:
        """The password, None if there is none (yet)."""

    def put(self, account: str, password: str) -> None:
        """Keep a password. Raises KeyringUnusable; then it is remembered until the program ends all the same."""

    def forget(self, account: str) -> None:
        """Remove a password; fine if there is none."""


class MemorySecrets:
    """Passwords remembered until the program ends: for tests, and where there is no keyring."""

    def __init__(self) -> None:
        self._passwords: dict[str, str] = {}

    def get(self, account: str) -> str | None:
        """The password put last."""
        return self._passwords.get(account)

    def put(self, account: str, password: str) -> None:
        """Remember it."""
        self._passwords[account] = password

    def forget(self, account: str) -> None:
        """Forget it."""
        self._passwords.pop(account, None)


class KeyringSecrets:
    """The system's keyring (Secret Service, macOS Keychain, Windows Credential Locker), with memory as fall-back.

    keyring is imported at the first use: it costs 60 ms and nobody without an account needs it.
    """

    def __init__(self) -> None:
        self._session = MemorySecrets()

    def get(self, account: str) -> str | None:
        """The password from this session, else from the keyring; None where neither has it or the keyring fails."""
        import keyring
        from keyring.errors import KeyringError

        if (remembered := self._session.get(account)) is not None:
            return remembered
        try:
            return keyring.get_password(SERVICE, account)
        except KeyringError:
            return None

    def put(self, account: str, password: str) -> None:
        """Keep it in the keyring. Raises KeyringUnusable where that fails; this session remembers it in any case."""
        import keyring
        from keyring.errors import KeyringError

        self._session.put(account, password)
        try:
            keyring.set_password(SERVICE, account, password)
        except KeyringError as error:
            raise KeyringUnusable(str(error) or type(error).__name__) from error
        self._session.forget(account)

    def forget(self, account: str) -> None:
        """Remove it from the keyring and from memory."""
        import keyring
        from keyring.errors import KeyringError

        self._session.forget(account)
        try:
            keyring.delete_password(SERVICE, account)
        except KeyringError:
            return
