"""`rapport import`: bring files in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli import calendar_files
from planner.cli.brief import event_called
from planner.cli.output import SOME_FAILED, DataDir, Json, Output, opened

if TYPE_CHECKING:
    from planner.app import Planner
    from planner.cards.outcomes import ImportItem
    from planner.cards.records import Failed, FilePerson, Reading


def files(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Contact files (.vcf, .csv), photos of cards, QR codes, text, folders; schedules and calendars.",
            show_default=False,
        ),
    ],
    event: Annotated[
        str,
        typer.Option(
            metavar="EVENT",
            help="Where you met them, or whose agenda a schedule is: its number, or words of its title.",
        ),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Import contacts from files of any program, cards from photos, conference schedules, and events from calendars.

    One undoable step. Whoever is there already is left alone, or gets what is new where nothing contradicts. What a
    person has to look at waits in Cards. What can't be read is listed with its reason and costs the others nothing;
    then the exit code is 1.

    JSON: new, known, merged, doubtful, failed (numbers), dry_run, items: [source, position, name, state (new, known,
    merged, doubtful, failed), reason, id (the contact's number, or null)], files: what became of schedules and
    calendars: [source, as (schedule, events, nothing with its error), failed, and counts].
    """
    from planner.cards.outcomes import Outcome, summary

    with opened(data_dir, as_json) as (planner, out):
        event_id = event_called(planner, event)[0] if event else None
        others = [path for path in paths if calendar_files.is_one(path)]
        told, bad = calendar_files.bring_in(planner, out, others, event_id, dry_run=dry_run)
        paths = [path for path in paths if path not in others]
        if not paths:
            out.give({**dict.fromkeys(Outcome, 0), "failed": bad, "dry_run": dry_run, "items": [], "files": told})
            if bad:
                raise typer.Exit(SOME_FAILED)
            return
        label = f"import “{paths[0].name}”" if len(paths) == 1 else f"import {len(paths)} files"
        found = _found(planner, paths)
        if dry_run:
            items = tuple(planner.card_import.look(found))
        else:
            _, items = planner.card_import.run(found, label, event_id=event_id)
        counts = {outcome: sum(item.outcome is outcome for item in items) for outcome in Outcome}
        out.give(
            {
                **{outcome.value: count for outcome, count in counts.items()},
                "dry_run": dry_run,
                "items": [
                    {
                        "source": item.source,
                        "position": item.position,
                        "name": item.name,
                        "state": item.outcome,
                        "reason": item.reason,
                        "id": item.id,
                    }
                    for item in items
                ],
                "files": told,
            }
        )
        _tell(out, items)
        said = summary(items, dry_run=dry_run)
        out.say(f"{said[:1].upper()}{said[1:]}.")
        if counts[Outcome.FAILED] or bad:
            raise typer.Exit(SOME_FAILED)


def _found(planner: Planner, paths: list[Path]) -> Iterator[Reading | FilePerson | Failed]:
    """What the files hold: pictures read beforehand, since nothing may wait for them while the data is written."""
    from planner.cards.sources import Sources

    sources = Sources(planner.card_reader, paths)
    sources.read_pictures()
    return sources.items()


def _tell(out: Output, items: tuple[ImportItem, ...]) -> None:
    for item in items:
        if item.reason:
            who = f" ({item.name})" if item.name else ""
            out.complain(f"{item.source}, item {item.position}{who}: {item.reason}")
