"""The message of a follow-up: subject and words, saved as they are typed, with a template to begin from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.followups.messages import Message
from planner.followups.records import Template
from ui.widgets.box import Box, Rule
from ui.widgets.fields import LineField
from ui.widgets.heading import Heading
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import AutosaveText


class MessageBox(QWidget):
    """`written(subject, body)` after a pause or when left; `template_chosen(id)` from the menu at its heading."""

    written = Signal(str, str)
    template_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.heading = Heading("Message", link="Template")
        self.heading.link_activated.connect(self._open_templates)
        self.subject = LineField("Subject", placeholder="Subject")
        self.subject.setProperty("look", "plain")
        self.subject.setTextMargins(-2, 0, -2, 0)  # in line with the words below
        self.body = AutosaveText("Message", placeholder="Write a message, or choose a template", lines=4)
        column.addWidget(self.heading)
        column.addWidget(Box(self.subject, Rule(), self.body, spacing=8))
        self.subject.committed.connect(self._written)
        self.body.committed.connect(self._written)
        self._templates: Sequence[Template] = ()
        self._template: int | None = None
        self._message = Message("", "")

    def show_message(self, message: Message, templates: Sequence[Template], template: Template | None) -> None:
        """Show a stored or filled-in message, and the templates there are, the suiting ones first."""
        self._templates, self._template = templates, template.id if template else None
        self._message = message
        self.subject.set_text(message.subject)
        self.body.set_text(message.body)
        name = f"Template: {template.name[:1].lower()}{template.name[1:]}" if template else "Choose a template"
        self.heading.set_link(name if templates else "")

    def message(self) -> Message:
        """What stands there now, with its addressee."""
        kept = self._message
        return Message(self.subject.text(), self.body.toPlainText(), kept.to, kept.to_name, kept.cc)

    def flush(self) -> None:
        """Commit now what was typed."""
        self.subject.flush()
        self.body.flush()

    def _written(self, _text: str) -> None:
        self.written.emit(self.subject.text(), self.body.toPlainText())

    def _open_templates(self) -> None:
        items = [
            MenuItem(each.name, partial(self.template_chosen.emit, each.id), checked=each.id == self._template)
            for each in self._templates
        ]
        if items and self.heading.link is not None:
            open_menu(self.heading.link, items)
