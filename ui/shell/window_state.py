"""What the window remembers between starts: place, size, page, theme. A file of its own in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow


class WindowState:
    """Reads and writes window.ini. A missing, damaged or read-only file only means that nothing is remembered."""

    def __init__(self, path: Path | None) -> None:
        self._settings = None
        if path is not None and path.parent.is_dir():
            self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """A remembered word."""
        value: Any = self._settings.value(name, default) if self._settings else default
        return value if isinstance(value, str) else default

    def number(self, name: str, default: float) -> float:
        """A remembered number."""
        try:
            return float(self.text(name) or default)
        except ValueError:
            return default

    def set(self, name: str, value: str | float) -> None:
        """Remember a word or a number."""
        if self._settings:
            self._settings.setValue(name, str(value))

    def restore(self, window: QMainWindow) -> bool:
        """Put a window where it was. False when nothing is known."""
        geometry: Any = self._settings.value("window/geometry") if self._settings else None
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def save(self, window: QMainWindow) -> None:
        """Remember where a window is."""
        if self._settings:
            self._settings.setValue("window/geometry", window.saveGeometry())
            self._settings.sync()
