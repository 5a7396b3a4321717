"""What could not be read, with the reason and the text, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.cards.records import Failed
from ui.widgets.lines_dialog import Line, LinesDialog


def failed_dialog(failed: Sequence[Failed], parent: QWidget | None = None) -> LinesDialog:
    """A list of it, to look through and to copy."""
    lines = [
        Line(
            f"{item.source}, item {item.position}" if item.position > 1 else item.source,
            item.reason[:1].upper() + item.reason[1:],
            item.source_text,
        )
        for item in failed
    ]
    told = f"{len(lines):,} could not be read"
    return LinesDialog("Not read", told, lines, parent, "The files are as they were, and all else was taken.")
