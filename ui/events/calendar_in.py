"""Schedules and calendars that come in: by a file dialog, or dropped on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.calendars.importing import EventImportReport, Outcome
from planner.events.schedule.read import looks_like_schedule, read_file
from planner.events.schedule.records import ScheduleOutcome
from ui.context import Link, UiContext
from ui.widgets.lines_dialog import Line, LinesDialog

_CALENDARS = {".ics", ".ical", ".icalendar"}
_FILES = "Schedules and calendars (*.xml *.json *.ics *.ical)"


class CalendarIn(QObject):
    """Imports schedules as agendas, and other calendars as events. Results are told in words; what failed is listed."""

    def __init__(self, ctx: UiContext, over: QWidget) -> None:
        super().__init__(over)
        self._ctx = ctx
        self._over = over

    def ask(self, event_id: int | None) -> None:
        """Ask for a schedule, for this event or for a new one."""
        path, _ = QFileDialog.getOpenFileName(self._over, "Import a schedule", "", f"{_FILES};;All files (*)")
        if path:
            self.schedule(Path(path), event_id)

    def ask_events(self) -> None:
        """Ask for calendar files, and import their events."""
        paths, _ = QFileDialog.getOpenFileNames(
            self._over, "Import events", "", "Calendars (*.ics *.ical);;All files (*)"
        )
        if paths:
            self.events([Path(path) for path in paths])

    def schedule(self, path: Path, event_id: int | None) -> None:
        """Import a schedule, with a bar and Cancel."""
        planner = self._ctx.planner

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> ScheduleOutcome:
            progress(0, None, "Reading…")
            published = read_file(path, planner.clock.zone)
            return planner.events.schedules.run(published, event_id, path.name, progress, cancelled)

        self._ctx.tasks.job(f"Importing {path.name}", work, self._tell_schedule, writes=True)

    def events(self, paths: Sequence[Path]) -> None:
        """Import calendar files as events, with a bar and Cancel."""
        planner = self._ctx.planner

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> EventImportReport:
            progress(0, None, "Reading…")
            return planner.event_import.files(paths, progress, cancelled)

        title = f"Importing {paths[0].name}" if len(paths) == 1 else f"Importing {len(paths)} files"
        self._ctx.tasks.job(title, work, self._tell_events, writes=True)

    @staticmethod
    def can_take(data: QMimeData) -> bool:
        """Whether what is being dragged are schedules or calendars."""
        return any(looks_like_schedule(path) for path in _files(data))

    def take(self, data: QMimeData, event_id: int | None) -> bool:
        """Import what was dropped: on an event as its agenda, on the list calendars as events. False for nothing."""
        files = [path for path in _files(data) if looks_like_schedule(path)]
        calendars = [path for path in files if path.suffix.lower() in _CALENDARS]
        if event_id is not None and files:
            self.schedule(files[0], event_id)
            return True
        if calendars:
            self.events(calendars)
        for path in files:
            if path not in calendars:
                self.schedule(path, None)
        return bool(files)

    def _tell_schedule(self, outcome: ScheduleOutcome) -> None:
        self._ctx.bus.publish(outcome.changes)
        self._ctx.navigate(Link("event", outcome.event_id))
        told = f"Sessions: {outcome.in_words}"
        if outcome.known_speakers:
            few = "1 speaker" if outcome.known_speakers == 1 else f"{outcome.known_speakers} speakers"
            told += f". You know {few}"
        if outcome.zone_assumed:
            told += ". Times without a zone were read in yours"
        lines = [Line(f"Item {item.position}", item.reason, item.source_text) for item in outcome.failed]
        self._tell(told, lines, bool(outcome.changes))

    def _tell_events(self, report: EventImportReport) -> None:
        self._ctx.bus.publish(report.changes)
        lines = [
            Line(f"{item.title or f'Item {item.position}'} · {item.source}", item.reason, item.source_text)
            for outcome in (Outcome.FAILED, Outcome.CHANGED, Outcome.NEW)
            for item in report.of(outcome)
            if item.reason
        ]
        self._tell(f"Events: {report.in_words}", lines, bool(report.changes))

    def _tell(self, told: str, lines: list[Line], changed: bool) -> None:
        if lines:
            self._ctx.toast(told, "Details", lambda: LinesDialog("Import", told, lines, self._over).open())
        else:
            self._ctx.toast(told, undo=changed)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
