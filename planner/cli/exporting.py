"""`rapport export`: contacts and the calendar, as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import SOME_FAILED, DataDir, Json, opened

Target = Annotated[Path, typer.Argument(metavar="OUT", show_default=False)]


class VCardVersion(StrEnum):
    """The versions that are written."""

    V3 = "3.0"
    V4 = "4.0"


class Shape(StrEnum):
    """What follow-ups are written as."""

    EVENT = "event"
    TODO = "todo"


class Program(StrEnum):
    """The programs that read calendar files."""

    GOOGLE = "google"
    OUTLOOK = "outlook"
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    OTHER = "other"


def contacts(
    out_file: Target,
    query: Annotated[str, typer.Option(help="Only those a search finds.")] = "",
    version: Annotated[
        VCardVersion | None, typer.Option(help="As in the settings if not given.", show_default=False)
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Also roles, ties, rhythms, boundaries and research.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write contacts to a vCard file (.vcf).

    JSON: file, contacts (a number).
    """
    with opened(data_dir, as_json) as (planner, out):
        ids = planner.contact_queries.find(query)
        count = planner.contact_export.vcards(
            ids, out_file, version=version.value if version else None, private=private
        )
        out.give({"file": out_file, "contacts": count})
        out.say(f"{count:,} {'contact' if count == 1 else 'contacts'} written to {out_file}.")


def calendar(
    out_file: Target,
    everything: Annotated[
        bool, typer.Option("--all", help="Everything, not only what is new or has changed since the last export.")
    ] = False,
    shape: Annotated[
        Shape | None,
        typer.Option(
            "--as", help="Follow-ups as events or as tasks; as in the settings if not given.", show_default=False
        ),
    ] = None,
    program: Annotated[
        Program | None,
        typer.Option("--for", help="The program that will read it; else the one written for last.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write follow-ups, events and marked sessions to a calendar file (.ics).

    Without --all it holds what the calendar has not had yet, what has changed since, and, as cancelled, what is gone.
    For a program that can't take changes from a file it holds only what is new, and the rest is listed to do by hand.

    JSON: file, for, new, changed, cancelled, same (numbers), left_out: [title, reason], by_hand: [title, reason].
    """
    from planner.calendars.records import Scope

    with opened(data_dir, as_json) as (planner, out):
        target = program.value if program else planner.calendars.last_target()
        outcome = planner.calendars.export(
            out_file,
            Scope.ALL if everything else Scope.NEW,
            as_task=None if shape is None else shape is Shape.TODO,
            target="file" if target == "other" else target,
        )
        counts = outcome.counts
        out.give(
            {
                "file": outcome.path,
                "for": "other" if target == "file" else target,
                "new": counts.new,
                "changed": counts.changed,
                "cancelled": counts.cancelled,
                "same": counts.same,
                "left_out": [{"title": item.title, "reason": item.reason} for item in outcome.left_out],
                "by_hand": [{"title": item.title, "reason": item.reason} for item in outcome.by_hand],
            }
        )
        for item in outcome.left_out:
            out.complain(f"{item.title}: {item.reason}")
        for item in outcome.by_hand:
            out.say(f"To do by hand in the calendar: {item.title}: {item.reason}")
        out.say(f"{counts.in_words} {'is' if counts.total == 1 else 'are'} in {out_file}.")
        if outcome.left_out:
            raise typer.Exit(SOME_FAILED)
