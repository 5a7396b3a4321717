"""Text on a page: one line in one of the sizes, or a paragraph that wraps and may mix bold and muted parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import applied, is_theme_change
from ui.theme_tokens import Tone

Role = Literal["body", "strong", "small", "muted", "small_muted", "heading", "subtitle", "title"]
PartStyle = Literal["ink", "strong", "mute", "accent", "warn", "bad", "ok", "info"]
#: Words in their style; with a third entry they are a link of that name.
Part = tuple[str, PartStyle] | tuple[str, PartStyle, str]


class Label(QLabel):
    """One line of text. Elided at its right end (full text as tool tip) unless `elide=False`.

    `role` picks size and weight, `tone` a state's colour. `set_text()` and `set_tone()` change them.
    """

    def __init__(
        self, text: str = "", role: Role = "body", tone: Tone | None = None, elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._elide = elide
        self._full = ""
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if tone is not None:
            self.setProperty("tone", tone.value)
        self.set_text(text)

    def text_shown(self) -> str:
        """The full text, whether or not it is elided on screen."""
        return self._full

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text for a state, or take the colour away."""
        self.setProperty("tone", tone.value if tone else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._fit()

    def _fit(self) -> None:
        if not self._elide:
            self.setText(self._full)
            return
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(0, self.width()))
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class Paragraph(QLabel):
    """Text that wraps, with the line height of the design. Plain text: nothing in it is read as markup.

    `set_parts([("Move into platform leadership. ", "ink"), ("You know 2 people there.", "mute")])` mixes styles.
    A part may be a link: ("Print brief", "accent", "brief") emits `link_activated("brief")`, by mouse or by key.
    """

    link_activated = Signal(str)

    def __init__(
        self, text: str = "", small: bool = False, style: PartStyle = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._small = small
        self._style = style
        self._parts: tuple[tuple[str, ...], ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.linkActivated.connect(self.link_activated)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show plain text; line breaks are kept."""
        self.set_parts([(text, self._style)])

    def set_parts(self, parts: Iterable[Part]) -> None:
        """Show several parts one after another, each in its style."""
        self._parts = tuple(parts)
        has_links = any(len(part) > 2 for part in self._parts)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard | flags.TextSelectableByMouse
            if has_links
            else flags.TextSelectableByMouse
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("".join(part[0] for part in self._parts))
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._render()

    def _render(self) -> None:
        from html import escape

        theme = applied()
        self.setFont(theme.font("small" if self._small else "body"))
        height = theme.px(18 if self._small else 20)
        spans = []
        for text, style, *target in self._parts:
            colour = theme.tokens.ink if style in ("ink", "strong") else getattr(theme.tokens, style)
            weight = ";font-weight:600" if style == "strong" else ""
            shown = escape(text).replace("\n", "<br>")
            css = f"color:{colour}{weight};text-decoration:none"
            spans.append(
                f'<a href="{escape(target[0])}" style="{css}">{shown}</a>'
                if target
                else f'<span style="{css}">{shown}</span>'
            )
        self.setText(f'<div style="line-height:{height}px">{"".join(spans)}</div>')
