"""The menu bar, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.shell.actions import Action, ActionTable

_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
}
#: Where macOS or another platform has a key of its own for the same thing.
_STANDARD = {
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence.StandardKey.Redo,
    "quit": QKeySequence.StandardKey.Quit,
    "settings": QKeySequence.StandardKey.Preferences,
    "full-screen": QKeySequence.StandardKey.FullScreen,
    "larger": QKeySequence.StandardKey.ZoomIn,
    "smaller": QKeySequence.StandardKey.ZoomOut,
    "print": QKeySequence.StandardKey.Print,
    "back": QKeySequence.StandardKey.Back,
    "forward": QKeySequence.StandardKey.Forward,
}


class MenuBar:
    """Keeps a window's menus (by the names that actions give) and shortcuts in step with its ActionTable."""

    def __init__(self, window: QMainWindow, actions: ActionTable, menus: dict[str, QMenu]) -> None:
        self._window, self._table, self._menus = window, actions, menus
        self._qactions: dict[str, QAction] = {}
        self._submenus: dict[str, QMenu] = {}
        self._can: dict[str, bool] = {}
        self._keys = _Keys(window, self._check_shortcuts)
        for menu in self._menus.values():
            menu.aboutToShow.connect(self._check_enabled)
        actions.on_change(self.rebuild)
        self.rebuild()

    def menu(self, name: str) -> QMenu:
        """A menu by its name."""
        return self._menus[name]

    def set_submenu(self, after: str, submenu: QMenu) -> None:
        """Put a menu of its own after the action with this id."""
        self._submenus[after] = submenu
        self.rebuild()

    def qaction(self, id: str) -> QAction | None:
        """The Qt action behind one of the table's."""
        return self._qactions.get(id)

    def rebuild(self) -> None:
        """Make menus and shortcuts from the table as it is now."""
        stale = set(self._qactions)
        groups: dict[str, str] = {}
        for each in self._menus.values():
            _emptied(each)
        for action in self._table:
            stale.discard(action.id)
            qaction = self._made(action)
            if action.menu not in self._menus:
                continue
            menu = self._menus[action.menu]
            if menu.actions() and groups.get(action.menu) != action.group:
                menu.addSeparator()
            groups[action.menu] = action.group
            menu.addAction(qaction)
            if action.id in self._submenus:
                menu.addMenu(self._submenus[action.id])
        for id in stale:
            qaction = self._qactions.pop(id)
            self._window.removeAction(qaction)
            qaction.deleteLater()

    def rename(self, id: str, text: str, enabled: bool) -> None:
        """Change an action's words, as in "Undo: add Ingrid Vale"."""
        self._can[id] = enabled
        if qaction := self._qactions.get(id):
            qaction.setText(text.replace("&", "&&") if "&" in text[1:] else text)
            qaction.setEnabled(enabled)

    def _made(self, action: Action) -> QAction:
        qaction = self._qactions.get(action.id)
        if qaction is None:
            qaction = self._qactions[action.id] = QAction(self._window)
            qaction.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            qaction.setMenuRole(_ROLES.get(action.id, QAction.MenuRole.NoRole))
            # The table is asked again, so that a page's action of the same id is the one that runs.
            qaction.triggered.connect(lambda _=False, id=action.id: self._table.run(id))
            self._window.addAction(qaction)
            qaction.setText(action.text)
        elif action.id not in ("undo", "redo"):
            qaction.setText(action.text)
        qaction.setShortcuts(shortcuts(action))
        qaction.setEnabled(self._is_enabled(action))
        return qaction

    def _is_enabled(self, action: Action) -> bool:
        return action.enabled and self._can.get(action.id, True)

    def _check_enabled(self) -> None:
        for action in self._table:
            if qaction := self._qactions.get(action.id):
                qaction.setEnabled(self._is_enabled(action))

    def _check_shortcuts(self) -> None:
        for action in self._table:
            qaction = self._qactions.get(action.id) if action.is_enabled is not None else None
            if qaction is not None and not qaction.shortcut().isEmpty():
                qaction.setEnabled(self._is_enabled(action))


class _Keys(QObject):
    """Tells of a key before Qt looks for its shortcut, unless a field has claimed it: only then is it known which
    actions can be done now. A key whose action cannot goes on to the widget that has the focus.
    """

    def __init__(self, window: QMainWindow, ask: Callable[[], None]) -> None:
        super().__init__(window)
        self._ask = ask
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._ask()
        return False


def _emptied(menu: QMenu) -> None:
    """Take everything out of a menu. Not by clear(), which lets PySide forget the wrappers of what was in it."""
    for each in menu.actions():
        menu.removeAction(each)
        if each.isSeparator():
            each.deleteLater()


def shortcuts(action: Action) -> list[QKeySequence]:
    """An action's key sequences, the shown one first, the platform's own among them."""
    found = [QKeySequence(text) for text in (action.shortcut, *action.also) if text]
    if action.id in _STANDARD:
        found = [*QKeySequence.keyBindings(_STANDARD[action.id]), *found]
    unique: list[QKeySequence] = []
    for each in found:
        if each not in unique:
            unique.append(each)
    return unique
