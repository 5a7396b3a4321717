"""Text on the pages of a PDF: spans of several weights, broken into rows that know their height before they are drawn.

Units are millimetres, font sizes points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.bidi import BidiParagraph

from planner.events.brief_fonts import MEDIUM, REGULAR, STRONG
from planner.events.markdown import Span

POINT = 25.4 / 72
LEADING = 1.42

Colour = tuple[int, int, int]
INK: Colour = (29, 33, 37)
MUTE: Colour = (95, 101, 107)
ACCENT: Colour = (11, 110, 99)
SOFT: Colour = (225, 241, 238)
WARN: Colour = (138, 69, 0)
LINE: Colour = (205, 205, 200)

# Where a line may break: at spaces, and after every character of a script without spaces.
_WORDS = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]|\\s+|"
    "[^\\s\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]+"
)
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """Something of a known height, drawn at (x, y).

    A row that `stays` is not left alone at the foot of a page. One that `parts` only keeps what is above and below it
    apart: it is left out at the head of a page.
    """

    height: float
    draw: Callable[[float, float], None]
    stays: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set."""

    size: float = 10.0
    colour: Colour = INK
    family: str = REGULAR


class BriefPage(FPDF):
    """A document whose pages carry its title and "2 / 5" at the foot."""

    def __init__(self, paper: str, foot: str) -> None:
        super().__init__(unit="mm", format=paper)
        self._foot = foot
        self._widths: dict[tuple[str, str, float], float] = {}
        self.set_margins(18, 16)
        self.set_auto_page_break(False, margin=20)
        self.c_margin = 0

    @property
    def bottom(self) -> float:
        """The lowest y that text may reach."""
        return float(self.h - 20)

    def finish(self) -> bytes:
        """Put the foot on each page, now that it is known how many there are; the file's bytes."""
        for number in range(1, self.pages_count + 1):
            self.page = number
            self.use(Look(8, MUTE))
            self.set_xy(self.l_margin, self.h - 13)
            self.cell(self.epw - 25, 5, self.shortened(self._foot, self.epw - 25))
            self.set_xy(self.l_margin, self.h - 13)
            self.cell(self.epw, 5, f"{number} / {self.pages_count}", align="R")
        return bytes(self.output())

    def use(self, look: Look) -> None:
        """Set font and colour."""
        self.set_font(look.family, "", look.size)
        # fpdf2 2.8 believes it is set, although a line that began with a fallback font has put an older one back.
        self.current_font_is_set_on_page = False
        self.set_text_color(*look.colour)

    def width(self, text: str, look: Look) -> float:
        """How wide a text is; remembered, because words come again."""
        key = (text, look.family, look.size)
        found = self._widths.get(key)
        if found is None:
            self.set_font(look.family, "", look.size)
            found = self._widths[key] = float(self.get_string_width(text))
        return found

    def shortened(self, text: str, width: float) -> str:
        """The text, cut with "…" where it is wider. The present font counts."""
        if self.get_string_width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.get_string_width(f"{text[:middle]}…") <= width else (low, middle - 1)
        return f"{text[:low].rstrip()}…"

    def text_rows(
        self, spans: Iterable[Span], look: Look, width: float, indent: float = 0.0, before: float = 0.0
    ) -> list[Row]:
        """Spans broken into rows of a width. `before` is the gap above the first."""
        lines = self._wrapped(spans, look, width - indent)
        height = look.size * POINT * LEADING
        return [
            self._text_row(line, height, indent, before if number == 0 else 0.0) for number, line in enumerate(lines)
        ]

    def plain_rows(self, text: str, look: Look, width: float, indent: float = 0.0, before: float = 0.0) -> list[Row]:
        """Plain text broken into rows; its own line breaks are kept."""
        return self.text_rows((Span(text),), look, width, indent, before)

    def heading_row(self, text: str, look: Look, before: float) -> list[Row]:
        """A heading, kept with what follows and `before` apart from what precedes."""
        rows = self.text_rows((Span(text),), look, self.epw)
        return [gap(before), *(Row(row.height, row.draw, stays=True) for row in rows)]

    def place(self, rows: Sequence[Row]) -> None:
        """Draw rows one below the other: together on a page if a page can hold them, else broken between rows."""
        total = sum(row.height for row in rows)
        if self.y + total > self.bottom and total <= self.bottom - self.t_margin and self.y > self.t_margin:
            self.add_page()
        for number, row in enumerate(rows):
            needed = row.height
            following = number
            while rows[following].stays and following + 1 < len(rows):
                following += 1
                needed += rows[following].height
            if self.y + needed > self.bottom and self.y > self.t_margin:
                self.add_page()
            top = self.y
            if row.parts and top <= self.t_margin:
                continue
            row.draw(self.l_margin, top)
            self.set_xy(self.l_margin, top + row.height)

    def _text_row(self, line: list[tuple[str, Look, str]], height: float, indent: float, before: float) -> Row:
        def draw(x: float, y: float) -> None:
            self.set_xy(x + indent, y + before)
            for text, look, link in line:
                self.use(look)
                width = self.width(text, look)
                self.cell(width, height, _visual(text), link=link)

        return Row(before + height, draw)

    def _wrapped(self, spans: Iterable[Span], look: Look, width: float) -> list[list[tuple[str, Look, str]]]:
        lines: list[list[tuple[str, Look, str]]] = [[]]
        room = width
        for span in spans:
            styled = _styled(span, look)
            for word in _words(span.text):
                if word == "\n":
                    lines.append([])
                    room = width
                    continue
                for piece in self._pieces(word, styled, width):
                    wide = self.width(piece, styled)
                    if wide > room and lines[-1]:
                        if piece.isspace():
                            continue
                        _strip_end(lines[-1])
                        lines.append([])
                        room = width
                    if piece.isspace() and not lines[-1]:
                        continue
                    _extend(lines[-1], piece, styled, span.link)
                    room -= wide
        return lines

    def _pieces(self, word: str, look: Look, width: float) -> Iterable[str]:
        """The word, or its parts where it alone is wider than a line, as an address may be."""
        if self.width(word, look) <= width:
            yield word
            return
        part = ""
        for char in word:
            if part and self.width(part + char, look) > width:
                yield part
                part = ""
            part += char
        yield part


def _visual(text: str) -> str:
    """The text in the order in which it is drawn: Hebrew and Arabic run from the right (Unicode annex 9)."""
    return BidiParagraph(text).get_reordered_string() if _FROM_RIGHT.search(text) else text


def gap(height: float) -> Row:
    """Empty space between what is above and what is below."""
    return Row(height, lambda _x, _y: None, stays=True, parts=True)


def _words(text: str) -> Iterable[str]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "\n"
        for match in _WORDS.finditer(line):
            yield " " if match.group().isspace() else match.group()


def _styled(span: Span, look: Look) -> Look:
    family = STRONG if span.strong else MEDIUM if span.emphasis else look.family
    colour = ACCENT if span.link or span.code else look.colour
    return Look(look.size, colour, family)


def _extend(line: list[tuple[str, Look, str]], piece: str, look: Look, link: str) -> None:
    """Add a piece to a line; what looks the same is drawn in one go."""
    if line and line[-1][1:] == (look, link):
        line[-1] = (line[-1][0] + piece, look, link)
    else:
        line.append((piece, look, link))


def _strip_end(line: list[tuple[str, Look, str]]) -> None:
    text, look, link = line[-1]
    line[-1] = (text.rstrip() or text, look, link)
