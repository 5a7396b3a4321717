"""Palette, fonts and style sheet, made from the tokens; follows the system's light or dark, or is set."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planner.paths import resource
from ui.theme_sheet import style_sheet
from ui.theme_tokens import DARK, LIGHT, Tone

Mode = Literal["system", "light", "dark"]
FontRole = Literal[
    "body", "strong", "small", "small_strong", "heading", "title", "subtitle", "button", "key", "chip", "brand"
]

#: Size in px at scale 1, and weight, of each kind of text.
_FONTS: dict[str, tuple[float, QFont.Weight]] = {
    "body": (14, QFont.Weight.Normal),
    "strong": (14, QFont.Weight.DemiBold),
    "small": (12.5, QFont.Weight.Normal),
    "small_strong": (12.5, QFont.Weight.DemiBold),
    "heading": (12, QFont.Weight.DemiBold),
    "title": (18, QFont.Weight.Bold),
    "subtitle": (16, QFont.Weight.Bold),
    "button": (14, QFont.Weight.Medium),
    "key": (11, QFont.Weight.Normal),
    "chip": (12, QFont.Weight.Normal),
    "brand": (15, QFont.Weight.Bold),
}

#: Names that stand for "whatever there is"; for these the bundled font is the better answer.
_GENERIC = {"", "sans", "sans serif", "sans-serif", "system-ui", "helvetica", "dejavu sans", "inter"}
_PROPERTY = "rapport.theme"
#: Named in QT_STYLE_OVERRIDE by whoever makes the application, it spares the first frame what setStyle() costs.
STYLE = "Fusion"


class Theme(QObject):
    """The look of the running application. `changed` fires after palette, fonts and style sheet have switched.

    Widgets read it through `applied()` whenever they paint, so a switch needs nothing of them but a repaint.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "system", font_scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._font_scale = font_scale
        self.tokens = LIGHT
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        if os.environ.get("QT_STYLE_OVERRIDE") != STYLE:
            app.setStyle(STYLE)
        self._family = _family()
        app.setProperty(_PROPERTY, self)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was asked for: "system", "light" or "dark"."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in use."""
        return self.tokens is DARK

    @property
    def font_scale(self) -> float:
        """1.0 is 14 px body text."""
        return self._font_scale

    def set_mode(self, mode: Mode) -> None:
        """Follow the system, or stay light or dark."""
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def set_font_scale(self, scale: float) -> None:
        """Make all text larger or smaller; kept within 0.8 and 2."""
        scale = min(2.0, max(0.8, scale))
        if scale != self._font_scale:
            self._font_scale = scale
            self._apply()

    def colour(self, token: str) -> QColor:
        """A token ("ink", "accent_soft", …) as a colour."""
        return self._colours[token]

    def text(self, tone: Tone) -> QColor:
        """The colour of words in this tone."""
        return self._colours["mute" if tone is Tone.NEUTRAL else tone.value]

    def ground(self, tone: Tone) -> QColor:
        """The soft ground of this tone."""
        return self._colours["side" if tone is Tone.NEUTRAL else f"{tone.value}_soft"]

    def font(self, role: FontRole = "body") -> QFont:
        """The font of a kind of text."""
        return self._fonts[role]

    def px(self, length: float) -> int:
        """A length that grows with the text, such as a row's height, in px."""
        return round(length * self._font_scale)

    def _system_changed(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.tokens = DARK if self._mode == "dark" or (self._mode == "system" and system_dark) else LIGHT
        self._colours = {name: QColor(colour) for name, colour in self.tokens._asdict().items()}
        self._fonts = {role: self._made(px, weight) for role, (px, weight) in _FONTS.items()}
        app = self._app
        app.setFont(self._fonts["body"])
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(self.tokens, self._font_scale, _points_per_px()))
        self.changed.emit()

    def _made(self, px: float, weight: QFont.Weight) -> QFont:
        font = QFont(self._family)
        font.setPointSizeF(px * _points_per_px() * self._font_scale)
        font.setWeight(weight)
        return font

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        colours = {
            role.Window: "bg",
            role.WindowText: "ink",
            role.Base: "pane",
            role.AlternateBase: "bg",
            role.Text: "ink",
            role.Button: "pane",
            role.ButtonText: "ink",
            role.BrightText: "bad",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Accent: "accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.ToolTipBase: "ink",
            role.ToolTipText: "pane",
            role.PlaceholderText: "mute",
            role.Light: "pane",
            role.Midlight: "hover",
            role.Mid: "line",
            role.Dark: "line",
            role.Shadow: "line",
        }
        palette = QPalette()
        for each, token in colours.items():
            palette.setColor(each, self._colours[token])
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self._colours["outline"])
        return palette


def applied() -> Theme:
    """The theme of the running application. Like the palette, it belongs to the application object.

    Raises LookupError when no Theme has been made yet.
    """
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    if not isinstance(theme, Theme):
        raise LookupError("make a Theme(app) before the first widget")
    return theme


def is_theme_change(event: QEvent) -> bool:
    """Whether a widget's changeEvent() means that colours or fonts may have switched."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange)


def _points_per_px() -> float:
    """Points are used so that the system's own text scaling applies: 96 px to the inch, 72 on macOS."""
    return 1.0 if sys.platform == "darwin" else 72 / 96


def _family() -> str:
    """The platform's own UI font where it names one, else the bundled Inter."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    named = system.casefold() not in _GENERIC
    if QGuiApplication.platformName() != "offscreen" and (sys.platform in ("darwin", "win32") or named):
        return system
    return _bundled()


@cache
def _bundled() -> str:
    family = ""
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        added = QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{weight}.ttf")))
        family = family or next(iter(QFontDatabase.applicationFontFamilies(added)), "")
    return family or "Sans Serif"
