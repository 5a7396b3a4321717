"""Everything cards come in by: files, folders, drag and drop, paste, and a folder that is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFileSystemWatcher, QIODevice, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.cards.records import Failed, Reading, ReadingKind
from planner.contacts.csv_files import ColumnMapping, Preview
from ui.cards.failed_dialog import FailedDialog
from ui.cards.presenting import found_words
from ui.context import UiContext
from ui.tasks import Progress

#: From this many contacts in files on they go through the table, not one by one through the review.
MANY = 12
_PAUSE_MS = 1_500
_KINDS = (
    "Cards and contacts (*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.gif *.bmp *.avif *.vcf *.vcard *.csv "
    "*.tsv *.txt);;All files (*)"
)

Source = Path | bytes | str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read; `unknown` is a table whose columns somebody has to match first."""

    items: tuple[Reading | Failed, ...]
    unknown: tuple[Path, Preview] | None = None


class Intake(QObject):
    """`whole_file(readings and failures, name)` is called with files of many; the rest goes into the inbox."""

    def __init__(
        self,
        ctx: UiContext,
        over: QWidget,
        whole_file: Callable[[tuple[Reading | Failed, ...], str], object],
        match_columns: Callable[[Path, Preview, Callable[[ColumnMapping], object]], object],
    ) -> None:
        super().__init__(over)
        self._ctx, self._over = ctx, over
        self._whole_file, self._match_columns = whole_file, match_columns
        self._watcher: QFileSystemWatcher | None = None
        self._watched: Path | None = None
        self._seen: dict[Path, int] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)

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

    def take(self, sources: Sequence[Source | QImage], name: str = "") -> None:
        """Read these, with a bar and Cancel, and show what came of it."""
        title = f"Reading {len(sources)} files" if len(sources) > 1 else f"Reading {_called(sources[0], name)}"

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Taken:
            return self._read(sources, name, progress, cancelled)

        self._ctx.tasks.job(title, work, lambda taken: self._arrived(taken, sources, name))

    def _read(
        self, sources: Sequence[Source | QImage], name: str, progress: Progress, cancelled: Callable[[], bool]
    ) -> Taken:
        reader = self._ctx.planner.card_reader
        found: list[Reading | Failed] = []
        for at, source in enumerate(sources):
            progress(at, len(sources) if len(sources) > 1 else None, _called(source, name))
            if isinstance(source, Path) and (table := reader.unknown_table(source)) is not None:
                return Taken((), (source, table))
            ready = _png(source) if isinstance(source, QImage) else source
            for item in reader.items(ready, name, cancelled):
                found.append(item)
                if len(found) % 100 == 0:
                    progress(at, None, f"{len(found):,} found")
        return Taken(tuple(found))

    def _arrived(self, taken: Taken, sources: Sequence[Source | QImage], name: str) -> None:
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
        readings = [item for item in taken.items if isinstance(item, Reading)]
        failed = [item for item in taken.items if isinstance(item, Failed)]
        from_files = [one for one in readings if one.kind in (ReadingKind.VCARD, ReadingKind.CSV)]
        if len(from_files) > MANY:
            self._whole_file(taken.items, _called(sources[0], name) if len(sources) == 1 else f"{len(sources)} files")
            return
        if readings:
            self._ctx.tasks.command(self._ctx.planner.cards.add, readings)
        said = found_words(len(readings), len(failed))
        if failed:
            self._ctx.toast(said, "Details", lambda: FailedDialog(failed, self._over).open())
            if not readings:
                FailedDialog(failed, self._over).open()
        else:
            self._ctx.toast(said)

    # --- a folder that is watched

    @property
    def watched(self) -> Path | None:
        """The folder whose new files come in by themselves."""
        return self._watched

    def watch(self, folder: Path | None) -> None:
        """Take every file that is put into a folder from now on; None stops it."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._watched = folder if folder is not None and folder.is_dir() else None
        if self._watched is None:
            return
        self._seen = _files(self._watched)
        self._watcher = QFileSystemWatcher([str(self._watched)], self)
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())

    def _look(self) -> None:
        """Take the files that are new and no longer growing."""
        if self._watched is None:
            return
        now = _files(self._watched)
        new = [path for path, size in now.items() if path not in self._seen]
        still = [path for path in new if self._growing.get(path) == now[path] and now[path] > 0]
        self._growing = {path: now[path] for path in new if path not in still}
        self._seen.update({path: now[path] for path in still})
        if self._growing:
            self._pause.start()
        if still:
            self.take(sorted(still))

    _growing: dict[Path, int] = {}


VCARD = "text/vcard"


def _called(source: Source | QImage, name: str) -> str:
    return source.name if isinstance(source, Path) else name or "pasted"


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(data.data())


def _files(folder: Path) -> dict[Path, int]:
    try:
        return {
            path: path.stat().st_size for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
        }
    except OSError:
        return {}
