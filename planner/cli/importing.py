"""`rapport import`: bring files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output import SOME_FAILED, DataDir, Json, Output, opened

if TYPE_CHECKING:
    from planner.contacts.importing import ImportedItem

_VCARD = (".vcf", ".vcard")


def files(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="vCard files (.vcf).", show_default=False)],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Import contacts from vCard files.

    One undoable step. Whoever is there already is left alone. What can't be read is listed with its reason and costs
    the others nothing; then the exit code is 1.

    JSON: added, known, failed (numbers), items: [file, position, name, state (new, known, failed), contact_id, reason].
    """
    from planner.contacts.importing import ImportedItem, ImportReport, ImportState

    with opened(data_dir, as_json) as (planner, out):
        ours = [path for path in paths if path.suffix.lower() in _VCARD]
        report = planner.contact_import.files(ours)[1] if ours else ImportReport()
        unknown = tuple(
            ImportedItem(path.name, 0, path.name, ImportState.FAILED, reason="only .vcf files can be imported")
            for path in paths
            if path not in ours
        )
        report = ImportReport((*report.items, *unknown))
        failed = report.of(ImportState.FAILED)
        out.give(
            {
                "added": len(report.of(ImportState.NEW)),
                "known": len(report.of(ImportState.KNOWN)),
                "failed": len(failed),
                "items": [
                    {
                        "file": item.file,
                        "position": item.position,
                        "name": item.name,
                        "state": item.state,
                        "contact_id": item.contact_id,
                        "reason": item.reason,
                    }
                    for item in report.items
                ],
            }
        )
        _tell(out, report.items)
        out.say(f"{report.summary[:1].upper()}{report.summary[1:]}.")
        if failed:
            raise typer.Exit(SOME_FAILED)


def _tell(out: Output, items: tuple[ImportedItem, ...]) -> None:
    for item in items:
        if item.reason:
            place = f"{item.file}, item {item.position}" if item.position else item.file
            who = f" ({item.name})" if item.name and item.name != item.file else ""
            out.complain(f"{place}{who}: {item.reason}")
