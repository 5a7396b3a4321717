"""Giving follow-ups, events and marked sessions to a calendar, as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from planner.calendars import gather, given, targets
from planner.calendars.records import (
    Component,
    Counts,
    ExportOutcome,
    Given,
    LeftOut,
    News,
    Outgoing,
    Progress,
    Scope,
    Selection,
    Standing,
    never,
    no_progress,
)
from planner.clock import Clock
from planner.errors import Cancelled
from planner.files import write_atomically
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import CalendarItemTable, ContactTable, EventTable, FollowUpTable

_LINKED: dict[str, type[FollowUpTable | EventTable | ContactTable]] = {
    "followup": FollowUpTable,
    "event": EventTable,
    "contact": ContactTable,
}

#: The target under which files are remembered.
FILE = targets.OTHER.key


class CalendarExport:
    """Calendar files, and what the calendars that read them know by now.

    What was given is remembered outside the undo journal, because no undo here takes an entry out of a calendar: the
    next file tells it instead.
    """

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def preview(
        self,
        scope: Scope = Scope.NEW,
        selection: Selection | None = None,
        *,
        as_task: bool | None = None,
        target: str = FILE,
    ) -> Counts:
        """What `export` would write, or tell, counted. Writes nothing."""
        outgoing, _, _ = self._decide(scope, selection, as_task, targets.named(target))
        return _count(outgoing)

    def export(
        self,
        path: Path,
        scope: Scope = Scope.NEW,
        selection: Selection | None = None,
        *,
        as_task: bool | None = None,
        remember: bool = True,
        target: str = FILE,
        progress: Progress = no_progress,
        cancelled: Callable[[], bool] = never,
    ) -> ExportOutcome:
        """Write an .ics file (RFC 5545), all of it or nothing, and remember what the calendar was given.

        `as_task` writes follow-ups as VTODO rather than VEVENT; None leaves it to the settings. Events and sessions are
        always VEVENT. A copy that no calendar will read is written without `remember`. `target` is the key of one of
        planner.calendars.targets: each has its own memory, and the file holds only what is safe to import there.
        `progress` is called with entries written and entries in all. Raises FileUnwritable, and Cancelled once
        `cancelled` says so; either way nothing is remembered, and a file that was there is whole.
        """
        from planner.calendars import ics  # icalendar takes 55 ms to import, which the first frame can't spare

        def step(done: int, total: int) -> None:
            if cancelled():
                raise Cancelled
            progress(done, total)

        into = targets.named(target)
        outgoing, left_out, now = self._decide(scope, selection, as_task, into)
        outgoing, by_hand = targets.divided(into, outgoing)
        told = self._told(by_hand, into)
        with write_atomically(path) as file:
            written, failed = ics.write(file, outgoing, now, step)
        if remember:
            # What is done by hand has been told now, and is not told again.
            self._remember([*written, *by_hand], now, into)
        return ExportOutcome(Path(path), _count(written), (*left_out, *failed), told)

    def standing(self, followup_ids: Iterable[int]) -> dict[int, Standing]:
        """How these follow-ups stand in the exported files, by number. Those that don't exist are missing."""
        wanted = Selection(followup_ids=tuple(followup_ids))
        now = self._clock.now()
        with self._store.read() as session:
            uids = gather.uids(session, wanted)
            target = _latest_target(session)
            known = _given(session, target, uids)
            entries = list(gather.entries(session, self._conditions(None), gather.in_file(target), wanted))
        news = {item.entry.uid: item.news for item in given.decide(entries, known, now)}
        standing = {}
        for uid, (id, _title) in uids.items():
            last = known.get(uid)
            there = last is not None and not last.cancelled
            standing[id] = Standing(
                last.given_at if last and there else None,
                Component(last.component) if last and there else None,
                news.get(uid, News.SAME),
            )
        return standing

    def number(self, kind: str, uid: str) -> int | None:
        """The number of the record that a link `rapport:KIND/UID` means ("followup", "event", "contact"); None:
        gone."""
        table = _LINKED.get(kind)
        if table is None:
            return None
        with self._store.read() as session:
            return session.scalar(select(table.id).where(table.uid == uid))

    def last_target(self) -> str:
        """The key of the target that a file was last written for."""
        with self._store.read() as session:
            return _latest_target(session)

    def _told(self, by_hand: Iterable[Outgoing], target: targets.Target) -> tuple[LeftOut, ...]:
        items = list(by_hand)
        with self._store.read() as session:
            known = _given(session, target.key, [item.entry.uid for item in items])
        before = {uid: given.from_text(uid, last.content) for uid, last in known.items()}
        return tuple(targets.by_hand(item, before.get(item.entry.uid)) for item in items)

    def _conditions(self, as_task: bool | None) -> gather.Conditions:
        settings = self._settings.get()
        task = settings.calendar_as == "todo" if as_task is None else as_task
        return gather.Conditions(settings, self._clock.zone, self._clock.today(), task)

    def _decide(
        self, scope: Scope, selection: Selection | None, as_task: bool | None, target: targets.Target
    ) -> tuple[list[Outgoing], list[LeftOut], datetime]:
        if scope is Scope.SELECTION and selection is None:
            raise TypeError("Scope.SELECTION needs a selection")
        conditions = self._conditions(as_task if target.tasks else False)
        now = self._clock.now()
        with self._store.read() as session:
            selected = gather.uids(session, selection) if selection else {}
            known = _given(session, target.key, selected if selection else None)
            entries = gather.entries(session, conditions, gather.in_file(target.key), selection)
            outgoing = given.decide(entries, known, now, scope)
        left_out = []
        if scope is Scope.SELECTION:
            found = {item.entry.uid for item in outgoing}
            for uid, (_id, title) in selected.items():
                if uid not in found:
                    told = uid in known and known[uid].cancelled
                    reason = "the calendar has already been told that it is off" if told else "it is not on any more"
                    left_out.append(LeftOut(title, reason))
        return outgoing, left_out, now

    def _remember(self, written: Iterable[Outgoing], now: datetime, target: targets.Target) -> None:
        rows = [_row(item, now, target.key) for item in written if item.news is not News.SAME]
        if not rows:
            return
        with self._store.record() as session:
            statement = insert(CalendarItemTable)
            fresh = statement.excluded
            columns = ("component", "sequence", "fingerprint", "content", "cancelled", "given_at")
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=["target", "uid"],
                    set_={name: getattr(fresh, name) for name in columns},
                    # Another process may have exported meanwhile; a revision never goes down.
                    where=fresh.sequence >= CalendarItemTable.sequence,
                ),
                rows,
            )


