"""Passwords: in the system's own keyring, or remembered until the program ends. Never on disk or in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from planner.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

#: Under which service the keyring files our entries.
SERVICE = "Rapport"

#: Backends that keep passwords in files of their own, or not at all.
_UNSAFE = ("keyrings.alt.", "keyring.backends.null", "keyring.backends.fail", "keyring.backends.chainer")


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

    keyring is imported at the first use: it costs 60 ms and nobody without an account needs it. Backends that write
    files of their own, or keep nothing, are never used.
    """

    def __init__(self) -> None:
        self._session = MemorySecrets()

    def get(self, account: str) -> str | None:
        """The password from this session, else from the keyring; None where neither has it or the keyring fails."""
        if (remembered := self._session.get(account)) is not None:
            return remembered
        backend = _backend()
        if backend is None:
            return None
        try:
            return backend.get_password(SERVICE, account)
        except Exception:  # noqa: BLE001 - a backend passes on whatever its daemon or library raises
            return None

    def put(self, account: str, password: str) -> None:
        """Keep it in the keyring. Raises KeyringUnusable where that fails; this session remembers it in any case."""
        self._session.put(account, password)
        backend = _backend()
        if backend is None:
            raise KeyringUnusable("there is none")
        try:
            backend.set_password(SERVICE, account, password)
        except Exception as error:
            raise KeyringUnusable(" ".join(str(error).split()) or type(error).__name__) from error
        self._session.forget(account)

    def forget(self, account: str) -> None:
        """Remove it from the keyring and from memory."""
        self._session.forget(account)
        backend = _backend()
        if backend is None:
            return
        try:
            backend.delete_password(SERVICE, account)
        except Exception:  # noqa: BLE001 - there is none, or the keyring is locked: then it stays where it is safe
            return


def _backend() -> KeyringBackend | None:
    """The keyring that keyring has chosen, if it is one of the system's; of a chain the first that is."""
    import keyring

    chosen = keyring.get_keyring()
    candidates = getattr(chosen, "backends", [chosen])
    return next((each for each in candidates if not type(each).__module__.startswith(_UNSAFE)), None)
