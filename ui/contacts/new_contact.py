"""A new person: the few fields one has at hand, and a warning while typing if they are here already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.names import with_name
from planner.contacts.records import ContactDetails, Email, Phone, Role, SimilarContact
from planner.errors import Invalid, UserError
from ui.contacts.words import role_words, work_words
from ui.context import Link, UiContext
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import clear_layout, row
from ui.widgets.notes import AutosaveText


class NewContactDialog(QDialog):
    """`details` may already hold what was pasted. Saved with Ctrl+Enter; `saved(id)` is called with the new id."""

    def __init__(
        self,
        ctx: UiContext,
        saved: Callable[[int], object],
        details: ContactDetails | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._saved = saved
        self._start = details or ContactDetails()
        self.setWindowTitle("New contact")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        form = Form(92)
        self.name = LineField("Name", placeholder="First and last name")
        self.organisation = LineField("Organisation")
        self.title_field = LineField("Title")
        self.email = LineField("Email")
        self.phone = LineField("Phone")
        self.tags = LineField("Tags", placeholder="energy, lisbon")
        self.role = Choice("Role", [(None, "None yet"), *((role, role_words(role)) for role in Role)], None)
        self.notes = AutosaveText("Notes", lines=2)
        for words, field in (
            ("Name", self.name),
            ("Title", self.title_field),
            ("Organisation", self.organisation),
            ("Email", self.email),
            ("Phone", self.phone),
            ("Role", self.role),
            ("Tags", self.tags),
        ):
            form.add(words, field)
        form.add("Notes", Box(self.notes), top=True)
        column.addWidget(form)
        self._warning = Box()
        self._warning.set_tone(Tone.WARN)
        self._warning.hide()
        column.addWidget(self._warning)
        self._wrong = Paragraph(style="bad")
        self._wrong.hide()
        column.addWidget(self._wrong)
        column.addStretch(1)
        cancel = Button("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.save_button = Button("Save", "primary", "Ctrl+Return")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        column.addLayout(row(None, cancel, self.save_button, spacing=10))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._look)
        self._fill()
        for field in (self.name, self.organisation, self.email, self.phone):
            field.textChanged.connect(lambda _text: self._pause.start())
        self._pause.start()
        self.name.setFocus()

    def done(self, result: int) -> None:
        """Closed: nobody is looked for any more."""
        self._pause.stop()
        super().done(result)

    @property
    def warnings(self) -> list[str]:
        """The warnings shown, in words."""
        return [label.text_shown() for label in self._warning.findChildren(Label) if label.property("role") == "strong"]

    def details(self) -> ContactDetails:
        """What was entered, with what the pasted text held besides."""
        start = self._start
        email, phone = self.email.text().strip(), self.phone.text().strip()
        role = self.role.value
        return replace(
            with_name(start, self.name.text()) if self.name.text() != start.shown_name or not _named(start) else start,
            organisation=self.organisation.text().strip(),
            title=self.title_field.text().strip(),
            emails=((Email(email),) if email else ()) + start.emails[1:],
            phones=((replace(start.phones[0], number=phone) if start.phones else Phone(phone),) if phone else ())
            + start.phones[1:],
            roles=(role,) if role else (),
            tags=tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip()),
            notes=self.notes.toPlainText().strip(),
        )

    def save(self) -> None:
        """Add the person, and close."""
        self.save_button.setEnabled(False)
        self._ctx.tasks.command(self._ctx.planner.contacts.add, self.details(), done=self._done, failed=self._failed)

    def look_now(self) -> None:
        """Look for someone alike without waiting for a pause in typing."""
        self._pause.stop()
        self._look()

    def _fill(self) -> None:
        start = self._start
        self.name.set_text(start.shown_name if _named(start) else "")
        self.organisation.set_text(start.organisation)
        self.title_field.set_text(start.title)
        self.email.set_text(start.emails[0].address if start.emails else "")
        self.phone.set_text(start.phones[0].number if start.phones else "")
        self.tags.set_text(", ".join(start.tags))
        self.role.set_value(start.roles[0] if start.roles else None)
        self.notes.set_text(start.notes)

    def _look(self) -> None:
        details = self.details()
        queries = self._ctx.planner.contact_queries
        self._ctx.tasks.query(lambda: queries.similar(details, limit=3), self._warn, key=(id(self), "similar"))

    def _warn(self, found: tuple[SimilarContact, ...]) -> None:
        clear_layout(self._warning.body)
        for one in found:
            words = Label(one.row.name, "strong", elide=True)
            open_button = LinkButton("Open")
            open_button.setAccessibleName(f"Open {one.row.name}")
            open_button.clicked.connect(lambda _=False, id=one.row.id: self._open(id))
            line = QHBoxLayout()
            line.addWidget(words, 1)
            line.addWidget(open_button)
            self._warning.add(line)
            about = " · ".join(part for part in (one.reason, work_words(one.row.title, one.row.organisation)) if part)
            self._warning.add(Label(about, "small_muted", elide=True))
        if found:
            self._warning.body.insertWidget(0, Label("Already here?", "heading"))
        self._warning.setVisible(bool(found))

    def _open(self, id: int) -> None:
        self.reject()
        self._ctx.navigate(Link("contact", id))

    def _done(self, changes: Changes) -> None:
        self._saved(changes.new("contact"))
        self._ctx.toast(f"Added {self.details().shown_name}", undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Invalid):
            self._wrong.set_text(f"{error.field}: {error.reason}.")
            self._wrong.show()
            field = {"Email": self.email, "Phone": self.phone, "Tag": self.tags}.get(error.field, self.name)
            field.set_state("wrong", str(error))
            field.setFocus()
        elif isinstance(error, UserError):
            self._ctx.tasks.user_error.emit(error)


def _named(details: ContactDetails) -> bool:
    return bool(details.name or details.given or details.family)
