"""What became of the events in a calendar file, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of an event in a file."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One event of a file. `reason` says in a short clause what to know of it; `id` is the event's number here."""

    source: str
    position: int
    title: str
    outcome: Outcome
    reason: str = ""
    id: int | None = None
    source_text: str = ""
