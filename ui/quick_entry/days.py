"""Days typed into a field of their own, understood as in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.quick_entry.when import Lean

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.widgets.dates import ReadDay


def coming_day(ctx: UiContext) -> ReadDay:
    """What a DateField reads words with: "fri" is the next Friday. May take a quarter of a second for odd words."""
    return lambda words: ctx.planner.quick_entry.day(words, Lean.FUTURE)


def past_day(ctx: UiContext) -> ReadDay:
    """The same for what has been: "fri" is the last Friday."""
    return lambda words: ctx.planner.quick_entry.day(words, Lean.PAST)
