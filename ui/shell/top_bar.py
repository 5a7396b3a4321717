"""The bar above a page: its title, the way into the command palette, and the page's own buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import applied, is_theme_change
from ui.widgets.labels import Label
from ui.widgets.painting import badge_text, draw_key_badge, elided, key_badge_size, outline_round

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TopBar(QWidget):
    """`palette_asked(text)` fires on a click into the field, on Enter, and on the first letter typed there."""

    palette_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(applied().px(20) + 37)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 12, 20, 13)
        self._line.setSpacing(10)
        self._title = Label("", "title", elide=True)
        self._title.setMinimumWidth(120)
        self.field = PaletteField()
        self.field.asked.connect(self.palette_asked)
        self._line.addWidget(self._title, 1)
        self._line.addWidget(self.field)
        self._bar: tuple[QWidget, ...] = ()

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text_shown()

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.set_text(title)

    def set_bar(self, widgets: Sequence[QWidget]) -> None:
        """Show a page's buttons in the place of the last page's. They stay the page's own."""
        for widget in self._bar:
            if widget not in widgets:
                self._line.removeWidget(widget)
                widget.hide()
        self._bar = tuple(widgets)
        for widget in self._bar:
            self._line.addWidget(widget)
            widget.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self.setFixedHeight(applied().px(20) + 37)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        painter.end()


class PaletteField(QAbstractButton):
    """Looks like a field, and opens the palette as soon as it is clicked or typed into."""

    asked = Signal(str)
    WORDS = "Search or run a command"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.WORDS)
        self.setAccessibleDescription("Key: Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.asked.emit(""))

    def sizeHint(self) -> QSize:
        return QSize(applied().px(300), applied().px(20) + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(applied().px(120), applied().px(20) + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("")
        elif event.text().strip() and event.text().isprintable():
            self.asked.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        edge = "accent" if self.hasFocus() else "line"
        outline_round(painter, rect, 6, theme.colour(edge), theme.colour("bg"))
        badge = badge_text("Ctrl+K")
        size = key_badge_size(badge)
        at = QRectF(rect.right() - size.width() - 10, (rect.height() - size.height()) / 2, size.width(), size.height())
        font = theme.font("body")
        room = at.left() - 20
        painter.setFont(font)
        painter.setPen(theme.colour("mute"))
        painter.drawText(QRectF(11, 0, room, rect.height()), _LEFT, elided(self.WORDS, font, room))
        draw_key_badge(painter, at, badge)
        painter.end()
