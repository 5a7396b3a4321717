"""The colours of both themes, and the pairs of text and ground that occur. The only place with colour literals."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a coloured word means: the state it marks, never decoration."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    WARN = "warn"  # due, doubtful
    BAD = "bad"  # overdue, error
    OK = "ok"  # ready, done
    INFO = "info"  # introductions, received


class Tokens(NamedTuple):
    """One theme's colours as #rrggbb."""

    bg: str  # window
    pane: str  # lists, forms
    side: str  # navigation
    line: str  # borders
    outline: str  # the edge of an empty checkbox: 3 : 1 on pane, as controls need
    ink: str  # text
    mute: str  # secondary text
    accent: str  # primary action, progress
    accent_hover: str
    on_accent: str  # text on accent
    accent_soft: str
    selection: str  # selected row
    hover: str  # row or button under the pointer
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str

    def text(self, tone: Tone) -> str:
        """The colour of words in this tone."""
        return self.mute if tone is Tone.NEUTRAL else str(getattr(self, tone.value))

    def ground(self, tone: Tone) -> str:
        """The soft ground behind words in this tone, as in a chip."""
        return self.side if tone is Tone.NEUTRAL else str(getattr(self, f"{tone.value}_soft"))


LIGHT = Tokens(
    bg="#f7f7f5",
    pane="#ffffff",
    side="#efefec",
    line="#e2e2de",
    outline="#868c92",
    ink="#1d2125",
    mute="#646a70",  # a shade darker than on plain white, so that it also reads on side and selection
    accent="#0b6e63",
    accent_hover="#095a51",
    on_accent="#ffffff",
    accent_soft="#e1f1ee",
    selection="#e4efec",
    hover="#f4f6f3",
    warn="#a35200",
    warn_soft="#fdf0df",
    bad="#b42318",
    bad_soft="#fdecea",
    ok="#2b7a3d",
    ok_soft="#e6f4e9",
    info="#2857a4",
    info_soft="#e8effa",
)

DARK = Tokens(
    bg="#17191b",
    pane="#1f2224",
    side="#131516",
    line="#303437",
    outline="#7d848a",
    ink="#e8eaec",
    mute="#a0a7ad",
    accent="#4fc3b2",
    accent_hover="#6ed3c4",
    on_accent="#06231f",
    accent_soft="#17352f",
    selection="#203a35",
    hover="#25292b",
    warn="#f0b266",
    warn_soft="#3a2a14",
    bad="#ff8a80",
    bad_soft="#3d1f1c",
    ok="#7fd18f",
    ok_soft="#1a3320",
    info="#8fb4f0",
    info_soft="#1b2a44",
)

#: Every (text, ground) pair that a screen may draw, by token name. A test holds each to 4.5 : 1 in both themes.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "mute") for ground in ("bg", "pane", "side", "selection", "hover")),
    *(("accent", ground) for ground in ("bg", "pane", "side", "selection", "hover", "accent_soft")),
    *(
        (tone, ground)
        for tone in ("warn", "bad", "ok", "info")
        for ground in (f"{tone}_soft", "pane", "selection", "hover")
    ),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("ink", "accent_soft"),
    ("ink", "warn_soft"),
    ("ink", "bad_soft"),
    ("pane", "ink"),
)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
