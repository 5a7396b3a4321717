"""How strong the relationship is, as a chip that says why and can be overruled in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QToolTip, QWidget

from planner.contacts.records import Tie
from planner.relations.ties import TieSuggestion
from ui.theme_tokens import Tone
from ui.widgets.chip import ChipButton
from ui.widgets.menu import MenuItem, open_menu


class TieChip(ChipButton):
    """The tie that is set, else the one the history suggests, with its reasons on hover and focus.

    Enter or a click opens the choice; `chosen(tie or None)` says what was picked.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._tie: Tie | None = None
        self._suggested: TieSuggestion | None = None
        self.clicked.connect(self._open)

    def show_tie(self, tie: Tie | None, suggested: TieSuggestion | None) -> None:
        """Show what is set and what the history suggests."""
        self._tie, self._suggested = tie, suggested
        shown = tie or (suggested.tie if suggested is not None else None)
        words = f"{shown.value.capitalize()} tie" if shown is not None else "Tie not said"
        self.setText(words if tie is not None or shown is None else f"{words}?")
        self._tone = Tone.INFO if tie is Tie.STRONG else Tone.NEUTRAL
        self.setToolTip(self.why())
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.why())
        self.updateGeometry()
        self.update()

    def why(self) -> str:
        """What is behind it, in a few lines."""
        found = self._suggested
        if found is None:
            return "Set by you." if self._tie is not None else "Nothing was logged yet. Press Enter to set it."
        reasons = "\n".join(f"· {reason}" for reason in found.reasons)
        if self._tie is found.tie:
            return f"Set by you; the history says the same:\n{reasons}"
        if self._tie is not None:
            return f"Set by you. The history suggests {found.tie.value}:\n{reasons}"
        return f"Suggested by the history:\n{reasons}\nPress Enter to set it yourself."

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.isVisible():
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.why(), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()

    def _open(self) -> None:
        QToolTip.hideText()
        found = self._suggested
        items: list[MenuItem | None] = []
        for tie in Tie:
            words = f"{tie.value.capitalize()} tie"
            if found is not None and found.tie is tie:
                words += "  (suggested)"
            items.append(MenuItem(words, partial(self.chosen.emit, tie), checked=self._tie is tie))
        items += [None, MenuItem("Leave it to the history", partial(self.chosen.emit, None), checked=self._tie is None)]
        open_menu(self, items)
