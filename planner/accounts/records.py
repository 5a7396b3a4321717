"""Accounts and what of them is kept in sync, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from planner.dav.errors import DavError
from planner.errors import Explanation, UserError


class Purpose(StrEnum):
    """What a collection is used for."""

    EVENTS = "events"  # follow-ups, events and marked sessions, as calendar events
    TASKS = "tasks"  # follow-ups, as tasks
    PEOPLE = "people"  # contacts


@dataclass(frozen=True, slots=True)
class SyncedCollection:
    """A calendar or address book that is kept in sync. `options` are those of its purpose, as text."""

    id: int
    url: str
    name: str
    purpose: Purpose
    token: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A collection to be kept in sync with a new account; `url` "" asks for a new one of that name."""

    purpose: Purpose
    url: str
    name: str
    options: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `synced_at` is when the last complete run ended, in UTC.

    `waits_until`, in UTC, is when the server may be asked again, where it asked for a long pause.
    """

    id: int
    uid: str
    name: str
    address: str
    user: str
    provider: str = ""
    paused: bool = False
    synced_at: datetime | None = None
    collections: tuple[SyncedCollection, ...] = ()
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An item as it was when both sides last agreed; `path` is "" where they agreed that it has no place there.

    `fingerprint` stands for what we showed of it, `facts` for what both said: texts that each engine compares.
    """

    uid: str
    path: str
    etag: str
    fingerprint: str
    facts: str

    @property
    def off(self) -> bool:
        """Whether both agreed that it has no place there."""
        return not self.path


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of what sync did. `at` is UTC; `level` is "done", "notice", "offline" or "problem"."""

    at: datetime
    account_id: int | None
    level: str
    text: str


@dataclass
class PasswordNeeded(DavError):
    """No password is stored for the account; it has to be asked for."""

    account: str

    what: ClassVar[str] = "The password of “{account}” is not known yet."
    advice: ClassVar[str] = "Enter it; the system's keyring keeps it if there is one."


@dataclass
class NoAccount(UserError):
    """There is no account of that name, or none at all (`account` is "" then)."""

    account: str

    what: ClassVar[str] = "There is no account{named} to sync."
    advice: ClassVar[str] = "Set one up in the window, under Settings, Accounts."

    @property
    def named(self) -> str:
        """The name in quotes, with a space before it."""
        return f" “{self.account}”" if self.account else ""

    def explain(self) -> Explanation:
        """The three sentences."""
        return Explanation(self.what.format(named=self.named), self.safe, self.advice)
