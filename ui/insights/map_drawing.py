"""How the network is drawn, on screen and in files: a shape and a colour for each field, so that either one will do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from planner.contacts.records import Tie
from planner.insights.records import Network
from ui.theme import applied
from ui.widgets.painting import CENTRED, elided

#: A colour token and a shape for each group in turn: corners, and the angle of the first; no corners is a circle.
MARKS = (("accent", 0, 0.0), ("info", 4, 45.0), ("bad", 3, -90.0), ("warn", 4, 0.0), ("ok", 6, 0.0), ("mute", 5, -90.0))
_SIZES = {Tie.STRONG: 10.0, Tie.MEDIUM: 7.5, Tie.WEAK: 5.5}
#: Names on a map beyond so many would cover it.
MOST_LABELS = 90
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the map is seen: `scale` px to the radius of the disc, `centre` where you are, in px."""

    scale: float
    centre: QPointF

    def place(self, x: float, y: float) -> QPointF:
        """A place on the map in px."""
        return QPointF(self.centre.x() + x * self.scale, self.centre.y() + y * self.scale)


def radius(tie: Tie, people: int, zoom: float = 1.0) -> float:
    """A mark's half width in px: smaller where many people share the room, larger the closer one looks."""
    crowd = max(0.28, min(1.0, sqrt(60 / max(1, people))))
    return max(2.0, min(14.0, _SIZES[tie] * crowd * max(1.0, sqrt(zoom))))


def draw_mark(painter: QPainter, at: QPointF, half: float, group: int) -> None:
    """A group's mark, filled."""
    token, corners, turn = MARKS[min(group, len(MARKS) - 1)]
    painter.setBrush(applied().colour(token))
    if not corners:
        painter.drawEllipse(at, half, half)
        return
    half *= 1.15 if corners > 3 else 1.3
    angles = (turn / 180 * pi + 2 * pi * corner / corners for corner in range(corners))
    painter.drawPolygon(QPolygonF([QPointF(at.x() + half * cos(a), at.y() + half * sin(a)) for a in angles]))


def draw_network(
    painter: QPainter, network: Network, view: View, room: QRectF, zoom: float = 1.0, seen: QRectF | None = None
) -> None:
    """Ties, people, names where there is room, and you in the middle. Only what lies in `room` is drawn.

    `seen` is the part of the room that is looked at: a name that begins in it also ends in it.
    """
    theme = applied()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = [view.place(x, y) for x, y in network.positions]
    wide = room.adjusted(-20, -20, 20, 20)
    pen = QPen(theme.colour("line"), 1.0)
    painter.setPen(pen)
    for node, at in zip(network.nodes, places, strict=True):
        # Of a crowd only the strong ties are drawn: a thousand lines to one point are a blot.
        if (len(places) <= 300 or node.tie is Tie.STRONG) and (wide.contains(at) or wide.contains(view.centre)):
            painter.setPen(QPen(pen.color(), 2.0) if node.tie is Tie.STRONG else pen)
            painter.drawLine(view.centre, at)
    painter.setPen(pen)
    for a, b in network.edges:
        if wide.contains(places[a]) or wide.contains(places[b]):
            painter.drawLine(places[a], places[b])
    painter.setPen(QPen(theme.colour("pane"), 1.0))
    for node, at in zip(network.nodes, places, strict=True):
        if wide.contains(at):
            draw_mark(painter, at, radius(node.tie, len(places), zoom), node.group)
    _draw_me(painter, view.centre)
    _draw_labels(painter, network, places, view, room, zoom, seen or room)
    painter.restore()


def _draw_me(painter: QPainter, at: QPointF) -> None:
    theme = applied()
    painter.setBrush(theme.colour("ink"))
    painter.drawEllipse(at, 13.0, 13.0)
    painter.setFont(theme.font("key"))
    painter.setPen(theme.colour("pane"))
    painter.drawText(QRectF(at.x() - 13, at.y() - 13, 26, 26), CENTRED, "You")


def _draw_labels(
    painter: QPainter, network: Network, places: Sequence[QPointF], view: View, room: QRectF, zoom: float, seen: QRectF
) -> None:
    """Names beside their marks, the strongest ties first, none over another name or mark."""
    theme = applied()
    font = theme.font("key")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.colour("mute"))
    taken = _Taken()
    taken.add(QRectF(view.centre.x() - 15, view.centre.y() - 15, 30, 30))
    halves = [radius(node.tie, len(places), zoom) for node in network.nodes]
    for at, half in zip(places, halves, strict=True):
        if room.contains(at):
            taken.add(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    drawn = 0
    for node, at, half in zip(network.nodes, places, halves, strict=True):
        if drawn >= MOST_LABELS:
            return
        if not room.contains(at) or not node.name:
            continue
        text = elided(node.name, font, 130)
        width, height = metrics.horizontalAdvance(text), metrics.height()
        for left, top in (
            (at.x() + half + 4, at.y() - height / 2),
            (at.x() - half - 4 - width, at.y() - height / 2),
            (at.x() - width / 2, at.y() + half + 1),
        ):
            place = QRectF(left, top, width, height)
            if (seen if seen.contains(at) else room).contains(place) and taken.is_free(place):
                taken.add(place)
                painter.drawText(place, _LEFT, text)
                drawn += 1
                break


class _Taken:
    """Which parts of the picture are taken, kept in cells so that asking stays quick."""

    _CELL = 64

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def add(self, place: QRectF) -> None:
        for cell in self._of(place):
            self._cells.setdefault(cell, []).append(place)

    def is_free(self, place: QRectF) -> bool:
        return not any(place.intersects(other) for cell in self._of(place) for other in self._cells.get(cell, ()))

    def _of(self, place: QRectF) -> Collection[tuple[int, int]]:
        columns = range(int(place.left() // self._CELL), int(place.right() // self._CELL) + 1)
        rows = range(int(place.top() // self._CELL), int(place.bottom() // self._CELL) + 1)
        return [(x, y) for x in columns for y in rows]


def draw_legend(painter: QPainter, groups: Sequence[str], room: QRectF) -> None:
    """Each group's mark and name in a line at the bottom of `room`; names shorten where it is narrow."""
    theme = applied()
    font = theme.font("key")
    metrics = QFontMetricsF(font)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    gap = 24.0
    share = (room.width() - gap * len(groups)) / max(1, len(groups))
    wants = [metrics.horizontalAdvance(name) for name in groups]
    spare = sum(max(0.0, share - want) for want in wants)
    longer = sum(want > share for want in wants)
    most = share + (spare / longer if longer else 0)
    x, y = room.left() + 6, room.bottom() - metrics.height() / 2
    for group, name in enumerate(groups):
        painter.setPen(QPen(theme.colour("pane"), 1.0))
        draw_mark(painter, QPointF(x, y), 5.0, group)
        text = elided(name, font, most)
        width = metrics.horizontalAdvance(text)
        painter.setPen(theme.colour("mute"))
        painter.drawText(QRectF(x + 9, y - metrics.height() / 2, width + 1, metrics.height()), _LEFT, text)
        x += width + gap
    painter.restore()
