"""Schedules and calendar files for `rapport import`: what is no contact file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.output import Output

if TYPE_CHECKING:
    from planner.app import Planner


def is_one(path: Path) -> bool:
    """Whether a file is a schedule or a calendar, by its first bytes."""
    from planner.events.schedule.read import looks_like_schedule

    return path.is_file() and looks_like_schedule(path)


def bring_in(
    planner: Planner, out: Output, paths: list[Path], event_id: int | None, *, dry_run: bool
) -> tuple[list[dict[str, Any]], int]:
    """Import schedules as agendas and other calendars as events; what became of each file, and how many items failed.

    A calendar file is a schedule where an event is named for it. One of several that can't be read is told, and costs
    the others nothing; a single one raises NoSchedule, NoCalendar or FileUnreadable.
    """
    from planner.errors import UserError

    told: list[dict[str, Any]] = []
    failed = 0
    for path in paths:
        take = _events if _is_calendar(path) and event_id is None else _schedule
        try:
            entry, bad = take(planner, out, path, event_id, dry_run=dry_run)
        except UserError as error:
            if len(paths) == 1:
                raise
            out.complain(str(error.explain()))
            entry, bad = {"source": path.name, "as": "nothing", "error": error.explain().what}, 1
        entry["failed"] = bad
        failed += bad
        told.append(entry)
    return told, failed


def _schedule(
    planner: Planner, out: Output, path: Path, event_id: int | None, *, dry_run: bool
) -> tuple[dict[str, Any], int]:
    from planner.events.schedule.read import read_file

    published = read_file(path, planner.clock.zone)
    entry: dict[str, Any] = {"source": path.name, "as": "schedule", "sessions": len(published.sessions)}
    for item in published.failed:
        out.complain(f"{path.name}, item {item.position}: {item.reason}")
    if published.zone_assumed:
        out.complain(f"{path.name}: times without a zone were read as {planner.clock.zone}.")
    if dry_run:
        out.say(f"{path.name}: {len(published.sessions):,} sessions would be imported.")
        return entry, len(published.failed)
    outcome = planner.events.schedules.run(published, event_id, path.name)
    names = ("event_id", "new", "changed", "same", "gone", "removed", "missing", "known_speakers")
    entry |= {name: getattr(outcome, name) for name in names}
    out.say(f"{outcome.title}: {outcome.in_words}.")
    return entry, len(published.failed)


def _events(
    planner: Planner, out: Output, path: Path, _event_id: int | None, *, dry_run: bool
) -> tuple[dict[str, Any], int]:
    from planner.calendars.importing import Outcome
    from planner.errors import Invalid

    if dry_run:
        raise Invalid("--dry-run", "it looks ahead for contacts and schedules only; an import of events can be undone")
    report = planner.event_import.files([path])
    for item in report.items:
        if item.reason:
            out.complain(f"{path.name}, item {item.position}{f' ({item.title})' if item.title else ''}: {item.reason}")
    out.say(f"{path.name}: {report.in_words}.")
    entry: dict[str, Any] = {"source": path.name, "as": "events"}
    entry |= {outcome.value: len(report.of(outcome)) for outcome in Outcome}
    entry["items"] = [
        {
            "position": item.position,
            "title": item.title,
            "state": item.outcome,
            "reason": item.reason,
            "id": item.id,
        }
        for item in report.items
    ]
    return entry, len(report.of(Outcome.FAILED))


def _is_calendar(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8192).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return not head.startswith((b"<", b"{"))
