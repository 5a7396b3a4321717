"""Writing to the calendar: each write names the state it was made for, and one that is not taken costs no other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from planner.calendars import given
from planner.calendars.records import CalendarEntry, News, Outgoing
from planner.calendars.sync import item
from planner.calendars.sync.state import Run
from planner.clock import Clock
from planner.dav import errors


class Sending:
    """The writes of one run."""

    def __init__(self, run: Run, clock: Clock) -> None:
        self._run = run
        self._clock = clock
        self._taken = False  # whether the server took any write of this run
        self._forbidden: errors.Forbidden | None = None

    def create(self, uid: str) -> None:
        """Put an item that is not there yet."""
        run, now = self._run, self._clock.now()
        data = item.new(outgoing(run.entries[uid], now), now)

        def put() -> None:
            path, etag = run.items.create(f"{_file_name(uid)}.ics", data)
            run.keep(uid, path, etag, data)
            run.outcome.created += 1

        self._write(uid, put)

    def replace(self, uid: str, path: str, etag: str) -> None:
        """Put ours over the state that `etag` names. What others wrote into the item stays in it."""
        run, now = self._run, self._clock.now()
        ours = outgoing(run.entries[uid], now)
        try:
            data = item.merged(run.data.get(uid, ""), ours, now)
        except item.Unreadable:
            data = item.new(ours, now)

        def put() -> None:
            run.keep(uid, path, run.items.replace(path, data, etag), data)
            run.outcome.replaced += 1

        self._write(uid, put)

    def delete(self, uid: str, path: str, etag: str) -> None:
        """Take an item away in the state that `etag` names."""
        run = self._run

        def take_away() -> None:
            run.items.delete(path, etag)
            if uid in run.ours:
                run.memory.rest(uid, run.ours[uid].facts)
            else:
                run.memory.forget(uid)
            run.outcome.deleted += 1

        self._write(uid, take_away)

    def end(self) -> None:
        """After the last write. Raises Forbidden where the server took none: then it is the calendar that is meant."""
        if self._forbidden is not None and not self._taken:
            raise self._forbidden

    def _write(self, uid: str, carry_out: Callable[[], None]) -> None:
        run = self._run
        try:
            carry_out()
        except errors.Changed:
            run.postpone()
            return
        except errors.Refused as error:
            run.leave_alone(self._name(uid), f"the server does not take it: {error.reason}")
            return
        except errors.Forbidden as error:
            # This item alone may be meant; where none is allowed, the calendar is.
            if self._forbidden is not None and not self._taken:
                raise
            self._forbidden = error
            run.leave_alone(self._name(uid), "the server does not allow this change")
            return
        self._taken = True

    def _name(self, uid: str) -> str:
        entry = self._run.entries.get(uid)
        return f"“{entry.summary}”" if entry else uid


def outgoing(entry: CalendarEntry, now: datetime) -> Outgoing:
    """An entry as it is written."""
    return Outgoing(entry, News.NEW, 0, now, fingerprint(entry), given.to_text(entry))


def fingerprint(entry: CalendarEntry) -> str:
    """A digest of all that an entry shows."""
    return hashlib.sha256(given.to_text(entry).encode("utf-8", "surrogatepass")).hexdigest()


def _file_name(uid: str) -> str:
    """A name for an item's address: the uid if it is plain, else a digest of it."""
    plain = uid.isascii() and all(char.isalnum() or char in "-_." for char in uid) and 0 < len(uid) <= 120
    return uid if plain else hashlib.sha256(uid.encode()).hexdigest()[:40]
