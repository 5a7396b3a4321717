"""What to respect before writing, as a line that shows at a glance what weighs."""

from __future__ import annotations

from collections.abc import Sequence

from planner.relations.boundaries import Caution, Weight
from ui.widgets.labels import PartStyle

_STYLES: dict[Weight, PartStyle] = {Weight.STOP: "bad", Weight.MIND: "warn", Weight.KNOW: "mute"}


def mind_parts(cautions: Sequence[Caution]) -> list[tuple[str, PartStyle]]:
    """Parts for a paragraph: "Ada wants quiet until 2 Aug · Keep off: the merger"."""
    parts: list[tuple[str, PartStyle]] = []
    for each in cautions:
        if parts:
            parts.append((" · ", "mute"))
        parts.append((each.text, _STYLES[each.weight]))
    return parts
