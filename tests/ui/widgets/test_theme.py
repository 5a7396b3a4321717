"""The tokens read well, and the running application follows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from planner.paths import resource
from ui.icons import icon
from ui.theme import Theme, applied
from ui.theme_tokens import DARK, LIGHT, TEXT_PAIRS, Tokens, Tone, contrast

UI = Path(__file__).parents[3] / "ui"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reads_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_chips_of_every_tone_are_among_the_checked_pairs(tokens: Tokens) -> None:
    for tone in Tone:
        assert contrast(tokens.text(tone), tokens.ground(tone)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_checkbox_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.outline, tokens.pane) >= 3
    assert contrast(tokens.accent, tokens.pane) >= 3


def test_contrast_has_its_known_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_no_colour_stands_outside_the_tokens() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\([^)]*\d|Qt\.GlobalColor\.(?!transparent)")
    for file in UI.rglob("*.py"):
        if file.name != "theme_tokens.py":
            assert not literal.search(file.read_text(encoding="utf-8")), file


def test_a_switch_reaches_palette_and_style_sheet(theme: Theme, qapp: QApplication) -> None:
    theme.set_mode("dark")
    assert theme.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.bg
    assert DARK.accent in qapp.styleSheet()
    theme.set_mode("light")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.bg


def test_text_grows_within_bounds(theme: Theme, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    theme.set_font_scale(1.5)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.5)
    assert theme.px(20) == 30
    theme.set_font_scale(9)
    assert theme.font_scale == 2.0


def test_the_bundled_font_is_used_where_the_platform_names_none(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter"


def test_an_icon_takes_its_token_and_follows_a_switch(theme: Theme) -> None:
    drawn = icon("check", "accent")

    def colours() -> set[str]:
        image = drawn.pixmap(QSize(64, 64)).toImage()
        found = (image.pixelColor(x, y) for x in range(64) for y in range(64))
        return {colour.name() for colour in found if colour.alpha() == 255}

    assert colours() == {LIGHT.accent}
    theme.set_mode("dark")
    assert colours() == {DARK.accent}


def test_every_icon_named_in_the_window_is_bundled_with_its_licence() -> None:
    assert "ISC License" in resource("icons", "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in resource("fonts", "LICENSE").read_text(encoding="utf-8").upper()
    for drawing in resource("icons").glob("*.svg"):
        assert "currentColor" in drawing.read_text(encoding="utf-8")


def test_the_theme_belongs_to_the_application(theme: Theme) -> None:
    assert applied() is theme
