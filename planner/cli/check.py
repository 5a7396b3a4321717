"""`rapport check`: whether the data is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import SOME_FAILED, DataDir, Json, opened


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Make the search index and summaries anew if they are wrong.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Check the database, its references, the search index, and the undo journal. The exit code is 1 if anything is
    wrong.

    JSON: sound, protected (with a password), findings: [part, text, repaired].
    """
    from planner.store import integrity

    with opened(data_dir, as_json) as (planner, out):
        report = integrity.check(planner.store, repair=repair)
        out.give(
            {
                "sound": report.sound,
                "protected": planner.store.key is not None,
                "findings": [
                    {"part": finding.part, "text": finding.text, "repaired": finding.repaired}
                    for finding in report.findings
                ],
            }
        )
        for finding in report.findings:
            out.complain(f"{finding.part}: {finding.text}" + (" (repaired)" if finding.repaired else ""))
        if report.sound:
            out.say("Everything is as it should be." if not report.findings else "Everything is repaired.")
            if planner.store.key is not None:
                out.say("Your data is protected with a password.")
            return
        derived = all(finding.part in (integrity.Part.INDEX, integrity.Part.SUMMARY) for finding in report.findings)
        out.complain(
            "Your records are sound. Run rapport check --repair."
            if derived
            else f"Restore the latest backup from {planner.folder.backups} (rapport restore FILE)."
        )
        raise typer.Exit(SOME_FAILED)
