"""Theme and text size: chosen in the window, kept among the settings, and taken from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from planner.app import Planner
    from ui.shell.window_state import WindowState
    from ui.tasks import Tasks
    from ui.theme import Mode, Theme


class Looks(QObject):
    """What is chosen before the data is open is kept with it once it is."""

    def __init__(self, theme: Theme, state: WindowState, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        self._planner: Planner | None = None
        self._tasks: Tasks | None = None
        self._chosen: dict[str, Any] = {}

    def attach(self, planner: Planner, tasks: Tasks) -> None:
        """The data is open."""
        self._planner, self._tasks = planner, tasks
        if self._chosen:
            self._keep()
        else:
            self.read()

    def detach(self) -> None:
        """The data is closed."""
        self._planner = self._tasks = None

    def set_theme(self, mode: Mode) -> None:
        """Switch at once, and keep it."""
        self._theme.set_mode(mode)
        self._state.set("theme", mode)
        self._keep(theme=mode)

    def scale_text(self, step: float) -> None:
        """Make all text larger or smaller by a step, or normal again with 0."""
        scale = round(self._theme.font_scale + step, 2) if step else 1.0
        self._theme.set_font_scale(scale)
        self._state.set("font_scale", self._theme.font_scale)
        self._keep(font_scale=self._theme.font_scale)

    def read(self) -> None:
        """Look as the settings say."""
        if self._planner is not None and self._tasks is not None:
            self._tasks.query(self._planner.settings.get, self._apply, key="settings")

    def _keep(self, **look: Any) -> None:
        self._chosen.update(look)
        if self._planner is not None and self._tasks is not None:
            look, self._chosen = self._chosen, {}
            self._tasks.command(self._planner.settings.change, **look, done=lambda _: self.read())

    def _apply(self, settings: Any) -> None:
        self._theme.set_mode(settings.theme)
        self._theme.set_font_scale(settings.font_scale)
        self._state.set("theme", settings.theme)
        self._state.set("font_scale", settings.font_scale)
