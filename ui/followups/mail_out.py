"""Handing a message to the mail program, to the clipboard, or to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import UiContext

if TYPE_CHECKING:
    from planner.followups.messages import Message


class MailOut:
    """`open_url` and `ask_path` are what the system is asked; tests put their own in."""

    def __init__(self, ctx: UiContext, owner: QWidget) -> None:
        self._ctx = ctx
        self._owner = owner
        self.open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.ask_path: Callable[[str], str] = self._ask_path

    def open_in_mail(self, message: Message) -> None:
        """Open the mail program on a message; one too long for a link goes there by way of the clipboard."""
        from planner.followups import mail  # late: it needs the email package, and nobody writes at the start

        whole = mail.fits_a_link(message)
        sent = message if whole else replace(message, body="")
        if not whole:
            self._put_on_clipboard(message.body)
        opened = self.open_url(QUrl.fromEncoded(QByteArray(mail.mailto(sent).encode())))
        if not opened:
            self._put_on_clipboard(message.body)
            self._ctx.toast(
                "No mail program answered. The message is on the clipboard", "Save as .eml", lambda: self.save(message)
            )
        elif not whole:
            self._ctx.toast("The message is too long for a link. It is on the clipboard: paste it")
        elif not message.to:
            self._ctx.toast(f"No email address is known{f' for {message.to_name}' if message.to_name else ''}")

    def copy(self, message: Message) -> None:
        """Put the message's words on the clipboard."""
        self._put_on_clipboard(message.body)
        self._ctx.toast("Message copied")

    def save(self, message: Message) -> None:
        """Write the message as an .eml file that mail programs open as a draft."""
        from planner.followups import mail

        path = self.ask_path(mail.file_name(message))
        if not path:
            return
        target = Path(path if path.lower().endswith(".eml") else f"{path}.eml")
        planner, clock = self._ctx.planner, self._ctx.clock

        def write() -> Path:
            mail.save_eml(message, planner.settings.get().me, clock.local(), target)
            return target

        self._ctx.tasks.query(write, lambda saved: self._ctx.toast(f"Saved {saved.name}"))

    def _ask_path(self, name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self._owner, "Save as .eml", name, "Email (*.eml)")
        return path

    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
