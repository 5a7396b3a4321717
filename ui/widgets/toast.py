"""Short notices at the foot of the window, with Undo; and the calm bar that says what went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.icons import icon
from ui.theme import applied, is_theme_change
from ui.theme_tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import fill_round

#: How long a notice stays; it waits while the pointer is on it.
STAY_MS = 8_000


class Toast(QWidget):
    """One notice at a time over the foot of its parent: "Deleted 3 people" and a button such as Undo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._callback: Callable[[], object] | None = None
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(12)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.setFlat(True)
        self.button.clicked.connect(self._act)
        line.addWidget(self._text)
        line.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """The notice shown last."""
        return self._text.text()

    def say(self, text: str, action: str = "", callback: Callable[[], object] | None = None) -> None:
        """Show a notice, and a button that calls back and closes it."""
        self._text.setText(text)
        self._callback = callback
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._line.setContentsMargins(16, 8, 8 if action else 16, 8)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_round(painter, self.rect().toRectF(), 8, applied().colour("ink"))
        painter.end()

    def _act(self) -> None:
        self.hide()
        if self._callback is not None:
            self._callback()

    def _dress(self) -> None:
        tokens = applied().tokens
        self._text.setStyleSheet(f"color: {tokens.pane};")
        self.button.setStyleSheet(
            f"QPushButton {{ color: {tokens.pane}; background: transparent; border: 1px solid {tokens.mute};"
            f" padding: 3px 10px; }} QPushButton:hover, QPushButton:focus {{ border-color: {tokens.pane}; }}"
        )

    def _place(self) -> None:
        parent = self._over
        self.resize(min(self.sizeHint().width(), parent.width() - 40), self.sizeHint().height())
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 24)


class MessageBar(QFrame):
    """A notice that stays until it is closed: what happened, what is safe, what to do; with at most one action."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "box")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 8, 10)
        line.setSpacing(12)
        self._icon = QLabel()
        self._icon.setFixedSize(16, 20)
        self._text = Paragraph()
        self.button = Button("")
        self.button.clicked.connect(self._act)
        self.close_button = IconButton("x", "Close this message")
        self.close_button.clicked.connect(self.dismiss)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._callback: Callable[[], object] | None = None
        self._tone = Tone.WARN
        self.hide()

    @property
    def text(self) -> str:
        """All sentences shown, as plain text."""
        return self._text.accessibleName()

    def say(
        self, what: str, more: str = "", tone: Tone = Tone.WARN, action: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Show what happened in strong type and the rest after it."""
        self._tone, self._callback = tone, callback
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.set_parts([(what, "strong"), (f" {more}" if more else "", "ink")])
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self._dress()
        self.setAccessibleName(self.text)
        self.show()
        announce(self, self.text)

    def dismiss(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._dress()

    def _act(self) -> None:
        self.dismiss()
        if self._callback is not None:
            self._callback()

    def _dress(self) -> None:
        name = "circle-alert" if self._tone is Tone.BAD else "triangle-alert"
        self._icon.setPixmap(icon(name, self._tone.value).pixmap(QSize(16, 16), self.devicePixelRatio()))


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
