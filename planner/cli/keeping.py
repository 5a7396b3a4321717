"""`rapport backup` and `rapport restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened, telling
from planner.clock import Clock
from planner.errors import DatabaseProtected, FileUnwritable, UserError
from planner.paths import data_folder


def backup(
    out_file: Annotated[Path, typer.Argument(metavar="OUT", help="A file, or a folder for it.", show_default=False)],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write everything to one file, checked, while Rapport may be in use. An older backup of that name is replaced.

    Of data with a password it has the same password.

    JSON: file, size (bytes), made_at.
    """
    with opened(data_dir, as_json) as (planner, out):
        target = out_file / f"rapport-{planner.clock.today()}.sqlite" if out_file.is_dir() else out_file
        if target.exists():
            try:
                planner.backups.inspect(target)
            except DatabaseProtected as error:
                raise FileUnwritable(target, "another file has this name, and a password this one knows not") from error
            except UserError as error:
                raise FileUnwritable(target, "another file has this name, and it is no backup") from error
        made = planner.backups.save(target)
        out.give({"file": made.path, "size": made.size, "made_at": made.at})
        out.say(f"Everything is in {made.path} ({made.size / 1_000_000:.1f} MB).")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of the present data, which is itself kept as a backup. The window may be open. What
    password the data has stays; a backup with another one is asked for it.

    JSON: file, kept (where the present data went, or null), contacts, events, followups (numbers).
    """
    # Not through the services: data too damaged to open is what this command is for.
    from planner.cli.passwords import key_of_data, key_of_file
    from planner.store.protected import salt_of
    from planner.store.restore import inspect, restore_database

    with telling(as_json) as out:
        folder = data_folder(data_dir).prepare()
        key = key_of_data(folder.database)
        alike = key is not None and salt_of(file) == key.salt
        source_key = key if alike else key_of_file(file, f"Password of {file.name}: ")
        facts = inspect(file, source_key)
        kept = restore_database(folder.database, file, folder.backups, Clock(), key=key, source_key=source_key)
        out.give(
            {
                "file": file,
                "kept": kept,
                "contacts": facts.contacts,
                "events": facts.events,
                "followups": facts.followups,
            }
        )
        out.say(f"Restored {facts.contacts:,} contacts, {facts.events:,} events and {facts.followups:,} follow-ups.")
        if kept:
            out.say(f"What was there before is kept in {kept}.")
