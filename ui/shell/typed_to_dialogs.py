"""Keys typed after a dialog was opened and before the window system has given it the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.shell.typed_ahead import LetGo, TypedAhead

#: A window manager that has not given a dialog the keyboard by then has its reasons.
LIMIT_MS = 5_000

_POINTER = (
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd,
)  # fmt: skip


class TypedToDialogs(QObject):
    """Has them held and given to the dialog.

    Under X11 and Wayland keys go to the window behind until the keyboard has moved, also those typed while the program
    was busy making the dialog; and Qt drops keys to a window that a dialog blocks before any event filter sees them.
    So the window is kept from being blocked until the dialog has the keyboard.
    """

    def __init__(self, window: QWidget, ahead: TypedAhead) -> None:
        super().__init__(window)
        self._window, self._handle = window, window.windowHandle()
        self._ahead = ahead
        self._dialog: QWidget | None = None
        self._let_go: LetGo | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LIMIT_MS)
        self._limit.timeout.connect(self._end)
        self._handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._handle:
            if kind == QEvent.Type.WindowBlocked and self._dialog is None:
                self._begin(QApplication.activeModalWidget())
            return self._let_go is not None and kind in _POINTER
        if watched is self._dialog and kind == QEvent.Type.ShowToParent:
            self._wait()  # it is on its way to the screen, and what the window system is told of it has been told
        elif watched is self._dialog and kind in (QEvent.Type.Hide, QEvent.Type.Close):
            self._end(has_come=False)
        return False

    def _begin(self, dialog: QWidget | None) -> None:
        parent = dialog.parentWidget() if dialog is not None else None
        if dialog is not None and parent is not None and parent.window() is self._window:
            self._dialog = dialog
            dialog.installEventFilter(self)

    def _wait(self) -> None:
        assert self._dialog is not None
        if self._is_dialog(QGuiApplication.focusWindow()):
            self._forget()
            self._ahead.give()
            return
        self._let_go = self._ahead.hold()
        self._block(None)
        _app().focusWindowChanged.connect(self._focus_moved)
        self._limit.start()

    def _focus_moved(self, window: QWindow | None) -> None:
        if self._is_dialog(window):
            self._end()

    def _is_dialog(self, window: QWindow | None) -> bool:
        # By number: a window may have several wrappers.
        return window is not None and self._dialog is not None and window.winId() == self._dialog.winId()

    def _end(self, has_come: bool = True) -> None:
        if self._let_go is not None:
            self._limit.stop()
            _app().focusWindowChanged.disconnect(self._focus_moved)
            self._block(self._handle)
            let_go, self._let_go = self._let_go, None
            let_go(has_come)
            if has_come:
                self._ahead.give()  # before the keys that come to the dialog itself from now on
        self._forget()

    def _block(self, by: QWindow | None) -> None:
        """Have the dialog block the window, or nothing. Only when its own parent is set does Qt look at that anew."""
        over = self._dialog.windowHandle() if self._dialog is not None and isValid(self._dialog) else None
        if over is not None:
            over.setTransientParent(by)  # type: ignore[arg-type]  # None as well, other than the stubs say
        self._handle.setTransientParent(self._handle.transientParent())

    def _forget(self) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.removeEventFilter(self)
        self._dialog = None


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
