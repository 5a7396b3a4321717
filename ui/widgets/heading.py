"""Section headings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme_tokens import Tone
from ui.widgets.button import LinkButton
from ui.widgets.labels import Label


class Heading(QWidget):
    """A small muted heading, with an aside or a link at its right end. The link emits `link_activated`."""

    link_activated = Signal()

    def __init__(
        self, text: str, aside: str = "", link: str = "", tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label = Label(text, "heading", tone)
        self._aside = Label(aside, "heading")
        row.addWidget(self._label)
        row.addStretch(1)
        row.addWidget(self._aside)
        self._aside.setVisible(bool(aside))  # only now that it has a parent: shown before, it would be a window
        self.link: LinkButton | None = None
        if link:
            self.link = LinkButton(link)
            self.link.clicked.connect(self.link_activated)
            row.addWidget(self.link)

    def set_text(self, text: str, aside: str | None = None) -> None:
        """Change the heading, and the aside if given."""
        self._label.set_text(text)
        if aside is not None:
            self._aside.set_text(aside)
            self._aside.setVisible(bool(aside))

    def set_link(self, text: str) -> None:
        """Change the words of the link; the heading must have been made with one."""
        if self.link is not None:
            self.link.set_text(text)
            self.link.setVisible(bool(text))
