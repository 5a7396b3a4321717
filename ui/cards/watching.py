"""A folder that is watched from the start of the program: what a scanner or a phone puts there comes in by itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.cards.intake import Intake
from ui.context import UiContext
from ui.shell.window_state import WindowState

#: After the last news of a folder, and between two looks that must agree before a file counts as whole.
PAUSE_MS = 1_500
#: Between looks without any news: not every drive tells of them, and a folder may come back.
EVERY_MS = 30_000
#: Files of one folder that are looked at, and bytes of a file that are compared with what came before.
MOST, COMPARED = 20_000, 64_000_000

_FOLDER, _SINCE = "cards/watched", "cards/watched_since"

#: Size, and when it was last written or moved here, in nanoseconds.
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Seen:
    files: dict[Path, Mark]
    there: bool


class WatchedFolder(QObject):
    """`arrived(paths)` tells of files that came in. One for the program, see `watched_folder`."""

    arrived = Signal(list)
    changed = Signal()

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._state = WindowState(ctx.planner.folder.window_state)
        self._folder: Path | None = None
        self._since = 0.0
        self._known: dict[Path, Mark] = {}
        self._growing: dict[Path, Mark] = {}
        self._taken: set[bytes] = set()
        self._gone = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._every = QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())
        ctx.tasks.closing.connect(self._rest)
        if folder := self._state.text(_FOLDER):
            self._begin(Path(folder), self._state.number(_SINCE, time.time()))

    @property
    def folder(self) -> Path | None:
        """The folder, also while it is not there."""
        return self._folder

    def watch(self, folder: Path | None) -> None:
        """Take what is put into a folder from now on, also after the next start; None stops it."""
        self._state.set(_FOLDER, str(folder or ""))
        if folder is None:
            self._rest()
        else:
            self._begin(folder, time.time())
        self.changed.emit()

    def _begin(self, folder: Path, since: float) -> None:
        self._unwatch()
        self._folder, self._since, self._gone = folder, since, False
        self._known, self._growing = {}, {}
        self._every.start()
        self.look()

    def _rest(self) -> None:
        self._every.stop()
        self._pause.stop()
        self._unwatch()
        self._folder = None

    def _unwatch(self) -> None:
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def look(self) -> None:
        """See what is there, off the main thread: the folder may be on a slow drive."""
        if self._folder is not None:
            folder = self._folder
            self._ctx.tasks.query(partial(_seen, folder), partial(self._looked, folder), key=(id(self), "look"))

    def _looked(self, folder: Path, seen: _Seen) -> None:
        if folder != self._folder:
            return
        if not seen.there:
            if not self._gone:
                self._gone = True
                self._ctx.toast(f"“{folder.name}” is not there; it is watched again once it is back")
            return
        self._gone = False
        if not self._watcher.directories():
            self._watcher.addPath(str(folder))
        # What was there before is not news, unless it came while the program was closed.
        fresh = {
            path: mark
            for path, mark in seen.files.items()
            if self._known.get(path, mark if self._old(mark) else None) != mark
        }
        whole = [path for path, mark in fresh.items() if self._growing.get(path) == mark and mark[0] > 0]
        self._known |= {path: mark for path, mark in seen.files.items() if path not in fresh or path in whole}
        self._growing = {path: mark for path, mark in fresh.items() if path not in whole}
        if self._growing:
            self._pause.start()
        else:
            self._state.set(_SINCE, max([self._since, *(mark[1] / 1e9 for mark in seen.files.values())]))
        if whole:
            self._ctx.tasks.query(partial(_digests, sorted(whole)), self._compared)

    def _old(self, mark: Mark) -> bool:
        return mark[1] / 1e9 <= self._since

    def _compared(self, found: dict[Path, bytes]) -> None:
        new = [path for path, digest in found.items() if digest not in self._taken]
        self._taken |= set(found.values())
        if new:
            self._intake().take(new, came_from=self._folder.name if self._folder else "")
            self.arrived.emit(new)

    def _intake(self) -> Intake:
        window = QApplication.activeWindow() or next(
            (one for one in QApplication.topLevelWidgets() if one.isVisible()), None
        )
        # Not a dialog, which may be gone when the files are read.
        while window is not None and (parent := window.parentWidget()) is not None:
            window = parent.window()
        return Intake(self._ctx, window or self)


def watched_folder(ctx: UiContext) -> WatchedFolder:
    """The program's one watcher, which lives as long as its tasks; made when first asked for."""
    found = ctx.tasks.findChild(WatchedFolder)
    return found if isinstance(found, WatchedFolder) else WatchedFolder(ctx, ctx.tasks)


def _seen(folder: Path) -> _Seen:
    files: dict[Path, Mark] = {}
    try:
        for path in folder.iterdir():
            if len(files) < MOST and not path.name.startswith(".") and path.is_file():
                told = path.stat()
                files[path] = told.st_size, max(told.st_mtime_ns, told.st_ctime_ns)
    except OSError:
        return _Seen(files, folder.is_dir())
    return _Seen(files, True)


def _digests(paths: list[Path]) -> dict[Path, bytes]:
    found = {}
    for path in paths:
        try:
            with path.open("rb") as file:
                found[path] = sha256(file.read(COMPARED)).digest()
        except OSError:
            continue  # gone again
    return found
