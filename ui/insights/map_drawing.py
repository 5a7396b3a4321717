"""How the network is drawn, on screen and in files: a shape and a colour for each field, so that either one will do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from planner.contacts.records import Tie
from planner.insights.records import Network
from ui.theme import applied
from ui.widgets.painting import CENTRED, elided

#: A colour token and a shape for each group in turn: corners, and the angle of the first; no corners is a circle.
MARKS = (("accent", 0, 0.0), ("info", 4, 45.0), ("bad", 3, -90.0), ("warn", 4, 0.0), ("ok", 6, 0.0), ("mute", 5, -90.0))
_SIZES = {Tie.STRONG: 10.0, Tie.MEDIUM: 7.5, Tie.WEAK: 5.5}
#: Names on a map beyond so many would cover it.
MOST_LABELS = 90
#: More lines than this from you to people in a crowd would hide what is below them.
MOST_LINES = 150
#: So many are tried for a name; the others find no room in a crowd.
MOST_TRIED = 240
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


class Stamps:
    """Marks as small pictures, for the screen: putting one down costs a tenth of drawing its outline."""

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._made: dict[tuple[int, float], tuple[QPixmap, float]] = {}

    def put(self, painter: QPainter, at: QPointF, half: float, group: int) -> None:
        """Put a group's mark down."""
        found = self._made.get((group, half))
        if found is None:
            found = self._made[group, half] = self._make(half, group)
        picture, middle = found
        painter.drawPixmap(QPointF(at.x() - middle, at.y() - middle), picture)

    def _make(self, half: float, group: int) -> tuple[QPixmap, float]:
        side = 2 * ceil(half * 1.4) + 4
        picture = QPixmap(ceil(side * self._ratio), ceil(side * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(applied().colour("pane"), 1.0))
        draw_mark(painter, QPointF(side / 2, side / 2), half, group)
        painter.end()
        return picture, side / 2


def draw_network(
    painter: QPainter, network: Network, view: View, room: QRectF, zoom: float = 1.0, seen: QRectF | None = None,
    stamps: Stamps | None = None, names: bool = True,
) -> None:  # fmt: skip
    """Ties, people, names where there is room, and you in the middle. Only what lies in `room` is drawn.

    `seen` is the part of the room that is looked at: a name that begins in it also ends in it. With `stamps` the marks
    are put down as pictures, which files do without. Without `names` it takes half the time.
    """
    theme = applied()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = [view.place(x, y) for x, y in network.positions]
    wide = room.adjusted(-20, -20, 20, 20)
    inside = [at for at, place in enumerate(places) if wide.contains(place)]
    _draw_ties(painter, network, places, set(inside), is_near=wide.contains(view.centre), view=view)
    halves = {tie: radius(tie, len(places), zoom) for tie in Tie}
    painter.setPen(QPen(theme.colour("pane"), 1.0))
    for at in inside:
        node = network.nodes[at]
        if stamps is not None:
            stamps.put(painter, places[at], halves[node.tie], node.group)
        else:
            draw_mark(painter, places[at], halves[node.tie], node.group)
    _draw_me(painter, view.centre)
    if names:
        near = [at for at in inside if room.contains(places[at])]
        _draw_labels(painter, network, places, near, halves, view, room, seen or room)
    painter.restore()


def _draw_ties(
    painter: QPainter,
    network: Network,
    places: Sequence[QPointF],
    inside: Collection[int],
    *,
    is_near: bool,
    view: View,
) -> None:
    colour = applied().colour("line")
    crowd = len(places) > 300
    mine: dict[bool, list[QLineF]] = {True: [], False: []}
    for at, node in enumerate(network.nodes):
        strong = node.tie is Tie.STRONG
        # Of a crowd only the strong ties are drawn: a thousand lines to one point are a blot.
        if (strong or not crowd) and (is_near or at in inside):
            mine[strong].append(QLineF(view.centre, places[at]))
    if crowd and len(mine[True]) > MOST_LINES:
        mine[True].clear()
    theirs = [QLineF(places[a], places[b]) for a, b in network.edges if a in inside or b in inside]
    if crowd:
        # Smooth edges of a thousand hairlines cost most of the time, and nobody sees them.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for lines, width in ((mine[True], 2.0), (mine[False], 1.0), (theirs, 1.0)):
        if lines:
            painter.setPen(QPen(colour, width))
            painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _draw_me(painter: QPainter, at: QPointF) -> None:
    theme = applied()
    painter.setBrush(theme.colour("ink"))
    painter.drawEllipse(at, 13.0, 13.0)
    painter.setFont(theme.font("key"))
    painter.setPen(theme.colour("pane"))
    painter.drawText(QRectF(at.x() - 13, at.y() - 13, 26, 26), CENTRED, "You")


def _draw_labels(
    painter: QPainter, network: Network, places: Sequence[QPointF], near: Sequence[int], halves: Mapping[Tie, float],
    view: View, room: QRectF, seen: QRectF,
) -> None:  # fmt: skip
    """Names beside their marks, the strongest ties first, none over another name or mark."""
    theme = applied()
    font = theme.font("key")
    metrics = QFontMetricsF(font)
    height = metrics.height()
    painter.setFont(font)
    painter.setPen(theme.colour("mute"))
    taken = _Taken()
    taken.add(view.centre.x() - 15, view.centre.y() - 15, 30, 30)
    for at in near:
        half = halves[network.nodes[at].tie]
        taken.add(places[at].x() - half, places[at].y() - half, 2 * half, 2 * half)
    drawn = tried = 0
    for at in near:
        node, place = network.nodes[at], places[at]
        if not node.name:
            continue
        if drawn >= MOST_LABELS or tried >= MOST_TRIED:
            return
        tried += 1
        half, x, y = halves[node.tie], place.x(), place.y()
        text = elided(node.name, font, 130)
        width = metrics.horizontalAdvance(text)
        around = seen if seen.contains(place) else room
        for left, top in (
            (x + half + 4, y - height / 2),
            (x - half - 4 - width, y - height / 2),
            (x - width / 2, y + half + 1),
        ):
            spot = QRectF(left, top, width, height)
            if around.contains(spot) and taken.is_free(left, top, width, height):
                taken.add(left, top, width, height)
                painter.drawText(spot, _LEFT, text)
                drawn += 1
                break


class _Taken:
    """Which parts of the picture are taken, kept in cells so that asking stays quick."""

    _CELL = 64

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}

    def add(self, left: float, top: float, width: float, height: float) -> None:
        place = (left, top, left + width, top + height)
        for cell in self._of(*place):
            self._cells.setdefault(cell, []).append(place)

    def is_free(self, left: float, top: float, width: float, height: float) -> bool:
        right, bottom = left + width, top + height
        for cell in self._of(left, top, right, bottom):
            for a, b, c, d in self._cells.get(cell, ()):
                if a < right and left < c and b < bottom and top < d:
                    return False
        return True

    def _of(self, left: float, top: float, right: float, bottom: float) -> Sequence[tuple[int, int]]:
        first, last = int(left // self._CELL), int(right // self._CELL)
        upper, lower = int(top // self._CELL), int(bottom // self._CELL)
        if first == last and upper == lower:
            return ((first, upper),)
        return [(x, y) for x in range(first, last + 1) for y in range(upper, lower + 1)]


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
