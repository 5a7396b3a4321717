"""Asks for the password of protected data before there is a window, or for that of a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.errors import UserError, WrongPassword
from planner.store.key import Key
from planner.store.unlocking import unlocked
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.choice import Tick
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import fit_height, row
from ui.widgets.password_line import PasswordLine

_WRONG = "That is not the password. Look at Caps Lock and the keyboard’s language, and try again."


class UnlockDialog(QDialog):
    """`opened(key, password)` once a password opens the file; it stays open for another try while none does.

    `leaving` names the button that gives up. With `may_keep` it offers the system's keyring.
    """

    opened = Signal(object, str)  # Key | None, the password

    def __init__(
        self, path: Path, title: str, words: str, leaving: str = "Cancel", may_keep: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._path = path
        self._tasks = Tasks(ChangeBus(self), self)
        self.setWindowTitle("Rapport")
        self.setFixedWidth(applied().px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "subtitle"))
        column.addWidget(Paragraph(words, style="mute"))
        self.password = PasswordLine("Password")
        form = Form(70)
        form.add("Password", self.password)
        self.keep = Tick("Keep it in the system’s keyring")
        if may_keep:
            form.add("", self.keep)
        self.keep.setVisible(may_keep)
        column.addWidget(form)
        self.fault = Paragraph("", small=True, style="bad")
        self.fault.hide()
        column.addWidget(self.fault)
        self.leave = Button(leaving, key="Esc", bind_key=False)
        self.leave.clicked.connect(self.reject)
        self.ok = Button("Open", "primary", "Return", bind_key=False)
        self.ok.clicked.connect(self.submit)
        self.ok.setDefault(True)
        column.addLayout(row(None, self.leave, self.ok))
        # Queued: its own answer may be what ends it.
        self.finished.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.password.setFocus()

    def submit(self) -> None:
        """Try what was typed; it takes a moment, on purpose."""
        password = self.password.text()
        if not password:
            self._say("Type the password first.")
            return
        if not self.ok.isEnabled():
            return
        self._busy(True)
        self._tasks.query(lambda: unlocked(self._path, password), lambda key: self._opened(key, password), self._failed)

    def bring_to_front(self, *_: object) -> None:
        """Another start asked for the window that is to come."""
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()

    def _end(self) -> None:
        self.password.clear()
        self._tasks.close()

    def _opened(self, key: Key | None, password: str) -> None:
        self.opened.emit(key, password)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        wrong = isinstance(error, WrongPassword)
        self._say(_WRONG if wrong else str(error) if isinstance(error, UserError) else "That did not work.")
        self.password.selectAll()
        self.password.setFocus()

    def _busy(self, busy: bool) -> None:
        self.fault.setVisible(False)
        self.ok.setEnabled(not busy)
        self.password.setReadOnly(busy)

    def _say(self, text: str) -> None:
        self.fault.set_text(text)
        self.fault.show()
        fit_height(self)
