"""Paints list rows: picture, title, muted line, chips, right-hand column, and the selected row's buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import draw_icon
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.painting import (
    advance,
    badge_text,
    chip_size,
    draw_avatar,
    draw_chip,
    draw_key_badge,
    elided,
    fill_round,
    key_badge_size,
    outline_round,
)
from ui.widgets.row_data import ROW, HeaderData, RowAction, RowData

Index = QModelIndex | QPersistentModelIndex
ChipPlace = Literal["right", "under"]
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STATE = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class _Look:
    """How one row stands at the moment."""

    selected: bool = False
    hovered: bool = False
    shows_actions: bool = False
    pointer: QPointF | None = None
    pressed: bool = False
    marked: bool = False  # the current row of a list that has the focus


class RowDelegate(QStyledItemDelegate):
    """Rows of equal height: 59 px, or 84 with chips under the text; headers of their own height.

    `padding` is the space at both sides, `aside_width` reserves a right-hand column in px so that chips line up.
    """

    def __init__(
        self, parent: QObject | None = None, chips: ChipPlace = "right", aside_width: int = 0, header_height: int = 44,
        padding: int = 20,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.chip_place: ChipPlace = chips
        self._aside_width = aside_width
        self._header_height = header_height
        self._padding = padding
        self.pointer: QPointF | None = None
        self.pressed = False
        self.selected_count = 0

    def row_height(self) -> int:
        """A row's height in px, its bottom line included."""
        theme = applied()
        chips = theme.px(20) + 6 if self.chip_place == "under" else 0
        return theme.px(20) + theme.px(18) + 21 + chips

    def height_of(self, index: Index) -> int:
        """The height of a row or a header in px."""
        is_header = isinstance(index.data(ROW), HeaderData)
        return applied().px(self._header_height) if is_header else self.row_height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        data = index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        if isinstance(data, HeaderData):
            self._paint_header(painter, rect, data)
        elif isinstance(data, RowData):
            self._paint_row(painter, rect, data, self._look(option, index))
        painter.restore()

    def action_at(self, index: Index, rect: QRectF, at: QPointF, shows_actions: bool) -> RowAction | None:
        """The button at a place within a row, if any."""
        data = index.data(ROW)
        if isinstance(data, HeaderData):
            found = [(data.action, self._header_action_rect(rect, data.action))] if data.action else []
        elif isinstance(data, RowData):
            found = self._action_rects(rect, data, shows_actions)
        else:
            found = []
        return next((action for action, place in found if place.contains(at)), None)

    def action_rects(self, index: Index, rect: QRectF, shows_actions: bool) -> dict[str, QRectF]:
        """Where a row's buttons are, by action id."""
        data = index.data(ROW)
        if isinstance(data, RowData):
            return {action.id: place for action, place in self._action_rects(rect, data, shows_actions)}
        if isinstance(data, HeaderData) and data.action:
            return {data.action.id: self._header_action_rect(rect, data.action)}
        return {}

    def _look(self, option: QStyleOptionViewItem, index: Index) -> _Look:
        view = option.widget
        selected = bool(option.state & _STATE.State_Selected)
        current = focused = False
        if isinstance(view, QAbstractItemView):
            current = view.currentIndex() == index
            focused = view.hasFocus()
        hovered = bool(option.state & _STATE.State_MouseOver)
        pointer = self.pointer if hovered else None
        return _Look(
            selected,
            hovered,
            selected and current and self.selected_count <= 1,
            pointer,
            self.pressed,
            focused and current,
        )

    def _paint_header(self, painter: QPainter, rect: QRectF, data: HeaderData) -> None:
        theme = applied()
        inner = rect.adjusted(self._padding, 8, -self._padding, 0)
        if rect.height() < theme.px(38):
            inner = rect.adjusted(self._padding, 0, -self._padding, 0)
        painter.setFont(theme.font("heading"))
        right = inner.right()
        if data.action:
            place = self._header_action_rect(rect, data.action)
            painter.setPen(theme.colour("accent"))
            painter.setFont(theme.font("small_strong"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, data.action.text)
            painter.setFont(theme.font("heading"))
            right = place.left() - 12
        title_width = min(advance(data.title, theme.font("heading")) + 4, right - inner.left())
        if data.aside:
            painter.setPen(theme.colour("mute"))
            space = QRectF(inner.left() + title_width + 16, inner.top(), 0, inner.height())
            space.setRight(right)
            painter.drawText(space, _RIGHT, elided(data.aside, theme.font("heading"), space.width()))
        painter.setPen(theme.text(data.tone) if data.tone else theme.colour("mute"))
        painter.drawText(inner, _LEFT, elided(data.title, theme.font("heading"), title_width))

    def _header_action_rect(self, rect: QRectF, action: RowAction) -> QRectF:
        theme = applied()
        width = advance(action.text, theme.font("small_strong")) + 4
        middle = rect.center().y() + (0 if rect.height() < theme.px(38) else 4)
        return QRectF(rect.right() - self._padding - width + 1, middle - theme.px(10), width, theme.px(20))

    def _paint_row(self, painter: QPainter, rect: QRectF, data: RowData, look: _Look) -> None:
        theme = applied()
        ground = "selection" if look.selected else "hover" if look.hovered else "pane"
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        if look.marked:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), theme.colour("accent"))
        left = rect.left() + self._padding
        top = rect.top() + 10
        left = self._paint_picture(painter, QPointF(left, top), data, look)
        right = self._paint_right(painter, rect, data, look)
        # Chips alone stand beside the first line; the second has the whole width.
        chips_alone = self.chip_place == "right" and data.chips and not data.aside and not self._aside_width
        if chips_alone and not self._action_rects(rect, data, look.shows_actions):
            below = rect.right() - self._padding
        else:
            below = right
        self._paint_text(painter, QRectF(left, top, max(0.0, right - left), theme.px(38)), data, max(0.0, below - left))
        if self.chip_place == "under" and data.chips:
            y = top + theme.px(38) + 6
            self._paint_chips_under(
                painter, QRectF(left, y, rect.right() - self._padding - left, theme.px(20)), data, look
            )

    def _paint_picture(self, painter: QPainter, at: QPointF, data: RowData, look: _Look) -> float:
        side = applied().px(34)
        if data.name:
            draw_avatar(painter, QRectF(at.x(), at.y(), side, side), data.name, data.photo, look.selected)
        elif data.icon:
            theme = applied()
            fill_round(painter, QRectF(at.x(), at.y(), side, side), side / 2, theme.colour("accent_soft"))
            inset = (side - 16) / 2
            draw_icon(painter, QRectF(at.x() + inset, at.y() + inset, 16, 16), data.icon, theme.colour("accent"))
        else:
            return at.x()
        return at.x() + side + 12

    def _paint_text(self, painter: QPainter, rect: QRectF, data: RowData, second_width: float) -> None:
        theme = applied()
        font = theme.font("strong")
        if data.done:
            font = QFont(font)
            font.setStrikeOut(True)
        line = QRectF(rect.left(), rect.top(), rect.width(), theme.px(20))
        painter.setFont(font)
        painter.setPen(theme.colour("mute" if data.done else "ink"))
        painter.drawText(line, _LEFT, elided(data.title, font, line.width()))
        small = theme.font("small")
        line = QRectF(rect.left(), rect.top() + theme.px(20), second_width, theme.px(18))
        tail_font = theme.font("small_strong")
        tail = ""
        if data.muted_tail:
            tail = elided(data.muted_tail, tail_font, line.width())
        room = line.width() - advance(tail, tail_font)
        dot = " · " if data.muted and tail else ""
        room -= advance(dot, small)
        shown = f"{elided(data.muted, small, room)}{dot}" if room > theme.px(40) or not tail else ""
        painter.setFont(small)
        painter.setPen(theme.colour("mute"))
        painter.drawText(line, _LEFT, shown)
        if tail:
            painter.setFont(tail_font)
            painter.setPen(theme.text(data.tail_tone))
            painter.drawText(line.adjusted(advance(shown, small), 0, 4, 0), _LEFT, tail)

    def _paint_right(self, painter: QPainter, rect: QRectF, data: RowData, look: _Look) -> float:
        """Paint buttons, or chips and the right-hand column; return where the text has to end."""
        theme = applied()
        edge = rect.right() - self._padding
        actions = self._action_rects(rect, data, look.shows_actions)
        for action, place in actions:
            self._paint_action(painter, place, action, look)
        if actions and (look.shows_actions or not data.aside):
            return min(place.left() for _, place in actions) - 16
        if data.aside or self._aside_width:
            written = advance(data.aside, theme.font("small")) + 1
            # A date in full keeps the chips at a distance too.
            has_chips = self.chip_place == "right" and data.chips
            width = max(self._aside_width, written + (12 if has_chips else 0))
            column = QRectF(edge - width, rect.top(), width, rect.height() - 1)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.text(data.aside_tone))
            painter.drawText(column, _RIGHT, data.aside)
            edge -= width + (16 if self.chip_place == "under" or not data.chips else 0)
        if self.chip_place == "right" and data.chips:
            return self._paint_chips_right(painter, rect, edge, data, look)
        return edge

    def _paint_chips_right(self, painter: QPainter, rect: QRectF, edge: float, data: RowData, look: _Look) -> float:
        theme = applied()
        if self._aside_width == 0:
            edge -= 4
        top = rect.top() + 10 if not self._aside_width else rect.center().y() - theme.px(10)
        limit = rect.left() + rect.width() * 0.45
        for chip in reversed(data.chips[:2]):
            size = chip_size(chip.text)
            width = min(size.width(), rect.width() * 0.3)
            if edge - width < limit:
                break
            draw_chip(painter, QRectF(edge - width, top, width, size.height()), chip.text, chip.tone, look.selected)
            edge -= width + 4
        return edge - 8

    def _paint_chips_under(self, painter: QPainter, rect: QRectF, data: RowData, look: _Look) -> None:
        x = rect.left()
        for chip in data.chips[:2]:
            width = min(chip_size(chip.text).width(), rect.right() - x)
            if width < applied().px(40):
                break
            draw_chip(painter, QRectF(x, rect.top(), width, rect.height()), chip.text, chip.tone, look.selected)
            x += width + 4

    def _action_rects(self, rect: QRectF, data: RowData, shows_actions: bool) -> list[tuple[RowAction, QRectF]]:
        theme = applied()
        height = theme.px(20) + 12
        top = rect.top() + (rect.height() - 1 - height) / 2
        edge = rect.right() - self._padding + 1
        shown = [each for each in data.actions if (shows_actions or each.always) and each.kind != "menu"]
        if shown and shown[-1].kind == "quiet":
            edge += 7  # the words end at the padding, not the invisible frame
        room = rect.width() * 0.56
        fitting: list[RowAction] = []
        for action in shown:
            room -= _action_width(action) + 6
            if room < 0 and fitting:
                break  # too narrow: what is left out is in the row's menu and on its key
            fitting.append(action)
        if self._title_room(rect, data, fitting) < 0 <= self._title_room(rect, data, fitting[:-1]) and fitting[1:]:
            fitting.pop()  # rather the whole title than a last button that has a key and is in the menu
        placed: list[tuple[RowAction, QRectF]] = []
        for action in reversed(fitting):
            width = _action_width(action)
            placed.append((action, QRectF(edge - width, top, width, height)))
            edge -= width + 6
        return placed[::-1]

    def _title_room(self, rect: QRectF, data: RowData, actions: Sequence[RowAction]) -> float:
        """What the title leaves free beside these buttons; less than 0 where it would lose letters."""
        theme = applied()
        picture = theme.px(34) + 12 if data.name or data.icon else 0
        taken = sum(_action_width(action) + 6 for action in actions) + (10 if actions else 0)
        return rect.width() - 2 * self._padding - picture - taken - advance(data.title, theme.font("strong")) - 2

    def _paint_action(self, painter: QPainter, rect: QRectF, action: RowAction, look: _Look) -> None:
        theme = applied()
        over = look.pointer is not None and rect.contains(look.pointer)
        primary, quiet = action.kind == "primary", action.kind == "quiet"
        if primary:
            fill_round(painter, rect, 6, theme.colour("accent_hover" if over else "accent"))
        elif not quiet or over:
            fill = theme.colour("side" if over and look.pressed else "hover" if over else "pane")
            outline_round(painter, rect, 6, theme.colour("line"), fill)
        painter.setFont(theme.font("button"))
        painter.setPen(theme.colour("on_accent" if primary else "accent" if quiet else "ink"))
        x = rect.left() + (7 if quiet else 13)
        painter.drawText(QRectF(x, rect.top(), rect.width(), rect.height()), _LEFT, action.text)
        if action.key:
            shown = badge_text(action.key)
            size = key_badge_size(shown)
            x += advance(action.text, theme.font("button")) + 4
            badge = QRectF(x, rect.center().y() - size.height() / 2, size.width(), size.height())
            draw_key_badge(painter, badge, shown, on_accent=primary)


def _action_width(action: RowAction) -> float:
    width = advance(action.text, applied().font("button")) + (14 if action.kind == "quiet" else 26)
    if action.key:
        width += key_badge_size(badge_text(action.key)).width() + (4 if action.kind == "quiet" else -3)
    return width


__all__ = ["ChipPlace", "RowDelegate", "Tone"]
