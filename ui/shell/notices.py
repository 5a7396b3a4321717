"""Where the window speaks: the toast, the message bar, the bars of long jobs, and the dialog for our own mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.errors import DatabaseBusy, DiskFull, UserError
from ui.tasks import Job, Tasks
from ui.widgets.progress import JobBar
from ui.widgets.toast import MessageBar, Toast

if TYPE_CHECKING:
    from ui.error_dialog import ErrorDialog


class Notices(QObject):
    """Shows what Tasks reports. `strip` goes above the page: message bar and jobs, invisible while there are none."""

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self.toast = Toast(window)
        self.strip = QWidget()
        self._column = QVBoxLayout(self.strip)
        self._column.setContentsMargins(20, 8, 20, 8)
        self._column.setSpacing(8)
        self.message = MessageBar()
        self.message.closed.connect(self._fit)
        self._column.addWidget(self.message)
        self._bars: dict[int, JobBar] = {}
        self.dialog: ErrorDialog | None = None
        self._told: UserError | None = None
        self.strip.hide()
        tasks.user_error.connect(self.explain)
        tasks.bug.connect(self.report)
        tasks.job_started.connect(self._started)
        tasks.job_progress.connect(self._progress)
        tasks.job_finished.connect(self._finished)

    def explain(self, error: UserError, action: str = "", callback: Callable[[], object] | None = None) -> None:
        """Say calmly what happened, what is safe, and what to do."""
        told = error.explain()
        more = " ".join(part for part in (told.safe, told.advice) if part)
        self._told = error
        self.message.say(told.what, more, action=action, callback=callback)
        self._fit()

    def saved(self, database: Path) -> None:
        """Something was saved: that it can't be, for now, is not so any more."""
        if isinstance(self._told, DatabaseBusy | DiskFull) and self._told.path == database:
            self._told = None
            self.message.dismiss()

    def report(self, error: BaseException) -> None:
        """Something of ours broke: one dialog at a time, so that a repeating fault does not bury the window."""
        from ui.error_dialog import ErrorDialog, print_for_developers

        print_for_developers(error)
        if self.dialog is not None:
            return
        self.dialog = ErrorDialog(error, self._window)
        self.dialog.finished.connect(self._dialog_closed)
        self.dialog.open()

    def _dialog_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _started(self, job: Job) -> None:
        bar = JobBar(job.title)
        bar.cancelled.connect(job.cancel)
        self._bars[id(job)] = bar
        self._column.addWidget(bar)
        self._fit()

    def _progress(self, job: Job, done: int, total: int | None, words: str) -> None:
        if bar := self._bars.get(id(job)):
            bar.set_progress(done, total, words)

    def _finished(self, job: Job) -> None:
        if bar := self._bars.pop(id(job), None):
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self._fit()

    def _fit(self) -> None:
        self.strip.setVisible(bool(self._bars) or not self.message.isHidden())
