"""The agenda beside the people: time, title, speakers, and a star on what is marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from planner.events.records import Session
from ui.events.presenting import session_time
from ui.icons import draw_icon
from ui.list_model import SectionListModel
from ui.theme import applied
from ui.widgets.painting import advance, elided
from ui.widgets.row_data import ROW, RowAction, RowData
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
_MARK = RowAction("mark", "Mark", "M", "quiet", always=True)
_EDIT = RowAction("edit", "Edit", "E", "menu")
_DELETE = RowAction("delete", "Delete", "Del", "menu")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TIME = 78  # the column of times, in px at scale 1
_STAR = 22
_LINES = 2


class AgendaList(RowList):
    """Sessions in the order of time. M or a click on the star marks, Enter edits, Delete deletes.

    `action_triggered("mark" | "edit" | "delete", ids)`. `with_day=False` leaves the weekday out.
    """

    def __init__(
        self, name: str = "Agenda", with_day: bool = True, padding: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, uniform=False, parent=parent)
        self._with_day = with_day
        self.row_delegate = AgendaDelegate(self, padding=padding)
        self.setItemDelegate(self.row_delegate)
        self.sessions = SectionListModel(parent=self)
        self.setModel(self.sessions)

    def show_sessions(self, sessions: Sequence[Session], zone: tzinfo) -> None:
        """Show these."""
        self.sessions.set_rows([(item.id, self._row(item, zone)) for item in sessions])

    def _row(self, item: Session, zone: tzinfo) -> RowData:
        return RowData(
            title=item.title,
            muted=", ".join(speaker.name for speaker in item.speakers),
            aside=session_time(item, zone, with_day=self._with_day),
            icon="star" if item.marked else "",
            done=item.gone,
            tip=" · ".join(part for part in (item.room, item.track, item.abstract[:300]) if part),
            actions=(_MARK, _EDIT, _DELETE),
        )


class AgendaDelegate(RowDelegate):
    """A row is one or two lines high: the time at the left, "Title · speakers", the star at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = applied()
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 260
        data = index.data(ROW)
        lines = len(self._lines(data, self._room(width))) if isinstance(data, RowData) else 1
        return QSize(200, theme.px(18) * max(1, lines) + 21)

    def _paint_row(self, painter: QPainter, rect: QRectF, data: RowData, look: object) -> None:
        theme = applied()
        selected = getattr(look, "selected", False)
        ground = "selection" if selected else "hover" if getattr(look, "hovered", False) else "pane"
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        if getattr(look, "marked", False):
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), theme.colour("accent"))
        left = rect.left() + self._padding
        line = theme.px(18)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("mute"))
        painter.drawText(QRectF(left, rect.top() + 10, theme.px(_TIME), line), _LEFT, data.aside)
        self._paint_lines(painter, QPointF(left + theme.px(_TIME), rect.top() + 10), self._room(rect.width()), data)
        star = QRectF(rect.right() - self._padding - 13, rect.top() + 10 + (line - 14) / 2, 14, 14)
        if data.icon:
            _fill_star(painter, star, theme.colour("accent"))
        elif selected or getattr(look, "hovered", False):
            draw_icon(painter, star, "star", theme.colour("outline"))

    def _action_rects(self, rect: QRectF, data: RowData, shows_actions: bool) -> list[tuple[RowAction, QRectF]]:
        edge = rect.right() - self._padding
        return [(_MARK, QRectF(edge - _STAR + 6, rect.top() + 4, _STAR + 4, applied().px(18) + 12))]

    def _room(self, width: float) -> float:
        return max(40.0, width - 2 * self._padding - applied().px(_TIME) - _STAR)

    def _layout(self, data: RowData, room: float) -> QTextLayout:
        theme = applied()
        text = data.title + (f" · {data.muted}" if data.muted else "")
        layout = QTextLayout(text.replace("\n", " "), theme.font("small"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
        layout.endLayout()
        return layout

    def _lines(self, data: RowData, room: float) -> list[tuple[int, str]]:
        layout = self._layout(data, room)
        found = []
        for number in range(min(layout.lineCount(), _LINES)):
            line = layout.lineAt(number)
            last = number == _LINES - 1 and layout.lineCount() > _LINES
            end = None if last else line.textStart() + line.textLength()
            found.append((line.textStart(), layout.text()[line.textStart() : end]))
        return found

    def _paint_lines(self, painter: QPainter, at: QPointF, room: float, data: RowData) -> None:
        theme = applied()
        font = theme.font("small")
        painter.setFont(font)
        split = len(data.title)
        for number, (start, text) in enumerate(self._lines(data, room)):
            shown = elided(text, font, room)
            inked = shown[: max(0, split - start)]
            top = at.y() + number * theme.px(18)
            painter.setPen(theme.colour("mute" if data.done else "ink"))
            painter.drawText(QRectF(at.x(), top, room + 4, theme.px(18)), _LEFT, inked)
            painter.setPen(theme.colour("mute"))
            used = advance(inked, font)
            painter.drawText(QRectF(at.x() + used, top, room - used + 4, theme.px(18)), _LEFT, shown[len(inked) :])


def _fill_star(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """A five-pointed star, filled: what is marked is told apart by shape, not by colour alone."""
    points = []
    for number in range(10):
        reach = rect.width() / 2 * (1.0 if number % 2 == 0 else 0.45)
        turn = math.pi * number / 5
        points.append(rect.center() + QPointF(math.sin(turn) * reach, -math.cos(turn) * reach))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))
