"""The navigation at the left: brand, pages with their counts, and how calendar and backup stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.icon_drawing import draw_icon
from ui.theme import applied, is_theme_change
from ui.widgets.painting import advance, elided, fill_round, outline_round

WIDTH = 200
#: A page opens after something has been held over its button for so long.
HELD_MS = 600
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Sidebar(QWidget):
    """`chosen(key)` fires when the person picks a page; `choose()` only marks one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(applied().px(WIDTH))
        self.setAccessibleName("Pages")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 16, 11, 14)
        self._column.setSpacing(2)
        self._column.addWidget(_Brand())
        self._column.addStretch(1)
        self._foot = _Foot()
        self._column.addWidget(self._foot)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}

    def set_entries(self, entries: Sequence[tuple[str, str, str, bool]]) -> None:
        """Show these pages, as (key, title, icon, whether it stands at the foot)."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        top = 1
        for key, title, icon, in_foot in entries:
            button = NavButton(title, icon)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            button.dragged_over.connect(lambda key=key: self.chosen.emit(key))
            self._group.addButton(button)
            at = self._column.count() - 1 if in_foot else top
            self._column.insertWidget(at, button)
            if not in_foot:
                top += 1
            self._buttons[key] = button

    def choose(self, key: str) -> None:
        """Mark a page as the one shown."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show how many there are, or nothing."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def button(self, key: str) -> NavButton:
        """A page's button."""
        return self._buttons[key]

    def set_foot(self, lines: Sequence[str]) -> None:
        """The small lines at the foot."""
        self._foot.set_lines(lines)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self.setFixedWidth(applied().px(WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("side"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line"))
        painter.end()


class NavButton(QAbstractButton):
    """One page in the sidebar; up and down move between them. `dragged_over`: something was held over it for a while,
    so its page is to open for the drop."""

    dragged_over = Signal()

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._icon = icon
        self.setAcceptDrops(True)
        self._held = QTimer(self, interval=HELD_MS, singleShot=True)
        self._held.timeout.connect(self.dragged_over)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        """Show how many there are, or nothing."""
        self.count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.accept()  # to see it leave again; nothing is dropped here
        if not self.isChecked():
            self._held.start()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._held.stop()

    def sizeHint(self) -> QSize:
        return QSize(applied().px(180), applied().px(20) + 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        group = self.group()
        if step is not None and group is not None:
            others = sorted(group.buttons(), key=QWidget.y)
            others[(others.index(self) + step) % len(others)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            fill_round(painter, rect, 6, theme.colour("selection" if on else "hover"))
        if self.hasFocus():
            outline_round(painter, rect, 6, theme.colour("accent"))
        ink = theme.colour("ink" if on else "mute")
        side = theme.px(16)
        draw_icon(painter, QRectF(10, (rect.height() - side) / 2, side, side), self._icon, ink)
        left = 20 + side
        right = rect.right() - 10
        painter.setPen(theme.colour("mute"))
        painter.setFont(theme.font("heading"))
        if self.count:
            painter.drawText(QRectF(0, 0, right, rect.height()), _RIGHT, f"{self.count:,}")
            right -= advance(f"{self.count:,}", theme.font("heading")) + 8
        font = theme.font("strong" if on else "body")
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRectF(left, 0, right - left, rect.height()), _LEFT, elided(self.text(), font, right - left))
        painter.end()


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Rapport")

    def sizeHint(self) -> QSize:
        return QSize(applied().px(180), applied().px(20) + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(18)
        draw_brand(painter, QRectF(10, 3, side, side))
        font = theme.font("brand")
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(18 + side, 2, self.width(), theme.px(20)), _LEFT, "Rapport")
        painter.end()


def draw_brand(painter: QPainter, rect: QRectF) -> None:
    """The mark: a disc with one pointed corner."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(applied().colour("accent"))
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(rect)
    half = rect.width() / 2
    corner = QRectF(rect.left(), rect.top() + half, half, half)
    path.addRoundedRect(corner, rect.width() / 6, rect.width() / 6)
    painter.drawPath(path.simplified())
    painter.restore()


class _Foot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(applied().px(180), applied().px(18) * max(2, len(self._lines)) + 4)

    def set_lines(self, lines: Sequence[str]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName(". ".join(lines))
        self.setToolTip("\n".join(lines))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        font = theme.font("chip")
        painter.setFont(font)
        painter.setPen(theme.colour("mute"))
        tall = theme.px(18)
        for at, line in enumerate(self._lines):
            shown = elided(line, font, self.width() - 12)
            painter.drawText(QRectF(10, 4 + at * tall, self.width() - 10, tall), _LEFT, shown)
        painter.end()
