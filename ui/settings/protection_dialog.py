"""Setting, changing and removing the password of the data, with its progress."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.errors import Cancelled
from ui.context import UiContext
from ui.tasks import Job
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.choice import Tick
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import fit_height, row
from ui.widgets.password_line import PasswordLine

if TYPE_CHECKING:
    from planner.store.protection import Outcome


class Step(Enum):
    """What is to be done: a title, a line on what it does, the button, and the words while it is under way."""

    PROTECT = (
        "Protect with a password",
        "Your data and the backups in its folder are encrypted. Rapport asks for the password when it starts.",
        "Protect",
        "Protecting your data…",
    )
    CHANGE = (
        "Change the password",
        "Your data, and the backups in its folder, get the new password in place of the old one.",
        "Change it",
        "Changing the password…",
    )
    REMOVE = (
        "Remove the protection",
        "Your data, and the backups in its folder, become plain files again: whoever gets hold of them can read them.",
        "Remove it",
        "Removing the protection…",
    )


class ProtectionDialog(QDialog):
    """`ended(Outcome)` once all is done. It stays open, and in front, while the data is written anew."""

    ended = Signal(object)

    def __init__(self, ctx: UiContext, step: Step, parent: QWidget | None = None, keep: bool = False) -> None:
        super().__init__(parent)
        self._ctx, self._step = ctx, step
        self._job: Job | None = None
        title, words, verb, _ = step.value
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(applied().px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "subtitle"))
        column.addWidget(Paragraph(words, style="mute"))
        self.first, self.second = PasswordLine("New password"), PasswordLine("The same again")
        self.keep = Tick("Keep it in the system’s keyring, and don’t ask", keep)
        if step is not Step.REMOVE:
            form = Form(100)
            form.add("New password", self.first)
            form.add("The same again", self.second)
            form.add("", self.keep)
            column.addWidget(form)
            warning = Box(
                Paragraph(
                    "Nobody can recover a forgotten password: without it, your data can’t be read again. Keep it "
                    "somewhere safe.",
                    small=True,
                )
            )
            warning.set_tone(Tone.WARN)
            column.addWidget(warning)
        self.fault = Paragraph("", small=True, style="bad")
        self.fault.hide()
        column.addWidget(self.fault)
        self.waiting = Label("", "small_muted")
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.cancel.clicked.connect(self.reject)
        removes = step is Step.REMOVE  # no key at hand for what makes data readable
        self.ok = Button(verb, "danger" if removes else "primary", "" if removes else "Return", bind_key=False)
        self.ok.clicked.connect(self.submit)
        self.ok.setDefault(not removes)
        column.addLayout(row(self.waiting, None, self.cancel, self.ok))
        self.finished.connect(self._forget)
        (self.cancel if step is Step.REMOVE else self.first).setFocus()

    def submit(self) -> None:
        """Do it, if both passwords are there and alike."""
        if self._job is not None:
            return
        password, keep, protection = self.first.text(), self.keep.isChecked(), self._ctx.planner.protection
        if self._step is not Step.REMOVE and (wrong := self._wrong()):
            self._say(wrong)
            return
        self._busy(True)
        if self._step is Step.REMOVE:
            self._job = self._ctx.tasks.job(
                self._step.value[3],
                protection.remove,
                done=self._done,
                failed=self._failed,
                writes=True,
            )
            return
        self._job = self._ctx.tasks.job(
            self._step.value[3],
            lambda progress, cancelled: protection.protect(
                password, remember=keep, progress=progress, cancelled=cancelled
            ),
            done=self._done,
            failed=self._failed,
            writes=True,
        )

    def reject(self) -> None:
        """Close; what is under way is stopped first, and closes it."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()
            self.waiting.set_text("Stopping…")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self.reject()
            event.ignore()
            return
        super().closeEvent(event)

    def _wrong(self) -> str:
        if not self.first.text():
            self.first.setFocus()
            return "Type a password."
        if self.first.text() != self.second.text():
            self.second.selectAll()
            self.second.setFocus()
            return "The two are not the same. Type the second one again." if self.second.text() else "Type it twice."
        return ""

    def _done(self, outcome: Outcome) -> None:
        self._job = None
        self.ended.emit(outcome)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._busy(False)
        if isinstance(error, Cancelled):
            super().reject()
            return
        self._say(str(error))

    def _busy(self, busy: bool) -> None:
        self.fault.setVisible(False)
        self.waiting.set_text(self._step.value[3] if busy else "")
        for widget in (self.first, self.second, self.keep, self.ok):
            widget.setEnabled(not busy)

    def _say(self, text: str) -> None:
        self.fault.set_text(text)
        self.fault.show()
        fit_height(self)

    def _forget(self) -> None:
        self.first.clear()
        self.second.clear()
