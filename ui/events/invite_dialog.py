"""Inviting people to an event: whom, what to respect, and the letter that carries the invitation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from planner.calendars.invitations import InvitationSheet
from planner.errors import UserError
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.events.mail_out import MailOut, Way
from ui.theme import applied
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button
from ui.widgets.choice import Tick
from ui.widgets.fields import LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.people_field import PeopleField


class InviteDialog(QDialog):
    """For the people named in it. Nothing is kept until the mails are opened or saved."""

    def __init__(
        self,
        ctx: UiContext,
        event_id: int,
        people: Sequence[PersonRef] = (),
        followup_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._event_id, self._followup_id = ctx, event_id, followup_id
        self._written = ""
        self.mail = MailOut(ctx, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Invite")
        self.setMinimumWidth(applied().px(580))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.heading = Label("Invite", "subtitle", elide=True)
        self.when = Label("", "small_muted", elide=True)
        queries = ctx.planner.contact_queries
        self.people = PeopleField("Whom", lambda text: queries.names(text, 8), people)
        self.people.changed.connect(lambda _people: self._look())
        self.cautions = Paragraph(small=True, style="warn")
        self.subject = LineField("Subject", placeholder="Subject")
        self.subject.setProperty("look", "plain")
        self.body = QPlainTextEdit()
        self.body.setAccessibleName("Message")
        self.body.setProperty("look", "plain")
        self.body.setTabChangesFocus(True)
        self.body.document().setDocumentMargin(2)  # in line with the subject
        self.body.setMinimumHeight(applied().px(220))
        self.together = Tick("One mail to all, who then see each other")
        self.fault = Paragraph(small=True, style="bad")
        self.fault.hide()
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.save = Button("Save as .eml…")
        self.ok = Button("Open in mail", "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(lambda: self._invite(self.mail.as_file(self.subject.text() or "invitation")))
        self.ok.clicked.connect(lambda: self._invite(self.mail.in_mail()))
        for widget in (
            self.heading, self.when, Box(self.people), self.cautions, Box(self.subject, Rule(), self.body, spacing=8),
            self.together, self.fault,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(row(None, self.cancel, self.save, self.ok))
        self._look()
        (self.body if people else self.people.line).setFocus()

    def _ids(self) -> tuple[int, ...]:
        return tuple(person.id for person in self.people.people)

    def _look(self) -> None:
        ids, invitations = self._ids(), self._ctx.planner.invitations
        self._ctx.tasks.query(
            lambda: invitations.sheet(self._event_id, ids), self._show, self._explain, key=(id(self), "sheet")
        )

    def _show(self, sheet: InvitationSheet) -> None:
        self.heading.set_text(f"Invite to {sheet.title}")
        self.when.set_text(" · ".join(part for part in (sheet.when, sheet.place) if part))
        lines = [caution for guest in sheet.guests for caution in guest.cautions]
        lines += [f"{guest.name} has no email address" for guest in sheet.guests if not guest.address]
        lines += [
            f"{guest.name}: {guest.invitation.in_words.lower()}; a new one takes its place"
            for guest in sheet.guests
            if guest.invitation is not None
        ]
        if not sheet.sender:
            lines.append("Your own email address is missing: enter it under Settings, Me")
        self.cautions.set_text("\n".join(lines))
        self.cautions.setVisible(bool(lines))
        if self.body.toPlainText() == self._written:  # words of one's own stay
            self._written = sheet.message.body
            self.body.setPlainText(self._written)
            self.subject.set_text(sheet.message.subject)
        self.together.setVisible(len(sheet.guests) > 1)
        self.together.set_on(sheet.together)
        ready = bool(sheet.guests) and bool(sheet.sender) and all(guest.address for guest in sheet.guests)
        self.ok.setEnabled(ready)
        self.save.setEnabled(ready)
        self.adjustSize()

    def _invite(self, way: Way | None) -> None:
        if way is None:
            return
        deliver, after = way
        self.people.flush()
        people = self.people.people
        who = people[0].name if len(people) == 1 else f"{len(people)} people"
        for button in (self.ok, self.save):
            button.setEnabled(False)

        def done(_changes: object) -> None:
            self._ctx.toast(f"Invited {who}", undo=True)
            after()
            self.accept()

        self._ctx.tasks.command(
            self._ctx.planner.invitations.invite,
            self._event_id,
            self._ids(),
            self.subject.text(),
            self.body.toPlainText(),
            deliver,
            together=self.together.isChecked() and len(people) > 1,
            followup_id=self._followup_id,
            done=done,
            failed=self._explain,
        )

    def _explain(self, error: Exception) -> None:
        said = str(error.explain().what) if isinstance(error, UserError) else "That could not be done."
        self.fault.set_text(said)
        self.fault.show()
        for button in (self.ok, self.save):
            button.setEnabled(True)
