"""A letter about an event that leaves as mail: its subject and text, what went wrong, and the two ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from planner.errors import UserError
from planner.followups.messages import Message
from ui.context import UiContext
from ui.events.mail_out import Deliver, MailOut, Way
from ui.theme import applied
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button
from ui.widgets.fields import LineField
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row


class LetterDialog(QDialog):
    """Nothing is kept until the mail is opened or saved. A dialog `send`s with its own command."""

    def __init__(self, ctx: UiContext, title: str, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._file_name = ctx, file_name
        self._written = ""
        self.mail = MailOut(ctx, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.subject = LineField("Subject", placeholder="Subject")
        self.subject.setProperty("look", "plain")
        self.body = QPlainTextEdit()
        self.body.setAccessibleName("Message")
        self.body.setProperty("look", "plain")
        self.body.setTabChangesFocus(True)
        self.body.document().setDocumentMargin(2)  # in line with the subject
        self.fault = Paragraph(small=True, style="bad")
        self.fault.hide()
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.save = Button("Save as .eml…")
        self.ok = Button("Open in mail", "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(lambda: self._leave(self.mail.as_file(self.subject.text() or self._file_name)))
        self.ok.clicked.connect(lambda: self._leave(self.mail.in_mail()))

    def lay_out(self, above: Sequence[QWidget], below: Sequence[QWidget], width: int, height: int) -> None:
        """Put the letter between what stands above and below it; least width, and height of its text, at 100 %."""
        self.setMinimumWidth(applied().px(width))
        self.body.setMinimumHeight(applied().px(height))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (*above, Box(self.subject, Rule(), self.body, spacing=8), *below, self.fault):
            column.addWidget(widget)
        column.addLayout(row(None, self.cancel, self.save, self.ok))

    def show_letter(self, message: Message) -> None:
        """Show the words proposed, unless there are words of one's own by now."""
        if self.body.toPlainText() == self._written:
            self._written = message.body
            self.body.setPlainText(self._written)
            self.subject.set_text(message.subject)

    def set_ready(self, ready: bool) -> None:
        """Whether the mail can leave."""
        self.ok.setEnabled(ready)
        self.save.setEnabled(ready)

    def send(self, deliver: Deliver, run: Callable[..., None]) -> None:
        """Hand a service's method and what it takes to `run`; the drafts leave by `deliver`."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What is told once the mail has left."""
        raise NotImplementedError

    def explain(self, error: Exception) -> None:
        """Say what went wrong; the letter stays."""
        self.fault.set_text(str(error.explain().what) if isinstance(error, UserError) else "That could not be done.")
        self.fault.show()
        self.set_ready(True)

    def _leave(self, way: Way | None) -> None:
        if way is None:
            return
        deliver, after = way
        self.set_ready(False)

        def done(_changes: object) -> None:
            self._ctx.toast(self.said, undo=True)
            after()
            self.accept()

        def run(method: Callable[..., Any], *args: object, **options: object) -> None:
            self._ctx.tasks.command(method, *args, done=done, failed=self.explain, **options)

        self.send(deliver, run)


def people_words(names: Sequence[str]) -> str:
    """One by name, several counted."""
    return names[0] if len(names) == 1 else f"{len(names)} people"
