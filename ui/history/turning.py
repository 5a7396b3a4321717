"""Undo and Redo off the main thread, with a bar and Cancel where there is much to turn back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.changes import Changes
    from planner.store.history import History
    from ui.tasks import Done, Tasks


def turn(tasks: Tasks, history: History, done: Done[Changes] | None = None, *, undo: bool) -> None:
    """Undo or redo the next command, after those that are under way."""
    record = history.next_undo() if undo else history.next_redo()
    move = history.undo if undo else history.redo
    if record is None or not history.is_long(record):
        tasks.command(move, done=done)
    else:
        tasks.job(f"{'Undoing' if undo else 'Redoing'} “{record.label}”", move, done, writes=True)
