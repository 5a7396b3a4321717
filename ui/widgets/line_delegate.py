"""Rows of one line each, so that many fit: the palette, the sections of the settings, the shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.icons import draw_icon
from ui.theme import applied
from ui.widgets.painting import advance, draw_avatar, draw_key_badge, elided, fill_round, key_badge_size
from ui.widgets.row_data import ROW, RowData
from ui.widgets.row_delegate import Index, RowDelegate

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SIDE, _GAP = 20, 12


class LineDelegate(RowDelegate):
    """Picture or icon, title, a muted word about it, and at the right the key that does the same."""

    def row_height(self) -> int:
        return applied().px(20) + 16

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        data = index.data(ROW)
        if not isinstance(data, RowData):
            super().paint(painter, option, index)
            return
        painter.save()
        theme = applied()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            fill_round(painter, rect.adjusted(8, 1, -8, -1), 6, theme.colour("selection"))
        picture = theme.px(24)
        at = QRectF(_SIDE, rect.center().y() - picture / 2, picture, picture)
        if data.name:
            draw_avatar(painter, at, data.name, on_selection=selected)
        elif data.icon:
            draw_icon(
                painter, QRectF(at.center().x() - 8, at.center().y() - 8, 16, 16), data.icon, theme.colour("mute")
            )
        left, right = at.right() + _GAP, rect.right() - _SIDE
        if data.aside:
            size = key_badge_size(data.aside)
            draw_key_badge(
                painter,
                QRectF(right - size.width(), rect.center().y() - size.height() / 2, size.width(), size.height()),
                data.aside,
            )
            right -= size.width() + _GAP
        font = theme.font("body")
        room = right - left
        title = elided(data.title, font, room)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), _LEFT, title)
        left += advance(title, font) + 10
        if data.muted and right - left > theme.px(60):
            small = theme.font("small")
            painter.setFont(small)
            painter.setPen(theme.colour("mute"))
            words = elided(data.muted, small, right - left)
            painter.drawText(QRectF(left, rect.top(), right - left, rect.height()), _LEFT, words)
        painter.restore()
