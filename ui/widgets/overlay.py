"""A panel over the window: the palette, quick entry, recent changes. What is behind it stays in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import applied

_VEIL = 175  # of 255
_MARGIN = 24


class Overlay(QWidget):
    """Covers its parent with a veil and shows one panel on it, `width` px wide at text scale 1, `top` px down.

    Put widgets into `body`. `open_panel()` shows it and gives the focus to `first_focus()`; Escape and a click on the
    veil `dismiss()` it, which gives the focus back. Tab stays within. `dismissed` fires when it goes.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget, name: str, width: int = 640, top: int = 84) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._width, self._top = width, top
        self._before: QWidget | None = None
        self.panel = _Panel(self)
        self.panel.setAccessibleName(name)
        self.body = QVBoxLayout(self.panel)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        parent.installEventFilter(self)
        self.hide()

    def first_focus(self) -> QWidget:
        """What has the focus when it opens."""
        return self.panel

    def open_panel(self) -> None:
        """Show it, above everything else in the window."""
        if not self.isVisible():
            focus = QApplication.focusWidget()
            self._before = focus if focus is not None and not self.isAncestorOf(focus) else None
        self._place()
        self.show()
        self.raise_()
        self._place()
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Take it away and put the focus back where it was."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.dismissed.emit()

    def fit(self) -> None:
        """Make the panel as tall as its contents now want, once they have been laid out."""
        QTimer.singleShot(0, self, self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()  # nothing typed here is meant for the page behind

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def tab_stops(self) -> Sequence[QWidget]:
        """What Tab goes through, in order. Subclasses that add widgets later say where these come."""
        return self.panel.findChildren(QWidget)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt's own focus chain would be the obvious way, but asking a widget for the next one there makes PySide
        # treat that one as its child, which then dies with it.
        stops = [widget for widget in self.tab_stops() if _takes_tab(widget)]
        if not stops or not self.isVisible():
            return False
        focus: QWidget | None = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(applied().colour("side"))
        veil.setAlpha(_VEIL)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def panel_changed(self) -> None:
        """What is in the panel wants another size."""
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        width = min(applied().px(self._width), parent.width() - 2 * _MARGIN)
        top = min(applied().px(self._top), max(_MARGIN, parent.height() // 6))
        room = parent.height() - top - _MARGIN
        self.panel.setFixedWidth(width)
        self.body.activate()
        wanted = self.body.heightForWidth(width - 2) + 2 if self.body.hasHeightForWidth() else 0
        self.panel.setFixedHeight(min(wanted or self.body.sizeHint().height() + 2, room))
        self.panel.move((parent.width() - width) // 2, top)


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


class _Panel(QFrame):
    """Tells its overlay when what is in it has grown or shrunk."""

    def __init__(self, overlay: Overlay) -> None:
        super().__init__(overlay)
        self._overlay = overlay
        self.setProperty("frame", "box")

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._overlay.panel_changed()
        return handled
