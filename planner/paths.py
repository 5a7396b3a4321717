"""Where things are on disk: the data folder, and the resources that come with the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

APP = "rapport"


class DataFolder(NamedTuple):
    """One person's data: the database, its backups, and the window's own state.

    The folder is created readable by its owner alone. Nothing outside it is ever written without being asked.
    """

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "rapport.sqlite"

    @property
    def backups(self) -> Path:
        """Automatic and pre-migration backups."""
        return self.root / "backups"

    @property
    def window_state(self) -> Path:
        """Geometry and other habits of the window; may be deleted at any time."""
        return self.root / "window.ini"

    def prepare(self) -> DataFolder:
        """Create the folder if need be. Raises DataFolderUnusable with the system's reason."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(self.root, os.W_OK | os.X_OK):
                raise PermissionError("you may not write to it")
        except OSError as error:
            from planner.errors import DataFolderUnusable  # late: the window's first frame has no need of it

            is_file = isinstance(error, FileExistsError)
            reason = "there is a file of that name" if is_file else error.strerror or str(error)
            raise DataFolderUnusable(self.root, reason) from error
        return self

    def sample(self) -> DataFolder:
        """The folder of the sample data that belongs to this one; the two never mix."""
        return DataFolder(self.root.with_name(f"{self.root.name}-sample"))


def data_folder(explicit: Path | None = None) -> DataFolder:
    """The data folder: as given, else RAPPORT_DATA_DIR, else the platform's place for such data."""
    if explicit is not None:
        return DataFolder(explicit.expanduser().absolute())
    if named := os.environ.get("RAPPORT_DATA_DIR"):
        return DataFolder(Path(named).expanduser().absolute())
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir(APP, appauthor=False)))


def resource(*parts: str) -> Path:
    """A file or folder under resources/, in a checkout, an installed package and a frozen program alike."""
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    installed = here / "resources"  # where a wheel puts them
    base = Path(frozen, "resources") if frozen else installed if installed.is_dir() else here.parent / "resources"
    return base.joinpath(*parts)
