"""What became of each item of an import that needs a look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.cards.outcomes import ImportItem, Outcome, summary
from ui.theme_tokens import Tone
from ui.widgets.lines_dialog import Line, LinesDialog

_SAID = {
    Outcome.FAILED: ("not added", Tone.BAD),
    Outcome.DOUBTFUL: ("to look at in Cards", Tone.WARN),
    Outcome.NEW: ("added, please check", Tone.WARN),
    Outcome.MERGED: ("changed", Tone.INFO),
    Outcome.KNOWN: ("already here", Tone.NEUTRAL),
}


def import_report(items: Sequence[ImportItem], parent: QWidget | None = None) -> LinesDialog:
    """Lists what failed first, then what should be checked; its text can be copied, so that nothing is lost."""
    words = summary(items)
    failed = any(item.outcome is Outcome.FAILED for item in items)
    more = "What could not be read is listed with its text. Nothing of it was added; the rest was." if failed else ""
    lines = [_line(item) for one in _SAID for item in items if item.outcome is one and item.reason]
    return LinesDialog("Import", words[:1].upper() + words[1:], lines, parent, more)


def _line(item: ImportItem) -> Line:
    title = item.name or (f"Card {item.position}" if item.position else item.source)
    where = f"{item.source}, card {item.position}" if item.position and item.source else item.source
    reason = " · ".join(part for part in (where, item.reason) if part)
    return Line(title, reason, item.source_text if item.outcome is Outcome.FAILED else "", *_SAID[item.outcome])
