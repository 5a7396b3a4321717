"""The network on screen: pan, zoom, and choose people by key and by mouse."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from planner.insights.records import Network, Node
from ui.insights.map_drawing import Stamps, View, draw_legend, draw_mark, draw_network, radius
from ui.theme import applied, is_theme_change
from ui.widgets.painting import CENTRED, advance, fill_round, outline_round

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LEAST, _MOST = 0.5, 12.0
_LEGEND = 26
#: Maps of more people than this are drawn without names while they move.
_HASTY = 300


class NetworkMap(QWidget):
    """You in the middle, people around you. `chosen(id | None)`: somebody was selected; `opened(id)`: Enter or double
    click.

    Arrow keys go to the next person in that direction, with Shift they move the map; + and - zoom, 0 shows all. The
    mouse drags the map; the wheel zooms with Ctrl, or while the map has the focus. While the map moves, a picture of it
    is moved that reaches half a window beyond each edge, so that thousands of people need no drawing.
    """

    chosen = Signal(object)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._network: Network | None = None
        self._zoom = 1.0
        self._offset = QPointF()
        self._selected: int | None = None
        self._picture: QPixmap | None = None
        self._picture_offset = QPointF()
        self._pressed: QPointF | None = None
        self._dragging = False
        self.redraws = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(120)
        self._rest.timeout.connect(self._stale)
        self._tell()

    @property
    def network(self) -> Network | None:
        """What is shown."""
        return self._network

    @property
    def selected(self) -> Node | None:
        """The selected person."""
        return None if self._network is None or self._selected is None else self._network.nodes[self._selected]

    @property
    def zoom(self) -> float:
        """How close one looks; 1 shows all."""
        return self._zoom

    def show_network(self, network: Network) -> None:
        """Show this; who was selected stays so."""
        kept = self.selected.id if self.selected else None
        self._network = network
        self._selected = next((at for at, node in enumerate(network.nodes) if node.id == kept), None)
        self._stale()
        self._tell()

    def select(self, at: int | None) -> None:
        """Select the person at a place of the network's list, and move them into sight."""
        if at == self._selected:
            return
        self._selected = at
        if at is not None:
            self._bring_into_sight(at)
        self._tell()
        self.update()
        self.chosen.emit(self.selected.id if self.selected else None)

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Look closer, or from further away, around a point in px (the middle if none)."""
        before = self._zoom
        self._zoom = min(_MOST, max(_LEAST, self._zoom * factor))
        fixed = (around or self._room().center()) - self._room().center() - self._offset
        self._offset -= fixed * (self._zoom / before - 1)
        self._stale()

    def pan(self, by: QPointF) -> None:
        """Move the map by so many px."""
        self._offset += by
        if self._rest.isActive():
            self._rest.start()
        self.update()

    def show_all(self) -> None:
        """Everybody, you in the middle."""
        self._zoom, self._offset = 1.0, QPointF()
        self._stale()

    def place_of(self, at: int) -> QPointF:
        """Where somebody is, in px."""
        assert self._network is not None
        return self._view().place(*self._network.positions[at])

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            dx, dy = _STEPS[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.pan(QPointF(-dx * 60, -dy * 60))
            else:
                self._step(dx, dy)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.3)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / 1.3)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.opened.emit(self.selected.id)
        elif key == Qt.Key.Key_Escape and self._selected is not None:
            self.select(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            at = self._at(event.position())
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)
            return
        moved = event.position() - self._pressed
        if self._dragging or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self._pressed = event.position()
            self.pan(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragging:
            self.select(self._at(event.position()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at is not None and self._network is not None:
            self.opened.emit(self._network.nodes[at].id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not (self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
            return
        self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            if at is not None and self._network is not None:
                QToolTip.showText(event.globalPos(), spoken(self._network.nodes[at]), self)
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stale()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._stale()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        whole = QRectF(self.rect())
        fill_round(painter, whole.adjusted(1, 1, -1, -1), 8, theme.colour("pane"))
        if self._network is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("mute"))
            painter.drawText(whole, CENTRED, "Drawing your network…")
        else:
            painter.setClipRect(self._room())
            picture = self._drawn()
            painter.drawPixmap(self._moved() - self._margin(), picture)
            self._paint_selected(painter)
            painter.setClipping(False)
            draw_legend(painter, self._network.groups, whole.adjusted(14, 0, -14, -8))
        focused = self.hasFocus()
        outline_round(painter, whole, 8, theme.colour("accent" if focused else "line"), width=2 if focused else 1)
        painter.end()

    def _drawn(self) -> QPixmap:
        """The picture of the map, drawn anew where it no longer covers what is seen."""
        assert self._network is not None
        moved, margin = self._moved(), self._margin()
        covers = abs(moved.x()) <= margin.x() and abs(moved.y()) <= margin.y()
        if self._picture is None or not covers:
            # On the way, names may wait until the map rests: finding room for them costs as much as all the rest.
            hasty = self._picture is not None and len(self._network.nodes) > _HASTY
            if hasty:
                self._rest.start()
            ratio = self.devicePixelRatioF()
            size = QSize(self.width() + 2 * round(margin.x()), self.height() + 2 * round(margin.y()))
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            view, room = self._view(), QRectF(0, 0, size.width(), size.height())
            seen = self._room().translated(margin)
            around = View(view.scale, view.centre + margin)
            draw_network(painter, self._network, around, room, self._zoom, seen, Stamps(ratio), names=not hasty)
            painter.end()
            self._picture, self._picture_offset = picture, QPointF(self._offset)
            self.redraws += 1
        return self._picture

    def _moved(self) -> QPointF:
        """How far the map has been moved since its picture was drawn."""
        return self._offset - self._picture_offset

    def _paint_selected(self, painter: QPainter) -> None:
        node = self.selected
        if node is None or self._selected is None or self._network is None:
            return
        theme = applied()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self.place_of(self._selected)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.drawLine(self._view().centre, at)
        for edge in self._network.edges:
            if self._selected in edge:
                painter.drawLine(self.place_of(edge[0]), self.place_of(edge[1]))
        half = radius(node.tie, len(self._network.nodes), self._zoom)
        painter.setPen(QPen(theme.colour("ink"), 2))
        draw_mark(painter, at, half + 2, node.group)
        font = theme.font("small_strong")
        width = advance(node.name, font) + 12
        place = QRectF(at.x() - width / 2, at.y() - half - 28, width, 20)
        room = self._room()
        place.moveLeft(min(max(place.left(), room.left() + 4), room.right() - width - 4))
        if place.top() < room.top() + 4:
            place.moveTop(at.y() + half + 8)
        fill_round(painter, place, 4, theme.colour("ink"))
        painter.setFont(font)
        painter.setPen(theme.colour("pane"))
        painter.drawText(place, CENTRED, node.name)

    # --- geometry

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -_LEGEND)

    def _margin(self) -> QPointF:
        return QPointF(round(self.width() / 2), round(self.height() / 2))

    def _view(self) -> View:
        room = self._room()
        fit = max(40.0, min(room.width(), room.height()) / 2 - 22)
        return View(fit * self._zoom, room.center() + self._offset)

    def _stale(self) -> None:
        self._picture = None
        self.update()

    def _at(self, point: QPointF) -> int | None:
        """Who is under a point, with some room for the hand."""
        if self._network is None or not self._room().contains(point):
            return None
        view, best, found = self._view(), 12.0, None
        for at, (x, y) in enumerate(self._network.positions):
            place = view.place(x, y)
            away = hypot(place.x() - point.x(), place.y() - point.y())
            if away < best:
                best, found = away, at
        return found

    def _step(self, dx: int, dy: int) -> None:
        """To the nearest person within 45° of that direction; the first step starts with you."""
        if self._network is None or not self._network.nodes:
            return
        x0, y0 = (0.0, 0.0) if self._selected is None else self._network.positions[self._selected]
        best, found = float("inf"), None
        for at, (x, y) in enumerate(self._network.positions):
            along = (x - x0) * dx + (y - y0) * dy
            across = abs((x - x0) * dy) + abs((y - y0) * dx)
            if at != self._selected and along > 1e-9 and across <= along and along + across < best:
                best, found = along + across, at
        if found is not None:
            self.select(found)

    def _bring_into_sight(self, at: int) -> None:
        place, room = self.place_of(at), self._room().adjusted(24, 24, -24, -24)
        if not room.contains(place):
            self.pan(
                QPointF(
                    max(room.left() - place.x(), 0) + min(room.right() - place.x(), 0),
                    max(room.top() - place.y(), 0) + min(room.bottom() - place.y(), 0),
                )
            )

    def _tell(self) -> None:
        if self._network is None:
            self.setAccessibleName("Your network")
            return
        who = spoken(self.selected) if self.selected else f"{len(self._network.nodes)} people"
        self.setAccessibleName(f"Your network: {who}")


def spoken(node: Node) -> str:
    """Somebody on the map in words."""
    tie = f"{node.tie.value} tie{', suggested' if node.suggested else ''}"
    return " · ".join(part for part in (node.name, node.organisation, node.field, tie) if part)
