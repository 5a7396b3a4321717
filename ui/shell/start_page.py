"""What the window shows before its data is open, and when it can't be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.errors import UserError
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph, PartStyle
from ui.widgets.layouts import row


class StartPage(QWidget):
    """Empty while the data opens. `explain(error)` says what happened, what is safe, what to do, with Try again."""

    again = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._box: Box | None = None

    @property
    def text(self) -> str:
        """What it says, as plain text."""
        return "" if self._box is None else " ".join(p.accessibleName() for p in self._box.findChildren(Paragraph))

    def tell_wait(self) -> None:
        """Show what opening waits for."""
        self.clear()
        box = Box(spacing=8)
        box.setFixedWidth(applied().px(520))
        box.add(Label("Waiting for your data", "subtitle"))
        box.add(Paragraph("Another program is using it just now. It opens as soon as that one is done.", style="mute"))
        self._show(box)

    def explain(self, error: UserError) -> None:
        """Show why the data can't be opened."""
        self.clear()
        told = error.explain()
        box = Box(spacing=8)
        box.setFixedWidth(applied().px(520))
        box.add(Label("Your data can’t be opened just now", "subtitle"))
        parts: tuple[tuple[str, PartStyle], ...] = ((told.what, "ink"), (told.safe, "ink"), (told.advice, "mute"))
        for text, style in parts:
            if text:
                box.add(Paragraph(text, style=style))
        box.body.addSpacing(4)
        again = Button("Try again", "primary")
        again.clicked.connect(self.again)
        leave = Button("Quit")
        leave.clicked.connect(self.leave)
        box.add(row(again, leave, None))
        self._show(box)
        again.setFocus()

    def _show(self, box: Box) -> None:
        box.set_tone(None)
        self._column.addStretch(2)
        # Not aligned in the column: that would give it the height its text has in a line as wide as the window.
        middle = QWidget()
        middle.setLayout(row(None, box, None))
        self._column.addWidget(middle)
        self._column.addStretch(3)
        self._box = box

    def clear(self) -> None:
        """Show nothing."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._box = None


__all__ = ["StartPage", "Tone"]
