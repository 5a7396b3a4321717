"""Where drafts lie while a mail program reads them: private, and gone when Rapport ends."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "rapport-drafts-"
#: What a run that was killed left behind goes after so many seconds; another one's of today may still be read.
KEPT = 86_400


def draft_folder(root: Path | None = None) -> Path:
    """A new folder that this person alone can read, removed when the program ends. `root` is the system's for such.

    Those that earlier runs left behind more than a day ago are removed now. Raises OSError where none can be made.
    """
    place = Path(tempfile.gettempdir() if root is None else root)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ours = folder.stat().st_uid
    with suppress(OSError):
        for old in place.glob(f"{PREFIX}*"):
            with suppress(OSError):
                found = old.lstat()
                mine = old.is_dir() and not old.is_symlink() and found.st_uid == ours
                if mine and found.st_mtime < time.time() - KEPT:
                    shutil.rmtree(old, ignore_errors=True)
    return folder
