"""`rapport due`: what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import DataDir, Json, Output, opened
from planner.followups.rules.due import Section

if TYPE_CHECKING:
    from planner.app import Planner
    from planner.followups.queueing import QueueEntry


def due(
    everything: Annotated[bool, typer.Option("--all", help="Also what is due later than this week.")] = False,
    minutes: Annotated[
        int | None, typer.Option("--minutes", help="Only what fits into so many minutes, what matters most first.")
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List what is overdue, due today and this week, in the order that matters, each with its reason.

    Check-ins that rhythms ask for by now, and celebrations, are added first, as at the window's start.

    JSON: today, followups: [id, uid, section (overdue, today, this week, later), kind, title, headline, due_on,
    due_time, time_zone, days_late, people: [id, name], event, reason]. With --minutes: today, minutes (wanted), takes,
    followups as above with minutes and why, rest: [id] (late or due today beyond it), passed_over: [id, why].
    """
    with opened(data_dir, as_json) as (planner, out):
        planner.keeping_up.refresh()
        if minutes is not None:
            _having(planner, out, minutes)
            return
        queue = planner.followup_queries.queue()
        entries = [entry for entry in queue.entries() if everything or entry.section is not Section.LATER]
        out.give({"today": planner.clock.today(), "followups": [_told(entry) for entry in entries]})
        out.table(
            ["When", "What", "Kind", "Due", "Why"],
            [
                [
                    entry.section.value.capitalize(),
                    entry.headline,
                    entry.followup.details.kind.value,
                    entry.followup.details.due_on.isoformat(),
                    entry.clause,
                ]
                for entry in entries
            ],
        )
        if not entries:
            later = len(queue)
            out.complain("Nothing is due." + (f" {later} follow-ups are due later: rapport due --all" if later else ""))


def _told(entry: QueueEntry) -> dict[str, Any]:
    details = entry.followup.details
    return {
        "id": entry.id,
        "uid": entry.followup.uid,
        "section": entry.section,
        "kind": details.kind,
        "title": details.title,
        "headline": entry.headline,
        "due_on": details.due_on,
        "due_time": details.due_time,
        "time_zone": details.time_zone,
        "days_late": entry.days_late,
        "people": [{"id": person.id, "name": person.name} for person in entry.followup.people],
        "event": entry.followup.event_title or None,
        "reason": entry.reason(),
    }


def _having(planner: Planner, out: Output, minutes: int) -> None:
    having = planner.followup_queries.having(minutes)
    out.give(
        {
            "today": planner.clock.today(),
            "minutes": minutes,
            "takes": having.minutes,
            "followups": [{**_told(each.entry), "minutes": each.minutes, "why": each.why} for each in having.chosen],
            "rest": list(having.rest),
            "passed_over": [{"id": entry.id, "why": why} for entry, why in having.passed_over],
        }
    )
    out.table(
        ["Minutes", "What", "Why"],
        [[str(each.minutes), each.entry.headline, each.why] for each in having.chosen],
    )
    if not having.chosen:
        out.complain(f"Nothing that is due fits into {minutes} minutes.")
