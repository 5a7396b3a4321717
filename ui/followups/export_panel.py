"""Giving follow-ups, events and agenda marks to a calendar: what to put into the file, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from planner.calendars.records import Counts, ExportOutcome, Scope, Selection
from planner.calendars.targets import TARGETS, named
from planner.changes import Changes
from planner.errors import Cancelled, UserError
from ui.context import UiContext
from ui.day_words import moment_words
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.lines_dialog import Line, LinesDialog
from ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from ui.tasks import Progress

_AS = ((None, "As in the settings"), (False, "Events, with a reminder"), (True, "Tasks"))


class ExportPanel(Overlay):
    """Opened over the window. `ask_path(name)` is where the file goes; tests put their own in."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Export to a calendar", width=520)
        self._ctx = ctx
        self._selected: tuple[int, ...] = ()
        self.ask_path: Callable[[str], str] = self._ask_path
        self._build()

    @classmethod
    def open_over(cls, window: QWidget, ctx: UiContext, selected: Sequence[int] = ()) -> ExportPanel:
        """Open it; `selected` are the follow-ups chosen in the list."""
        panel = window.findChild(cls)
        if panel is None or panel._ctx is not ctx:
            panel = cls(window, ctx)
        panel.start(tuple(selected))
        return panel

    def first_focus(self) -> QWidget:
        return self.scope

    def start(self, selected: tuple[int, ...]) -> None:
        """Open it for this selection."""
        self._selected = selected
        choices = [(Scope.NEW, "What is new or has changed"), (Scope.ALL, "Everything")]
        if selected:
            many = "the chosen follow-up" if len(selected) == 1 else f"the {len(selected)} chosen follow-ups"
            choices.insert(1, (Scope.SELECTION, f"Only {many}"))
        several = len(selected) > 1
        self.scope.set_choices(choices, Scope.SELECTION if several else Scope.NEW)
        self.kind.set_value(None)
        self.target.set_value(self._ctx.planner.calendars.last_target())
        self._count()
        self.open_panel()

    def export(self) -> None:
        """Ask for a place, write the file, and say what it holds."""
        path = self.ask_path("rapport.ics")
        if not path:
            return
        target = Path(path if path.lower().endswith(".ics") else f"{path}.ics")
        scope, selection, as_task = self.scope.value, self._selection(), self.kind.value
        calendars, into = self._ctx.planner.calendars, self.target.value

        def work(progress: Progress, cancelled: Callable[[], bool]) -> ExportOutcome:
            return calendars.export(
                target, scope, selection, as_task=as_task, target=into, progress=progress, cancelled=cancelled
            )

        self.dismiss()
        self._ctx.tasks.job("Writing the calendar file", work, self._say, self._failed)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label("Export to a calendar", "subtitle"))
        form = Form(88)
        self.scope = Choice("What")
        self.kind = Choice("Follow-ups as", _AS)
        self.target = Choice("Calendar", [(each.key, each.name) for each in TARGETS])
        form.add("Calendar", self.target)
        self.target.chosen.connect(lambda _value: self._count())
        form.add("What", self.scope)
        form.add("Follow-ups as", self.kind)
        self.scope.chosen.connect(lambda _value: self._count())
        self.kind.chosen.connect(lambda _value: self._count())
        column.addWidget(form)
        self.words = Paragraph("", small=True, style="mute")
        column.addWidget(self.words)
        self.hint = Paragraph("", small=True, style="mute")
        column.addWidget(self.hint)
        self.save = Button("Save file…", "primary", "Ctrl+Return")
        self.save.clicked.connect(self.export)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.dismiss)
        column.addLayout(row(None, cancel, self.save))
        self.body.addLayout(column)

    def _count(self) -> None:
        scope, selection, as_task = self.scope.value, self._selection(), self.kind.value
        planner, clock = self._ctx.planner, self._ctx.clock
        calendars, last_export = planner.calendars, planner.last_export
        into = self.target.value
        self.hint.set_text(named(into).note)
        self.kind.setEnabled(named(into).tasks)

        def ask() -> tuple[Counts, str]:
            last = last_export.get()
            when = moment_words(clock.local(last), clock.today()) if last else ""
            return calendars.preview(scope, selection, as_task=as_task, target=into), when

        self._ctx.tasks.query(ask, self._show, self._failed, key=(id(self), "preview"))

    def _selection(self) -> Selection | None:
        return Selection(followup_ids=self._selected) if self.scope.value is Scope.SELECTION else None

    def _show(self, found: tuple[Counts, str]) -> None:
        counts, last = found
        self.save.setEnabled(bool(counts.total))
        words = f"{_told(counts)}." if counts.total else "The calendar knows everything already."
        self.words.set_text(f"{words} Last file: {last}." if last else words)
        self.fit()

    def _say(self, outcome: ExportOutcome) -> None:
        # No command, so nobody else says it: what pages tell of the calendar is another thing now.
        self._ctx.bus.publish(Changes(touched={"calendar": frozenset({0})}))
        said = f"Saved {outcome.path.name}: {_told(outcome.counts)}"
        if outcome.left_out:
            first = outcome.left_out[0]
            rest = f" and {len(outcome.left_out) - 1} more" if len(outcome.left_out) > 1 else ""
            said += f". Left out: {first.title} ({first.reason}){rest}"
        if outcome.by_hand:
            many = "1 change" if len(outcome.by_hand) == 1 else f"{len(outcome.by_hand)} changes"
            lines = [Line(item.title, item.reason) for item in outcome.by_hand]
            told = f"{said}. {many} to make by hand in the calendar"
            # They are told this once: a notice that goes by itself could be missed.
            LinesDialog("By hand", told, lines, self.window()).open()
            return
        self._ctx.toast(said)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and not isinstance(error, Cancelled):
            self._ctx.tasks.user_error.emit(error)

    def _ask_path(self, name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self, "Export to a calendar", name, "Calendar (*.ics)")
        return path


def _told(counts: Counts) -> str:
    parts = [
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.cancelled, "cancelled"),
        (counts.same, "as before"),
    ]
    told = ", ".join(f"{number} {word}" for number, word in parts if number)
    return told or "nothing"
