"""Everything the window can do, as one table that menus, shortcuts and the command palette read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `menu` is the menu it stands in ("File", "Edit", "View", "Go", "Help"), "" for none.

    `shortcut` is a portable key sequence ("Ctrl+N"), `also` further ones that work but are not shown. `text` may hold
    an "&" before the letter that the menu underlines. `hint` is found by the palette's search besides the text.
    `group` separates entries of a menu by a line where it changes. `is_enabled` is asked when the menu opens, and,
    with a shortcut, at every key that no field claims: it must answer at once.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: str = ""
    menu: str = ""
    group: str = ""
    icon: str = ""
    is_enabled: Callable[[], bool] | None = None
    also: tuple[str, ...] = ()
    hint: str = ""

    @property
    def plain_text(self) -> str:
        """The words without the mark of the underlined letter."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&")

    @property
    def enabled(self) -> bool:
        """Whether it can be done right now."""
        return self.is_enabled is None or self.is_enabled()


class ActionTable:
    """All actions by id, in order: the window's own, and those of the page that is shown."""

    def __init__(self) -> None:
        self._own: dict[str, Action] = {}
        self._of_page: dict[str, Action] = {}
        self._listeners: list[Callable[[], None]] = []

    def add(self, *actions: Action) -> None:
        """Add actions of the window."""
        self._own.update((action.id, action) for action in actions)
        self._tell()

    def set_page_actions(self, actions: Iterable[Action]) -> None:
        """Put these in the place of the last page's."""
        self._of_page = {action.id: action for action in actions}
        self._tell()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this whenever the table changes."""
        self._listeners.append(listener)

    def __iter__(self) -> Iterator[Action]:
        return iter({**self._own, **self._of_page}.values())

    def get(self, id: str) -> Action | None:
        """An action by its id."""
        return self._of_page.get(id) or self._own.get(id)

    def run(self, id: str) -> bool:
        """Do it, if it exists and can be done now."""
        action = self.get(id)
        if action is None or not action.enabled:
            return False
        action.run()
        return True

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
