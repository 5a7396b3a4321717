"""What leaves the page of an event: the brief on paper or in a file, and the calendar file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from planner.calendars.records import ExportOutcome, Scope, Selection
from planner.changes import Changes
from ui.context import UiContext
from ui.page import Page
from ui.tasks import Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.events.brief_preview import BriefPreview, Rendered

_FILTERS = {"pdf": "PDF (*.pdf)", "html": "Web page (*.html)", "ics": "Calendar (*.ics)"}


class BriefOutput:
    """Previews, prints and saves. Files are made off the main thread."""

    def __init__(self, ctx: UiContext, page: Page) -> None:
        self._ctx, self._page = ctx, page
        self.dialog: BriefPreview | QFileDialog | None = None

    def preview(self, event_id: int, title: str) -> None:
        """Make the PDF, then show it in the print dialog."""
        from ui.events.brief_preview import paper_here, render

        paper = paper_here()
        briefs = self._ctx.planner.briefs
        self._page.query(
            lambda: render(briefs.pdf(event_id, paper), paper),
            partial(self._show_preview, event_id, title),
            key="brief",
        )

    def ask_and_save(self, event_id: int, title: str, kind: str) -> None:
        """Ask where to, then save the brief as "pdf" or "html"."""
        self._ask("Save the brief", title, kind, partial(self.save, event_id))

    def save(self, event_id: int, path: Path) -> None:
        """Write the brief to a file."""
        from ui.events.brief_preview import paper_here

        write = partial(self._ctx.planner.briefs.save, event_id, path, paper_here())
        self._page.query(write, self._saved)

    def ask_and_export(self, event_id: int, title: str) -> None:
        """Ask where to, then write the event and its marked sessions as a calendar file."""
        self._ask("Export to calendar", title, "ics", partial(self.export, event_id))

    def export(self, event_id: int, path: Path) -> None:
        """Write the calendar file."""
        planner = self._ctx.planner

        def write() -> ExportOutcome:
            marked = tuple(item.id for item in planner.event_queries.agenda(event_id) if item.marked)
            selection = Selection(event_ids=(event_id,), session_ids=marked)
            return planner.calendars.export(path, Scope.SELECTION, selection)

        def written(outcome: ExportOutcome) -> None:
            self._ctx.bus.publish(Changes(touched={"calendar": frozenset({0})}))
            self._saved(outcome.path)

        self._page.query(write, written)

    def _show_preview(self, event_id: int, title: str, brief: Rendered) -> None:
        from ui.events.brief_preview import BriefPreview

        dialog = BriefPreview(brief, title, self._page.window())
        dialog.save_asked.connect(partial(self.ask_and_save, event_id, title))
        dialog.print_asked.connect(partial(self._print, brief.data))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _print(self, data: bytes, printer: QPrinter) -> None:
        from ui.events.brief_preview import print_pages

        def work(progress: Progress, cancelled: Callable[[], bool]) -> int:
            return print_pages(data, printer, progress, cancelled)

        self._ctx.tasks.job("Printing the brief", work, self._printed)

    def _printed(self, pages: int) -> None:
        self._ctx.toast(f"Printed {pages} page{'' if pages == 1 else 's'}" if pages else "The printer took nothing")

    def _ask(self, words: str, title: str, kind: str, chosen: object) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._page.window(), words, folder, _FILTERS[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{file_name(title)}.{kind}")
        dialog.fileSelected.connect(lambda path: chosen(Path(path)))  # type: ignore[operator]  # given
        self.dialog = dialog
        dialog.open()

    def _saved(self, path: Path) -> None:
        self._ctx.toast(f"Saved {path.name}", "Open", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", title).strip(" .")
    return " ".join(plain.split())[:80].strip() or "brief"
