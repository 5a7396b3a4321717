"""Everything cards come in by: files, folders, drag and drop, and paste."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.cards.contact_fields import as_reading
from planner.cards.records import Failed, FilePerson, Reading
from planner.cards.sources import Sources
from planner.changes import Changes
from planner.contacts.csv_files import ColumnMapping, Preview
from ui.cards.failed_dialog import failed_dialog
from ui.cards.import_rows import ImportRows
from ui.cards.import_table import ImportTable
from ui.cards.presenting import found_words
from ui.context import Link, UiContext
from ui.tasks import Progress

#: From this many contacts in files on they go through the table, not one by one through the review.
MANY = 12
_KINDS = (
    "Cards and contacts (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.gif *.bmp *.avif *.vcf *.vcard *.csv "
    "*.tsv *.txt);;All files (*)"
)

#: So many items of files that can't be read are shown one by one; of more there is the table.
MANY_FAILED = 200

Source = Path | bytes | str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read: `items` for the inbox, or `rows` for the table, by which `sources` can be read again. `unknown` is
    a table whose columns somebody has to match first."""

    sources: Sources
    items: tuple[Reading | FilePerson | Failed, ...] = ()
    rows: ImportRows | None = None
    unknown: tuple[Path, Preview] | None = None


class Intake(QObject):
    """Files of many people go through a table, `event()` being where they were met; the rest goes into the inbox."""

    def __init__(self, ctx: UiContext, over: QObject, event: Callable[[], int | None] = lambda: None) -> None:
        super().__init__(over)
        self._ctx, self._over, self._event = ctx, over if isinstance(over, QWidget) else None, event

    # --- ways in

    def ask(self) -> None:
        """Ask for files."""
        paths, _ = QFileDialog.getOpenFileNames(self._over, "Add cards", "", _KINDS)
        if paths:
            self.take([Path(path) for path in paths])

    def ask_folder(self) -> None:
        """Ask for a folder, and take all that is in it."""
        if path := QFileDialog.getExistingDirectory(self._over, "Add a folder of cards"):
            self.take([Path(path)])

    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take_mime(QGuiApplication.clipboard().mimeData()):
            self._ctx.toast("There is no picture, file or text on the clipboard")

    @staticmethod
    def can_take(data: QMimeData) -> bool:
        """Whether something that is dragged can be dropped here."""
        return (
            any(url.isLocalFile() for url in data.urls()) or data.hasImage() or data.hasText() or data.hasFormat(VCARD)
        )

    def take_mime(self, data: QMimeData) -> bool:
        """Take files, a picture or a text; False for nothing."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take(paths)
        elif data.hasFormat(VCARD):
            self.take([bytes(data.data(VCARD).data())], "pasted")
        elif data.hasImage():
            image = QImage(data.imageData())
            if image.isNull():
                return False
            self.take([image], "pasted picture")
        elif data.text().strip():
            self.take([data.text()], "pasted")
        else:
            return False
        return True

    def take(self, sources: Sequence[Source | QImage], name: str = "", came_from: str = "") -> None:
        """Read these, with a bar and Cancel, and show what came of it; `came_from` names a folder that gave them."""
        title = f"Reading {len(sources)} files" if len(sources) > 1 else f"Reading {_called(sources[0], name)}"

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Taken:
            return self._read(sources, name, progress, cancelled)

        self._ctx.tasks.job(title, work, lambda taken: self._arrived(taken, sources, name, came_from))

    def _read(
        self, given: Sequence[Source | QImage], name: str, progress: Progress, cancelled: Callable[[], bool]
    ) -> Taken:
        ready = [_png(source) if isinstance(source, QImage) else source for source in given]
        sources = Sources(self._ctx.planner.card_reader, ready, name)
        # Before anything is read that takes its time: it would be read once more afterwards.
        if (unknown := sources.unknown_table()) is not None:
            return Taken(sources, unknown=unknown)

        def heard(at: int, total: int, called: str) -> None:
            progress(at, total if total > 1 else None, called)

        found: list[Reading | FilePerson | Failed] = []
        people = failed = 0
        stream = sources.items(cancelled, heard)
        for item in stream:
            found.append(item)
            people += isinstance(item, FilePerson)
            failed += isinstance(item, Failed)
            if people > MANY or failed > MANY_FAILED:
                return Taken(sources, rows=self._looked(chain(found, stream), progress, cancelled))
        return Taken(sources, tuple(found))

    def _looked(
        self,
        found: Iterable[Reading | FilePerson | Failed],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> ImportRows:
        rows = ImportRows()
        for item in self._ctx.planner.card_import.look(found, cancelled):
            rows.add(item)
            if len(rows) % 1_000 == 0:
                progress(len(rows), None, f"{len(rows):,} found")
        return rows

    def _arrived(self, taken: Taken, given: Sequence[Source | QImage], name: str, came_from: str) -> None:
        if taken.unknown is not None:
            self._match_columns(*taken.unknown, given, name, came_from)
            return
        window = self._over.window() if self._over is not None else None
        if taken.rows is not None:
            called = _called(given[0], name) if len(given) == 1 else f"{len(given)} files"
            ImportTable(self._ctx, taken.sources, taken.rows, called, self._event(), window).open()
            return
        readings = [as_reading(item) for item in taken.items if not isinstance(item, Failed)]
        failed = [item for item in taken.items if isinstance(item, Failed)]
        if readings:

            def added(changes: Changes) -> None:
                new = len(readings) if changes.everything else len(changes.created.get("card", ()))
                self._tell(new, len(readings), failed, came_from)

            self._ctx.tasks.command(self._ctx.planner.cards.add, readings, done=added)
        else:
            self._tell(0, 0, failed, came_from)

    def _tell(self, new: int, read: int, failed: list[Failed], came_from: str) -> None:
        said = found_words(new, read - new, len(failed))
        said = f"From “{came_from}”: {said}" if came_from else said
        if came_from and new:
            self._ctx.toast(said, "Review", lambda: self._ctx.navigate(Link("cards")))
        elif failed:
            self._ctx.toast(said, "Details", lambda: failed_dialog(failed, self._over).open())
            # Nobody waits for what comes by itself.
            if not read and not came_from:
                failed_dialog(failed, self._over).open()
        else:
            self._ctx.toast(said)

    def _match_columns(
        self, path: Path, table: Preview, given: Sequence[Source | QImage], name: str, came_from: str
    ) -> None:
        from ui.cards.mapping_dialog import MappingDialog

        def matched(mapping: ColumnMapping) -> None:
            cards = self._ctx.planner.cards
            again = partial(self.take, given, name, came_from)
            self._ctx.tasks.command(cards.remember_mapping, table.key, mapping, done=lambda _: again())

        def left_out() -> None:
            # The others were meant to come in all the same.
            if others := [one for one in given if not (isinstance(one, Path) and one == path)]:
                self.take(others, name, came_from)

        dialog = MappingDialog(path.name, table, self._over.window() if self._over is not None else None)
        dialog.mapped.connect(matched)
        dialog.rejected.connect(left_out)
        dialog.open()


VCARD = "text/vcard"


def _called(source: Source | QImage, name: str) -> str:
    return source.name if isinstance(source, Path) else name or "pasted"


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(data.data())
