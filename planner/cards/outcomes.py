"""What becomes of the items of an import, as frozen values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of an item."""

    NEW = "new"
    KNOWN = "known"
    MERGED = "merged"
    DOUBTFUL = "doubtful"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One item and what became of it, or would become.

    `at` is its place among all that was handed in, from 0. `id` is the contact's number (of a dry run: of the one that
    is here), or None. `reason` says why in a short clause.
    """

    source: str
    position: int
    name: str
    outcome: Outcome
    reason: str = ""
    id: int | None = None
    source_text: str = ""
    at: int = 0


def summary(items: Iterable[ImportItem], *, dry_run: bool = False) -> str:
    """In words: "12 added, 3 already here, 1 could not be read"."""
    counts = Counter(item.outcome for item in items)
    would = "would be " if dry_run else ""
    said = {
        Outcome.NEW: f"{would}added",
        Outcome.KNOWN: "already here",
        Outcome.MERGED: f"{would}merged",
        Outcome.DOUBTFUL: "to look at in Cards",
        Outcome.FAILED: "could not be read",
    }
    return ", ".join(f"{counts[one]:,} {words}" for one, words in said.items() if counts[one]) or "no contacts in it"
