"""Sharing something: paste a link or an article, see whom it would interest and why, write a line each, note it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from planner.relations.interest import Shared, understand
from planner.relations.records import PersonRef
from planner.relations.sharing import Reader, Sent
from ui.contacts.share_rows import ReaderRow
from ui.context import UiContext
from ui.followups.mail_out import MailOut
from ui.theme import applied
from ui.widgets.box import Rule
from ui.widgets.button import Button
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import clear_layout, row
from ui.widgets.overlay import Overlay
from ui.widgets.people_field import PeopleField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

_PAUSE_MS = 250


class SharePanel(Overlay):
    """Opened over the window; Ctrl+Enter notes it as given to those chosen, Escape closes and keeps what was pasted."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Share this", width=660, top=56)
        self._ctx = ctx
        self._shared = Shared()
        self._first: tuple[PersonRef, ...] = ()
        self._rows: dict[int, ReaderRow] = {}
        self.mail = MailOut(ctx, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._build()

    @classmethod
    def open_over(
        cls, window: QMainWindow, ctx: UiContext, text: str = "", first: tuple[PersonRef, ...] = ()
    ) -> SharePanel:
        """Open it, with what was pasted and with people who are meant in any case."""
        panel = window.findChild(cls)
        if panel is None or panel._ctx is not ctx:
            panel = cls(window, ctx)
        panel.start(text, first)
        return panel

    def start(self, text: str = "", first: tuple[PersonRef, ...] = ()) -> None:
        """Open it. What was pasted before stays, unless there is something new."""
        self._first = first
        if text and text != self.pasted.toPlainText():
            self._forget()
        elif first:
            self._tick(first)
        if text:
            self.pasted.setPlainText(text)
        self.open_panel()
        self.look()

    def first_focus(self) -> QWidget:
        return self.pasted if not self.pasted.toPlainText().strip() else self.subject

    def tab_stops(self) -> Sequence[QWidget]:
        rows = [stop for each in self._rows.values() for stop in each.stops()]
        return (self.pasted, self.subject, *rows, self.more.line, self.cancel, self.note)

    def look(self) -> None:
        """Ask whom it would interest."""
        self._pause.stop()
        shared = self._shared = understand(self.pasted.toPlainText())
        subject, sharing = self.subject.text(), self._ctx.planner.sharing
        first = tuple(person.id for person in self._first)
        # Whoever is ticked stays, also when it turns out to be about something else.
        meant = dict.fromkeys((*first, *(id for id, each in self._rows.items() if each.is_chosen)))

        def ask() -> tuple[Reader, ...]:
            found = sharing.readers(shared, subject)
            known = {one.id for one in found}
            wanted = sharing.named([id for id in meant if id not in known], shared)
            return (*(one for one in found if one.id in first), *wanted, *(one for one in found if one.id not in first))

        self._ctx.tasks.query(ask, self._show, key=(__name__, id(self)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.save()
        else:
            super().keyPressEvent(event)

    def save(self) -> None:
        """Note it as given to those chosen, in one step."""
        chosen = [each for each in self._rows.values() if each.is_chosen]
        if not chosen:
            self._say("Tick whom you sent it to first.")
            return
        sent = [Sent(each.reader.id, each.line_text(), each.channel) for each in chosen]
        names = [each.reader.name for each in chosen]
        said = names[0] if len(names) == 1 else f"{len(names)} people"

        def done(_: object) -> None:
            self.pasted.clear()
            self.subject.clear()
            self._forget()
            self.dismiss()
            self._ctx.toast(f"Noted as given to {said}", undo=True)

        self._ctx.tasks.command(self._ctx.planner.sharing.note, self._shared, sent, done=done)

    # --- building

    def _build(self) -> None:
        upper = QVBoxLayout()
        upper.setContentsMargins(20, 16, 20, 12)
        upper.setSpacing(8)
        upper.addWidget(Label("Share this", "heading"))
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName("Link or article")
        self.pasted.setPlaceholderText("Paste a link, or the words of an article")
        self.pasted.setTabChangesFocus(True)
        self.pasted.setFixedHeight(applied().px(64))
        self.pasted.textChanged.connect(self._pause.start)
        self.subject = SearchField("What it is about, in a few words (optional)")
        self.subject.setAccessibleName("What it is about")
        self.subject.textChanged.connect(self._pause.start)
        upper.addWidget(self.pasted)
        upper.addWidget(self.subject)
        self.body.addLayout(upper)
        self.body.addWidget(Rule())
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(20, 12, 20, 12)
        self._column.setSpacing(10)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._list)
        self.area.setMinimumHeight(applied().px(400))
        self.body.addWidget(self.area, 1)
        self._nobody = Paragraph(small=True, style="mute")
        self._column.addWidget(self._nobody)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(10)
        self._column.addLayout(self._holder)
        self._column.addStretch(1)
        self.body.addWidget(Rule())
        lower = QVBoxLayout()
        lower.setContentsMargins(20, 10, 20, 14)
        lower.setSpacing(8)
        self.more = PeopleField("Somebody else", lambda text: self._ctx.planner.contact_queries.names(text, 6))
        self.more.line.setPlaceholderText("Somebody else")
        self.more.changed.connect(self._named)
        self._message = Paragraph(small=True, style="warn")
        self._message.hide()
        self.cancel = Button("Close")
        self.cancel.clicked.connect(self.dismiss)
        self.note = Button("Note as given", "primary")
        self.note.setToolTip("Into give and take, and their stories, in one step (Ctrl+Enter)")
        self.note.clicked.connect(self.save)
        lower.addWidget(self._message)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.more, 1)
        line.addLayout(row(self.cancel, self.note))
        lower.addLayout(line)
        self.body.addLayout(lower)

    def _named(self, people: tuple[PersonRef, ...]) -> None:
        if people:
            self._first = (*self._first, *people)
            self.more.set_people(())
            self._tick(people)
            self.look()

    def _tick(self, people: Sequence[PersonRef]) -> None:
        for person in people:
            if person.id in self._rows:
                self._rows[person.id].tick.setChecked(True)

    def _forget(self) -> None:
        """Who was ticked, and what was written to them, was for something else."""
        clear_layout(self._holder)
        self._rows = {}

    def _show(self, readers: tuple[Reader, ...]) -> None:
        kept = {id: (each.is_chosen, each.line_text()) for id, each in self._rows.items()}
        clear_layout(self._holder)
        self._rows = {}
        first = {person.id for person in self._first}
        for reader in readers:
            made = ReaderRow(reader, self._ctx.clock.today())
            chosen, words = kept.get(reader.id, (reader.id in first, ""))
            made.restore(chosen, words)
            made.write_asked.connect(self._write)
            made.changed.connect(self._count)
            self._rows[reader.id] = made
            self._holder.addWidget(made)
        asked = bool(self._shared.link or self._shared.text or self.subject.text().strip())
        self._nobody.setVisible(not readers)
        self._nobody.set_text(
            "Nobody’s tags, notes or talks have these words. Say what it is about, or name somebody below."
            if asked
            else "People whose tags, field, notes or past talk fit will stand here, each with the reason."
        )
        self._count()

    def _count(self) -> None:
        chosen = sum(each.is_chosen for each in self._rows.values())
        self.note.setText(f"Note as given to {chosen}" if chosen else "Note as given")
        self.note.setEnabled(chosen > 0)
        self._message.hide()

    def _say(self, words: str) -> None:
        self._message.set_text(words)
        self._message.show()

    def _write(self, reader_id: int, how: str) -> None:
        each = self._rows[reader_id]
        me = self._ctx.planner.settings.get().me
        message = self._ctx.planner.sharing.message(each.reader, self._shared, each.line_text(), me)
        {"mail": self.mail.open_in_mail, "copy": self.mail.copy, "save": self.mail.save}[how](message)
