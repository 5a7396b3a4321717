"""One file that is always current, for programs that subscribe to a file or to a synced folder."""

from __future__ import annotations

from pathlib import Path

from planner.calendars import targets
from planner.calendars.records import Scope
from planner.calendars.service import CalendarExport
from planner.settings.service import SettingsService

#: What the file is called in the folder that was chosen.
NAME = "follow-ups.ics"


class CurrentFile:
    """Keeps `follow-ups.ics` in the folder of the settings up to date."""

    def __init__(self, calendars: CalendarExport, settings: SettingsService) -> None:
        self._calendars = calendars
        self._settings = settings

    @property
    def path(self) -> Path | None:
        """Where the file is, None where no folder is chosen."""
        folder = self._settings.get().calendar_folder
        return Path(folder) / NAME if folder else None

    def refresh(self) -> bool:
        """Write the file anew if anything in it has changed, atomically; whether it was. Raises FileUnwritable."""
        path = self.path
        if path is None:
            return False
        key = targets.CURRENT.key
        if path.exists() and self._calendars.preview(Scope.NEW, target=key).total == 0:
            return False
        self._calendars.export(path, Scope.ALL, target=key)
        return True
