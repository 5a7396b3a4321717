"""Everything cards come in by: files, folders, drag and drop, and paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.cards.contact_fields import as_reading
from planner.cards.records import Failed, FilePerson, Reading
from planner.contacts.csv_files import ColumnMapping, Preview
from ui.cards.failed_dialog import FailedDialog
from ui.cards.presenting import found_words
from ui.context import Link, UiContext
from ui.tasks import Progress

#: From this many contacts in files on they go through the table, not one by one through the review.
MANY = 12
_KINDS = (
    "Cards and contacts (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.gif *.bmp *.avif *.vcf *.vcard *.csv "
    "*.tsv *.txt);;All files (*)"
)

Source = Path | bytes | str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read; `unknown` is a table whose columns somebody has to match first."""

    items: tuple[Reading | FilePerson | Failed, ...]
    unknown: tuple[Path, Preview] | None = None


class Intake(QObject):
    """`whole_file(readings and failures, name)` is called with files of many; the rest goes into the inbox."""

    def __init__(
        self,
        ctx: UiContext,
        over: QObject,
        whole_file: Callable[[tuple[Reading | FilePerson | Failed, ...], str], object],
        match_columns: Callable[[Path, Preview, Callable[[ColumnMapping], object]], object],
    ) -> None:
        super().__init__(over)
        self._ctx, self._over = ctx, over if isinstance(over, QWidget) else None
        self._whole_file, self._match_columns = whole_file, match_columns

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
        self, sources: Sequence[Source | QImage], name: str, progress: Progress, cancelled: Callable[[], bool]
    ) -> Taken:
        reader = self._ctx.planner.card_reader
        found: list[Reading | FilePerson | Failed] = []
        for at, source in enumerate(sources):
            progress(at, len(sources) if len(sources) > 1 else None, _called(source, name))
            if isinstance(source, Path) and (table := reader.unknown_table(source)) is not None:
                return Taken((), (source, table))
            ready = _png(source) if isinstance(source, QImage) else source
            for item in reader.people(ready, name, cancelled):
                found.append(item)
                if len(found) % 100 == 0:
                    progress(at, None, f"{len(found):,} found")
        return Taken(tuple(found))

    def _arrived(self, taken: Taken, sources: Sequence[Source | QImage], name: str, came_from: str) -> None:
        if taken.unknown is not None:
            path, table = taken.unknown

            def matched(mapping: ColumnMapping) -> None:
                self._ctx.tasks.command(
                    self._ctx.planner.cards.remember_mapping,
                    table.key,
                    mapping,
                    done=lambda _: self.take(sources, name),
                )

            self._match_columns(path, table, matched)
            return
        if sum(isinstance(item, FilePerson) for item in taken.items) > MANY:
            self._whole_file(taken.items, _called(sources[0], name) if len(sources) == 1 else f"{len(sources)} files")
            return
        readings = [as_reading(item) for item in taken.items if not isinstance(item, Failed)]
        failed = [item for item in taken.items if isinstance(item, Failed)]
        if readings:
            self._ctx.tasks.command(self._ctx.planner.cards.add, readings)
        said = found_words(len(readings), len(failed))
        said = f"From “{came_from}”: {said}" if came_from else said
        if came_from and readings:
            self._ctx.toast(said, "Review", lambda: self._ctx.navigate(Link("cards")))
        elif failed:
            self._ctx.toast(said, "Details", lambda: FailedDialog(failed, self._over).open())
            # Nobody waits for what comes by itself.
            if not readings and not came_from:
                FailedDialog(failed, self._over).open()
        else:
            self._ctx.toast(said)


VCARD = "text/vcard"


def _called(source: Source | QImage, name: str) -> str:
    return source.name if isinstance(source, Path) else name or "pasted"


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(data.data())
