"""The card as it was photographed, with the places where each field was read; without a photo, its lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.cards.records import Box, FieldKind, Reading
from ui.theme import FontRole, applied
from ui.theme_tokens import DARK, LIGHT, contrast
from ui.widgets.painting import elided, fill_round, outline_round

_PADDING, _TALLEST, _LINE = 14, 420, 26
#: Room around what was read, as a share of its longer side; with less than this share of the photo, only that is shown.
_MARGIN, _MOST = 0.07, 0.85


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the card that says something. `kind` None is a line without a field."""

    text: str
    kind: FieldKind | None
    sure: bool
    box: Box | None


class CardPicture(QWidget):
    """`chosen(text, kind)` for a click on a place or Enter; arrow keys go from place to place."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._image = QImage()
        self._size = QSize(0, 0)
        self._view = QRectF()
        self.spots: tuple[Spot, ...] = ()
        self._current = -1
        self._hovered = -1
        self._on_dark = False
        self.setAccessibleName("The card")

    @property
    def image(self) -> QImage:
        """The photo, null without one."""
        return self._image

    def show_reading(self, reading: Reading | None, image: QImage, *, same: bool = False) -> None:
        """Show another card, or the `same` one with its fields put right: then the place that is marked stays so."""
        marked = self.spots[self._current].box if same and 0 <= self._current < len(self.spots) else None
        self._image = image
        self._size = QSize(*reading.size) if reading is not None and not image.isNull() else QSize(0, 0)
        spots: list[Spot] = []
        if reading is not None:
            spots = [Spot(field.value, field.kind, field.sure, field.box) for field in reading.fields]
            spots += [Spot(note.text, None, True, note.box) for note in reading.notes]
        if not image.isNull():
            spots = [spot for spot in spots if spot.box is not None]
            spots.sort(key=lambda spot: (spot.box.top // 24, spot.box.left) if spot.box else (0, 0))
        self.spots = tuple(spots)
        self._view = self._part_with_text()
        self._on_dark = self._is_dark()
        self._hovered = -1
        self._current = next((at for at, spot in enumerate(spots) if marked is not None and spot.box == marked), -1)
        name = reading.name if reading is not None else ""
        self.setAccessibleName(f"The card of {name}, {len(spots)} lines" if name else "The card")
        self.updateGeometry()
        self.update()

    def point_at(self, text: str) -> None:
        """Mark where a field's text was read."""
        found = next((at for at, spot in enumerate(self.spots) if spot.text == text), -1)
        if found != self._current:
            self._current = found
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._size.isEmpty():
            return 2 * _PADDING + max(6, len(self.spots) + 1) * applied().px(_LINE)
        inner = width - 2 * _PADDING
        return min(_TALLEST, round(inner * self._view.height() / self._view.width())) + 2 * _PADDING

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def place_of(self, spot: Spot) -> QPolygonF:
        """A place in the widget's coordinates."""
        if spot.box is None or self._size.isEmpty():
            return QPolygonF(self._line_rect(self.spots.index(spot)))
        area = self._area()
        scale = area.width() / self._view.width()
        left, top = area.left() - self._view.left() * scale, area.top() - self._view.top() * scale
        return QPolygonF([QPointF(left + x * scale, top + y * scale) for x, y in spot.box.corners])

    def _part_with_text(self) -> QRectF:
        """The part of the photo that says something: of a small card on a large table, the card."""
        whole = QRectF(0, 0, self._size.width(), self._size.height())
        corners = [corner for spot in self.spots if spot.box is not None for corner in spot.box.corners]
        if not corners or whole.isEmpty():
            return whole
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        edge = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys)) + 8
        part = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-edge, -edge, edge, edge)
        part = part.intersected(whole)
        return part if part.width() * part.height() < _MOST * whole.width() * whole.height() else whole

    def _is_dark(self) -> bool:
        """Whether boxes in the dark theme's colours stand out better on the card of the photo."""
        if self._image.isNull() or self._size.isEmpty():
            return False
        scale = self._image.width() / self._size.width()
        view = self._view
        part = QRectF(view.left() * scale, view.top() * scale, view.width() * scale, view.height() * scale)
        small = self._image.copy(part.toRect()).scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
        ground = small.pixelColor(0, 0).name()
        return contrast(DARK.warn, ground) > contrast(LIGHT.warn, ground)

    def _area(self) -> QRectF:
        """Where the photo is painted."""
        room = QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        if self._size.isEmpty():
            return room
        scale = min(room.width() / self._view.width(), room.height() / self._view.height())
        size = self._view.width() * scale, self._view.height() * scale
        return QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)

    def _line_rect(self, at: int) -> QRectF:
        high = applied().px(_LINE)
        return QRectF(_PADDING, _PADDING + at * high, self.width() - 2 * _PADDING, high)

    def _at(self, point: QPointF) -> int:
        grown = 3.0
        hits = []
        for at, spot in enumerate(self.spots):
            place = self.place_of(spot)
            rect = place.boundingRect().adjusted(-grown, -grown, grown, grown)
            if rect.contains(point):
                hits.append((rect.width() * rect.height(), at))
        return min(hits)[1] if hits else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.setToolTip(self.spots[at].text if at >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in steps and self.spots:
            self._current = (self._current + steps[key]) % len(self.spots) if self._current >= 0 else 0
            self.setAccessibleDescription(self.spots[self._current].text)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                super().keyPressEvent(event)
            else:
                self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and self.spots and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._current = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, at: int) -> None:
        self._current = at
        self.update()
        self.chosen.emit(self.spots[at].text, self.spots[at].kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = applied()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect())
        fill_round(painter, whole, 8, theme.colour("pane"))
        outline_round(
            painter, whole.adjusted(0.5, 0.5, -0.5, -0.5), 8, theme.colour("accent" if self.hasFocus() else "line")
        )
        if self._size.isEmpty():
            self._paint_lines(painter)
        else:
            # The picture that is kept may be smaller than the one the boxes are counted in.
            scale = self._image.width() / self._size.width()
            view = self._view
            part = QRectF(view.left() * scale, view.top() * scale, view.width() * scale, view.height() * scale)
            painter.drawImage(self._area(), self._image, part)
            for at, spot in enumerate(self.spots):
                self._paint_place(painter, at, spot)
        painter.end()

    def _paint_place(self, painter: QPainter, at: int, spot: Spot) -> None:
        marked = at in (self._current, self._hovered)
        # The photo has its own light and dark, whatever the theme is.
        tokens = DARK if self._on_dark else LIGHT
        colour = QColor(tokens.accent if spot.sure else tokens.warn)
        faint = QColor(colour)
        faint.setAlpha(255 if marked or not spot.sure else 150 if self._on_dark else 90)
        pen = QPen(faint, 2 if marked or not spot.sure else 1)
        if spot.kind is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = QColor(colour)
        ground.setAlpha(40)
        painter.setBrush(ground if marked else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_grown(self.place_of(spot), 3))

    def _paint_lines(self, painter: QPainter) -> None:
        theme = applied()
        for at, spot in enumerate(self.spots):
            rect = self._line_rect(at)
            if at in (self._current, self._hovered):
                fill_round(painter, rect, 5, theme.colour("selection"))
            role: FontRole = "strong" if spot.kind is FieldKind.NAME else "body"
            token = "ink" if spot.kind is not None else "mute"
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(token if spot.sure else "warn"))
            inner = rect.adjusted(6, 0, -6, 0)
            text = elided(spot.text.replace("\n", " "), theme.font(role), inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _grown(place: QPolygonF, by: float) -> QPolygonF:
    """A polygon a little larger, away from its middle."""
    middle = place.boundingRect().center()
    return QPolygonF(
        [
            QPointF(
                point.x() + (by if point.x() > middle.x() else -by), point.y() + (by if point.y() > middle.y() else -by)
            )
            for point in (place.at(at) for at in range(place.size()))
        ]
    )
