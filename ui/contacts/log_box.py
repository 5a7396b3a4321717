"""One entry of the log of a working relationship, which can be corrected where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.contacts.keys import web_address
from planner.relations.log_book import DIFFICULT, LogEntry, LogKind
from ui.contacts.entry_menu import more_button
from ui.day_words import day_words
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.fields import EntryLine
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem
from ui.widgets.notes import open_web_link

#: What is ticked off once it has happened: its button, and what the line says then.
_TICKED = {LogKind.FEEDBACK_ASKED: ("Came", "answered"), LogKind.NEXT_STEP: ("Taken", "taken")}


class LogBox(Box):
    """`changed(id, text)` when it was corrected or agreed anew; `ticked(id, on)`, `private(id, on)`, `deleted(id)`."""

    changed = Signal(int, str)
    ticked = Signal(int, bool)
    private = Signal(int, bool)
    deleted = Signal(int)
    person_asked = Signal(int)

    def __init__(self, entry: LogEntry, today: date, parent: QWidget | None = None) -> None:
        super().__init__(spacing=3, parent=parent)
        self.entry = entry
        self.words = Paragraph(entry.text or "Ask to mediate", style="mute" if entry.done else "ink")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.editor = _Editor(entry.text)
        self.editor.submitted.connect(self._submit)
        self.editor.escaped.connect(self._stop)
        self.editor.hide()
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.editor, 1)
        line.addWidget(more_button(entry.text or entry.kind.value, self._items()), 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)
        if entry.mediator is not None:
            person = Paragraph(small=True)
            person.set_parts([(entry.mediator.name, "accent", str(entry.mediator.id))])
            person.link_activated.connect(lambda id: self.person_asked.emit(int(id)))
            self.add(person)
        if entry.link:
            link = Paragraph(small=True)
            link.set_parts([(entry.link, "accent", entry.link)])
            link.link_activated.connect(lambda url: open_web_link(QUrl(web_address(url))))
            self.add(link)
        for on, text in entry.before:
            self.add(Paragraph(f"Before, {day_words(on, today)}: {text}", small=True, style="mute"))
        self.add(self._foot(today))

    def start(self) -> None:
        """Correct it in place."""
        self.words.hide()
        self.editor.setText(" ".join(self.entry.text.split()))
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def _foot(self, today: date) -> QHBoxLayout:
        entry = self.entry
        said = [day_words(entry.on, today)]
        words = _TICKED.get(entry.kind)
        if words and entry.done:
            said.append(words[1])
        if entry.private and entry.kind not in DIFFICULT:
            said.append("private")
        shown: list[QWidget | int | None] = [Label(" · ".join(said), "small_muted"), None]
        if words and not entry.done:
            tick = Button(words[0], "quiet")
            tick.clicked.connect(lambda: self.ticked.emit(entry.id, True))
            shown.append(tick)
        return row(*shown, spacing=4)

    def _items(self) -> Sequence[MenuItem | None]:
        entry = self.entry
        again = "Agree anew…" if entry.kind is LogKind.EXPECTATION else "Correct…"
        items: list[MenuItem | None] = [MenuItem(again, self.start, icon="pencil")]
        if entry.kind in _TICKED and entry.done:
            items.append(MenuItem("Open again", lambda: self.ticked.emit(entry.id, False)))
        if entry.kind not in DIFFICULT:
            items.append(
                MenuItem("Private", lambda: self.private.emit(entry.id, not entry.private), checked=entry.private)
            )
        items.append(MenuItem("Delete", lambda: self.deleted.emit(entry.id), icon="trash-2"))
        return items

    def _submit(self, text: str) -> None:
        self._stop()
        if text.strip() != " ".join(self.entry.text.split()):
            self.changed.emit(self.entry.id, text)

    def _stop(self) -> None:
        self.editor.hide()
        self.words.show()


class _Editor(EntryLine):
    escaped = Signal()

    def __init__(self, text: str) -> None:
        super().__init__("Entry", "Write it anew")
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
