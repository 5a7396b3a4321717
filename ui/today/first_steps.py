"""What Today says while the contact book is empty: one button that begins, and two other ways in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Link, UiContext
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import row


class FirstSteps(QWidget):
    """`start(program, arguments)` starts another program; tests put their own in."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.start: Callable[[str, Sequence[str]], object] = QProcess.startDetached
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.empty = EmptyState(
            "user-plus",
            "Begin with one person",
            "Somebody you want to stay in touch with. What is due, and who has gone quiet, will be here.",
            "Add a person",
        )
        self.empty.activated.connect(lambda: ctx.navigate(Link("contacts", part="new")))
        column.addWidget(self.empty)
        self.bring = Button("Import contacts", "quiet")
        self.bring.clicked.connect(lambda: ctx.navigate(Link("contacts", part="import")))
        self.sample = Button("Look around in sample data", "quiet")
        self.sample.setToolTip("Opens a second window with invented people; your own data stays apart")
        self.sample.clicked.connect(self._open_sample)
        self.empty.add_below(row(None, self.bring, self.sample, None, spacing=16))

    def _open_sample(self) -> None:
        program, *arguments = sample_command(self._ctx)
        self.start(program, arguments)
        self._ctx.toast("Opening the sample data in a window of its own")


def sample_command(ctx: UiContext) -> list[str]:
    """How this program is started on the sample data that belongs to the open folder."""
    itself = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    return [*itself, "--data-dir", str(ctx.planner.folder.root), "--sample"]
