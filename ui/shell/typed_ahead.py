"""Keys typed before what they are meant for is there: held meanwhile, and given to it, in order, once it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.widgets.overlay import Overlay

#: Keys are held this long at most: what has not come by then is not what somebody still types for.
LIMIT_MS = 10_000

#: Called once what keys are held for has come, or with False when it will not.
LetGo = Callable[..., None]

_HELD = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_MODIFIERS = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
)  # fmt: skip


class TypedAhead(QObject):
    """Holds the keys of one window while something is awaited that they are meant for.

    It looks at keys where they come into the window, before any widget and any shortcut sees them.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._holds: set[object] = set()
        self._keys: deque[QKeyEvent] = deque()
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LIMIT_MS)
        self._limit.timeout.connect(self.give_up)
        window.winId()  # there is a handle from now on
        window.windowHandle().installEventFilter(self)

    @property
    def is_holding(self) -> bool:
        """Whether keys wait."""
        return bool(self._holds)

    def hold(self) -> LetGo:
        """Keep keys until what is awaited calls what this returns: with True when it is there, and so gets the keys;
        with False when it does not come, and the keys are forgotten, lest the page still shown act on them.
        """
        hold = object()
        self._holds.add(hold)
        self._limit.start()

        def let_go(has_come: bool = True) -> None:
            if hold in self._holds:
                self._holds.remove(hold)
                self._end(has_come)

        return let_go

    def give(self) -> None:
        """Something has the keyboard now that nothing else is to be awaited for: it gets all keys at once."""
        self._holds.clear()
        self._end(has_come=True)

    def give_up(self) -> None:
        """Wait no longer, and forget what was held."""
        self._holds.clear()
        self._end(has_come=False)

    def _end(self, has_come: bool) -> None:
        if not has_come:
            self._keys.clear()
        if not self._holds:
            self._limit.stop()
            self._give()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._holds:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # comes again as a key press, which is held
            return True
        if event.type() not in _HELD or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress and event.key() not in _MODIFIERS:
            self._keys.append(event.clone())
        return True

    def _give(self) -> None:
        while self._keys and not self._holds:  # a key may open what has to be waited for in its turn
            _press(self._window, self._keys.popleft())


def _press(window: QWidget, key: QKeyEvent) -> None:
    """Do what the window system's own key press would do in this window, or in the dialog that is over it.

    Only shortcuts reach a page: its single keys act on rows, and nobody means rows that are not to be seen yet.
    """
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget() or window
    inner: QWidget | None = over.focusWidget()
    focus = over if inner is None else inner
    override = _event(QEvent.Type.ShortcutOverride, key)
    override.ignore()
    QCoreApplication.sendEvent(focus, override)
    if not override.isAccepted() and _has_run(focus, QKeySequence(key.keyCombination())):
        return
    if over is not window or _takes_text(focus):
        QCoreApplication.sendEvent(focus, _event(QEvent.Type.KeyPress, key))
        QCoreApplication.sendEvent(focus, _event(QEvent.Type.KeyRelease, key))


def _takes_text(focus: QWidget) -> bool:
    is_field = focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    return is_field or any(isinstance(each, Overlay) for each in _upwards(focus))


def _event(kind: QEvent.Type, key: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(kind, key.key(), key.modifiers(), key.text(), key.isAutoRepeat(), key.count())


def _has_run(focus: QWidget, keys: QKeySequence) -> bool:
    """Run the shortcut that is nearest to the focus. Qt's own table of shortcuts answers to real keys alone."""
    for widget in _upwards(focus):
        for each in (*widget.actions(), *widget.findChildren(QShortcut), *widget.findChildren(QAbstractButton)):
            if isinstance(each, QAction) and keys in each.shortcuts() and each.isEnabled():
                each.trigger()
                return True
            if isinstance(each, QShortcut) and each.key() == keys and each.isEnabled() and _is_shown(each.parent()):
                each.activated.emit()
                return True
            if isinstance(each, QAbstractButton) and each.shortcut() == keys and each.isEnabled() and each.isVisible():
                each.click()
                return True
    return False


def _is_shown(parent: object) -> bool:
    return isinstance(parent, QWidget) and parent.isVisible()


def _upwards(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        if widget.isWindow():
            return
        widget = widget.parentWidget()
