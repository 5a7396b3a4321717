"""`rapport sample`: look around in invented data."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, telling
from planner.cli.window import open_window
from planner.paths import data_folder


def sample(
    reset: Annotated[bool, typer.Option("--reset", help="Begin with fresh sample data.")] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help="Only make the data.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Open sample data, which lives in a folder of its own and never mixes with yours.

    JSON: folder, contacts, events (numbers).
    """
    from planner.app import Planner
    from planner.cli.passwords import key_of_data
    from planner.sample import fill

    with telling(as_json) as out:
        folder = data_folder(data_dir)
        with Planner(folder.sample(), key=key_of_data(folder.sample().database)) as planner:
            fill(planner, reset=reset)
            contacts, events = planner.contact_queries.count(), len(planner.event_queries.upcoming())
            out.give({"folder": planner.folder.root, "contacts": contacts, "events": events})
            out.say(f"Sample data is in {planner.folder.root}.")
        if not no_window:
            raise typer.Exit(open_window(["--sample", *(["--data-dir", str(folder.root)] if data_dir else [])]))
