"""Choosing times to propose for a meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.calendars.proposing import Proposal
from planner.errors import UserError
from ui.context import UiContext
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.choice import Choice, Tick
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

_LENGTHS = tuple((minutes, f"{minutes} minutes") for minutes in (15, 20, 30, 45, 60, 90))
#: So many times are ticked to begin with: a choice that can be taken in at a glance.
_TICKED = 3


class ProposeDialog(QDialog):
    """Asks the calendars, off the main thread, and offers free times. `chosen(text)` has them as lines of a message."""

    chosen = Signal(str)

    def __init__(
        self,
        ctx: UiContext,
        contact_ids: Sequence[int],
        event_id: int | None = None,
        use: str = "Insert",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._contact_ids, self._event_id = ctx, tuple(contact_ids), event_id
        self._proposal: Proposal | None = None
        self.ticks: list[Tick] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Propose times")
        self.setMinimumWidth(applied().px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.length = Choice("Length", _LENGTHS, 30)
        self.length.chosen.connect(lambda _minutes: self._look())
        column.addLayout(row(Label("Propose times", "subtitle"), None, self.length))
        self.notes = Paragraph(small=True, style="mute")
        self.notes.hide()
        column.addWidget(self.notes)
        self._times = QVBoxLayout()
        self._times.setSpacing(4)
        column.addLayout(self._times)
        self.rests_on = Paragraph("Asking your calendars…", small=True, style="mute")
        column.addWidget(self.rests_on)
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.ok = Button(use, "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self._take)
        column.addLayout(row(None, self.cancel, self.ok))
        self._look()

    def _look(self) -> None:
        self.ok.setEnabled(False)
        minutes, proposals = self.length.value, self._ctx.planner.proposals
        ask: Callable[[], Proposal] = lambda: proposals.look(self._contact_ids, minutes, event_id=self._event_id)  # noqa: E731
        self._ctx.tasks.query(ask, self._show, self._explain, key=(id(self), "times"))

    def _show(self, proposal: Proposal) -> None:
        self._proposal = proposal
        for tick in self.ticks:
            self._times.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = [Tick(proposal.in_words(slot), on=at < _TICKED) for at, slot in enumerate(proposal.slots)]
        for tick in self.ticks:
            self._times.addWidget(tick)
            tick.chosen.connect(lambda _on: self._allow())
        self.notes.set_text("\n".join(proposal.notes))
        self.notes.setVisible(bool(proposal.notes))
        none = "" if proposal.slots else "No time is free for all in the next two weeks. "
        self.rests_on.set_text(f"{none}{proposal.rests_on}")
        self._allow()
        if self.ticks:
            self.ticks[0].setFocus()
        self.adjustSize()

    def _allow(self) -> None:
        self.ok.setEnabled(any(tick.isChecked() for tick in self.ticks))

    def _take(self) -> None:
        if self._proposal is not None:
            picked = [slot for slot, tick in zip(self._proposal.slots, self.ticks, strict=True) if tick.isChecked()]
            self.chosen.emit(self._proposal.text(picked))
            self.accept()

    def _explain(self, error: Exception) -> None:
        self.rests_on.set_text(str(error.explain().what) if isinstance(error, UserError) else "That could not be done.")
