"""People in and out: files, the clipboard, drag and drop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTemporaryDir, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.cards.contact_fields import details_of
from planner.cards.outcomes import ImportItem, Outcome, summary
from planner.cards.records import Reading
from planner.changes import Changes
from planner.contacts.names import file_name
from planner.contacts.records import ContactDetails
from planner.errors import UserError
from ui.contacts.import_report import import_report
from ui.contacts.words import people_words
from ui.context import UiContext
from ui.dragged_people import carry

VCARD = "text/vcard"
_FILES = "Contacts (*.vcf *.vcard)"
_SUFFIXES = {".vcf", ".vcard"}
#: More people than this are exported, not dragged: the file is written before the drag can begin.
_MOST_DRAGGED = 500


class Transfer(QObject):
    """`imported(ids)` is called with those who were added or were here; `fill_in(details)` with what a text says."""

    def __init__(
        self,
        ctx: UiContext,
        over: QWidget,
        imported: Callable[[Sequence[int]], object],
        fill_in: Callable[[ContactDetails], object],
    ) -> None:
        super().__init__(over)
        self._ctx = ctx
        self._over = over
        self._imported = imported
        self._fill_in = fill_in
        self._dragged: QTemporaryDir | None = None

    def ask_import(self) -> None:
        """Ask for files, and import them."""
        paths, _ = QFileDialog.getOpenFileNames(self._over, "Import contacts", "", f"{_FILES};;All files (*)")
        if paths:
            self.import_files([Path(path) for path in paths])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import vCard files, with a bar and Cancel."""
        label = f"import “{paths[0].name}”" if len(paths) == 1 else f"import {len(paths)} files"
        title = f"Importing {paths[0].name}" if len(paths) == 1 else f"Importing {len(paths)} files"
        self._import(paths, title, label)

    def ask_export(self, ids: Sequence[int]) -> None:
        """Ask for a file's name, and export these people."""
        if not ids:
            self._ctx.toast("Nobody to export")
            return
        name = "contacts.vcf"
        if len(ids) == 1 and (rows := self._ctx.planner.contact_queries.rows(ids)):
            name = file_name(rows[0].name)
        path, _ = QFileDialog.getSaveFileName(self._over, f"Export {people_words(len(ids))}", name, _FILES)
        if path:
            self.export_file(ids, Path(path) if Path(path).suffix else Path(f"{path}.vcf"))

    def export_file(self, ids: Sequence[int], path: Path) -> None:
        """Export to a file, with a bar and Cancel."""

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> int:
            return self._ctx.planner.contact_export.vcards(ids, path, progress=progress, stop=cancelled)

        self._ctx.tasks.job(
            f"Exporting {people_words(len(ids))}",
            work,
            lambda count: self._ctx.toast(f"Exported {people_words(count)} to {path.name}"),
        )

    def copy(self, ids: Sequence[int]) -> None:
        """Put people on the clipboard, as vCards and as lines of text."""
        if data := self.mime(list(ids)):
            QGuiApplication.clipboard().setMimeData(data)
            self._ctx.toast(f"Copied {people_words(len(ids))}")

    def mime(self, ids: list[int]) -> QMimeData | None:
        """People as a drag or the clipboard carries them: vCard, a file, and lines "Name <address>"."""
        if not ids or len(ids) > _MOST_DRAGGED:
            return None
        queries = self._ctx.planner.contact_queries
        try:
            text = self._ctx.planner.contact_export.text(ids)
            rows = queries.rows(ids)
        except UserError as error:
            self._ctx.tasks.user_error.emit(error)
            return None
        data = QMimeData()
        data.setData(VCARD, text.encode())
        carry(data, self._ctx.planner, ids)
        data.setText("\n".join(f"{row.name} <{row.email}>" if row.email else row.name for row in rows))
        # File managers take files alone. The folder is the drag's own and goes with the window.
        self._dragged = self._dragged or QTemporaryDir()
        if self._dragged.isValid():
            path = Path(self._dragged.path()) / (file_name(rows[0].name) if len(rows) == 1 else "contacts.vcf")
            path.write_text(text, encoding="utf-8", newline="")
            data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._ctx.toast("There is no contact on the clipboard")

    @staticmethod
    def can_take(data: QMimeData) -> bool:
        """Whether something that is being dragged can be dropped here."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return data.hasFormat(VCARD) or any(path.suffix.lower() in _SUFFIXES for path in files) or data.hasText()

    def take(self, data: QMimeData) -> bool:
        """Import vCards and files of them; of any other text make a new contact to be checked. False for nothing."""
        if data.hasFormat(VCARD):
            self._import_text(bytes(data.data(VCARD).data()).decode("utf-8", "replace"))
            return True
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        cards = [path for path in files if path.suffix.lower() in _SUFFIXES]
        if cards:
            self.import_files(cards)
            return True
        text = data.text() if not files else ""
        if "BEGIN:VCARD" in text.upper():
            self._import_text(text)
            return True
        if not text.strip():
            return False
        self._ctx.tasks.query(lambda: self._understood(text[:20_000]), self._fill_in)
        return True

    def _understood(self, text: str) -> ContactDetails:
        found = next(self._ctx.planner.card_reader.items(text), None)
        return details_of(found) if isinstance(found, Reading) else ContactDetails(notes=text.strip())

    def _import_text(self, text: str) -> None:
        self._import([text], "Importing contacts", "paste contacts")

    def _import(self, sources: Sequence[Path | str], title: str, label: str) -> None:
        planner = self._ctx.planner

        def work(
            progress: Callable[..., None], cancelled: Callable[[], bool]
        ) -> tuple[Changes, tuple[ImportItem, ...]]:
            found = chain.from_iterable(planner.card_reader.people(source, stop=cancelled) for source in sources)
            return planner.card_import.run(
                found, label, progress=lambda done, _: progress(done, None, f"{done:,} read"), stop=cancelled
            )

        self._ctx.tasks.job(title, work, self._report, writes=True)

    def _report(self, outcome: tuple[Changes, tuple[ImportItem, ...]]) -> None:
        changes, items = outcome
        self._ctx.bus.publish(changes)
        here = [item for item in items if item.id is not None and item.outcome is not Outcome.DOUBTFUL]
        new = [item for item in here if item.outcome is Outcome.NEW]
        if here:
            self._imported([item.id for item in new or here if item.id is not None])
        said = summary(items)
        said = said[:1].upper() + said[1:]
        if any(item.reason for item in items):
            self._ctx.toast(said, "Details", lambda: import_report(items, self._over).open())
            if any(item.outcome is Outcome.FAILED for item in items):
                import_report(items, self._over).open()
        else:
            self._ctx.toast(said, undo=bool(changes))
