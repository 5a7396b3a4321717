"""What was learned in an informational interview, and whom they named."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.events.interview_steps import Interview
from ui.contacts.entry_menu import more_button
from ui.contacts.slot import Slot
from ui.context import Link, UiContext
from ui.events.loading import EventSheet
from ui.page import Page
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.fields import EntryLine
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph, Part
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem
from ui.widgets.notes import AutosaveText


class InterviewNotes(QWidget):
    """What was learned, and whom they named, each of whom can become an introduction to ask for."""

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)

        self._ctx, self._page = ctx, page
        self._event_id: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(Heading("What I learned"))
        self.learned = AutosaveText("What I learned", placeholder="What surprised you? What would you do now?", lines=4)
        self.learned.committed.connect(self._save)
        column.addWidget(Box(self.learned))
        column.addWidget(Heading("Whom they named"))
        self.named = EntryLine("Somebody they named", "Name, and what they do")
        self.named.submitted.connect(self._name)
        column.addWidget(self.named)
        self._list = Slot()
        column.addLayout(self._list)
        self.hide()

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show what is noted; hidden for other kinds of events."""
        it = sheet.interview
        self.setVisible(it is not None)
        if it is None:
            self._event_id = None
            return
        if self._event_id != it.event_id:
            self.learned.flush()
        self._event_id = it.event_id
        self.learned.set_text(it.learned)
        self._list.put([self._line(it, at) for at in range(len(it.named))])

    def flush(self) -> None:
        """Commit what still sits in the field."""
        self.learned.flush()

    def _line(self, it: Interview, at: int) -> QWidget:

        named = it.named[at]
        words = Paragraph()
        link = str(named.contact_id) if named.contact_id else ""
        name: Part = (named.name, "strong", link) if link else (named.name, "strong")
        words.set_parts([name, (f", {named.about}" if named.about else "", "mute")])
        words.link_activated.connect(lambda id: self._ctx.navigate(Link("contact", int(id))))
        remove = partial(self._page.command, self._ctx.planner.interviews.remove_named, named.id, say="Taken off")
        line = QHBoxLayout()
        line.addWidget(words, 1)
        more = more_button(named.name, [MenuItem("Take off the list", remove, icon="trash-2")])
        line.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        box = Box(spacing=3)
        box.add(line)
        if named.asked:
            box.add(Label("An introduction is planned", "small_muted"))
        else:
            ask = Button("Ask for an introduction")
            say = f"Planned: ask for an introduction to {named.name}"
            ask.clicked.connect(
                lambda: self._page.command(self._ctx.planner.interviews.ask_introduction, named.id, say=say)
            )
            box.add(row(ask, None))
        return box

    def _save(self, text: str) -> None:
        if self._event_id is not None:
            self._page.command(self._ctx.planner.interviews.set_learned, self._event_id, text)

    def _name(self, text: str) -> None:
        if self._event_id is None:
            return
        name, _, about = text.partition(",")
        self._page.command(
            self._ctx.planner.interviews.name, self._event_id, name, about.strip(), done=lambda _: self.named.accept()
        )
