"""What every page is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ui.change_bus import ChangeBus
from ui.links import Link
from ui.shell.actions import ActionTable
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from planner.app import Planner
    from planner.clock import Clock


class SayToast(Protocol):
    """`toast("Deleted 3 people", undo=True)`, or with any other button: `toast("Saved", "Open", open_it)`."""

    def __call__(
        self, text: str, action: str = "", callback: Callable[[], object] | None = None, *, undo: bool = False
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class UiContext:
    """Everything a page may use. There are no globals beside it."""

    planner: Planner
    tasks: Tasks
    bus: ChangeBus
    clock: Clock
    theme: Theme
    navigate: Callable[[Link], None]
    toast: SayToast
    #: All that can be done now, for the palette; `actions.run("quick-entry")` does one of them.
    actions: ActionTable


__all__ = ["Link", "SayToast", "UiContext"]
