"""Items of a calendar that were changed on both sides, each with the choice between the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from planner.calendars.records import EntryState
from planner.calendars.sync.records import Disagreement, Side
from planner.clock import Clock
from ui.accounts.choose_all import offer_all
from ui.day_words import day_words, moment_words
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

_STATES = {EntryState.OPEN: "open", EntryState.DONE: "done", EntryState.CANCELLED: "cancelled"}


def show_items(
    column: QVBoxLayout,
    waiting: tuple[Disagreement, ...],
    clock: Clock,
    choose: Callable[..., None],
    choose_all: Callable[..., None],
) -> None:
    """Fill a column; `choose(one, mine=…)` is for one of them, `choose_all(mine=…)` for all that both sides have."""
    if not waiting:
        return
    column.addWidget(Label("Changed on both sides", "heading"))
    about = "Which of the two holds? Both are kept until you say."
    column.addWidget(Paragraph(about, small=True, style="mute"))
    offer_all(column, sum(one.both_stand for one in waiting), "follow-ups and events", choose_all)
    for one in waiting:
        column.addWidget(_box(one, clock, choose))


def _box(one: Disagreement, clock: Clock, choose: Callable[..., None]) -> Box:
    box = Box(spacing=8)
    box.add(Label(one.title, "strong", elide=True))
    box.add(Paragraph(f"Here: {_side(one.here, clock)}", small=True))
    box.add(Paragraph(f"In the calendar: {_side(one.there, clock)}", small=True))
    buttons = []
    for text, mine in (("Keep mine", True), ("Take theirs", False)):
        button = Button(text)
        button.setAccessibleDescription(one.title)
        button.clicked.connect(partial(_chosen, choose, one, mine))
        buttons.append(button)
    box.add(row(*buttons, None, spacing=8))
    return box


def _chosen(choose: Callable[..., None], one: Disagreement, mine: bool, *_: object) -> None:
    choose(one, mine=mine)


def _side(side: Side, clock: Clock) -> str:
    if side.deleted:
        return "deleted"
    if isinstance(side.when, datetime):
        when = moment_words(clock.local(side.when), clock.today())
    else:
        when = day_words(side.when, clock.today()) if side.when else "without a day"
    return f"{when}, {_STATES[side.state]}"