def _row(item: Outgoing, now: datetime, target: str) -> dict[str, Any]:
    return {
        "target": target,
        "uid": item.entry.uid,
        "component": item.entry.component.value,
        "sequence": item.sequence,
        "fingerprint": item.fingerprint,
        "content": item.content,
        "cancelled": item.news is News.CANCELLED,
        "given_at": now,
    }


def _latest_target(session: Session) -> str:
    table = CalendarItemTable
    chosen = select(table.target).where(table.target != targets.CURRENT.key)
    return session.scalar(chosen.order_by(table.given_at.desc(), table.id.desc()).limit(1)) or FILE


def _given(session: Session, target: str, uids: Collection[str] | None = None) -> dict[str, Given]:
    """What a target was given, all of it or under some UIDs."""
    table = CalendarItemTable
    columns = (
        table.uid,
        table.component,
        table.sequence,
        table.fingerprint,
        table.content,
        table.cancelled,
        table.given_at,
    )
    some = select(*columns).where(table.target == target).order_by(table.id)
    if uids is not None:
        some = some.where(gather.among(table.uid, uids))
    return {row.uid: Given(*row) for row in session.execute(some)}


def _count(outgoing: Iterable[Outgoing]) -> Counts:
    counted = Counter(item.news for item in outgoing)
    return Counts(counted[News.NEW], counted[News.CHANGED], counted[News.CANCELLED], counted[News.SAME])
