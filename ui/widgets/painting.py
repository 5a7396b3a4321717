"""How chips, avatars, key badges and small buttons are drawn, for widgets and for painted list rows alike."""

from __future__ import annotations

import sys
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme import applied
from ui.theme_tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

_GROUNDS = (Tone.ACCENT, Tone.INFO, Tone.WARN, Tone.BAD)
CENTRED = Qt.AlignmentFlag.AlignCenter


def initials(name: str) -> str:
    """One or two letters for a name: first and last word; the first character for scripts written without spaces."""
    words = [word.strip(".,;:()[]\"'“”‘’-–—") for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "?"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0].upper()[0] for word in ends)


def ground_of(name: str) -> Tone:
    """One of four soft grounds, always the same for the same name."""
    return _GROUNDS[zlib.crc32(name.casefold().encode()) % len(_GROUNDS)]


def crisp(rect: QRectF) -> QRectF:
    """The rectangle whose 1 px outline falls on whole pixels."""
    return rect.adjusted(0.5, 0.5, -0.5, -0.5)


def draw_avatar(
    painter: QPainter, rect: QRectF, name: str, photo: bytes | None = None, on_selection: bool = False
) -> None:
    """A round photo, or initials on a soft ground. On a selected row the accent ground would vanish: pane then."""
    theme = applied()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    ratio = painter.device().devicePixelRatio()
    pixmap = _round_photo(photo, round(rect.width() * ratio)) if photo else None
    if pixmap is not None:
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
    else:
        tone = ground_of(name)
        ground = theme.colour("pane") if on_selection and tone is Tone.ACCENT else theme.ground(tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(rect)
        font = QFont(theme.font("small_strong"))
        font.setPointSizeF(font.pointSizeF() * rect.width() / theme.px(34) * (1.0 if rect.width() < 48 else 0.93))
        painter.setFont(font)
        painter.setPen(theme.text(tone))
        painter.drawText(rect, CENTRED, initials(name))
    painter.restore()


@lru_cache(maxsize=256)
def _round_photo(photo: bytes, side: int) -> QPixmap | None:
    from PySide6.QtGui import QImage, QPixmap

    image = QImage.fromData(photo)
    if image.isNull() or side <= 0:
        return None
    grow, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    image = image.scaled(side, side, grow, smooth)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addEllipse(QRectF(0, 0, side, side))
    painter.setClipPath(path)
    painter.drawImage(QPointF((side - image.width()) / 2, (side - image.height()) / 2), image)
    painter.end()
    return pixmap


def chip_size(text: str) -> QSizeF:
    """A chip's size in px."""
    theme = applied()
    return QSizeF(QFontMetricsF(theme.font("chip")).horizontalAdvance(text) + theme.px(16), theme.px(20))


def draw_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone, on_selection: bool = False) -> None:
    """A small rounded word; elided when the rectangle is narrower than it."""
    theme = applied()
    vanishes = on_selection and tone in (Tone.ACCENT, Tone.NEUTRAL)
    fill_round(painter, rect, rect.height() / 2, theme.colour("pane") if vanishes else theme.ground(tone))
    font = theme.font("chip")
    painter.setFont(font)
    painter.setPen(theme.text(tone))
    inner = rect.adjusted(theme.px(8), 0, -theme.px(8) + 1, 0)
    painter.drawText(inner, CENTRED, elided(text, font, inner.width()))


def badge_text(key: str) -> str:
    """A portable key sequence ("Ctrl+K") as a badge shows it: "Ctrl K", "Ctrl ↵", on a Mac "⌘ K"."""
    parts = key.split("+") if len(key) > 1 else [key]
    if key.endswith("++"):
        parts = [*key[:-2].split("+"), "+"]  # the plus key itself
    names = {"Return": "↵", "Enter": "↵"}
    if sys.platform == "darwin":
        names |= {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Meta": "⌃"}
    return " ".join(names.get(part, part) for part in parts)


def key_badge_size(text: str) -> QSizeF:
    """A key badge's size in px."""
    theme = applied()
    return QSizeF(QFontMetricsF(theme.font("key")).horizontalAdvance(text) + theme.px(11), theme.px(18))


def draw_key_badge(painter: QPainter, rect: QRectF, text: str, on_accent: bool = False) -> None:
    """The name of a key in a thin frame; without the frame on the accent colour."""
    theme = applied()
    if not on_accent:
        outline_round(painter, rect, 4, theme.colour("line"), theme.colour("pane"))
    painter.setFont(theme.font("key"))
    painter.setPen(theme.colour("on_accent" if on_accent else "mute"))
    painter.drawText(rect, CENTRED, text)


def fill_round(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """A filled rounded rectangle without an outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def outline_round(
    painter: QPainter, rect: QRectF, radius: float, line: QColor, fill: QColor | None = None, width: float = 1.0
) -> None:
    """A rounded rectangle with a thin outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width))
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(crisp(rect), radius, radius)
    painter.restore()


def draw_check_mark(painter: QPainter, rect: QRectF, checked: bool, focused: bool = False) -> None:
    """A checkbox's square: empty with an outline, or filled with a tick."""
    theme = applied()
    colour = theme.colour("accent") if checked or focused else theme.colour("outline")
    outline_round(painter, rect, 4, colour, colour if checked else None, 1.5)
    if checked:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("on_accent"), rect.width() / 9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, w = rect.x(), rect.y(), rect.width()
        painter.drawPolyline(
            [
                QPointF(x + w * 0.27, y + w * 0.53),
                QPointF(x + w * 0.44, y + w * 0.69),
                QPointF(x + w * 0.75, y + w * 0.34),
            ]
        )
        painter.restore()


def elided(text: str, font: QFont, width: float) -> str:
    """The text, or as much of it as fits and an ellipsis."""
    metrics = QFontMetricsF(font)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def advance(text: str, font: QFont) -> float:
    """The width of a line of text in px."""
    return QFontMetricsF(font).horizontalAdvance(text)
