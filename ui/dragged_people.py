"""People who are being dragged from one page of the window to another."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData

from planner.app import Planner

#: Ids of contacts, and the data folder they are from: in another folder they would be somebody else.
FORMAT = "application/x-rapport-people+json"


def carry(data: QMimeData, planner: Planner, ids: list[int]) -> None:
    """Have a drag carry these contacts besides what it carries for other programs."""
    data.setData(FORMAT, json.dumps({"folder": str(planner.folder.root), "ids": ids}).encode())


def carried(data: QMimeData, planner: Planner) -> tuple[int, ...]:
    """The contacts that a drag carries; none for anything else, and for a drag from another data folder."""
    try:
        found = json.loads(bytes(data.data(FORMAT).data()))
        ids = found["ids"] if found["folder"] == str(planner.folder.root) else ()
    except (ValueError, KeyError, TypeError):
        return ()
    return tuple(id for id in ids if isinstance(id, int))
