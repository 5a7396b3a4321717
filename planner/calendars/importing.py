"""Events and invitations out of .ics files: each event is new, changed, known or failed, and none is passed over.

An event is known by its UID (RFC 5545 section 3.8.4.7) and, in a series, by which occurrence it is. Whoever of its
people is among the contacts is put on it; nobody becomes a contact by being invited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from planner.calendars.outcomes import ImportedEvent, Outcome
from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Cancelled, FileUnreadable, UserError
from planner.settings.service import SettingsService
from planner.store.store import Store

if TYPE_CHECKING:
    from planner.calendars.found import CalendarFile

__all__ = ["EventImport", "EventImportReport", "ImportedEvent", "NoCalendar", "Outcome"]

#: Larger files, in bytes, are refused.
LARGEST = 64 * 1024 * 1024
#: How far ahead the occurrences of a series are imported.
AHEAD = timedelta(days=366)
#: From so many events on, an import is noted for undo as one run of rows.
_MANY = 200


@dataclass(frozen=True, slots=True)
class EventImportReport:
    """A whole import: `changes` is the one undoable command it was."""

    changes: Changes
    items: tuple[ImportedEvent, ...]

    def of(self, outcome: Outcome) -> tuple[ImportedEvent, ...]:
        """The items that came out so."""
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def in_words(self) -> str:
        """ "3 events added, 1 already here, 1 could not be read"."""
        said = {
            Outcome.NEW: "added",
            Outcome.CHANGED: "updated",
            Outcome.KNOWN: "already here",
            Outcome.FAILED: "not imported",
        }
        counts = {outcome: len(self.of(outcome)) for outcome in said}
        parts = [f"{count:,} {said[outcome]}" for outcome, count in counts.items() if count]
        return ", ".join(parts) or "no events in it"


@dataclass
class NoCalendar(UserError):
    """A file that holds no calendar; `reason` is a short clause."""

    name: str
    reason: str

    what: ClassVar[str] = "“{name}” is no calendar that can be read: {reason}."
    safe: ClassVar[str] = "Nothing was imported, and nothing here was changed."
    advice: ClassVar[str] = "Export the calendar anew as iCalendar (.ics) from the program that made it."


class EventImport:
    """Imports .ics files as events."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def files(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> EventImportReport:
        """Import files in one undoable command. One that can't be read is among the failed items of the report.

        Raises FileUnreadable or NoCalendar, before anything is written, where it is the only one, or none can be read.
        """
        contents: list[tuple[str, bytes | UserError]] = []
        for path in paths:
            try:
                large = path.stat().st_size > LARGEST
                held: bytes | UserError = (
                    NoCalendar(path.name, "it is larger than any calendar") if large else path.read_bytes()
                )
            except OSError as error:
                held = FileUnreadable(path, error.strerror or str(error))
            contents.append((path.name, held))
        return self._all(contents, progress, cancelled)

    def contents(
        self,
        contents: Sequence[tuple[str, bytes]],
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> EventImportReport:
        """Import calendars given as name and bytes.

        Raises NoCalendar where none can be read, and Cancelled with nothing changed.
        """
        return self._all(contents, progress, cancelled)

    def _all(
        self,
        contents: Sequence[tuple[str, bytes | UserError]],
        progress: Callable[[int, int], object],
        cancelled: Callable[[], bool],
    ) -> EventImportReport:
        # icalendar is slow to import, and most starts do without.
        from planner.calendars import reading
        from planner.calendars.taking import Taking

        since = self._clock.now()
        read: list[tuple[str, CalendarFile]] = []
        unread: list[tuple[str, UserError]] = []
        for name, data in contents:
            if cancelled():
                raise Cancelled
            try:
                if isinstance(data, UserError):
                    raise data
                read.append((name, reading.read(data, self._clock.zone, since, since + AHEAD)))
            except reading.NotACalendar as error:
                unread.append((name, NoCalendar(name, str(error))))
            except UserError as error:
                unread.append((name, error))
        if unread and not read:
            raise unread[0][1]
        total = sum(len(file.events) for _, file in read)
        label = f"import events from “{contents[0][0]}”" if len(contents) == 1 else f"import {len(contents)} calendars"
        items: list[ImportedEvent] = []
        with self._store.write(label, bulk=total > _MANY) as work:
            everybody = [person for _, file in read for found in file.events for person in found.people]
            run = Taking(work.session, self._clock, self._settings, everybody)
            for name, file in read:
                for found in file.events:
                    if cancelled():
                        raise Cancelled
                    run.take(name, found)
                    progress(run.taken, total)
            items = run.finish()
            for name, file in read:
                items += [
                    ImportedEvent(name, item.position, "", Outcome.FAILED, item.reason, source_text=item.source_text)
                    for item in file.failed
                ]
        items += [ImportedEvent(name, 0, name, Outcome.FAILED, str(error.explain().what)) for name, error in unread]
        order = {name: number for number, (name, _) in enumerate(contents)}
        items.sort(key=lambda item: (order[item.source], item.position))
        return EventImportReport(work.changes, tuple(items))
