"""Taking an invitation back: the mail that calls it off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from planner.errors import UserError
from planner.followups.messages import Message
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.events.mail_out import MailOut, Way
from ui.theme import applied
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button
from ui.widgets.fields import LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row


class WithdrawDialog(QDialog):
    """For guests of one event. Nothing is kept until the mail is opened or saved."""

    def __init__(
        self, ctx: UiContext, event_id: int, people: Sequence[PersonRef], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx, self._event_id, self._people = ctx, event_id, tuple(people)
        self.mail = MailOut(ctx, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Withdraw the invitation")
        self.setMinimumWidth(applied().px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.subject = LineField("Subject", placeholder="Subject")
        self.subject.setProperty("look", "plain")
        self.body = QPlainTextEdit()
        self.body.setAccessibleName("Message")
        self.body.setProperty("look", "plain")
        self.body.setTabChangesFocus(True)
        self.body.document().setDocumentMargin(2)  # in line with the subject
        self.body.setMinimumHeight(applied().px(150))
        self.fault = Paragraph(small=True, style="bad")
        self.fault.hide()
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.save = Button("Save as .eml…")
        self.ok = Button("Open in mail", "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(lambda: self._withdraw(self.mail.as_file(self.subject.text() or "called off")))
        self.ok.clicked.connect(lambda: self._withdraw(self.mail.in_mail()))
        who = self._people[0].name if len(self._people) == 1 else f"{len(self._people)} people"
        self._who = who
        heading = Label(f"Withdraw the invitation of {who}", "subtitle", elide=True)
        about = Paragraph("The mail takes it off their calendar.", small=True, style="mute")
        for widget in (heading, about, Box(self.subject, Rule(), self.body, spacing=8), self.fault):
            column.addWidget(widget)
        column.addLayout(row(None, self.cancel, self.save, self.ok))
        ids = self._ids()
        ctx.tasks.query(lambda: ctx.planner.invitations.farewell(event_id, ids), self._show, self._explain)
        self.body.setFocus()

    def _ids(self) -> tuple[int, ...]:
        return tuple(person.id for person in self._people)

    def _show(self, message: Message) -> None:
        self.subject.set_text(message.subject)
        self.body.setPlainText(message.body)

    def _withdraw(self, way: Way | None) -> None:
        if way is None:
            return
        deliver, after = way
        for button in (self.ok, self.save):
            button.setEnabled(False)

        def done(_changes: object) -> None:
            self._ctx.toast(f"Withdrew the invitation of {self._who}", undo=True)
            after()
            self.accept()

        self._ctx.tasks.command(
            self._ctx.planner.invitations.withdraw,
            self._event_id,
            self._ids(),
            self.subject.text(),
            self.body.toPlainText(),
            deliver,
            done=done,
            failed=self._explain,
        )

    def _explain(self, error: Exception) -> None:
        said = str(error.explain().what) if isinstance(error, UserError) else "That could not be done."
        self.fault.set_text(said)
        self.fault.show()
        for button in (self.ok, self.save):
            button.setEnabled(True)
