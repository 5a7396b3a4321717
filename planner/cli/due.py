"""`rapport due`: what is to be done."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened
from planner.followups.rules.due import Section


def due(
    everything: Annotated[bool, typer.Option("--all", help="Also what is due later than this week.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List what is overdue, due today and this week, in the order that matters, each with its reason.

    Check-ins that rhythms ask for by now, and celebrations, are added first, as at the window's start.

    JSON: today, followups: [id, uid, section (overdue, today, this week, later), kind, title, headline, due_on,
    due_time, time_zone, days_late, people: [id, name], event, reason].
    """
    with opened(data_dir, as_json) as (planner, out):
        planner.followups.refresh()
        queue = planner.followup_queries.queue()
        entries = [entry for entry in queue.entries() if everything or entry.section is not Section.LATER]
        out.give(
            {
                "today": planner.clock.today(),
                "followups": [
                    {
                        "id": entry.id,
                        "uid": entry.followup.uid,
                        "section": entry.section,
                        "kind": entry.followup.details.kind,
                        "title": entry.followup.details.title,
                        "headline": entry.headline,
                        "due_on": entry.followup.details.due_on,
                        "due_time": entry.followup.details.due_time,
                        "time_zone": entry.followup.details.time_zone,
                        "days_late": entry.days_late,
                        "people": [{"id": person.id, "name": person.name} for person in entry.followup.people],
                        "event": entry.followup.event_title or None,
                        "reason": entry.reason(),
                    }
                    for entry in entries
                ],
            }
        )
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
