"""A panel over the window that asks for a few things and saves them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.overlay import Overlay


class FormPanel(Overlay):
    """A heading, a form, what is wrong, Cancel and a button that saves. Subclasses fill `form` and read it in `_save`.

    `saved(what the form says)` fires on the button, Enter in a line, or Ctrl+Enter. Words stay until `accept()` or
    Cancel. `label_width` and `width` are px at text scale 1.
    """

    saved = Signal(object)

    def __init__(
        self, window: QWidget, name: str, *, label_width: int = 96, width: int = 560, save: str = "Save"
    ) -> None:
        super().__init__(window, name, width=width)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(12)
        self.heading = Label("", "subtitle")
        self.form = Form(label_width)
        self._message = Paragraph("", small=True, style="bad")
        self._message.hide()
        for widget in (self.heading, self.form, self._message):
            self._column.addWidget(widget)
        self.save = Button(save, "primary", "Ctrl+Return")
        self.save.clicked.connect(self._save)
        self.cancel = Button("Cancel")
        self.cancel.clicked.connect(self.dismiss)
        self._column.addLayout(row(None, self.cancel, self.save))
        self.body.addLayout(self._column)

    def add_note(self, note: QWidget) -> None:
        """Put words below the form, above what is wrong."""
        self._column.insertWidget(self._column.indexOf(self._message), note)

    def accept(self) -> None:
        """It was saved."""
        self.dismiss()

    def say(self, text: str) -> None:
        """Show what is wrong, or nothing."""
        self._message.setVisible(bool(text))
        self._message.set_text(text)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        raise NotImplementedError
