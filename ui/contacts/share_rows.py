"""One person in the panel that shares something: why them, what to respect, the personal line, and sending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from planner.contacts.records import Channel
from planner.relations.sharing import Reader
from ui.day_words import day_words
from ui.widgets.box import Box
from ui.widgets.button import Button, IconButton
from ui.widgets.choice import Tick
from ui.widgets.labels import Paragraph, Part
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.mind import mind_parts


class ReaderRow(Box):
    """`write_asked(contact id, "mail" | "copy" | "save")`; `changed()` when it was ticked or unticked."""

    write_asked = Signal(int, str)
    changed = Signal()

    def __init__(self, reader: Reader, today: date, parent: QWidget | None = None) -> None:
        super().__init__(spacing=3, parent=parent)
        self.reader = reader
        self.tick = Tick(reader.name)
        self.tick.toggled.connect(self._ticked)
        self.add(self.tick)
        why = " · ".join(reader.reasons) or reader.work
        parts: list[Part] = [(f"{why[:1].upper()}{why[1:]}", "mute")] if why else []
        if reader.had_on is not None:
            parts.append((f"{' · ' if parts else ''}you sent it {day_words(reader.had_on, today)}", "warn"))
        reasons = Paragraph(small=True)
        reasons.set_parts(parts)
        reasons.setVisible(bool(parts))
        self.add(reasons)
        mind = Paragraph(small=True)
        mind.set_parts(mind_parts(reader.cautions))
        mind.setVisible(bool(reader.cautions))
        self.add(mind)
        self._more = QWidget()
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 5, 0, 0)
        self.line = QLineEdit()
        self.line.setAccessibleName(f"A line for {reader.name}")
        self.line.setPlaceholderText(f"A line for {reader.first_name or reader.name}")
        by_mail = bool(reader.email) and reader.preferred_channel != Channel.MESSAGE.value
        self.open = Button("Open in mail" if by_mail else "Copy message")
        self.open.clicked.connect(lambda: self.write_asked.emit(reader.id, "mail" if by_mail else "copy"))
        self.others = IconButton("ellipsis", f"More ways to send it to {reader.name}")
        self.others.clicked.connect(self._open_menu)
        self.channel = Channel.EMAIL.value if by_mail else Channel.MESSAGE.value
        column.addLayout(row(self.line, self.open, self.others, spacing=6))
        self._more.hide()
        self.add(self._more)

    @property
    def is_chosen(self) -> bool:
        """Whether it goes to them."""
        return self.tick.isChecked()

    def line_text(self) -> str:
        """The personal line."""
        return self.line.text().strip()

    def restore(self, chosen: bool, words: str) -> None:
        """Show what was there before the list was asked for anew."""
        self.line.setText(words)
        self.tick.set_on(chosen)
        self._more.setVisible(chosen)

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through."""
        return (self.tick, self.line, self.open, self.others)

    def _ticked(self, on: bool) -> None:
        self._more.setVisible(on)
        if on and self.tick.hasFocus():
            self.line.setFocus()
        self.changed.emit()

    def _open_menu(self) -> None:
        items = [
            MenuItem("Open in mail", lambda: self.write_asked.emit(self.reader.id, "mail"), icon="mail"),
            MenuItem("Copy the message", lambda: self.write_asked.emit(self.reader.id, "copy"), icon="copy"),
            MenuItem("Save as .eml…", lambda: self.write_asked.emit(self.reader.id, "save"), icon="save"),
        ]
        open_menu(self.others, items)
