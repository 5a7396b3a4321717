"""What a run over address books did, in figures and person by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.calendars.sync.records import NOTHING, SyncedItem, SyncOutcome

_WORDS = {
    "received": "new here",
    "accepted": "updated here",
    "dropped": "deleted here",
    "created": "added there",
    "replaced": "updated there",
    "deleted": "deleted there",
    "disagreements": "waiting for your choice",
}


@dataclass
class PeopleOutcome(SyncOutcome):
    """A run in figures. `received` are new people, who count as accepted too."""

    received: int = 0

    about: ClassVar[str] = "people: "

    def tell(self, what: str, uid: str, name: str) -> None:
        """Note what became of somebody; `what` is the name of a figure."""
        setattr(self, what, getattr(self, what) + 1)
        if what == "received":
            self.accepted += 1
        self.items.append(SyncedItem("person", uid, name, _WORDS[what]))

    def in_words(self) -> str:
        """The run in one line, for status and log."""
        figures = {name: getattr(self, name) for name in _WORDS} | {"accepted": self.accepted - self.received}
        parts = [f"{count:,} {_WORDS[name]}" for name, count in figures.items() if count]
        if self.postponed:
            parts.append(f"{self.postponed:,} changed there meanwhile, left for the next run")
        if self.unreadable:
            parts.append(f"{len(self.unreadable):,} left alone")
        return ", ".join(parts) or NOTHING
