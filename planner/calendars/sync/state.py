"""What a run over one collection holds while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.accounts.memory import Memory, Remembered
from planner.accounts.records import Known
from planner.calendars.records import CalendarEntry
from planner.calendars.sync import item
from planner.calendars.sync.decide import Ours, Theirs
from planner.calendars.sync.records import SyncOutcome
from planner.dav.items import Items


@dataclass
class Run:
    """One collection's run: both sides, and what is remembered of them. `data` are the items' texts, by uid."""

    items: Items
    memory: Memory
    entries: dict[str, CalendarEntry]
    ours: dict[str, Ours]
    remembered: dict[str, Remembered]
    theirs: dict[str, Theirs]
    data: dict[str, str]
    outcome: SyncOutcome
    accepted: dict[str, item.Facts] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    #: What is remembered once it has been carried over here.
    carried: list[tuple[Known, str]] = field(default_factory=list)
    #: A write was not carried out, because the item is not as it was read.
    postponed: bool = False

    def postpone(self) -> None:
        """What stands there is not what was read: the next run sees both sides."""
        self.postponed = True
        self.outcome.postponed += 1

    def leave_alone(self, name: str, reason: str) -> None:
        """Tell of an item that can't be brought in step."""
        self.outcome.unreadable.append(f"{name}: {reason}")

    def keep(self, uid: str, path: str, etag: str, data: str) -> None:
        """Remember that ours stands there."""
        ours = self.ours[uid]
        self.memory.keep(Known(uid, path, etag, ours.fingerprint, ours.facts), data)
