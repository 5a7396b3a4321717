"""Push buttons: primary, normal, quiet or danger, with an icon and the badge of their key."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QToolButton, QWidget

from ui.icons import SIZE, icon
from ui.theme import FontRole, applied, is_theme_change
from ui.widgets.painting import advance, badge_text, draw_key_badge, key_badge_size

Kind = Literal["primary", "normal", "quiet", "danger"]


class Button(QPushButton):
    """A verb to press. One primary button a screen; quiet ones read as links.

    `key` ("E", "Ctrl+Return") is shown as a badge and, unless `bind_key=False`, works as a shortcut while the button
    is visible. `icon_name` is a file of resources/icons.
    """

    _font: FontRole = "button"
    _height = 32

    def __init__(
        self, text: str, kind: Kind = "normal", key: str = "", icon_name: str = "", bind_key: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self.kind: Kind = kind
        self.setProperty("kind", kind)
        self._icon_name = icon_name
        self._badge = badge_text(key)
        # Else Enter in a field of a dialog presses the button that comes first, which is often Cancel.
        self.setAutoDefault(kind == "primary")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "quiet" else Qt.CursorShape.ArrowCursor)
        if icon_name:
            token = {"primary": "on_accent", "quiet": "accent", "danger": "bad"}.get(kind, "ink")
            self.setIcon(icon(icon_name, token))
        if key and bind_key:
            self.setShortcut(QKeySequence(key))
        if key:
            self.setAccessibleDescription(f"Key: {self._badge}")

    def set_text(self, text: str) -> None:
        """Change the words on it."""
        shortcut = self.shortcut()
        self.setText(text)
        self.setShortcut(shortcut)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = applied()
        padding = 14 if self.kind == "quiet" else 26
        return QSize(round(self._content_width()) + padding, theme.px(20) + self._height - 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        theme = applied()
        x = (self.width() - self._content_width()) / 2
        if self._icon_name:
            mode = self.icon().Mode.Normal if self.isEnabled() else self.icon().Mode.Disabled
            self.icon().paint(painter, QRect(round(x), (self.height() - SIZE) // 2, SIZE, SIZE), CENTRE, mode)
            x += SIZE + (6 if self.text() else 0)
        painter.setFont(theme.font(self._font))
        painter.setPen(theme.colour(self._ink()))
        width = advance(self.text(), theme.font(self._font))
        painter.drawText(QRectF(x, 0, width + 2, self.height()), LEFT, self.text())
        if self._badge:
            size = key_badge_size(self._badge)
            at = QRectF(x + width + 6, (self.height() - size.height()) / 2, size.width(), size.height())
            draw_key_badge(painter, at, self._badge, on_accent=self.kind == "primary")
        painter.end()

    def _ink(self) -> str:
        if not self.isEnabled():
            return "outline"
        return {"primary": "on_accent", "quiet": "accent", "danger": "bad"}.get(self.kind, "ink")

    def _content_width(self) -> float:
        width = advance(self.text(), applied().font(self._font))
        if self._badge:
            width += key_badge_size(self._badge).width() + 6
        if self._icon_name:
            width += SIZE + (6 if self.text() else 0)
        return width


class LinkButton(Button):
    """A quiet button in small type, as at the right of a heading; its words end where the column ends."""

    _font: FontRole = "small_strong"
    _height = 20

    def __init__(self, text: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "quiet", key, parent=parent)
        self.setProperty("size", "small")

    def sizeHint(self) -> QSize:
        return QSize(round(self._content_width()) + 2, applied().px(18) + 2)


class IconButton(QToolButton):
    """A square button with only an icon; `name` is its tool tip and what a screen reader says."""

    def __init__(self, icon_name: str, name: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon(icon_name, "mute"))
        self.setIconSize(QSize(SIZE, SIZE))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({badge_text(key)})" if key else name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if key:
            self.setShortcut(QKeySequence(key))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()


CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
