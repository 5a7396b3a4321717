"""Putting the sample into a data folder."""

from __future__ import annotations

import tempfile
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder, resource
from planner.sample.telling import FIRST_DAY, Teller
from planner.store.restore import replace_with


def fill(planner: Planner, *, reset: bool = False) -> bool:
    """Fill an empty data folder with sample data around today; with `reset` also one that is not empty.

    Returns whether anything was written. Takes some seconds. Meant for `DataFolder.sample()`: what was there is gone.
    """
    if not reset and planner.contact_queries.count():
        return False
    people, story = _read("people.toml"), _read("story.toml")
    with tempfile.TemporaryDirectory(prefix="rapport-sample-") as name:
        folder = DataFolder(Path(name))
        # The services tell the story as it happened: on a clock that goes through its days.
        now, zone = planner.clock.now(), planner.clock.zone
        clock = FixedClock(moment=now, zone_of=lambda: zone)
        clock.advance(timedelta(days=FIRST_DAY))
        with Planner(folder, clock, durable=False) as told:
            Teller(told, clock, now).tell(people, story)
            told.keeping_up.refresh()
            # Nobody did these things here, so nobody can undo them.
            with told.store.transaction() as connection:
                connection.exec_driver_sql("DELETE FROM command")
        replace_with(planner.store, folder.database)
    return True


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("sample", name).read_text(encoding="utf-8"))
