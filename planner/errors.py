"""What can go wrong, in two kinds.

A `UserError` is nobody's fault in this program: a file that is damaged, a folder that is read-only. It carries facts as
attributes, and three short templates over them that say what happened, what is safe, and what to do next. Window and
command line both show `explain()`; nothing else in the program writes such sentences.

A `Bug` is ours. It is reported with types and places only, never with a person's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences for a person: what happened, what is safe, what to do."""

    what: str
    safe: str
    advice: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.advice) if part)


class UserError(Exception):
    """A mistake or mishap a person can do something about. Subclasses are dataclasses whose fields are the facts."""

    what: ClassVar[str] = "That did not work."
    safe: ClassVar[str] = "Nothing was changed."
    advice: ClassVar[str] = ""

    def explain(self) -> Explanation:
        """The three sentences, with this error's facts filled in."""
        facts = {name: getattr(self, name) for name in getattr(self, "__dataclass_fields__", {})}
        return Explanation(self.what.format(**facts), self.safe.format(**facts), self.advice.format(**facts))

    def __str__(self) -> str:
        return str(self.explain())


class Bug(Exception):
    """Something this program promised itself does not hold."""


@dataclass
class NotFound(UserError):
    """A record that is asked for by number or name is not there (any more)."""

    kind: str
    key: int | str

    what: ClassVar[str] = "There is no {kind} “{key}”."
    advice: ClassVar[str] = "It may have been deleted; Undo brings it back."


@dataclass
class Invalid(UserError):
    """A value that can't be kept as it is. `field` names it as the screen does, `reason` is a short clause."""

    field: str
    reason: str

    what: ClassVar[str] = "{field}: {reason}."
    advice: ClassVar[str] = "Change it and save again."


@dataclass
class FileUnreadable(UserError):
    """A file that can't be read at all; `reason` is the system's or the parser's short clause."""

    path: Path
    reason: str

    what: ClassVar[str] = "“{path}” could not be read: {reason}."
    safe: ClassVar[str] = "Your data is as it was."
    advice: ClassVar[str] = "Check that the file opens in the program that made it, then try again."


@dataclass
class FileUnwritable(UserError):
    """A file that can't be written; a file that stood there before is still whole."""

    path: Path
    reason: str

    what: ClassVar[str] = "“{path}” could not be written: {reason}."
    safe: ClassVar[str] = "Your data is as it was, and so is any file that had this name."
    advice: ClassVar[str] = "Choose another folder, or make room, and try again."


@dataclass
class DataFolderUnusable(UserError):
    """The data folder can't be created or written."""

    path: Path
    reason: str

    what: ClassVar[str] = "The data folder “{path}” can't be used: {reason}."
    safe: ClassVar[str] = "Nothing was written."
    advice: ClassVar[str] = "Make it writable for you, or start with --data-dir and another folder."


@dataclass
class DatabaseBusy(UserError):
    """Another process held the write lock for longer than the busy time-out."""

    path: Path

    what: ClassVar[str] = "Another program is writing to your data right now."
    safe: ClassVar[str] = "Nothing was lost, and nothing was changed."
    advice: ClassVar[str] = "Wait for it to finish and try again."


@dataclass
class DatabaseNewer(UserError):
    """The database was written by a later version of Rapport."""

    path: Path
    found: int
    known: int

    what: ClassVar[str] = "This data was written by a newer Rapport (format {found}; this one knows {known})."
    safe: ClassVar[str] = "It was not touched."
    advice: ClassVar[str] = "Update Rapport, or start with --data-dir and another folder."


@dataclass
class DatabaseDamaged(UserError):
    """SQLite reports that the file is not a database, or that its pages do not fit together."""

    path: Path
    reason: str

    what: ClassVar[str] = "“{path}” can't be read as Rapport's data: {reason}."
    safe: ClassVar[str] = "It was left as it is."
    advice: ClassVar[str] = "Restore the latest backup from the “backups” folder beside it (rapport restore FILE)."


@dataclass
class DiskFull(UserError):
    """The disk had no room for a change."""

    path: Path

    what: ClassVar[str] = "The disk is full."
    safe: ClassVar[str] = "Everything saved before is safe; nothing was saved since."
    advice: ClassVar[str] = "Make some room and do it again."


@dataclass
class DatabaseReadOnly(UserError):
    """The database, or its folder, may not be written."""

    path: Path

    what: ClassVar[str] = "“{path}” is read-only."
    safe: ClassVar[str] = "Nothing was changed."
    advice: ClassVar[str] = "Allow writing to it and its folder, or start with --data-dir and another folder."


@dataclass
class DatabaseProtected(UserError):
    """A database is protected with a password, and none was given."""

    path: Path

    what: ClassVar[str] = "“{path}” is protected with a password, and none was given."
    safe: ClassVar[str] = "It was not touched."
    advice: ClassVar[str] = "Use a terminal, which asks for it, or name a file that holds it in RAPPORT_PASSWORD_FILE."


@dataclass
class WrongPassword(UserError):
    """A protected database does not open with the password given. Never to be taken for damage."""

    path: Path

    what: ClassVar[str] = "“{path}” does not open with this password."
    safe: ClassVar[str] = "It was not touched."
    advice: ClassVar[str] = "Try again, and look at the Caps Lock key and the keyboard’s language."


@dataclass
class CipherMissing(UserError):
    """sqlcipher3, which opens protected databases, is not there: it has no build for every platform."""

    path: Path

    what: ClassVar[str] = "“{path}” is protected, and the library that opens it (sqlcipher3) is not installed here."
    safe: ClassVar[str] = "It was not touched."
    advice: ClassVar[str] = "Remove the protection where the library is, or start with --data-dir and another folder."


@dataclass
class DatabaseInUse(UserError):
    """The file itself is to be replaced, and somebody else has it open."""

    path: Path

    what: ClassVar[str] = "Your data is in use by another window, command or long piece of work."
    safe: ClassVar[str] = "It is as it was."
    advice: ClassVar[str] = "Let that end or close it, and try again."


class Cancelled(UserError):
    """The person stopped a long piece of work."""

    what: ClassVar[str] = "Stopped."
    safe: ClassVar[str] = "Nothing was changed."
