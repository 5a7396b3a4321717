"""Message templates: their words, with what they become beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.followups.records import FollowUpKind, Template
from planner.settings.preview import placeholders, preview
from planner.settings.records import Me, Settings
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, narrow
from ui.theme import applied
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import AutosaveText

ENTRIES = (
    Entry("Template", "message thank-you mail letter"),
    Entry("Template name"),
    Entry("Subject", "template message"),
    Entry("Message", "template body text placeholder"),
)


class TemplatesSection(SettingsSection):
    """One template at a time. What does not work is told at once and not saved; the last that worked stays."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(
            ctx, "Templates", "What messages begin as. Placeholders in double braces are filled in for each."
        )
        self._me = Me()
        self._templates: dict[int, Template] = {}
        self._changed: frozenset[str] = frozenset()
        self._wanted = ""
        self._last_edited: QLineEdit | QPlainTextEdit | None = None
        self.template: Template | None = None
        self.chooser = Choice("Template")
        self.chooser.setMinimumWidth(applied().px(280))
        self.chooser.chosen.connect(self._choose)
        self.new_button = Button("New template", icon_name="plus")
        self.new_button.clicked.connect(self.add)
        self.body.addLayout(row(self.chooser, self.new_button, None))
        self.editor = QWidget()
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.name = LineField("Template name")
        self.name.committed.connect(lambda _text: self._save())
        self.kind = Choice(
            "For follow-ups of the kind",
            [(None, "Any"), *((kind, kind.value.capitalize()) for kind in FollowUpKind)],
        )
        self.kind.chosen.connect(lambda _kind: self._save())
        self.subject = LineField("Subject")
        self.subject.committed.connect(lambda _text: self._save())
        self.subject.textChanged.connect(self._typed)
        form = Form(110)
        form.add("Name", self.name)
        form.add("For", narrow(self.kind, 160))
        form.add("Subject", self.subject)
        column.addWidget(Box(form))
        self.message = AutosaveText("Message", lines=9)
        self.message.committed.connect(lambda _text: self._save())
        self.message.textChanged.connect(self._typed)
        self.insert_button = LinkButton("Insert a placeholder")
        self.insert_button.clicked.connect(self._offer)
        column.addSpacing(4)
        column.addLayout(row(Label("Message", "heading"), None, self.insert_button))
        column.addWidget(Box(self.message))
        self.fault = Paragraph(small=True, style="bad")
        self.fault.hide()
        column.addWidget(self.fault)
        column.addSpacing(4)
        column.addWidget(Label("How it reads, for somebody invented", "heading"))
        self.shown_subject = Label("", "strong")
        self.shown_body = Paragraph(style="ink")
        self.shown = Box(self.shown_subject, Rule(), self.shown_body, spacing=8)
        column.addWidget(self.shown)
        self.restore = LinkButton("Back to how it came")
        self.restore.clicked.connect(self._restore)
        self.delete = Button("Delete this template", "danger", icon_name="trash-2")
        self.delete.clicked.connect(self._delete)
        column.addLayout(row(self.restore, None, self.delete))
        self.body.addWidget(self.editor)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._show_preview)

    def show_settings(self, settings: Settings) -> None:
        self._me = settings.me
        self._show_preview()

    def reload(self) -> None:
        queries = self.ctx.planner.followup_queries
        self.ctx.tasks.query(
            lambda: (queries.templates(), queries.changed_builtins()), self._show, key=("templates", id(self))
        )

    def cares(self, changes: Changes) -> bool:
        return changes.touches("template")

    def add(self) -> None:
        """A new template to begin with."""
        self._wanted = "New template"
        body = "Dear {{ contact.first }},\n\n\n\n{{ sender.signature }}"
        self._command(Template(0, self._wanted, None, "", body))

    # --- showing

    def _show(self, found: tuple[tuple[Template, ...], frozenset[str]]) -> None:
        templates, self._changed = found
        self._templates = {template.id: template for template in templates}
        before = self.template.id if self.template else None
        if self._wanted:
            before = max((each.id for each in templates if each.name == self._wanted), default=before)
            self._wanted = ""
        shown = self._templates.get(before or -1) or (templates[0] if templates else None)
        self.chooser.set_choices([(each.id, each.name) for each in templates], shown.id if shown else None)
        self._show_template(shown)

    def _choose(self, id: int) -> None:
        self.flush()
        self._show_template(self._templates.get(id))

    def flush(self) -> None:
        """Commit what still sits in the fields."""
        for field in (self.name, self.subject, self.message):
            field.flush()

    def _show_template(self, template: Template | None) -> None:
        self.template = template
        self.editor.setVisible(template is not None)
        if template is None:
            return
        self.name.set_text(template.name)
        self.kind.set_value(template.kind)
        self.subject.set_text(template.subject)
        self.message.set_text(template.body)
        self.restore.setVisible(bool(template.builtin) and template.builtin in self._changed)
        self._show_preview()

    def _typed(self) -> None:
        self._pause.start()

    def _show_preview(self) -> None:
        if self.template is None:
            return
        read = preview(self.name.text() or "this one", self.subject.text(), self.message.toPlainText(), self._me)
        self.fault.setVisible(read.fault is not None)
        if read.fault is not None:
            self.fault.set_text(f"Not saved: line {read.fault.line}, {read.fault.reason}.")
            return
        self.shown_subject.set_text(read.subject or "(no subject)")
        self.shown_body.set_text(read.body)

    def _offer(self) -> None:
        field = self.subject if self.subject.hasFocus() else self.message
        self._last_edited = field
        items = [MenuItem(f"{meaning}\t{text}", partial(self._insert, text)) for text, meaning in placeholders()]
        open_menu(self.insert_button, items)

    def _insert(self, text: str) -> None:
        field = self._last_edited or self.message
        if isinstance(field, QLineEdit):
            field.insert(text)
        else:
            field.insertPlainText(text)
        field.setFocus()

    # --- saving

    def _save(self) -> None:
        if self.template is None:
            return
        edited = replace(
            self.template,
            name=self.name.text(),
            kind=self.kind.value,
            subject=self.subject.text(),
            body=self.message.toPlainText(),
        )
        if edited != self.template and preview(edited.name, edited.subject, edited.body, self._me).fault is None:
            self._command(edited)
        else:
            self._show_preview()

    def _command(self, template: Template) -> None:
        self.ctx.tasks.command(self.ctx.planner.followups.book.save_template, template, failed=self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        if self.template is not None:
            self.message.failed(self.template.body)
        self.failed(error)

    def _restore(self) -> None:
        if self.template is not None:
            self.ctx.tasks.command(self.ctx.planner.followups.book.restore_template, self.template.builtin)

    def _delete(self) -> None:
        if self.template is not None:
            name = self.template.name
            self.ctx.tasks.command(
                self.ctx.planner.followups.book.delete_templates,
                (self.template.id,),
                done=lambda _changes: self.ctx.toast(f"Deleted the template “{name}”", undo=True),
            )
